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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.RelayDecoder;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A primary that keeps to the form and still does its clients wrong, and backups that are slow: who is replaced, who is
 * not, and that everything is ordered. The clock is the test's.
 */
class PrimaryRowsTest
{
    private static final int INTERVAL = 64;
    private static final long MS = 1_000_000L;
    /** The time-out where nothing else was measured. */
    private static final int CEILING_MS = 1_000;
    private static final String CHANNEL = "aeron:udp?endpoint=localhost:9";

    private final CoreCluster cluster = new CoreCluster(4, INTERVAL);
    private final long session = cluster.open(1);

    /** Kills: X26, any delivery resets the timer of every request. */
    @Test
    @DisplayName("D01 X26: a primary that serves all but one client is replaced, though progress never stopped")
    void censorship()
    {
        final long censored = cluster.open(2);
        cluster.isTemplateLost = template -> RelayDecoder.TEMPLATE_ID == template;
        for (int id = 1; id < 4; id++)
        {
            cluster.bundle(id, BundleKind.REQUESTS, censored, 1, true, "censored");
        }
        int sent = 0;
        for (int ms = 0; ms < 3 * CEILING_MS && 0 == cluster.status(1).view(); ms += 5)
        {
            cluster.request(session, ++sent, "r" + sent);
            cluster.run(5);
        }
        assertEquals(1, cluster.status(1).view(), "while others were served");
        assertTrue(sent > 5, "others were served");
        assertTrue(cluster.services.get(1).delivered.size() >= sent - 2, "at full speed");
        cluster.run(CEILING_MS);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(1, cluster.status(id).view(), "replica " + id);
            assertTrue(cluster.services.get(id).delivered.contains("censored"), "replica " + id);
        }
    }

    @Test
    @DisplayName("D07: a primary that only shows that it is alive is replaced once somebody asks for something")
    void heartbeatsAlone()
    {
        cluster.link = (sender, receiver, message) -> 0 == sender && isPrePrepare(message) ? -1 : 0;
        requestAtBackups(1, "a");
        cluster.run(3 * CEILING_MS);
        assertDelivered(List.of("a"), 1, 2, 3);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(1, cluster.status(id).view(), "replica " + id);
        }
    }

    @Test
    @DisplayName("D02: proposals that come just in time cost time and no view; later than that, one")
    void lateProposals()
    {
        cluster.run(100);
        cluster.link = (sender, receiver, message) -> 0 == sender && isPrePrepare(message) ? 20 * MS : 0;
        for (int number = 1; number <= 20; number++)
        {
            requestAtBackups(number, "r" + number);
            cluster.run(80);
            assertEquals(number, cluster.services.get(2).delivered.size(), "served before the next is asked for");
        }
        assertEquals(0, cluster.status(2).view());
        cluster.link = (sender, receiver, message) -> 0 == sender && isPrePrepare(message) ? 5_000 * MS : 0;
        requestAtBackups(21, "late");
        cluster.run(3 * CEILING_MS);
        assertEquals(21, cluster.services.get(2).delivered.size());
        assertEquals(1, cluster.status(2).view());
    }

    @Test
    @DisplayName("D04: a primary that starts well and decays is replaced, and leads no more than its share of the time")
    void decay()
    {
        final long[] sinceNs = new long[1];
        final int bad = 0;
        int sent = 0;
        long views = 0;
        cluster.link = (sender, receiver, message) ->
            bad == sender && isPrePrepare(message) ? (cluster.nowNs - sinceNs[0]) / 2 : 0;
        sinceNs[0] = cluster.nowNs;
        int asBad = 0;
        for (int ms = 0; ms < 20_000; ms += 10)
        {
            if (cluster.services.get(2).delivered.size() == sent)
            {
                requestAtBackups(++sent, "r" + sent);
            }
            cluster.run(10);
            if (cluster.status(2).view() > views)
            {
                views = cluster.status(2).view();
                sinceNs[0] = cluster.nowNs;
            }
            asBad += 0 == views % 4 ? 1 : 0;
        }
        assertTrue(views >= 1, "it was replaced");
        assertTrue(asBad < 2_000 / 4, "a quarter of the time at most: " + asBad);
        assertTrue(sent > 1_000, "half of what is asked for one by one at full speed: " + sent);
    }

    @Test
    @DisplayName("D08 H12: a backup whose votes, or whose disk, take ten seconds holds up nobody and costs no view")
    void slowBackup()
    {
        cluster.link = (sender, receiver, message) -> 3 == sender ? 10_000 * MS : 0;
        for (int number = 1; number <= 100; number++)
        {
            requestAtBackups(number, "r" + number);
            cluster.run(20);
            assertEquals(number, cluster.services.get(0).delivered.size());
            assertEquals(number, cluster.services.get(3).delivered.size(), "it hears in time");
        }
        assertEquals(0, cluster.status(1).view());
    }

    @Test
    @DisplayName("H12: a primary whose disk takes ten seconds costs one view")
    void slowPrimary()
    {
        requestAtBackups(1, "a");
        cluster.run(100);
        cluster.link = (sender, receiver, message) -> 0 == sender ? 10_000 * MS : 0;
        requestAtBackups(2, "b");
        cluster.run(12_000);
        assertDelivered(List.of("a", "b"), 0, 1, 2, 3);
        assertEquals(1, cluster.status(1).view());
    }

    @Test
    @DisplayName("I08: a replica with a tenth of the others' speed is not waited for, and keeps up")
    void slowReplica()
    {
        for (int number = 1; number <= 100; number++)
        {
            requestAtBackups(number, "r" + number);
            for (int cycle = 0; cycle < 20; cycle++)
            {
                cluster.isPaused[3] = 0 != cycle % 10;
                cluster.run(1);
            }
            assertEquals(number, cluster.services.get(0).delivered.size());
        }
        assertEquals(0, cluster.status(0).view());
        assertTrue(cluster.services.get(3).delivered.size() >= 98, cluster.status(3).toString());
    }

    @Test
    @DisplayName("I07: a primary that stood still for long is replaced; what it says when it goes on does no harm")
    void pausedPrimary()
    {
        requestAtBackups(1, "a");
        cluster.run(50);
        cluster.request(session, 2, "in flight");
        cluster.isPaused[0] = true;
        cluster.run(5 * CEILING_MS);
        requestAtBackups(2, "b");
        cluster.run(CEILING_MS);
        assertDelivered(List.of("a", "b"), 1, 2, 3);
        cluster.isPaused[0] = false;
        requestAtBackups(3, "c");
        cluster.run(CEILING_MS);
        assertDelivered(List.of("a", "b", "c"), 0, 1, 2, 3);
        assertEquals(1, cluster.status(0).view());
        IntStream.range(0, 4).forEach(id -> assertEquals(List.of(), cluster.outbounds.get(id).halts));
    }

    @Test
    @DisplayName("I07: a backup that stood still for long goes on as one that lags behind, and deposes nobody")
    void pausedBackup()
    {
        cluster.isPaused[2] = true;
        for (int number = 1; number <= 100; number++)
        {
            cluster.request(session, number, "r" + number);
            cluster.run(50);
        }
        cluster.isPaused[2] = false;
        cluster.run(CEILING_MS);
        for (int id = 0; id < 4; id++)
        {
            assertEquals(100, cluster.services.get(id).delivered.size(), "replica " + id);
            assertEquals(0, cluster.status(id).view(), "replica " + id);
        }
    }

    @Test
    @DisplayName("D05: a primary that proposes a client's later request first does not change their order")
    void reordering()
    {
        cluster.request(session, 1, "a");
        final UnsafeBuffer proposal = proposal();
        final int firstNumber = FrameLayout.HEADER_LENGTH + PrePrepareDecoder.BLOCK_LENGTH + Integer.BYTES +
            BundleBodyEncoder.firstNumberEncodingOffset();
        proposal.putLong(firstNumber, 2);
        proposal.putByte(digestOffset(), (byte)(proposal.getByte(digestOffset()) ^ 1));
        cluster.isDown[0] = true;
        for (int id = 1; id < 4; id++)
        {
            cluster.replicas.get(id).onMessage(0, proposal, 0, proposal.capacity());
        }
        cluster.run(10);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(sequence(proposal), cluster.status(id).executedSequence(), "the batch is executed");
            assertEquals(List.of(), cluster.services.get(id).delivered, "what came before its turn is skipped");
        }
        cluster.run(2 * CEILING_MS);
        requestAtBackups(1, "first");
        requestAtBackups(2, "second");
        cluster.run(200);
        assertDelivered(List.of("first", "second"), 1, 2, 3);
    }

    @Test
    @DisplayName("E01: a primary that leaves a gap gets nothing executed behind it, and is replaced; nothing is lost")
    void gap()
    {
        final long skipped = cluster.status(0).proposedSequence() + 1;
        cluster.link = (sender, receiver, message) ->
            0 == sender && isPrePrepare(message) && skipped == sequence(message) ? -1 : 0;
        requestAtBackups(1, "a");
        cluster.run(5);
        cluster.bundle(0, BundleKind.OPEN, 0, 2, true, CHANNEL);
        for (int ms = 0; ms < 3 * CEILING_MS && 0 == cluster.status(1).view(); ms++)
        {
            cluster.run(1);
            assertTrue(0 != cluster.status(1).view() || cluster.status(1).executedSequence() < skipped);
        }
        cluster.run(CEILING_MS);
        assertDelivered(List.of("a"), 1, 2, 3);
        assertEquals(1, cluster.status(1).view());
    }

    @Test
    @DisplayName("A04: a batch that f replicas alone were given is not agreed on; another primary orders the requests")
    void givenToOne()
    {
        cluster.link = (sender, receiver, message) -> 0 == sender && 1 != receiver && isPrePrepare(message) ? -1 : 0;
        requestAtBackups(1, "a");
        cluster.run(CEILING_MS / 2);
        assertDelivered(List.of(), 0, 1, 2, 3);
        cluster.run(3 * CEILING_MS);
        assertDelivered(List.of("a"), 0, 1, 2, 3);
        assertEquals(1, cluster.status(1).view());
    }

    @Test
    @DisplayName("A04: a batch that enough were given is fetched from them by those who were not")
    void givenToEnough()
    {
        cluster.link = (sender, receiver, message) -> 0 == sender && 3 == receiver && isPrePrepare(message) ? -1 : 0;
        requestAtBackups(1, "a");
        cluster.run(200);
        assertDelivered(List.of("a"), 0, 1, 2, 3);
        assertEquals(0, cluster.status(3).view());
    }

    @Test
    @DisplayName("I03: a primary that is deaf, or mute, is replaced; a deaf backup deposes nobody")
    void oneWay()
    {
        for (final boolean isDeaf : new boolean[]{ true, false })
        {
            final CoreCluster other = new CoreCluster(4, INTERVAL);
            final long itsSession = other.open(1);
            other.isLost = (sender, receiver) -> isDeaf ? 0 == receiver : 0 == sender;
            for (int id = 1; id < 4; id++)
            {
                other.bundle(id, BundleKind.REQUESTS, itsSession, 1, true, "a");
            }
            other.run(3 * CEILING_MS);
            for (int id = 1; id < 4; id++)
            {
                assertEquals(1, other.status(id).view(), isDeaf + ", replica " + id);
                assertEquals(List.of("a"), other.services.get(id).delivered);
            }
        }
        cluster.isLost = (sender, receiver) -> 3 == receiver;
        for (int number = 1; number <= 20; number++)
        {
            requestAtBackups(number, "r" + number);
            cluster.run(200);
        }
        for (int id = 0; id < 3; id++)
        {
            assertEquals(0, cluster.status(id).view());
            assertEquals(20, cluster.services.get(id).delivered.size());
        }
    }

    private UnsafeBuffer proposal()
    {
        final Replica primary = cluster.replicas.get(0);
        primary.onTime(cluster.nowNs, cluster.epochNs);
        primary.onEndOfBurst();
        final UnsafeBuffer proposal = cluster.outbounds.get(0).takeSent().stream()
            .map(RecordedOutbound.Sent::message)
            .filter(PrimaryRowsTest::isPrePrepare)
            .findFirst().orElseThrow();
        return new UnsafeBuffer(proposal.byteArray().clone());
    }

    private static int digestOffset()
    {
        return FrameLayout.HEADER_LENGTH + PrePrepareDecoder.digestEncodingOffset();
    }

    private static long sequence(final UnsafeBuffer proposal)
    {
        return proposal.getLong(FrameLayout.HEADER_LENGTH + PrePrepareDecoder.sequenceEncodingOffset());
    }

    private static boolean isPrePrepare(final UnsafeBuffer message)
    {
        return PrePrepareDecoder.TEMPLATE_ID == message.getShort(2);
    }

    private void requestAtBackups(final long number, final String payload)
    {
        for (int id = 1; id < 4; id++)
        {
            if (!cluster.isDown[id])
            {
                cluster.bundle(id, BundleKind.REQUESTS, session, number, true, payload);
            }
        }
    }

    private void assertDelivered(final List<String> expected, final int... ids)
    {
        for (final int id : ids)
        {
            assertEquals(expected, cluster.services.get(id).delivered, () -> cluster.status(id).toString());
        }
    }
}
