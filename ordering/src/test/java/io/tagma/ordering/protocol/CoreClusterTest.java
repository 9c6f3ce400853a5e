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

import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Whole replicas, nothing between them but a list of messages.
 */
class CoreClusterTest
{
    private static final int INTERVAL = 16;
    private static final String CHANNEL = "aeron:udp?endpoint=localhost:9";

    @Test
    void shouldOrderWhatOneClientSends()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.request(session, 1, "a", "b");
        cluster.request(session, 3, "c");
        cluster.run(10);

        for (int i = 0; i < 4; i++)
        {
            assertEquals(List.of("a", "b", "c"), cluster.services.get(i).delivered);
            assertEquals(cluster.treeHead(0), cluster.treeHead(i));
            assertEquals(
                List.of("a", "b", "c"),
                cluster.outbounds.get(i).replies.stream()
                    .filter(reply -> reply.sessionId() == session)
                    .map(reply -> new String(reply.result(), US_ASCII))
                    .toList());
        }
    }

    @Test
    void shouldMoveTheWindowByCertificates()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        sendOneByOne(cluster, session, 1, 10 * INTERVAL);

        for (int i = 0; i < 4; i++)
        {
            assertTrue(cluster.status(i).stableSequence() >= 9 * INTERVAL, cluster.status(i).toString());
            assertEquals(10 * INTERVAL, cluster.services.get(i).delivered.size());
        }
    }

    @Test
    @DisplayName("E05 X31 behind by less, and by more, than a window: it catches up from the others' journals")
    void shouldCatchUpWithinAndBeyondTheWindow()
    {
        for (final int absence : new int[]{5, 20, 10 * INTERVAL})
        {
            final CoreCluster cluster = new CoreCluster(4, INTERVAL);
            final long session = cluster.open(1);
            sendOneByOne(cluster, session, 1, 5);
            cluster.crash(3);
            sendOneByOne(cluster, session, 6, absence);
            cluster.start(3, 2);
            cluster.run(400);

            assertEquals(5 + absence, cluster.services.get(3).delivered.size(), "absence " + absence);
            assertEquals(cluster.services.get(0).delivered, cluster.services.get(3).delivered);
            assertEquals(cluster.treeHead(0), cluster.treeHead(3));
        }
    }

    @Test
    void shouldResumeWhenAllCrashAtOnce()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        sendOneByOne(cluster, session, 1, 3 * INTERVAL);
        IntStream.range(0, 4).forEach(cluster::crash);
        IntStream.range(0, 4).forEach(i -> cluster.start(i, 2));
        sendOneByOne(cluster, session, 3 * INTERVAL + 1, INTERVAL);

        for (int i = 0; i < 4; i++)
        {
            assertEquals(4 * INTERVAL, cluster.services.get(i).delivered.size(), cluster.status(i).toString());
        }
    }

    @Test
    @DisplayName("L02 retransmission before and after execution")
    void shouldAnswerARepeatedRequestFromTheCache()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.request(session, 1, "a");
        cluster.request(session, 1, "a");
        cluster.run(10);
        for (int i = 0; i < 4; i++)
        {
            final List<RecordedOutbound.Replied> replies = cluster.outbounds.get(i).replies;
            final long position = replies.get(replies.size() - 1).position();
            replies.clear();
            cluster.bundle(i, BundleKind.REQUESTS, session, 1, true, "a");
            assertEquals(1, replies.size(), "from the cache");
            assertEquals(1, replies.get(0).number());
            assertEquals(position, replies.get(0).position());
            assertEquals(0, cluster.replicas.get(i).waitingLength(), "nothing is left waiting");
        }
        cluster.run(20);
        for (int i = 0; i < 4; i++)
        {
            assertEquals(List.of("a"), cluster.services.get(i).delivered);
        }
    }

    @Test
    @DisplayName("L02 a retransmission that is bundled otherwise, beside what it repeats in part")
    void shouldNotPutOverlappingBundlesInOneBatch()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.request(session, 1, "a", "b");
        cluster.request(session, 2, "b", "c");
        cluster.request(session, 3, "c", "d", "e");
        cluster.run(20);

        for (int i = 0; i < 4; i++)
        {
            assertEquals(List.of("a", "b", "c", "d", "e"), cluster.services.get(i).delivered);
        }
    }

    @Test
    @DisplayName("L05 a client that sends to f replicas alone, none of them the primary")
    void shouldRelayASignedRequestToThePrimary()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.bundle(2, BundleKind.REQUESTS, session, 1, true, "a");
        cluster.run(10);

        assertEquals(List.of("a"), cluster.services.get(1).delivered);
    }

    @Test
    void shouldAcceptWhatAWeakQuorumVouchesFor()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.isTagWrong = (replicaId, sessionId) -> 3 == replicaId && 0 != sessionId;
        cluster.isDown[2] = true;
        cluster.request(session, 1, "a");
        cluster.run(10);

        assertEquals(List.of("a"), cluster.services.get(3).delivered);
    }

    @Test
    @DisplayName("L08 a client is refused while the session table is full, and tries again with the same number")
    void shouldOpenASessionOnceThereIsRoomForIt()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        for (int openNumber = 2; openNumber <= 4; openNumber++)
        {
            cluster.open(openNumber);
        }
        IntStream.range(0, 4).forEach(i -> cluster.bundle(i, BundleKind.OPEN, 0, 5, true, CHANNEL));
        cluster.run(20);
        assertTrue(cluster.outbounds.get(0).replies.stream()
            .anyMatch(reply -> Outcome.REJECTED_SESSION_LIMIT.value() == reply.outcome() && 5 == reply.number()));
        cluster.bundle(0, BundleKind.CLOSE, session, 1, false, "");
        cluster.run(100 * 3 * INTERVAL);

        cluster.open(5);
    }

    @Test
    @DisplayName("K05 more OPENs than the session table has room for, to a backup")
    void shouldNotRelayForEverWhatCannotBeExecuted()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        for (int openNumber = 2; openNumber <= 40; openNumber++)
        {
            cluster.bundle(2, BundleKind.OPEN, 0, openNumber, true, CHANNEL);
            cluster.run(20);
        }
        cluster.run(1000);
        cluster.bundle(2, BundleKind.REQUESTS, session, 1, true, "a");
        cluster.run(20);

        assertEquals(List.of("a"), cluster.services.get(1).delivered);
    }

    @Test
    void shouldCloseASession()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.bundle(0, BundleKind.CLOSE, session, 1, false, "");
        cluster.run(5);
        cluster.request(session, 2, "late");
        cluster.run(5);

        assertEquals(List.of(), cluster.services.get(1).delivered);
        assertEquals(
            Outcome.REJECTED_CLOSED.value(),
            cluster.outbounds.get(1).replies.get(cluster.outbounds.get(1).replies.size() - 1).outcome());
    }

    @Test
    void shouldRefuseWhatComesAfterTheCloseAsOftenAsItIsAsked()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.bundle(0, BundleKind.CLOSE, session, 1, false, "");
        cluster.run(5);
        for (int i = 0; i < 3; i++)
        {
            cluster.outbounds.get(1).replies.clear();
            cluster.request(session, 2, "late");
            cluster.run(5);
            assertEquals(
                List.of(Outcome.REJECTED_CLOSED.value()),
                cluster.outbounds.get(1).replies.stream().map(RecordedOutbound.Replied::outcome).toList());
        }
    }

    private static void sendOneByOne(
        final CoreCluster cluster, final long session, final long firstNumber, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            cluster.request(session, firstNumber + i, "r" + (firstNumber + i));
            cluster.run(6);
        }
        cluster.run(20);
    }
}
