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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLimits;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * How time-outs follow what commits take, and how they grow.
 */
class BaseTimeoutTest
{
    private static final long MS = 1_000_000L;
    private static final long FLOOR = 30 * MS;
    private static final long CEILING = 1_000 * MS;
    private static final long MAX = 60_000 * MS;

    private final ProtocolParameters parameters = new ProtocolParameters.Builder()
        .clusterId(1).replicaId(0).quorums(new Quorums(new int[]{1, 1, 1, 1})).clientCount(1).conclude();
    private final ReplicaStatus status = new ReplicaStatus(parameters);
    private final BaseTimeout timeout = new BaseTimeout(parameters, status);
    private long nowNs = CEILING;

    private void window(final long... latenciesNs)
    {
        nowNs += 2 * parameters.statusIntervalNs;
        status.time(nowNs, nowNs);
        for (final long latencyNs : latenciesNs)
        {
            timeout.measured(latencyNs);
        }
    }

    @Test
    @DisplayName("The ceiling until something is measured, then four times the longest, not below the floor")
    void followsTheLongest()
    {
        assertEquals(CEILING, timeout.baseNs());
        window(20 * MS, 50 * MS, MS);
        window(MS);
        assertEquals(200 * MS, timeout.baseNs());
        window();
        assertEquals(200 * MS, timeout.baseNs(), "what is measured now counts when its window ends");
        window(300 * MS);
        window(MS);
        assertEquals(CEILING, timeout.baseNs());
    }

    @Test
    @DisplayName("Up at once, down slowly, and to the floor in the end")
    void fallsSlowly()
    {
        window(80 * MS);
        window(MS);
        long before = timeout.baseNs();
        assertEquals(320 * MS, before);
        for (int i = 0; i < 10; i++)
        {
            window(MS);
            assertTrue(timeout.baseNs() < before && timeout.baseNs() > before * 3 / 4);
            before = timeout.baseNs();
        }
        for (int i = 0; i < 40; i++)
        {
            window(MS);
        }
        assertEquals(FLOOR, timeout.baseNs());
    }

    @Test
    @DisplayName("X27 the time-out doubles with each view without progress, up to its ceiling")
    void doublesUpToTheCeiling()
    {
        assertEquals(CEILING, timeout.timeoutNs(0));
        assertEquals(2 * CEILING, timeout.timeoutNs(1));
        assertEquals(32 * CEILING, timeout.timeoutNs(5));
        assertEquals(MAX, timeout.timeoutNs(6));
        assertEquals(MAX, timeout.timeoutNs(Long.MAX_VALUE));
    }

    @Test
    @DisplayName("What could never work is refused by name")
    void refusesNonsense()
    {
        final FrameLimits limits = ViewChangeParameters.ofDefaults(4, 64).limits();
        refused("heartbeat", () -> new ViewChangeParameters(limits, 0, FLOOR, CEILING, MAX));
        refused("time-outs", () -> new ViewChangeParameters(limits, 1, 0, CEILING, MAX));
        refused("time-outs", () -> new ViewChangeParameters(limits, 1, CEILING + 1, CEILING, MAX));
        refused("time-outs", () -> new ViewChangeParameters(limits, 1, FLOOR, CEILING, CEILING - 1));
    }

    private static void refused(final String name, final org.junit.jupiter.api.function.Executable executable)
    {
        final String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
        assertTrue(message.contains(name), message);
    }
}
