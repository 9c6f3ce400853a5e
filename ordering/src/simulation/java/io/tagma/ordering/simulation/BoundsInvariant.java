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
 * INV14: nothing goes beyond the window, and no queue beyond its capacity.
 */
final class BoundsInvariant extends Invariant
{
    private final ClusterFacts cluster;

    BoundsInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV14 bounds", verdict);
        this.cluster = cluster;
    }

    @Override
    void onState(final int replica, final ReplicaState state)
    {
        check(
            state.sequence() <= state.stableSequence() + cluster.window() &&
            state.executedSequence() <= state.stableSequence() + cluster.window(),
            "replica {} is beyond the window of {}: {}", replica, cluster.window(), state);
    }

    /**
     * Occupancy of a queue or table.
     *
     * @param replica  whose.
     * @param what     it is.
     * @param used     of it.
     * @param capacity configured.
     */
    void onOccupancy(final int replica, final String what, final long used, final long capacity)
    {
        check(used <= capacity, "replica {} holds {} of {} in its {}", replica, used, capacity, what);
    }
}
