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
 * @param limits       of the cluster's frames and statements.
 * @param timeoutNs    base time-out: how long a primary may keep everybody waiting, in nanoseconds, above 0. Each view
 *                     without progress doubles it.
 * @param timeoutMaxNs what doubling ends at, in nanoseconds: progress is promised where messages take less.
 */
public record ViewChangeParameters(FrameLimits limits, long timeoutNs, long timeoutMaxNs)
{
    /** Refuses what could never work. */
    public ViewChangeParameters
    {
        if (timeoutNs <= 0 || timeoutMaxNs < timeoutNs)
        {
            throw new IllegalArgumentException(
                "view change time-outs " + timeoutNs + " to " + timeoutMaxNs + " ns: must be above 0 and not fall");
        }
    }

    private static final long TIMEOUT_NS = 1_000_000_000L;
    private static final long TIMEOUT_MAX_NS = 60_000_000_000L;

    static ViewChangeParameters ofDefaults(final int replicaCount, final int window)
    {
        return new ViewChangeParameters(
            FrameLimits.builder().replicaCount(replicaCount).window(window).build(), TIMEOUT_NS, TIMEOUT_MAX_NS);
    }

    boolean fits(final int replicaCount, final int window)
    {
        return replicaCount == limits.replicaCount() && window == limits.window();
    }

    /**
     * The time-out after some views without progress.
     *
     * @param views since the last one with progress, 0 or above.
     * @return nanoseconds.
     */
    long timeoutNs(final long views)
    {
        long timeout = timeoutNs;
        for (long i = 0; i < views && timeout < timeoutMaxNs; i++)
        {
            timeout *= 2;
        }
        return Math.min(timeout, timeoutMaxNs);
    }
}
