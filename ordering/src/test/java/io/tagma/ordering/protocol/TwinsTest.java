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

import io.tagma.codecs.client.BundleKind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Twins: correct code under one id and one key in several processes, each of which talks to some of the others. No more
 * ids than may be faulty have twins, so all the others agree, whoever was told what.
 */
class TwinsTest
{
    private static final int INTERVAL = 8;
    private static final int SNAPSHOTS = 64;
    private static final int LONG = 2_000;

    @Test
    @DisplayName("A01 N06: a primary in two processes says one batch to some and another to others: all splits")
    void primary()
    {
        int views = 0;
        for (int first = 0; first < 8; first++)
        {
            for (final int second : new int[]{ 7 & ~first, 7 })
            {
                final CoreCluster cluster = new CoreCluster(4, INTERVAL, SNAPSHOTS, 0, 1, 2, 3, 0);
                cluster.isDown[4] = true;
                final long session = cluster.open(1);
                copy(cluster, 0, 4);
                final int[] hears = { first << 1, 0, 0, 0, second << 1 };
                cluster.isLost = (sender, receiver) ->
                    isCut(hears, sender, receiver) || isCut(hears, receiver, sender);
                cluster.bundle(0, BundleKind.REQUESTS, session, 1, true, "one");
                cluster.bundle(4, BundleKind.REQUESTS, session, 1, true, "other");
                cluster.run(LONG);
                assertGoesOn(cluster, session, 1, 2, 3);
                views += cluster.status(1).view() > 0 ? 1 : 0;
            }
        }
        assertTrue(views > 2, "some splits need another primary: " + views);
    }

    /** Process i of an id with twins, here 0 and 4, hears and is heard by the processes in its set alone. */
    private static boolean isCut(final int[] hears, final int twin, final int other)
    {
        return (0 == twin || 4 == twin) && 0 == (hears[twin] >>> other & 1);
    }

    @Test
    @DisplayName("A02: a primary and a backup in three processes each, and the others split three ways between them")
    void primaryAndBackup()
    {
        final int[] primaries = { 0, 7, 8 };
        final int[] backups = { 3, 9, 10 };
        final int[] correct = { 1, 2, 4, 5, 6 };
        for (int split = 1; split < 243; split += 44)
        {
            final CoreCluster cluster =
                new CoreCluster(7, INTERVAL, SNAPSHOTS, 0, 1, 2, 3, 4, 5, 6, 0, 0, 3, 3);
            for (int process = 7; process < 11; process++)
            {
                cluster.isDown[process] = true;
            }
            final long session = cluster.open(1);
            final int[] group = new int[11];
            int digits = split;
            for (final int process : correct)
            {
                group[process] = digits % 3;
                digits /= 3;
            }
            for (int i = 0; i < 3; i++)
            {
                group[primaries[i]] = i;
                group[backups[i]] = i;
                if (i > 0)
                {
                    copy(cluster, 0, primaries[i]);
                    copy(cluster, 3, backups[i]);
                }
            }
            cluster.isLost = (sender, receiver) ->
                group[sender] != group[receiver] && (isTwin(sender) || isTwin(receiver));
            for (int i = 0; i < 3; i++)
            {
                cluster.bundle(primaries[i], BundleKind.REQUESTS, session, 1, true, "story " + i);
            }
            cluster.run(LONG);
            assertGoesOn(cluster, session, correct);
        }
    }

    private static boolean isTwin(final int process)
    {
        return 0 == process || 3 == process || process > 6;
    }

    @Test
    @DisplayName("F11 F12: the next primary in two processes, two VIEW-CHANGEs and two NEW-VIEWs: one history")
    void nextPrimary()
    {
        int both = 0;
        for (int split = 1; split < 32; split += 5)
        {
            final CoreCluster cluster = new CoreCluster(7, INTERVAL, SNAPSHOTS, 0, 1, 2, 3, 4, 5, 6, 1);
            cluster.isDown[7] = true;
            final long session = cluster.open(1);
            copy(cluster, 1, 7);
            final int ofFirst = split << 2;
            cluster.request(session, 1, "one");
            // Each of the two hears half of the votes, and one of them the primary.
            cluster.isLost = (sender, receiver) ->
                isOther(1, ofFirst, sender, receiver) || isOther(7, ~ofFirst, sender, receiver);
            cluster.run(2);
            cluster.crash(0);
            cluster.run(30);
            // All VIEW-CHANGEs come to both: which four others' each names is up to it.
            cluster.isLost = (sender, receiver) -> 1 == sender && 0 == (ofFirst >>> receiver & 1) ||
                7 == sender && 0 != (ofFirst >>> receiver & 1);
            cluster.run(LONG);
            both += cluster.status(1).newView() > 0 && cluster.status(7).newView() > 0 ? 1 : 0;
            assertGoesOn(cluster, session, 2, 3, 4, 5, 6);
        }
        assertTrue(both > 0, "both of them led or followed a new view");
    }

    private static boolean isOther(final int twin, final int hears, final int sender, final int receiver)
    {
        return twin == sender && 0 == (hears >>> receiver & 1) || twin == receiver && 0 == (hears >>> sender & 1);
    }

    /** A process with the journal of another one. */
    private static void copy(final CoreCluster cluster, final int process, final int twin)
    {
        cluster.outbounds.get(twin).records.addAll(cluster.outbounds.get(process).records);
        cluster.start(twin, 1);
    }

    /** All have executed the same, and order what is asked for next. */
    private static void assertGoesOn(final CoreCluster cluster, final long session, final int... correct)
    {
        for (int number = 1; number <= 2; number++)
        {
            for (final int process : correct)
            {
                cluster.bundle(process, BundleKind.REQUESTS, session, number, true, 1 == number ? "one" : "last");
            }
            cluster.run(LONG);
        }
        final List<String> delivered = cluster.services.get(correct[0]).delivered;
        assertEquals(2, delivered.size(), () -> delivered + " " + cluster.status(correct[0]));
        assertEquals("last", delivered.get(1));
        for (final int process : correct)
        {
            assertEquals(delivered, cluster.services.get(process).delivered, "process " + process);
            assertEquals(List.of(), cluster.outbounds.get(process).halts);
        }
    }
}
