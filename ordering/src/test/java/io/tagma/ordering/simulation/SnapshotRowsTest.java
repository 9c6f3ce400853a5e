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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows of the catalogue of attacks that concern snapshots, whole clusters at a time. On every row all invariants hold
 * after every event, and everything that correct clients asked for is done in the end.
 */
class SnapshotRowsTest
{
    private static final int BACKUP = 3;

    @ParameterizedTest(name = "power={0}, a snapshot every {1} checkpoints")
    @CsvSource({ "false, 1", "false, 3", "true, 1", "true, 2" })
    @DisplayName("G10 H16 H17: whoever starts from a snapshot executes nothing twice, and answers as the others do")
    void restarts(final boolean power, final int interval)
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 12; seed++)
        {
            final SimulationConfiguration configuration = longRun(interval);
            configuration.powerDurability = power;
            configuration.powerLosses = power;
            configuration.backupCrashes = true;
            configuration.primaryCrashes = true;
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.storage().startsFromSnapshots() > total.restarts() / 4,
            () -> total.storage().startsFromSnapshots() + " of " + total.restarts());
    }

    @Test
    @DisplayName("H05 H06: a snapshot that rotted on the disk is not started from; an older one is, or the journal")
    void rot()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 12; seed++)
        {
            final SimulationConfiguration configuration = longRun(1);
            configuration.backupCrashes = true;
            configuration.snapshotRotPpm = 800_000;
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.faults().of(Fault.SNAPSHOT_ROT) > 20);
        assertTrue(total.storage().startsFromSnapshots() > 20);
    }

    @Test
    @DisplayName("H02: a crash at each effect of a short run with a snapshot at each checkpoint takes back no vote")
    void crashAtEachEffect()
    {
        long starts = 0;
        for (int effect = 0; effect < 240; effect += 3)
        {
            final SimulationConfiguration configuration = longRun(1);
            configuration.faultPhaseNs = 100_000_000L;
            configuration.scriptedCrashReplica = BACKUP;
            configuration.scriptedCrashEffect = effect;
            configuration.shadowRecoveryEvery = 0 == effect % 30 ? 1 : 0;
            final SimulationResult result = clean(Simulation.run(effect, configuration));
            assertEquals(1, result.restarts());
            starts += result.storage().startsFromSnapshots();
        }
        assertTrue(starts > 30, "starts from a snapshot " + starts);
    }

    @Test
    @DisplayName("E04: where snapshots take longer than ordering, the order waits for them and goes on")
    void slowSnapshots()
    {
        final SimulationConfiguration configuration = longRun(1);
        configuration.snapshotLatencyNs = 60_000_000L;
        final SimulationResult result = clean(Simulation.run(1, configuration));
        assertEquals(0, result.restarts());
    }

    private static SimulationConfiguration longRun(final int snapshotInterval)
    {
        final SimulationConfiguration configuration = SimulationConfiguration.calm(4);
        configuration.checkpointInterval = 4;
        configuration.snapshotInterval = snapshotInterval;
        configuration.bundlesPerBatch = 1;
        configuration.requestsPerClient = 100;
        configuration.thinkTimeNs = 1_000_000;
        configuration.links.delay = LinkConditions.Delay.EXPONENTIAL;
        configuration.links.delayMeanNs = 100_000;
        configuration.faultPhaseNs = 300_000_000L;
        return configuration;
    }

    private static SimulationResult clean(final SimulationResult result)
    {
        assertNull(result.violation(), () -> result.violation() + " in seed " + result.seed() + " of " +
            result.configuration());
        assertEquals(200, result.requestsAnswered());
        return result;
    }
}
