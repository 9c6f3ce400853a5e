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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Rows of the catalogue of attacks that concern what a replica wrote down, whole clusters at a time: what must not be
 * forgotten is not, and who might have forgotten something does not come back.
 */
class JournalRowsTest
{
    private static final int VICTIM = 4;
    private static final int PRIMARY = SimulationKeys.EPOCH;
    private static final int SEEDS = 8;

    /** Kills: X17, a journal that is damaged in the middle is cut there and gone on with (INV8). */
    @Test
    @DisplayName("H06 X17: what rotted before the last barrier is no torn tail: its replica stays away, others go on")
    void rotAndPowerLoss()
    {
        rot(true);
    }

    /** Kills: X21, the record that is damaged is left out, and a VIEW-CHANGE is made of the rest (INV7). */
    @Test
    @DisplayName("H06 X21: who cannot read what it prepared makes no VIEW-CHANGE without it: it stays away")
    void rotAndProcessCrash()
    {
        rot(false);
    }

    private static void rot(final boolean losesPower)
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final SimulationConfiguration configuration = SimulationConfiguration.calm(7);
            configuration.checkpointInterval = 64;
            configuration.bundlesPerBatch = 1;
            configuration.powerDurability = true;
            configuration.thinkTimeNs = 1_000_000L;
            configuration.scriptedCrashReplica = VICTIM;
            configuration.scriptedCrashEffect = 160;
            configuration.scriptedCrashLosesPower = losesPower;
            configuration.scriptedCrashRots = true;
            configuration.mortalReplicas = 1L << PRIMARY;
            configuration.viewTimeoutNs = 40_000_000L;
            configuration.viewTimeoutCeilingNs = 40_000_000L;
            configuration.faultPhaseNs = 600_000_000L;
            final SimulationResult result = clean(Simulation.run(seed, configuration));
            assertEquals(80, result.requestsAnswered());
            total.add(result);
        }
        assertEquals(SEEDS, total.faults().of(Fault.BURNT_IDENTITY));
        assertTrue(total.viewsLeft() >= SEEDS / 2, "views were changed without it");
    }

    @Test
    @DisplayName("H01: power is lost at each effect before a vote is durable, under a primary that then says another")
    void lostVotes()
    {
        final SimulationResult total = new SimulationResult();
        for (int effect = 0; effect < 80; effect++)
        {
            final SimulationConfiguration configuration = SimulationConfiguration.calm(4);
            configuration.checkpointInterval = 4;
            configuration.powerDurability = true;
            configuration.thinkTimeNs = 1_000_000L;
            configuration.faultPhaseNs = 60_000_000L;
            configuration.adversary = SimulationConfiguration.Adversary.LYING;
            configuration.byzantineReplicas = 1L << PRIMARY;
            configuration.adversaryPpm = 500_000;
            configuration.scriptedCrashReplica = 3;
            configuration.scriptedCrashEffect = effect;
            configuration.scriptedCrashLosesPower = true;
            total.add(clean(Simulation.run(effect, configuration)));
        }
        assertTrue(total.restarts() > 40, () -> "restarts " + total.restarts());
        assertTrue(total.faults().of(Fault.LYING) > 0);
    }

    private static SimulationResult clean(final SimulationResult result)
    {
        assertNull(result.violation(), () -> result.violation() + " in seed " + result.seed() + " of " +
            result.configuration());
        return result;
    }
}
