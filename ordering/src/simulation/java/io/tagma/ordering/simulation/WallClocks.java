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

import java.util.Arrays;

/**
 * The wall clocks of all nodes: each a little ahead of virtual time, and some of them, while faults last, wrong in one
 * of the ways that clocks are. Monotonic time is virtual time on every node.
 */
final class WallClocks
{
    /** At the start of a run: agreed times are far from 0. */
    static final long EPOCH_NS = 1_700_000_000_000_000_000L;

    private static final long HOUR_NS = 3_600_000_000_000L;

    private final long[] offsetNs;
    private final ClockFault[] faults;
    private final long faultStartNs;
    private final long faultEndNs;

    WallClocks(final int nodeCount, final SimulationConfiguration configuration)
    {
        offsetNs = new long[nodeCount];
        faults = new ClockFault[nodeCount];
        Arrays.fill(faults, ClockFault.NONE);
        for (int replica = 0; replica < configuration.replicaCount; replica++)
        {
            if (0 != (configuration.clockFaultReplicas & 1L << replica))
            {
                faults[replica] = configuration.clockFault;
            }
        }
        faultStartNs = configuration.faultPhaseNs / 4;
        faultEndNs = configuration.faultPhaseNs;
    }

    void draw(final SimulationRandom random, final long skewMaxNs)
    {
        for (int node = 0; node < offsetNs.length; node++)
        {
            offsetNs[node] = random.between(0, skewMaxNs);
        }
    }

    /** What a node's wall clock shows at a virtual time, in nanoseconds since 1970. */
    long timeNs(final int node, final long virtualNs)
    {
        return EPOCH_NS + offsetNs[node] + shown(faults[node], virtualNs);
    }

    private long shown(final ClockFault fault, final long virtualNs)
    {
        if (virtualNs < faultStartNs || virtualNs >= faultEndNs)
        {
            return virtualNs;
        }
        switch (fault)
        {
            case AHEAD:
                return virtualNs + HOUR_NS;

            case BEHIND:
                return virtualNs - HOUR_NS;

            case FROZEN:
                return faultStartNs;

            case FAST:
                return virtualNs + (virtualNs - faultStartNs) / 100;

            case SLOW:
                return virtualNs - (virtualNs - faultStartNs) / 100;

            default:
                return virtualNs;
        }
    }
}
