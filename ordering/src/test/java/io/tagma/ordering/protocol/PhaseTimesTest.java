/*
 * Copyright 2026 The Tagma Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.tagma.ordering.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Times that are known, to the nanosecond: by hand on one slot after the other, then on whole replicas.
 */
class PhaseTimesTest
{
    private static final long ROUND_NS = 1_000_000L;
    private static final long DELIVERY_NS = 1_000L;

    private final ProtocolParameters parameters = new ProtocolParameters.Builder()
        .clusterId(1)
        .quorums(new Quorums(new int[]{1, 1, 1, 1}))
        .conclude();
    private final ReplicaStatus status = new ReplicaStatus(parameters);
    private final PhaseTimes times = new PhaseTimes(
        parameters, status, new BaseTimeout(parameters, status));

    @Test
    void shouldWeighTheTimesOfABatchByItsRequests()
    {
        at(1_000).proposed(batch(1, 3, 3 * 40));
        at(1_500).prepared(1);
        at(1_800).committed(1);
        at(1_810).executed(1, 3);
        assertTimes(3, 3 * 40, 3 * 500, 3 * 300, 3 * 10);

        at(2_000).accepted(2);
        at(2_001).prepared(2);
        at(2_003).committed(2);
        at(2_003).executed(2, 10);
        assertTimes(13, 3 * 40, 3 * 500 + 10, 3 * 300 + 20, 3 * 10);
    }

    @Test
    void shouldGiveNoTimeToWhatAnEarlyQuorumOfCommitsMadeNeedless()
    {
        at(100).accepted(1);
        at(250).committed(1);
        at(260).prepared(1);
        at(300).executed(1, 1);
        assertTimes(1, 0, 150, 0, 50);

        at(100).accepted(2);
        at(250).committed(2);
        at(300).executed(2, 1);
        assertTimes(2, 0, 300, 0, 100);

        at(100).committed(3);
        at(180).accepted(3);
        at(200).executed(3, 1);
        assertTimes(3, 0, 300, 0, 120);
    }

    @Test
    void shouldNotCountWhatItDidNotSeeFromItsAcceptanceToItsQuorum()
    {
        at(100).accepted(1);
        at(200).prepared(1);
        at(300).executed(1, 1);
        at(400).committed(2);
        at(500).executed(2, 1);
        at(600).executed(3, 1);
        assertTimes(0, 0, 0, 0, 0);
    }

    @Test
    void shouldTakeNothingOfTheSequenceThatHadThePlaceBefore()
    {
        at(100).accepted(1);
        at(200).prepared(1);
        at(300).committed(1);
        final long next = 1L + parameters.window;
        at(1_000).accepted(next);
        at(2_000).executed(next, 1);
        assertTimes(0, 0, 0, 0, 0);

        at(2_000).committed(next);
        at(2_500).executed(next, 1);
        assertTimes(1, 0, 1_000, 0, 500);
    }

    @Test
    void shouldTimeAnIdleBatchAsNothing()
    {
        at(Long.MAX_VALUE).proposed(batch(1, 0, 0));
        at(Long.MIN_VALUE + 9).prepared(1);
        at(Long.MIN_VALUE + 10).committed(1);
        at(Long.MIN_VALUE + 11).executed(1, 0);
        assertTimes(0, 0, 0, 0, 0);
    }

    @Test
    void shouldBeRightWhereTheClockOverflows()
    {
        at(Long.MAX_VALUE).proposed(batch(1, 1, 7));
        at(Long.MIN_VALUE + 9).prepared(1);
        at(Long.MIN_VALUE + 10).committed(1);
        at(Long.MIN_VALUE + 12).executed(1, 1);
        assertTimes(1, 7, 10, 1, 2);
    }

    /** Each delivery takes a microsecond and begins a duty cycle of its receiver; a round of them a millisecond. */
    @Test
    void shouldTimeRealReplicasByTheClockOfTheirDutyCycles()
    {
        final CoreCluster cluster = new CoreCluster(4, 16);
        final long session = cluster.open(1);
        final long[] requests = new long[4];
        final long[][] sums = new long[4][];
        for (int i = 0; i < 4; i++)
        {
            requests[i] = cluster.replicas.get(i).phaseTimes().requests();
            sums[i] = sums(cluster, i);
        }
        final long[] executedNs = new long[4];
        final long arrivedNs = cluster.nowNs;
        cluster.isLost = (sender, receiver) ->
        {
            cluster.nowNs += DELIVERY_NS;
            cluster.replicas.get(receiver).onTime(cluster.nowNs, cluster.epochNs);
            if (cluster.services.get(receiver).delivered.isEmpty())
            {
                executedNs[receiver] = cluster.nowNs;
            }
            return false;
        };
        cluster.request(session, 1, "a", "b");
        cluster.run(10);

        for (int i = 0; i < 4; i++)
        {
            final long[] after = sums(cluster, i);
            assertEquals(2, cluster.replicas.get(i).phaseTimes().requests() - requests[i]);
            assertEquals(0 == i ? 2 * ROUND_NS : 0, after[0] - sums[i][0], "waited for the round to begin");
            // The proposal goes to 1, 2 and 3 in this order, then a PREPARE of 1 to the rest, then one of 2.
            final int acceptedDelivery = i;
            final int preparedDelivery = new int[]{7, 11, 12, 9}[i];
            assertEquals(
                2 * DELIVERY_NS * (preparedDelivery - acceptedDelivery), after[1] - sums[i][1], "prepare " + i);
            assertEquals(
                2 * (executedNs[i] - arrivedNs - ROUND_NS - preparedDelivery * DELIVERY_NS),
                after[2] - sums[i][2] + after[3] - sums[i][3],
                "commit and execute " + i);
        }
    }

    private PhaseTimes at(final long nowNs)
    {
        status.time(nowNs, 0);
        return times;
    }

    private static BatchSlot batch(final long sequence, final long requestCount, final long waitedNs)
    {
        final BatchSlot batch = new BatchSlot(64, 1);
        batch.begin(sequence);
        batch.requestCount = requestCount;
        batch.waitedNs = waitedNs;
        return batch;
    }

    private void assertTimes(
        final long requests, final long waitNs, final long prepareNs, final long commitNs, final long executeNs)
    {
        assertEquals(requests, times.requests());
        assertEquals(waitNs, times.sumNs(Phase.WAIT));
        assertEquals(prepareNs, times.sumNs(Phase.PREPARE));
        assertEquals(commitNs, times.sumNs(Phase.COMMIT));
        assertEquals(executeNs, times.sumNs(Phase.EXECUTE));
    }

    private static long[] sums(final CoreCluster cluster, final int replicaId)
    {
        final PhaseTimes phaseTimes = cluster.replicas.get(replicaId).phaseTimes();
        final long[] sums = new long[Phase.values().length];
        for (final Phase phase : Phase.values())
        {
            sums[phase.ordinal()] = phaseTimes.sumNs(phase);
        }
        return sums;
    }
}
