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

/**
 * How long others may take before something is wrong: a multiple of the longest that batches lately took from their
 * proposal to their commit, between a floor and a ceiling, so that a primary that is gone is missed soon where messages
 * are fast, and none is deposed where they are slow. A request on its way over another replica takes some four message
 * delays, what is measured here takes two; the rest is for what has not been seen yet.
 * <p>
 * Measured by {@link PhaseTimes}; passive otherwise. What a slow primary can reach is the ceiling.
 */
final class BaseTimeout
{
    private static final int LATENCIES = 4;
    private static final int GAIN_SHIFT = 3;
    private static final long NONE = -1;

    private final ViewChangeParameters parameters;
    private final ReplicaStatus status;
    private final long windowNs;
    /** The longest of each window, smoothed: up at once, down by an eighth each window. */
    private long latencyNs = NONE;
    private long longestNs = NONE;
    private long windowSinceNs;

    BaseTimeout(final ProtocolParameters parameters, final ReplicaStatus status)
    {
        this.parameters = parameters.viewChange;
        this.status = status;
        windowNs = parameters.statusIntervalNs;
    }

    /** A batch took this long from its proposal to its commit, as seen here. */
    void measured(final long commitLatencyNs)
    {
        if (status.nowNs() - windowSinceNs >= windowNs)
        {
            closeWindow();
        }
        longestNs = Math.max(longestNs, commitLatencyNs);
    }

    private void closeWindow()
    {
        windowSinceNs = status.nowNs();
        if (NONE != longestNs)
        {
            final long difference = longestNs - latencyNs;
            latencyNs = NONE == latencyNs || difference > 0 ? longestNs : latencyNs + (difference >> GAIN_SHIFT);
            longestNs = NONE;
        }
    }

    /** Without views that failed, in nanoseconds; the ceiling until something was measured. */
    long baseNs()
    {
        return NONE == latencyNs || latencyNs > parameters.timeoutCeilingNs() / LATENCIES ?
            parameters.timeoutCeilingNs() : Math.max(parameters.timeoutFloorNs(), LATENCIES * latencyNs);
    }

    /**
     * The time-out after some views without progress: twice as long with each.
     *
     * @param views since the last one with progress, 0 or above.
     * @return nanoseconds.
     */
    long timeoutNs(final long views)
    {
        long timeout = baseNs();
        for (long i = 0; i < views && timeout < parameters.timeoutMaxNs(); i++)
        {
            timeout *= 2;
        }
        return Math.min(timeout, parameters.timeoutMaxNs());
    }
}
