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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.peer.BatchDecoder;
import io.tagma.codecs.peer.CommittedDecoder;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A replica that is far behind fetches the log from all others at once, and costs them no more than it takes.
 */
class LogFetchTest
{
    private static final int INTERVAL = 16;
    private static final int AWAY = 3;
    /** The last few, as many as are in memory, may be asked of others too. */
    private static final int NEAR = 8;
    private static final long MS = 1_000_000L;
    private static final long REPAIR_INTERVAL_NS = 10 * MS;

    private final ProtocolParameters parameters = new ProtocolParameters.Builder()
        .quorums(new Quorums(new int[]{1, 1, 1, 1}))
        .repairIntervalNs(REPAIR_INTERVAL_NS)
        .conclude();
    private final ReplicaStatus status = new ReplicaStatus(parameters);
    private final BatchSources sources = new BatchSources(parameters, status);
    private long nowNs = MS;

    private static CoreCluster clusterBehind(final int requests)
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.crash(AWAY);
        for (int i = 1; i <= requests; i++)
        {
            cluster.request(session, i, "r" + i);
            cluster.run(3);
        }
        cluster.run(100);
        assertEquals(requests, cluster.services.get(0).delivered.size(), cluster.status(0).toString());
        return cluster;
    }

    private void pass(final long ns)
    {
        nowNs += ns;
        status.time(nowNs, nowNs);
        sources.update();
    }

    private void ask(final int source, final int first, final int count)
    {
        for (int sequence = first; sequence < first + count; sequence++)
        {
            sources.asked(source, sequence);
        }
    }

    @Test
    @DisplayName("Each batch is fetched once, and every source sends some")
    void eachOnceFromAll()
    {
        final CoreCluster cluster = clusterBehind(200);
        final long before = cluster.status(0).executedSequence();
        cluster.start(AWAY, 2);
        cluster.run(1000);

        assertTrue(cluster.status(AWAY).executedSequence() >= before, cluster.status(AWAY).toString());
        long sent = 0;
        for (int i = 0; i < AWAY; i++)
        {
            assertTrue(cluster.replicas.get(i).transferCounts().batchesSent() > 0, "replica " + i);
            sent += cluster.replicas.get(i).transferCounts().batchesSent();
        }
        final long fetched = cluster.replicas.get(AWAY).transferCounts().batchesFetched();
        assertTrue(sent <= fetched + NEAR, sent + " were sent, and " + fetched + " of use");
    }

    @Test
    @DisplayName("It catches up though one source answers nothing")
    void besideOneThatIsSilent()
    {
        final CoreCluster cluster = clusterBehind(200);
        final long before = cluster.status(0).executedSequence();
        cluster.link = (sender, receiver, message) ->
            1 == sender && AWAY == receiver && BatchDecoder.TEMPLATE_ID == message.getShort(2) ? -1 : 0;
        cluster.start(AWAY, 2);
        cluster.run(3000);

        assertTrue(cluster.status(AWAY).executedSequence() >= before, cluster.status(AWAY).toString());
        final long silent = cluster.replicas.get(1).transferCounts().batchesSent();
        final long others = cluster.replicas.get(0).transferCounts().batchesSent() +
            cluster.replicas.get(2).transferCounts().batchesSent();
        assertTrue(4 * silent < others, silent + " of the silent one, " + others + " of the others");
    }

    @Test
    @DisplayName("A run of digests that was stated is not read and stated again while the asker has enough of it")
    void statedOnce()
    {
        final CoreCluster cluster = clusterBehind(1500);
        final int[] statements = {0};
        cluster.link = (sender, receiver, message) ->
        {
            final int template = message.getShort(2);
            statements[0] += AWAY == receiver && CommittedDecoder.TEMPLATE_ID == template ? 1 : 0;
            return AWAY == receiver && BatchDecoder.TEMPLATE_ID == template ? -1 : 0;
        };
        cluster.start(AWAY, 2);
        cluster.run(400);

        assertEquals(0, cluster.replicas.get(AWAY).transferCounts().batchesFetched(), "no batch came");
        assertTrue(statements[0] >= 3 && statements[0] <= 3 * 11, statements[0] + " statements in 400 ms");
    }

    @Test
    @DisplayName("A source is asked for as many bytes as its stream takes, whatever the length of batches")
    void boundedByBytes()
    {
        assertEquals(2, sources.roomOf(1), "the longest");
        for (int i = 1; i <= 200; i++)
        {
            sources.answered(1, i, 1000);
        }
        assertEquals(64 / 3, sources.roomOf(1), "short ones: its share of the places");
        for (int i = 1; i <= 200; i++)
        {
            sources.answered(1, i, 32 * 1024);
        }
        final int room = sources.roomOf(1);
        assertTrue(room >= 7 && room <= 9, room + " of 32 KiB");
        ask(1, 1, room);
        assertEquals(0, sources.roomOf(1));
        assertEquals(room, sources.roomOf(2), "others are asked all the same");
        assertTrue(sources.isUnderWay(1));
        assertFalse(sources.isUnderWay(1 + room));
    }

    @Test
    @DisplayName("A source that takes its time, each time, is given it")
    void slowSource()
    {
        pass(0);
        int late = 0;
        for (int sequence = 1; sequence <= 20; sequence++)
        {
            while (0 == sources.roomOf(1))
            {
                pass(MS);
            }
            ask(1, sequence, 1);
            pass(5 * REPAIR_INTERVAL_NS);
            late += sources.isUnderWay(sequence) ? 0 : 1;
            sources.answered(1, sequence, 1000);
        }
        assertTrue(late <= 2, late + " of 20 were asked of others");
    }

    @Test
    @DisplayName("Who does not answer is left alone, longer each time, and then asked for one")
    void silentSource()
    {
        pass(0);
        long restNs = 4 * REPAIR_INTERVAL_NS;
        for (int i = 0; i < 4; i++)
        {
            ask(1, 1, sources.roomOf(1));
            pass(4 * REPAIR_INTERVAL_NS + 1);
            assertFalse(sources.isUnderWay(1), "others may be asked");
            assertEquals(0, sources.roomOf(1));
            pass(restNs - 1);
            assertEquals(0, sources.roomOf(1), "the rest of time " + i);
            pass(1);
            assertEquals(1, sources.roomOf(1));
            restNs *= 2;
        }
        sources.answered(1, 1, 100_000);
        assertEquals(2, sources.roomOf(1), "it is as good as any again");
    }
}
