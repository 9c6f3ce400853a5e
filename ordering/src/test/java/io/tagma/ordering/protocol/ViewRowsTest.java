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
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.peer.VotesDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Changes of view at awkward times: slow links, votes that come late, nothing agreed yet, everybody away once.
 */
class ViewRowsTest
{
    private static final int INTERVAL = 8;
    private static final long MS = 1_000_000L;
    private static final int LONG = 1_500;

    private final CoreCluster cluster = new CoreCluster(4, INTERVAL);

    /** Kills: X27, time-outs stay as they are. */
    @Test
    @DisplayName("F17 X27: a change of view that takes longer than a time-out succeeds once the time-outs have doubled")
    void longerThanATimeout()
    {
        final long session = cluster.open(1);
        cluster.run(500);
        cluster.delayNs = 100 * MS;
        cluster.crash(0);
        cluster.run(12_000);
        requestAtAll(cluster, session, 1, "a");
        cluster.run(3_000);
        for (int id = 1; id < 4; id++)
        {
            assertTrue(cluster.status(id).isActive() && cluster.status(id).view() > 1, cluster.status(id).toString());
            assertEquals(List.of("a"), cluster.services.get(id).delivered);
        }
    }

    @Test
    @DisplayName("F22: COMMITs of a view come late, while it is left, and after: each batch is executed once")
    void lateCommits()
    {
        for (int delayMs = 5; delayMs <= 200; delayMs += 15)
        {
            final CoreCluster late = new CoreCluster(4, INTERVAL);
            final long session = late.open(1);
            late.run(300);
            final long delayNs = delayMs * MS;
            late.link = (sender, receiver, message) -> isCommit(message) && sender > 0 ? delayNs : 0;
            requestAtAll(late, session, 1, "a");
            late.run(3);
            late.crash(0);
            late.run(30);
            late.link = (sender, receiver, message) -> 0;
            late.run(LONG);
            requestAtAll(late, session, 2, "b");
            late.run(200);
            for (int id = 1; id < 4; id++)
            {
                assertEquals(1, late.status(id).view(), "replica " + id);
                assertEquals(List.of("a", "b"), late.services.get(id).delivered, "delay " + delayMs + " ms");
                assertEquals(late.treeHead(1), late.treeHead(id));
            }
        }
    }

    private static boolean isCommit(final UnsafeBuffer message)
    {
        return VotesDecoder.TEMPLATE_ID == message.getShort(2) &&
            0 == message.getShort(FrameLayout.HEADER_LENGTH + VotesDecoder.BLOCK_LENGTH + 2);
    }

    @Test
    @DisplayName("F23: the first view is left before anybody asked for anything")
    void beforeAnyRequest()
    {
        cluster.crash(0);
        cluster.run(2 * LONG);
        for (int id = 1; id < 4; id++)
        {
            assertTrue(cluster.status(id).isActive() && 1 == cluster.status(id).view(), cluster.status(id).toString());
        }
        cluster.start(0, 2);
        cluster.run(LONG);
        final long session = cluster.open(1);
        requestAtAll(cluster, session, 1, "a");
        cluster.run(100);
        for (int id = 0; id < 4; id++)
        {
            assertEquals(List.of("a"), cluster.services.get(id).delivered);
        }
    }

    @Test
    @DisplayName("F23 I05: each is away in turn under load, until the first primary leads again; nothing is lost")
    void everybodyOnce()
    {
        final long session = cluster.open(1);
        final List<String> asked = new ArrayList<>();
        for (int away = 0; away < 4; away++)
        {
            cluster.crash(away);
            for (int i = 0; i < 10; i++)
            {
                asked.add("r" + asked.size());
                requestAtAll(cluster, session, asked.size(), asked.get(asked.size() - 1));
                cluster.run(LONG / 5);
            }
            cluster.start(away, 2);
            cluster.run(LONG);
        }
        for (int id = 0; id < 4; id++)
        {
            assertEquals(4, cluster.status(id).view(), "replica " + id);
            assertEquals(asked, cluster.services.get(id).delivered, "replica " + id);
            assertEquals(cluster.treeHead(0), cluster.treeHead(id));
        }
        assertTrue(cluster.status(0).isPrimary(), "again");
    }

    @Test
    @DisplayName("I02: the side that weighs a quorum goes on, every other one stops; whole again, all agree")
    void splits()
    {
        final int[][] splits = {
            { 0, 0, 0, 0, 0, 1, 1 }, { 1, 1, 0, 0, 0, 0, 0 }, { 0, 0, 0, 0, 1, 1, 1 }, { 0, 0, 0, 1, 1, 2, 2 } };
        for (final int[] sides : splits)
        {
            final CoreCluster seven = new CoreCluster(7, INTERVAL);
            final long session = seven.open(1);
            seven.isLost = (sender, receiver) -> sides[sender] != sides[receiver];
            requestAtAll(seven, session, 1, "a");
            seven.run(3 * LONG);
            for (int id = 0; id < 7; id++)
            {
                final int side = sides[id];
                final boolean goesOn = java.util.Arrays.stream(sides).filter(other -> other == side).count() >= 5;
                assertEquals(goesOn ? List.of("a") : List.of(), seven.services.get(id).delivered, "replica " + id);
            }
            seven.isLost = (sender, receiver) -> false;
            seven.run(6 * LONG);
            requestAtAll(seven, session, 1, "a");
            requestAtAll(seven, session, 2, "b");
            seven.run(2 * LONG);
            for (int id = 0; id < 7; id++)
            {
                assertEquals(List.of("a", "b"), seven.services.get(id).delivered, "replica " + id);
                assertEquals(seven.treeHead(0), seven.treeHead(id));
            }
        }
    }

    private static void requestAtAll(
        final CoreCluster cluster, final long session, final long number, final String payload)
    {
        for (int id = 0; id < cluster.replicas.size(); id++)
        {
            if (!cluster.isDown[id])
            {
                cluster.bundle(id, BundleKind.REQUESTS, session, number, true, payload);
            }
        }
    }
}
