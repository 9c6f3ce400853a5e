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
 * What is fixed about the cluster of a run, as the oracle knows it. All replicas weigh 1.
 */
final class ClusterFacts
{
    final int replicaCount;
    final int faulty;
    final int checkpointInterval;
    final boolean powerDurability;
    private final long byzantineReplicas;

    /**
     * Facts of one run.
     *
     * @param replicaCount       n.
     * @param checkpointInterval C.
     * @param powerDurability    whether votes wait for the device.
     * @param byzantineReplicas  bit i set: replica i may do anything.
     */
    ClusterFacts(
        final int replicaCount,
        final int checkpointInterval,
        final boolean powerDurability,
        final long byzantineReplicas)
    {
        this.replicaCount = replicaCount;
        this.faulty = (replicaCount - 1) / 3;
        this.checkpointInterval = checkpointInterval;
        this.powerDurability = powerDurability;
        this.byzantineReplicas = byzantineReplicas;
    }

    /** Two thirds and more: written out here and not taken from the code that is checked. */
    int quorum()
    {
        return (replicaCount + faulty) / 2 + 1;
    }

    int weakQuorum()
    {
        return faulty + 1;
    }

    int primary(final long view)
    {
        return (int)((view + SimulationKeys.EPOCH) % replicaCount);
    }

    boolean isCorrect(final int replica)
    {
        return 0 == (byzantineReplicas >>> replica & 1);
    }

    int window()
    {
        return 2 * checkpointInterval;
    }
}
