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
package io.tagma.ordering.cli;

import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.GeneratedCluster;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Four replicas of weight 1, F = 1, in view 1 and with 5,000 batches executed, but for what a test says.
 */
class SituationTest
{
    private static final long EXECUTED = 5000;
    private static final ClusterConfiguration FOUR = GeneratedCluster.builder().seed(1).generate().configuration();

    private final List<Seen> replicas = new ArrayList<>();

    SituationTest()
    {
        for (int id = 0; id < 4; id++)
        {
            replicas.add(seen(id, 0, 1, true, EXECUTED, 0, false));
        }
    }

    @Test
    void whoIsWellOrdersOrFollows()
    {
        assertState(0, "following");
        assertState(1, "ordering");
        assertEquals(List.of(), situation().warnings());
    }

    @Test
    void whoIsBehindSaysWhy()
    {
        replicas.set(0, seen(0, 0, 1, true, EXECUTED - 127, 0, false));
        replicas.set(2, seen(2, 0, 1, true, EXECUTED - 128, 0, false));
        replicas.set(3, seen(3, 0, 0, true, 0, 6144, false));
        assertState(0, "following");
        assertState(2, "fetching the log");
        assertState(3, "does not vote: waits for H = 6144 after amnesia; behind in view: others are in 1; " +
            "fetching the log");
        assertEquals(127, situation().lag(replicas.get(0)));
        assertEquals(EXECUTED, situation().lag(replicas.get(3)));
    }

    @Test
    void aViewThatIsNotEnteredIsSaid()
    {
        for (int id = 0; id < 4; id++)
        {
            replicas.set(id, seen(id, 0, 2, false, EXECUTED, 0, false));
        }
        assertState(1, "changing to view 2");
        assertWarnings(
            "Replica 2, the primary of view 2, does not order: changing to view 2.",
            "Nothing is committed: replicas of weight 0 vote, and a quorum weighs 3.");
    }

    @Test
    void whoIsNotThereIsMissed()
    {
        replicas.set(1, Seen.absent(1, Seen.Presence.KILLED));
        assertState(1, "killed");
        assertWarnings(
            "Replica 1, the primary of view 1, does not order: killed.",
            "One more replica away, and nothing is committed: replicas of weight 3 vote, and a quorum weighs 3.");
        replicas.set(2, Seen.absent(2, Seen.Presence.STOPPED));
        assertState(2, "stopped");
        assertWarnings(
            "Replica 1, the primary of view 1, does not order: killed.",
            "Nothing is committed: replicas of weight 2 vote, and a quorum weighs 3.");
    }

    @Test
    void aProcessThatStandsStillIsUnreachable()
    {
        replicas.set(0, seen(0, 5_000, 1, true, EXECUTED, 0, false));
        assertState(0, "following");
        replicas.set(0, seen(0, 12_345, 1, true, EXECUTED, 0, false));
        assertState(0, "unreachable: no sign of life for 12 s");
        assertTrue(situation().warnings().get(0).startsWith("One more replica away"), situation().warnings().get(0));
    }

    @Test
    void whoIsElsewhereMayVote()
    {
        replicas.set(0, Seen.absent(0, Seen.Presence.ELSEWHERE));
        replicas.set(1, Seen.absent(1, Seen.Presence.ELSEWHERE));
        assertState(0, "not on this host");
        assertEquals(List.of(), situation().warnings());
    }

    @Test
    void anAmnesiacLeavesNoRoomForAnother()
    {
        replicas.set(3, seen(3, 0, 1, true, EXECUTED, 6144, false));
        assertEquals("One more restart loses F: amnesiac replicas 3 (H = 6144) weigh 1, and F = 1. If a further host " +
            "loses power before they vote again, the cluster may stand still for good.",
            situation().warnings().get(1));
        replicas.set(2, seen(2, 0, 1, true, EXECUTED, 6144, false));
        final List<String> warnings = situation().warnings();
        assertEquals("Nothing is committed: replicas of weight 2 vote, and a quorum weighs 3.", warnings.get(0));
        assertTrue(warnings.get(1).startsWith("More than F is lost: amnesiac replicas 2 (H = 6144), 3 (H = 6144) " +
            "weigh 2, and F = 1."), warnings.get(1));
    }

    @Test
    void whoeverIsOnTheDeviceForgetsNothing()
    {
        for (int id = 0; id < 3; id++)
        {
            replicas.set(id, seen(id, 0, 1, true, EXECUTED, 0, true));
        }
        replicas.set(3, seen(3, 0, 1, true, EXECUTED, 6144, false));
        assertEquals(1, situation().warnings().size(), "only that one more away is one too many");
    }

    @Test
    void withoutAClusterFileOnlyWhatIsSeenIsSaid()
    {
        replicas.remove(1);
        replicas.set(0, seen(0, 0, 1, true, EXECUTED, 6144, false));
        assertEquals(List.of(), new Situation(replicas, null).warnings());
        replicas.add(seen(63, 0, 1, true, EXECUTED, 0, false));
        assertEquals(List.of(), situation().warnings(), "it is another cluster's");
    }

    private static Seen seen(
        final int id,
        final long silentMs,
        final long view,
        final boolean isActive,
        final long executed,
        final long awaited,
        final boolean isPowerDurable)
    {
        return new Seen(
            id, Seen.Presence.RUNNING, silentMs, view, isActive, view % 4 == id, executed, awaited, isPowerDurable);
    }

    private Situation situation()
    {
        return new Situation(replicas, FOUR);
    }

    private void assertState(final int id, final String expected)
    {
        assertEquals(expected, situation().state(replicas.get(id)));
    }

    private void assertWarnings(final String... expected)
    {
        assertEquals(List.of(expected), situation().warnings());
    }
}
