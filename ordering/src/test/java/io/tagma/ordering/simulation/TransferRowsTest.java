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

import io.tagma.ordering.protocol.Rejection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of the catalogue of attacks that concern the transfer of snapshots, whole clusters at a time: one replica is
 * away so long that the others' logs no longer reach back to where it is. On every row all invariants hold after every
 * event, and the replica votes with the others in the end.
 */
class TransferRowsTest
{
    private static final int AWAY = 3;
    private static final int LIAR = 2;

    @ParameterizedTest(name = "power={0}")
    @ValueSource(booleans = { false, true })
    @DisplayName("G12: away too long, it comes back by snapshot and log, while the others go on")
    void comesBack(final boolean power)
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 10; seed++)
        {
            final SimulationConfiguration configuration = away();
            configuration.powerDurability = power;
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.storage().snapshotsFetched() >= 10, () -> "fetched " + total.storage().snapshotsFetched());
    }

    @Test
    @DisplayName("G09: what is fetched is kept while it is fetched, or a newer one is; loss does not end it")
    void loss()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 10; seed++)
        {
            final SimulationConfiguration configuration = away();
            configuration.links.lossPpm = 200_000;
            configuration.links.garblePpm = 20_000;
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.storage().snapshotsFetched() >= 8, () -> "fetched " + total.storage().snapshotsFetched());
    }

    @Test
    @DisplayName("G05: a source that lies about chunks is found out by any of them; the snapshot comes from others")
    void lyingSource()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 10; seed++)
        {
            final SimulationConfiguration configuration = away(7);
            configuration.adversary = SimulationConfiguration.Adversary.LYING;
            configuration.byzantineReplicas = 1L << LIAR;
            configuration.adversaryPpm = 600_000;
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.storage().snapshotsFetched() >= 8, () -> "fetched " + total.storage().snapshotsFetched());
        assertTrue(total.rejections(Rejection.CHUNK) > 0, "bad chunks");
    }

    @Test
    @DisplayName("G07: a source that answers nobody, or some, keeps nobody waiting for ever")
    void silentSource()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 10; seed++)
        {
            final SimulationConfiguration configuration = away(7);
            configuration.adversary = SimulationConfiguration.Adversary.SILENT;
            configuration.byzantineReplicas = 1L << LIAR;
            configuration.adversaryPpm = 1_000_000;
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.storage().snapshotsFetched() >= 8, () -> "fetched " + total.storage().snapshotsFetched());
    }

    @Test
    @DisplayName("G09 H02: sources and fetcher die at any time, and it goes on with the chunks that it has")
    void crashes()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 20; seed++)
        {
            final SimulationConfiguration configuration = away();
            configuration.backupCrashes = true;
            configuration.primaryCrashes = true;
            configuration.powerDurability = 0 == seed % 2;
            configuration.powerLosses = configuration.powerDurability;
            configuration.snapshotRotPpm = 0 == seed % 3 ? 300_000 : 0;
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.storage().snapshotsFetched() >= 10, () -> "fetched " + total.storage().snapshotsFetched());
    }

    @Test
    @DisplayName("G14 H02: a fetcher that dies at each of its effects contradicts nothing, and gets there")
    void crashAtEachEffect()
    {
        final SimulationResult total = new SimulationResult();
        for (int effect = 0; effect < 160; effect += 2)
        {
            final SimulationConfiguration configuration = away();
            configuration.scriptedCrashReplica = AWAY;
            configuration.scriptedCrashEffect = effect;
            configuration.shadowRecoveryEvery = 0 == effect % 20 ? 1 : 0;
            total.add(clean(Simulation.run(effect, configuration)));
        }
        assertTrue(total.storage().snapshotsFetched() >= 80, () -> "fetched " + total.storage().snapshotsFetched());
        assertTrue(total.restarts() > 40, () -> "restarts " + total.restarts());
    }

    @Test
    @DisplayName("G12 H02: a journal with a gap, recovered without the snapshot, says each vote again that was said")
    void journalsWithAGap()
    {
        final SimulationConfiguration configuration = away();
        configuration.shadowRecoveryEvery = 1;
        final SimulationResult result = clean(Simulation.run(1, configuration));
        assertTrue(result.storage().snapshotsFetched() > 0, "snapshots fetched");
    }

    private static SimulationConfiguration away()
    {
        return away(4);
    }

    private static SimulationConfiguration away(final int replicaCount)
    {
        final SimulationConfiguration configuration = SimulationConfiguration.calm(replicaCount);
        configuration.checkpointInterval = 4;
        configuration.snapshotInterval = 1;
        configuration.snapshotChunkLength = 64;
        configuration.logsAreCut = true;
        configuration.bundlesPerBatch = 1;
        configuration.requestsPerClient = 150;
        configuration.thinkTimeNs = 1_000_000;
        configuration.links.delay = LinkConditions.Delay.EXPONENTIAL;
        configuration.links.delayMeanNs = 100_000;
        configuration.faultPhaseNs = 600_000_000L;
        configuration.cutOffReplica = AWAY;
        configuration.cutOffNs = 150_000_000L;
        return configuration;
    }

    private static SimulationResult clean(final SimulationResult result)
    {
        assertNull(result.violation(), () -> result.violation() + " in seed " + result.seed() + " of " +
            result.configuration());
        assertEquals(300, result.requestsAnswered());
        return result;
    }
}
