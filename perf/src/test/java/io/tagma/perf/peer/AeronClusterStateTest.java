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
package io.tagma.perf.peer;

import io.aeron.Aeron;
import io.aeron.AeronCounters;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AeronClusterStateTest
{
    private static final long FOLLOWER = 0;
    private static final long LEADER = 2;
    private static final long CANVASS = 1;
    private static final long CLOSED = 17;

    @TempDir
    private Path directory;

    @Test
    void theStateIsReadFromTheCountersOfANode()
    {
        assertEquals(AeronClusterState.NONE, AeronClusterState.read(directory), "nothing is there");
        final String name = directory.resolve("driver").toString();
        try (MediaDriver driver = MediaDriver.launch(new MediaDriver.Context()
            .aeronDirectoryName(name).threadingMode(ThreadingMode.SHARED).termBufferSparseFile(true));
            Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName())))
        {
            assertEquals(AeronClusterState.NONE, AeronClusterState.read(Path.of(name)), "no node runs on it yet");
            aeron.addCounter(AeronCounters.CLUSTER_NODE_ROLE_TYPE_ID, "role").set(LEADER);
            aeron.addCounter(AeronCounters.CLUSTER_ELECTION_STATE_TYPE_ID, "election").set(CLOSED);
            aeron.addCounter(AeronCounters.CLUSTER_LEADERSHIP_TERM_ID_TYPE_ID, "term").set(7);
            aeron.addCounter(AeronCounters.CLUSTER_COMMIT_POSITION_TYPE_ID, "position").set(4096);
            final AeronClusterState state = AeronClusterState.read(Path.of(name));
            assertEquals(new AeronClusterState(LEADER, CLOSED, 7, 4096), state);
            assertTrue(state.isLeader());
            assertFalse(state.isFollower());
        }
    }

    @Test
    void oneLeadsAndAllOthersFollowAndAreAsFar()
    {
        final AeronClusterState leader = new AeronClusterState(LEADER, CLOSED, 3, 100);
        final AeronClusterState follower = new AeronClusterState(FOLLOWER, CLOSED, 3, 90);
        assertEquals(1, leaderOf(follower, leader, follower));
        assertEquals(AeronClusterState.NO_LEADER, leaderOf(follower, follower, follower), "nobody leads");
        assertEquals(AeronClusterState.NO_LEADER, leaderOf(leader, leader, follower), "two lead");
        assertEquals(AeronClusterState.NO_LEADER, leaderOf(leader, follower, AeronClusterState.NONE), "one is away");
        assertEquals(AeronClusterState.NO_LEADER,
            leaderOf(leader, follower, new AeronClusterState(FOLLOWER, CLOSED, 3, 89)), "one is behind");
        assertEquals(AeronClusterState.NO_LEADER,
            leaderOf(leader, follower, new AeronClusterState(FOLLOWER, CANVASS, 3, 90)), "one is in an election");
        assertEquals(AeronClusterState.NO_LEADER,
            leaderOf(leader, follower, new AeronClusterState(FOLLOWER, CLOSED, 2, 90)), "one is in another term");
    }

    private static int leaderOf(final AeronClusterState... states)
    {
        return AeronClusterState.leaderAtFullStrength(List.of(states), 90);
    }
}
