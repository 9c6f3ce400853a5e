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

import io.tagma.codecs.FrameLimits;

/**
 * What the change of views goes by, fixed at construction.
 *
 * @param limits              of the cluster's frames and statements.
 * @param heartbeatIntervalNs between STATUS messages of the primary, in nanoseconds, above 0.
 * @param timeoutFloorNs      least base time-out: how long a primary may keep everybody waiting, in nanoseconds, above
 *                            0. It follows the measured latency of commits; each view without progress doubles it.
 * @param timeoutCeilingNs    greatest base time-out, and what it is until something was measured, in nanoseconds.
 * @param timeoutMaxNs        what doubling ends at, in nanoseconds: progress is promised where messages take less.
 */
public record ViewChangeParameters(
    FrameLimits limits,
    long heartbeatIntervalNs,
    long timeoutFloorNs,
    long timeoutCeilingNs,
    long timeoutMaxNs)
{
    /** Refuses what could never work. */
    public ViewChangeParameters
    {
        if (heartbeatIntervalNs <= 0)
        {
            throw new IllegalArgumentException(
                "heartbeat interval of " + heartbeatIntervalNs + " ns: must be above 0");
        }
        if (timeoutFloorNs <= 0 || timeoutCeilingNs < timeoutFloorNs || timeoutMaxNs < timeoutCeilingNs)
        {
            throw new IllegalArgumentException(
                "view change time-outs from " + timeoutFloorNs + " to " + timeoutCeilingNs + " ns, at most " +
                timeoutMaxNs + " ns: must be above 0 and not fall");
        }
    }

    static final long HEARTBEAT_INTERVAL_NS = 5_000_000L;
    private static final long TIMEOUT_FLOOR_NS = 30_000_000L;
    private static final long TIMEOUT_CEILING_NS = 1_000_000_000L;
    private static final long TIMEOUT_MAX_NS = 60_000_000_000L;

    static ViewChangeParameters ofDefaults(final int replicaCount, final int window)
    {
        return new ViewChangeParameters(
            FrameLimits.builder().replicaCount(replicaCount).window(window).build(), HEARTBEAT_INTERVAL_NS,
            TIMEOUT_FLOOR_NS, TIMEOUT_CEILING_NS, TIMEOUT_MAX_NS);
    }

    boolean fits(final int replicaCount, final int window)
    {
        return replicaCount == limits.replicaCount() && window == limits.window();
    }
}
