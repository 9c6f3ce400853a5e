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

    private final ViewChangeParameters parameters;
    private final RecentLongest latency;
    private final RecentMedian usualLatency = new RecentMedian();

    BaseTimeout(final ProtocolParameters parameters, final ReplicaStatus status)
    {
        this.parameters = parameters.viewChange;
        latency = new RecentLongest(status, parameters.statusIntervalNs, GAIN_SHIFT);
    }

    /** A batch took this long from its proposal to its commit, as seen here. */
    void measured(final long commitLatencyNs)
    {
        latency.measured(commitLatencyNs);
        usualLatency.measured(commitLatencyNs);
    }

    /** What a batch usually takes from its proposal to its commit lately; 0 until something was measured. */
    long usualLatencyNs()
    {
        return usualLatency.ns();
    }

    /** Without views that failed, in nanoseconds; the ceiling until something was measured. */
    long baseNs()
    {
        final long latencyNs = latency.ns();
        return RecentLongest.NONE == latencyNs || latencyNs > parameters.timeoutCeilingNs() / LATENCIES ?
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
        return timeoutNs(baseNs(), views);
    }

    /** The same, from another base. */
    long timeoutNs(final long baseNs, final long views)
    {
        long timeout = baseNs;
        for (long i = 0; i < views && timeout < parameters.timeoutMaxNs(); i++)
        {
            timeout *= 2;
        }
        return Math.min(timeout, parameters.timeoutMaxNs());
    }
}
