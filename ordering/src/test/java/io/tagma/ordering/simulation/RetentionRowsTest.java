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

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Whole clusters whose journals are cut as soon as they may be. All invariants hold after every event: above all nobody
 * contradicts what he said in a record that is gone.
 */
class RetentionRowsTest
{
    private static final int SEEDS = 20;

    @Test
    @DisplayName("G12 H02: whoever starts with a cut journal contradicts nothing, whatever went wrong meanwhile")
    void cutOften()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 1; seed <= SEEDS; seed++)
        {
            final SimulationConfiguration configuration = SimulationConfiguration.drawn(seed, 4);
            SimulationParameters.cutOften(configuration);
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.storage().cuts() > 10 * SEEDS, () -> "cuts " + total.storage().cuts());
        assertTrue(total.storage().startsFromCut() > SEEDS, () -> "starts " + total.storage().startsFromCut());
    }

    @Test
    @DisplayName("G12 H05: whoever lags behind certificates goes on from the snapshot that his journal has come to")
    void certificatesFarAhead()
    {
        final SimulationResult result = clean(Simulation.run(3625, SimulationConfiguration.drawn(3625, 4)));
        assertTrue(result.storage().startsFromCut() > 0, () -> "starts " + result.storage().startsFromCut());
    }

    @Test
    @DisplayName("G12 H05: whose snapshots rot, all that a cut journal leads on from, fetches one and goes on")
    void rot()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 1; seed <= SEEDS; seed++)
        {
            final SimulationConfiguration configuration = SimulationConfiguration.calm(4);
            SimulationParameters.cutOften(configuration);
            configuration.backupCrashes = true;
            configuration.primaryCrashes = true;
            configuration.snapshotRotPpm = 1_000_000;
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.storage().startsFromCut() > SEEDS, () -> "starts " + total.storage().startsFromCut());
        assertTrue(total.storage().snapshotsFetched() > 0, () -> "fetched " + total.storage().snapshotsFetched());
    }

    private static SimulationResult clean(final SimulationResult result)
    {
        assertNull(result.violation(), () -> result.violation() + " in seed " + result.seed() + " of " +
            result.configuration());
        return result;
    }
}
