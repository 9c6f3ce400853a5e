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

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A cluster of one, W = 1 and F = 0: its own vote is the quorum. The same protocol, with nobody to hear it.
 */
class OneReplicaTest
{
    private static final int INTERVAL = 8;
    private static final int LOST = 6;

    private final CoreCluster cluster = new CoreCluster(1, INTERVAL);
    private final long session = cluster.open(1);

    @Test
    void itsOwnVoteIsTheQuorum()
    {
        final Quorums quorums = new Quorums(new int[]{1});
        assertEquals(0, quorums.faulty());
        assertEquals(1, quorums.quorum());
        assertEquals(1, quorums.weakQuorum());
        for (long view = 0; view < 5; view++)
        {
            assertEquals(0, quorums.primary(view, 7));
        }
    }

    @Test
    void ordersAndAnswersWithNobodyElse()
    {
        cluster.request(session, 1, "a", "b");
        cluster.request(session, 3, "c");
        cluster.run(10);

        assertEquals(List.of("a", "b", "c"), cluster.services.get(0).delivered);
        assertEquals(List.of("a", "b", "c"), answers());
    }

    @Test
    void movesItsWindowByCertificatesOfItsOwn()
    {
        request(1, 10 * INTERVAL);

        assertTrue(cluster.status(0).stableSequence() >= 9 * INTERVAL, cluster.status(0).toString());
        assertEquals(10 * INTERVAL, cluster.services.get(0).delivered.size());
    }

    @Test
    void goesOnAfterACrashFromItsJournal()
    {
        request(1, 3 * INTERVAL);
        cluster.crash(0);
        cluster.start(0, 2);
        assertEquals(IntStream.rangeClosed(1, 3 * INTERVAL).mapToObj((number) -> "r" + number).toList(),
            cluster.services.get(0).delivered, "all that was ordered, in its order");
        request(3 * INTERVAL + 1, INTERVAL);
        assertEquals(4 * INTERVAL, cluster.services.get(0).delivered.size(), cluster.status(0).toString());
    }

    @Test
    void doesNotComplainOfItself()
    {
        request(1, 5);
        cluster.run(20_000);
        request(6, 5);

        assertEquals(10, cluster.services.get(0).delivered.size());
        assertEquals(0, cluster.status(0).view());
        assertEquals(0, cluster.status(0).targetView());
    }

    @Test
    @DisplayName("H04: the only one forgot, more than F = 0: it orders nothing more, and stands by what it kept")
    void ordersNothingMoreOnceItForgot()
    {
        request(1, 5);
        cluster.crash(0);
        final List<UnsafeBuffer> records = cluster.outbounds.get(0).records;
        records.subList(records.size() - LOST, records.size()).clear();
        cluster.awaited = 2 * INTERVAL;
        cluster.start(0, 2);
        final List<String> kept = List.copyOf(cluster.services.get(0).delivered);
        request(6, 3);
        cluster.run(10_000);

        assertEquals(kept, cluster.services.get(0).delivered);
        assertEquals(List.of("r1", "r2", "r3", "r4", "r5").subList(0, kept.size()), kept);
        assertTrue(cluster.status(0).awaitedSequence() > 0, cluster.status(0).toString());
        assertEquals(List.of(), cluster.outbounds.get(0).halts);
    }

    private void request(final int first, final int count)
    {
        for (int number = first; number < first + count; number++)
        {
            cluster.request(session, number, "r" + number);
            cluster.run(6);
        }
    }

    private List<String> answers()
    {
        return cluster.outbounds.get(0).replies.stream()
            .filter((reply) -> reply.sessionId() == session)
            .map((reply) -> new String(reply.result(), US_ASCII))
            .toList();
    }
}
