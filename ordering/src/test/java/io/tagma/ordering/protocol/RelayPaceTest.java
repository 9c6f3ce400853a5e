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

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * When a primary counts as slow, by how long relayed requests took. The clock is the test's.
 */
class RelayPaceTest
{
    private static final long MS = 1_000_000L;
    private static final long TIMEOUT_NS = 1_000 * MS;

    private final ProtocolParameters parameters = new ProtocolParameters.Builder()
        .clusterId(1).replicaId(1).quorums(new Quorums(new int[]{1, 1, 1, 1})).clientCount(1).conclude();
    private final ReplicaStatus status = new ReplicaStatus(parameters);
    private final BaseTimeout baseTimeout = new BaseTimeout(parameters, status);
    private final RelayPace pace = new RelayPace(parameters, status, baseTimeout);
    private long nowNs = 1_000 * MS;

    private void relays(final int count, final long tookNs)
    {
        for (int i = 0; i < count; i++)
        {
            pass(Math.max(tookNs, 50 * MS));
            pace.executed(nowNs - tookNs);
        }
    }

    private void pass(final long durationNs)
    {
        nowNs += durationNs;
        status.time(nowNs, nowNs);
    }

    private void commitsTake(final int count, final long latencyNs)
    {
        for (int i = 0; i < count; i++)
        {
            baseTimeout.measured(latencyNs);
        }
    }

    private void enter()
    {
        pass(1);
        pace.entered();
    }

    private void executeFull()
    {
        final BatchSlot batch = new BatchSlot(64, parameters.bundlesPerBatch);
        batch.begin(1);
        batch.bundleCount = parameters.bundlesPerBatch;
        pace.executed(batch);
    }

    @Test
    @DisplayName("One that was fast and then takes far longer for whatever it is given is slow, but not at once")
    void slower()
    {
        enter();
        relays(40, 5 * MS);
        assertFalse(pace.isSlow(TIMEOUT_NS));
        assertEquals(40 * MS, pace.boundNs());
        relays(40, 39 * MS);
        assertFalse(pace.isSlow(TIMEOUT_NS), "within the bound");
        relays(8, 200 * MS);
        assertFalse(pace.isSlow(TIMEOUT_NS), "not for long");
        relays(12, 200 * MS);
        assertTrue(pace.isSlow(TIMEOUT_NS));
        relays(8, 5 * MS);
        assertFalse(pace.isSlow(TIMEOUT_NS), "fast again");
    }

    @Test
    @DisplayName("What is as slow from the beginning of the view, or below the floor of time-outs, is not slow")
    void alwaysSo()
    {
        enter();
        relays(100, 200 * MS);
        assertFalse(pace.isSlow(TIMEOUT_NS));
        enter();
        relays(40, 1);
        assertEquals(parameters.viewChange.timeoutFloorNs(), pace.boundNs());
        relays(100, parameters.viewChange.timeoutFloorNs());
        assertFalse(pace.isSlow(TIMEOUT_NS));
    }

    @Test
    @DisplayName("A window is as fast as its fastest request: one client's, or lost ones, speak against nobody")
    void fastest()
    {
        enter();
        relays(40, 5 * MS);
        for (int i = 0; i < 40; i++)
        {
            relays(1, 5 * MS);
            relays(3, 300 * MS);
            assertFalse(pace.isSlow(TIMEOUT_NS));
        }
    }

    @Test
    @DisplayName("Where commits take long as well it is the network; a third of them that do is not")
    void slowCommits()
    {
        enter();
        relays(40, 5 * MS);
        commitsTake(15, 50 * MS);
        relays(40, 300 * MS);
        assertFalse(pace.isSlow(TIMEOUT_NS));
        commitsTake(10, 2 * MS);
        relays(40, 300 * MS);
        assertTrue(pace.isSlow(TIMEOUT_NS));
    }

    @Test
    @DisplayName("What waits because more is asked for than can be ordered comes in full batches, and is not judged")
    void overload()
    {
        enter();
        relays(40, 5 * MS);
        for (int i = 0; i < 100; i++)
        {
            executeFull();
            relays(1, 300 * MS);
            assertFalse(pace.isSlow(TIMEOUT_NS));
        }
        relays(40, 300 * MS);
        assertTrue(pace.isSlow(TIMEOUT_NS), "and then there is room");
    }

    @Test
    @DisplayName("What was under way when this replica stood still or lagged behind is not counted")
    void restarted()
    {
        enter();
        relays(40, 5 * MS);
        pace.restart();
        for (int i = 0; i < 40; i++)
        {
            pass(50 * MS);
            pace.executed(nowNs - 3_000 * MS);
            pace.executed(SignedRequests.NULL_TIME);
            assertFalse(pace.isSlow(TIMEOUT_NS));
        }
        relays(40, 300 * MS);
        assertTrue(pace.isSlow(TIMEOUT_NS), "but what came after that is");
    }

    @Test
    @DisplayName("Each complaint after which the next view is no faster doubles the bound; a right one ends that")
    void doubles()
    {
        enter();
        relays(40, 5 * MS);
        relays(40, 200 * MS);
        assertTrue(pace.isSlow(TIMEOUT_NS));
        enter();
        relays(8, 150 * MS);
        assertEquals(2 * 8 * 150 * MS, pace.boundNs(), "no faster");
        relays(8, 5 * MS);
        assertEquals(2 * 8 * 5 * MS, pace.boundNs());
        relays(40, 300 * MS);
        assertTrue(pace.isSlow(TIMEOUT_NS));
        enter();
        relays(8, 5 * MS);
        assertEquals(8 * 5 * MS, pace.boundNs(), "faster");
    }
}
