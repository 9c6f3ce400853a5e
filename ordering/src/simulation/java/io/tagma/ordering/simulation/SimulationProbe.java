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
 * One question in words and numbers, for callers that share no classes with the simulator: a class loader over mutated
 * classes.
 */
public final class SimulationProbe
{
    private SimulationProbe()
    {
    }

    /**
     * Runs what a seed draws.
     *
     * @param seed         of the run.
     * @param replicaCount 4 or 7, or 0 to let the seed choose.
     * @param isPatient    whether no view is to be changed, whatever the primary does.
     * @return the first violation in words, or null.
     */
    public static String firstViolation(final long seed, final int replicaCount, final boolean isPatient)
    {
        final SimulationConfiguration configuration = SimulationConfiguration.drawn(seed, replicaCount);
        if (isPatient)
        {
            configuration.changeNoViews();
        }
        final Violation violation = Simulation.run(seed, configuration).violation();
        return null == violation ? null : violation.toString();
    }
}
