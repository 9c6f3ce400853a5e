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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.PreparedMarkDecoder;
import io.tagma.codecs.journal.SelectedMarkDecoder;
import io.tagma.codecs.journal.StoredStatementPartDecoder;
import io.tagma.codecs.journal.TargetViewDecoder;
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.StatusEncoder;
import io.tagma.codecs.peer.VotesDecoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * From one view to the next: four cores on a clock that the test moves.
 */
class ViewChangeTest
{
    private static final int INTERVAL = 8;
    /** Longer than a heartbeat may stay away. */
    private static final int LONG = 1_500;

    private static final int STATUS_LENGTH = FrameLayout.HEADER_LENGTH + StatusEncoder.BLOCK_LENGTH +
        2 * GroupSizeEncodingEncoder.ENCODED_LENGTH;

    private final CoreCluster cluster = new CoreCluster(4, INTERVAL);
    private final long session = cluster.open(1);

    @Test
    @DisplayName("The primary is gone: the next one takes over what was agreed, and goes on")
    void primaryIsGone()
    {
        cluster.request(session, 1, "a");
        cluster.run(50);
        cluster.crash(0);
        cluster.run(LONG);
        assertAllIn(1, 1, 2, 3);
        requestAtAll(2, "b");
        cluster.run(200);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(List.of("a", "b"), cluster.services.get(id).delivered, "replica " + id);
        }
        cluster.start(0, 2);
        cluster.run(300);
        assertAllIn(1, 0, 1, 2, 3);
        assertEquals(List.of("a", "b"), cluster.services.get(0).delivered);
        assertEquals(cluster.treeHead(1), cluster.treeHead(0));
    }

    @Test
    @DisplayName("What a new primary proposed before the others came is proposed again as soon as they have come")
    void proposedTooEarly()
    {
        cluster.run(50);
        proposesAgainAfterItsPrimaryIsGone(cluster, session, 1);
    }

    @Test
    @DisplayName("The same where one replica is far behind, and may need votes for much of what the others executed")
    void proposedTooEarlyWithOneBehind()
    {
        final CoreCluster seven = new CoreCluster(7, 64);
        final long itsSession = seven.open(1);
        seven.crash(6);
        long number = 0;
        while (number < 70)
        {
            seven.request(itsSession, ++number, "before");
            seven.run(5);
        }
        assertEquals(number, seven.services.get(1).delivered.size());
        proposesAgainAfterItsPrimaryIsGone(seven, itsSession, ++number);
    }

    private static void proposesAgainAfterItsPrimaryIsGone(
        final CoreCluster cluster, final long session, final long number)
    {
        cluster.crash(0);
        cluster.isTemplateLost = template ->
            PrePrepareDecoder.TEMPLATE_ID == template || VotesDecoder.TEMPLATE_ID == template;
        while (!isVotingInView(cluster, 1, 1))
        {
            cluster.run(1);
        }
        cluster.bundle(1, BundleKind.REQUESTS, session, number, true, "a");
        while (!isVotingInView(cluster, 2, 1) || !isVotingInView(cluster, 3, 1))
        {
            cluster.run(1);
        }
        cluster.isTemplateLost = template -> false;
        cluster.run(4);
        assertTrue(cluster.services.get(1).delivered.contains("a"), cluster.status(1).toString());
    }

    private static boolean isVotingInView(final CoreCluster cluster, final int replicaId, final long view)
    {
        return cluster.status(replicaId).isVoting() && view == cluster.status(replicaId).view();
    }

    @Test
    @DisplayName("A quiet cluster stays in its view, and so does one whose clock jumped for everybody")
    void nothingIsWrong()
    {
        cluster.run(3 * LONG);
        assertAllIn(0, 0, 1, 2, 3);
        cluster.nowNs += 60_000_000_000L;
        cluster.run(LONG);
        assertAllIn(0, 0, 1, 2, 3);
    }

    @Test
    @DisplayName("Two that stood still for longer than half of what a silence may take depose nobody")
    void stoodStill()
    {
        final int silence = 4 * (int)(ViewChangeParameters.HEARTBEAT_INTERVAL_NS / 1_000_000);
        cluster.run(LONG);
        cluster.isLost = (sender, receiver) -> 0 == sender && receiver > 1;
        cluster.run(silence / 4);
        cluster.isPaused[2] = true;
        cluster.isPaused[3] = true;
        cluster.run(silence * 5 / 8);
        cluster.isPaused[2] = false;
        cluster.isPaused[3] = false;
        cluster.run(silence / 4);
        cluster.isLost = (sender, receiver) -> false;
        cluster.run(2 * silence);
        assertAllIn(0, 0, 1, 2, 3);
    }

    @Test
    @DisplayName("F14: one that cannot hear the primary complains alone, and nobody leaves")
    void oneComplaintIsNotEnough()
    {
        cluster.isLost = (sender, receiver) -> 0 == sender && 3 == receiver;
        requestAtAll(1, "a");
        cluster.run(3 * LONG);
        assertAllIn(0, 0, 1, 2, 3);
        assertEquals(List.of("a"), cluster.services.get(3).delivered);
    }

    @Test
    @DisplayName("F17: two primaries in a row are gone, with seven replicas")
    void twoPrimariesAreGone()
    {
        final CoreCluster seven = new CoreCluster(7, INTERVAL);
        final long itsSession = seven.open(1);
        seven.crash(0);
        seven.crash(1);
        seven.run(5 * LONG);
        for (int id = 2; id < 7; id++)
        {
            assertEquals(2, seven.status(id).view(), "replica " + id);
            assertTrue(seven.status(id).isActive());
            seven.bundle(id, BundleKind.REQUESTS, itsSession, 1, true, "a");
        }
        seven.run(200);
        assertEquals(List.of("a"), seven.services.get(6).delivered);
    }

    @Test
    @DisplayName("X15 F18: what is accepted by some is taken over and agreed in the new view, the old one is silent")
    void preparedIsTakenOver()
    {
        // Replica 3 alone hears COMMITs, so it alone executes.
        cluster.isLost = (sender, receiver) -> 3 != receiver && 0 != receiver && 0 != sender;
        requestAtAll(1, "a");
        cluster.run(5);
        cluster.crash(0);
        cluster.isLost = (sender, receiver) -> false;
        cluster.run(2 * LONG);
        assertAllIn(1, 1, 2, 3);
        requestAtAll(2, "b");
        cluster.run(300);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(List.of("a", "b"), cluster.services.get(id).delivered, "replica " + id);
        }
    }

    @Test
    @DisplayName("F20 H02: every replica may crash at any moment of a change of view, and comes back in it")
    void crashesInTheMiddle()
    {
        requestAtAll(1, "a");
        cluster.run(30);
        cluster.crash(0);
        long number = 1;
        for (int round = 0; round < 60; round++)
        {
            cluster.run(LONG / 40);
            final int victim = 1 + round % 3;
            cluster.crash(victim);
            cluster.run(round % 4);
            final long view = cluster.status(victim).view();
            cluster.start(victim, 2 + round);
            assertTrue(cluster.status(victim).view() >= view, "views never go back");
            assertFalse(cluster.status(victim).isHalted());
        }
        cluster.run(4 * LONG);
        assertEquals(cluster.status(1).view(), cluster.status(2).view());
        requestAtAll(++number, "b");
        cluster.run(400);
        for (int id = 1; id < 4; id++)
        {
            assertTrue(cluster.status(id).isActive(), "replica " + id);
            assertEquals(List.of("a", "b"), cluster.services.get(id).delivered, "replica " + id);
        }
    }

    @Test
    @DisplayName("F20: who selected as primary and crashed before its NEW-VIEW makes none for that view any more")
    void selectsOnceForAView()
    {
        requestAtAll(1, "a");
        cluster.run(30);
        cluster.crash(0);
        final RecordedOutbound next = cluster.outbounds.get(1);
        while (!hasMarked(1, 1))
        {
            // Its VIEW-CHANGE is signed, its NEW-VIEW will not be.
            next.signs = next.records.stream().noneMatch(
                record -> StoredStatementPartDecoder.TEMPLATE_ID == record.getShort(2));
            cluster.run(1);
        }
        cluster.crash(1);
        next.signs = true;
        cluster.start(1, 2);
        assertEquals(1, cluster.status(1).view());
        for (int cycle = 0; cycle < 2 * LONG && 1 == cluster.status(1).view(); cycle++)
        {
            cluster.run(1);
            assertTrue(1 != cluster.status(2).newView(), "a NEW-VIEW for view 1");
        }
        cluster.run(2 * LONG);
        requestAtAll(2, "b");
        cluster.run(400);
        assertEquals(List.of("a", "b"), cluster.services.get(1).delivered);
    }

    private boolean hasMarked(final int replicaId, final long view)
    {
        return cluster.outbounds.get(replicaId).records.stream().anyMatch(record ->
            SelectedMarkDecoder.TEMPLATE_ID == record.getShort(2) &&
            view == record.getLong(FrameLayout.HEADER_LENGTH + SelectedMarkDecoder.viewEncodingOffset()));
    }

    @Test
    @DisplayName("F19: what is asked for comes, also where messages take longer than the interval between questions")
    void waitsForSlowAnswers()
    {
        cluster.run(30);
        cluster.delayNs = 24_000_000L;
        cluster.isLost = (sender, receiver) -> 1 == sender && 3 == receiver;
        cluster.crash(0);
        cluster.run(3 * LONG);
        for (int id = 1; id < 4; id++)
        {
            assertTrue(cluster.status(id).isActive() && cluster.status(id).view() > 0, cluster.status(id).toString());
        }
    }

    @Test
    @DisplayName("F15 X28: others weighing K are at or above views 9 and 12: the greatest view below both is joined")
    void joins()
    {
        cluster.replicas.get(3).onMessage(1, status(1, 12), 0, STATUS_LENGTH);
        cluster.outbounds.get(3).answerAll();
        cluster.replicas.get(3).onTime(cluster.nowNs + 10_000_000L, cluster.epochNs);
        cluster.replicas.get(3).onEndOfBurst();
        cluster.outbounds.get(3).answerAll();
        assertEquals(0, cluster.status(3).view(), "one alone is followed nowhere");
        cluster.replicas.get(3).onMessage(2, status(2, 9), 0, STATUS_LENGTH);
        cluster.replicas.get(3).onTime(cluster.nowNs + 20_000_000L, cluster.epochNs);
        cluster.replicas.get(3).onEndOfBurst();
        cluster.outbounds.get(3).answerAll();
        assertEquals(9, cluster.status(3).view());
        assertFalse(cluster.status(3).isActive());
    }

    private static UnsafeBuffer status(final int sender, final long view)
    {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[STATUS_LENGTH]);
        final StatusEncoder encoder = new StatusEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(1).epoch(0).sender(sender);
        encoder.incarnation(1_000).counter(1).view(view).lackingFrom(1);
        encoder.heldCount(0);
        encoder.marksCount(0);
        return message;
    }

    @Test
    @DisplayName("X15: once a view is left nothing is accepted or prepared in it; a new primary proposes in its own")
    void journalsInItsView()
    {
        cluster.request(session, 1, "a");
        cluster.run(3);
        cluster.crash(0);
        cluster.run(2 * LONG);
        requestAtAll(2, "b");
        cluster.run(200);
        assertAllIn(1, 1, 2, 3);
        for (int id = 1; id < 4; id++)
        {
            long view = 0;
            int entries = 0;
            for (final UnsafeBuffer record : cluster.outbounds.get(id).records)
            {
                switch (record.getShort(2))
                {
                    case TargetViewDecoder.TEMPLATE_ID -> view = record.getLong(FrameLayout.HEADER_LENGTH);
                    case EntryDecoder.TEMPLATE_ID, PreparedMarkDecoder.TEMPLATE_ID ->
                    {
                        assertEquals(view, record.getLong(FrameLayout.HEADER_LENGTH), "replica " + id);
                        entries += 1 == view ? 1 : 0;
                    }
                    default ->
                    {
                        // Of no view.
                    }
                }
            }
            assertTrue(entries > 0, "something was agreed in the new view");
        }
    }

    private void requestAtAll(final long number, final String payload)
    {
        for (int id = 0; id < 4; id++)
        {
            if (!cluster.isDown[id])
            {
                cluster.bundle(id, BundleKind.REQUESTS, session, number, true, payload);
            }
        }
    }

    private void assertAllIn(final long view, final int... ids)
    {
        for (final int id : ids)
        {
            assertEquals(view, cluster.status(id).view(), () -> "view of " + cluster.status(id));
            assertTrue(cluster.status(id).isActive(), () -> cluster.status(id).toString());
        }
    }
}
