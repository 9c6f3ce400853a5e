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
package io.tagma.ordering.simulation;

/**
 * How long devices, side agents and schedulers take.
 */
final class Latencies
{
    private static final int SLOW_PPM = 50_000;
    private static final int SLOW_FACTOR = 50;

    private final SimulationConfiguration configuration;
    private final SimulationRandom random;
    private final SimulationRandom snapshots;
    private final FaultCounts faults;
    private boolean isHealed;

    Latencies(final SimulationConfiguration configuration, final SimulationRandom random, final FaultCounts faults)
    {
        this.configuration = configuration;
        this.random = random;
        snapshots = random.stream("snapshots");
        this.faults = faults;
    }

    /** From now on nothing is slower than usual. */
    void heal()
    {
        isHealed = true;
    }

    long drawSyncNs()
    {
        return draw(configuration.syncLatencyNs, configuration.slowSyncs, Fault.SLOW_SYNC);
    }

    long drawSideNs()
    {
        return draw(configuration.sideLatencyNs, configuration.slowSideAgent, Fault.SLOW_SIDE_AGENT);
    }

    long drawSnapshotNs()
    {
        return 1 + snapshots.exponential(configuration.snapshotLatencyNs);
    }

    private long draw(final long meanNs, final boolean mayBeSlow, final Fault fault)
    {
        if (mayBeSlow && !isHealed && random.chance(SLOW_PPM))
        {
            faults.add(fault);
            return SLOW_FACTOR * meanNs;
        }
        return 1 + random.exponential(meanNs);
    }

    /** From the arrival of something to the duty cycle that looks at it. */
    long drawPollDelayNs()
    {
        return 1 + (configuration.pollDelayMaxNs > 0 ? random.between(0, configuration.pollDelayMaxNs) : 0);
    }
}
