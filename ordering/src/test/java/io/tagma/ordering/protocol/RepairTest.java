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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Whatever was lost, by the network or by a crash, progress must be had again once messages arrive: with a correct
 * primary, and with the one replica of four that may be faulty silent.
 */
class RepairTest
{
    private static final int INTERVAL = 16;
    private static final int SILENT = 2;

    @Test
    @DisplayName("I11 every proposal in flight is lost on the way to everybody")
    void shouldProposeAgainWhatReachedNobody()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.isLost = (sender, receiver) -> 0 == sender;
        cluster.request(session, 1, "a");
        cluster.run(5);
        cluster.request(session, 2, "b");
        cluster.run(5);
        cluster.isLost = (sender, receiver) -> false;
        cluster.run(100);

        assertDelivered(cluster, List.of("a", "b"), 0, 1, 2, 3);
    }

    @Test
    @DisplayName("all crash between a vote and its count, and one stays away")
    void shouldCountItsOwnVotesAfterARestart()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.crash(SILENT);
        cluster.request(session, 1, "a");
        cluster.run(1);
        IntStream.of(0, 1, 3).forEach(cluster::crash);
        IntStream.of(0, 1, 3).forEach(i -> cluster.start(i, 2));
        cluster.run(100);

        assertDelivered(cluster, List.of("a"), 0, 1, 3);
    }

    @Test
    void shouldCountItsOwnVotesAloneAfterARestart()
    {
        final CoreCluster cluster = new CoreCluster(1, INTERVAL);
        final long session = cluster.open(1);
        cluster.request(session, 1, "a");
        cluster.replicas.get(0).onEndOfBurst();
        cluster.crash(0);
        cluster.start(0, 2);
        cluster.run(100);

        assertDelivered(cluster, List.of("a"), 0);
    }

    @Test
    void shouldSayItsVoteAgainIfItWasDroppedOnItsWayOut()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.crash(SILENT);
        cluster.request(session, 1, "a");
        cluster.run(1);
        assertTrue(cluster.status(1).heardSequence() > cluster.status(1).executedSequence());
        cluster.outbounds.get(1).sent.clear();
        cluster.outbounds.get(1).answers.clear();
        cluster.run(100);

        assertDelivered(cluster, List.of("a"), 0, 1, 3);
    }

    @Test
    @DisplayName("B04 a faulty replica's COMMIT for one alone, whose own vote the others still need")
    void shouldHelpOneThatExecutedToVote()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.crash(SILENT);
        cluster.isLost = (sender, receiver) -> 3 == sender && 1 == receiver;
        cluster.request(session, 1, "a");
        cluster.run(6);
        final long sequence = cluster.status(0).proposedSequence();
        final Digest digest = new Digest();
        RecordedHistory.entryDigest(cluster.outbounds.get(0).records, sequence, digest);
        for (final int sender : new int[]{SILENT, 3})
        {
            final UnsafeBuffer commit = RecordedOutbound.votes(sender, 0, sequence, digest.bytes(), 0, false);
            cluster.replicas.get(1).onMessage(sender, commit, 0, commit.capacity());
        }
        assertDelivered(cluster, List.of("a"), 1);
        assertDelivered(cluster, List.of(), 0, 3);
        cluster.isLost = (sender, receiver) -> false;
        cluster.run(100);

        assertDelivered(cluster, List.of("a"), 0, 1, 3);
    }

    @Test
    @DisplayName("E04 more checkpoints due than there are places, and none signed before the window's end")
    void shouldKeepTheLastCheckpointToBeSigned()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        cluster.open(1);
        cluster.outbounds.forEach(outbound -> outbound.signs = false);
        for (int i = 0; i < 5; i++)
        {
            cluster.epochNs += 10_000_000_000L;
            cluster.run(110);
        }
        cluster.run(100 * 2 * INTERVAL);
        assertEquals(2 * INTERVAL, cluster.status(0).executedSequence(), "the window is full");
        cluster.outbounds.forEach(outbound -> outbound.signs = true);
        cluster.run(100 * 2 * INTERVAL);

        assertTrue(cluster.status(0).executedSequence() > 3 * INTERVAL, cluster.status(0).toString());
    }

    private static void assertDelivered(
        final CoreCluster cluster, final List<String> expected, final int... replicaIds)
    {
        for (final int i : replicaIds)
        {
            assertEquals(expected, cluster.services.get(i).delivered, cluster.status(i).toString());
        }
    }
}
