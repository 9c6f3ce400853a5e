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
import io.tagma.ordering.replica.FrameRejection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of the catalogue of attacks, whole clusters at a time. On every row all invariants hold after every event, and
 * where the primary is correct everything that correct clients asked for is done in the end.
 */
class AttackRowsTest
{
    private static final int PRIMARY = SimulationKeys.EPOCH;
    private static final int BACKUP = 3;

    @ParameterizedTest(name = "power={0}, replica {1}")
    @CsvSource({ "false, 1", "false, 3", "true, 1", "true, 3" })
    @DisplayName("H02 PREPARE, COMMIT and checkpoint: a crash at each effect of a short run takes back no vote")
    void crashAtEachEffect(final boolean power, final int replica)
    {
        long restarts = 0;
        for (int effect = 0; effect < 120; effect++)
        {
            final SimulationConfiguration configuration = shortRun();
            configuration.powerDurability = power;
            configuration.scriptedCrashReplica = replica;
            configuration.scriptedCrashEffect = effect;
            configuration.scriptedCrashLosesPower = power;
            configuration.shadowRecoveryEvery = 0 == effect % 10 ? 1 : 0;
            restarts += clean(run(effect, configuration)).restarts();
        }
        assertEquals(120, restarts);
    }

    @Test
    @DisplayName("H02 H03: all hosts lose power again and again where every vote was on the device before it was said")
    void powerLosses()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 20; seed++)
        {
            final SimulationConfiguration configuration = shortRun();
            configuration.powerDurability = true;
            configuration.powerLosses = true;
            configuration.faultPhaseNs = 300_000_000L;
            configuration.requestsPerClient = 60;
            total.add(clean(run(seed, configuration)));
        }
        assertTrue(total.faults().of(Fault.POWER_LOSS) > 20);
        assertTrue(total.faults().of(Fault.TORN_TAIL) > 0);
    }

    @Test
    @DisplayName("C01 C04: what was recorded is played again to everybody, also after they restarted")
    void replay()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 20; seed++)
        {
            final SimulationConfiguration configuration = shortRun();
            configuration.links.replayPpm = 500_000;
            configuration.backupCrashes = true;
            configuration.primaryCrashes = true;
            configuration.faultPhaseNs = 300_000_000L;
            configuration.requestsPerClient = 60;
            total.add(clean(run(seed, configuration)));
        }
        assertTrue(total.faults().of(Fault.REPLAY) > 2_000);
        assertTrue(total.restarts() > 20);
        assertTrue(total.rejections(Rejection.DUPLICATE) > 0);
        assertTrue(total.rejections(Rejection.STALE) > 0);
    }

    @Test
    @DisplayName("A03 A05 A06 A08: a primary that lies in proposals makes nobody disagree or execute what is forged")
    void lyingPrimary()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 60; seed++)
        {
            final SimulationConfiguration configuration = shortRun();
            configuration.adversary = SimulationConfiguration.Adversary.LYING;
            configuration.byzantineReplicas = 1L << PRIMARY;
            configuration.adversaryPpm = 0 == seed % 2 ? 300_000 : 800_000;
            configuration.faultPhaseNs = 200_000_000L;
            total.add(clean(run(seed, configuration)));
        }
        assertTrue(total.faults().of(Fault.LYING) > 0);
        assertTrue(total.rejections(FrameRejection.DIGEST) > 0, "A03");
        assertTrue(total.rejections(Rejection.CONFLICT) > 0, "A05");
        assertTrue(total.rejections(Rejection.CLIENT_AUTHENTICATION) > 0, "A08");
        assertTrue(total.requestsCommitted() > 0);
    }

    @ParameterizedTest(name = "{0} replicas, replica {1}, {2} ppm")
    @CsvSource({ "4, 1, 500000", "4, 1, 1000000", "4, 3, 1000000", "7, 1, 1000000", "7, 3, 500000" })
    @DisplayName("B03 B04 proposals and votes that some can authenticate and others cannot: all agree, and all is done")
    void heardBySome(final int replicas, final int byzantine, final int ppm)
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 20; seed++)
        {
            final SimulationConfiguration configuration = SimulationConfiguration.calm(replicas);
            configuration.checkpointInterval = 4;
            configuration.adversary = SimulationConfiguration.Adversary.SILENT;
            configuration.byzantineReplicas = 1L << byzantine;
            configuration.adversaryPpm = ppm;
            configuration.faultPhaseNs = 1_500_000_000L;
            final SimulationResult result = clean(run(seed, configuration));
            assertEquals(80, result.requestsAnswered());
            total.add(result);
        }
        assertTrue(total.faults().of(Fault.SILENCE) > 0);
        assertTrue(byzantine == PRIMARY % replicas || 0 == total.viewsLeft(), "a backup deposes nobody");
    }

    @Test
    @DisplayName("B05 B06 B07 B10 C03 E03: a backup that garbles or impersonates is not heard")
    void garblingBackup()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 20; seed++)
        {
            final SimulationConfiguration configuration = shortRun();
            configuration.adversary = SimulationConfiguration.Adversary.GARBLING;
            configuration.byzantineReplicas = 1L << BACKUP;
            configuration.adversaryPpm = 900_000;
            total.add(clean(run(seed, configuration)));
        }
        assertEquals(0, total.viewsLeft());
        for (final FrameRejection rejection : new FrameRejection[]{
            FrameRejection.TAG, FrameRejection.SENDER, FrameRejection.CLUSTER, FrameRejection.EPOCH })
        {
            assertTrue(total.rejections(rejection) > 0, rejection::name);
        }
    }

    @Test
    @DisplayName("M01 E03: a backup that lies to replicas and clients under its own keys is outvoted")
    void lyingBackup()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 30; seed++)
        {
            final SimulationConfiguration configuration = shortRun();
            configuration.adversary = SimulationConfiguration.Adversary.LYING;
            configuration.byzantineReplicas = 1L << BACKUP;
            configuration.adversaryPpm = 1_000_000;
            final SimulationResult result = clean(run(seed, configuration));
            assertEquals(80, result.requestsAnswered());
            total.add(result);
        }
        assertTrue(total.rejections(Rejection.WATERMARK) > 0, "E03");
        assertTrue(total.rejections(Rejection.SIGNATURE) > 0);
    }

    @Test
    @DisplayName("L01 L02: a client that reuses numbers, jumps ahead and spoils tags harms nobody but itself")
    void lyingClient()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 30; seed++)
        {
            final SimulationConfiguration configuration = shortRun();
            configuration.byzantineClientCount = 1;
            configuration.links.lossPpm = 50_000;
            total.add(clean(run(seed, configuration)));
        }
        assertTrue(total.faults().of(Fault.CLIENT_LIE) > 100);
        assertTrue(total.requestsAnswered() >= 30 * 80);
        assertTrue(total.rejections(Rejection.DUPLICATE) > 0);
    }

    @ParameterizedTest(name = "loss {0} ppm, duplication {1} ppm, mean delay {2} ms, clog {3} ms")
    @CsvSource({ "0, 0, 30, 0", "300000, 0, 1, 0", "0, 500000, 1, 0", "100000, 200000, 30, 0", "0, 0, 1, 5000",
        "300000, 500000, 100, 5000" })
    @DisplayName("I01 loss, duplication, reordering, delay and clogged links: all is done once the links are whole")
    void network(final int lossPpm, final int duplicationPpm, final long delayMs, final long clogMs)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            final SimulationConfiguration configuration = SimulationConfiguration.calm(0 == seed % 2 ? 4 : 7);
            configuration.links.delay = LinkConditions.Delay.EXPONENTIAL;
            configuration.links.delayMeanNs = delayMs * 1_000_000L;
            configuration.links.keepsOrder = false;
            configuration.links.lossPpm = lossPpm;
            configuration.links.duplicationPpm = duplicationPpm;
            configuration.links.clogPpm = clogMs > 0 ? 2_000 : 0;
            configuration.links.clogNs = clogMs * 1_000_000L;
            configuration.resendTimeoutNs = 250_000_000L;
            configuration.statusIntervalNs = 100_000_000L;
            configuration.repairIntervalNs = 10_000_000L;
            configuration.faultPhaseNs = 1_000_000_000L;
            configuration.livenessBoundNs = 120_000_000_000L;
            clean(run(seed, configuration));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("I06 a clock that jumps, steps back, stands still or drifts changes neither order nor safety")
    void wrongClocks(final ClockFault fault)
    {
        final long everybody = (1L << 4) - 1;
        final long primary = 1L << PRIMARY;
        for (final long wrong : new long[]{ 1L << BACKUP, everybody & ~primary, primary, everybody })
        {
            if (ClockFault.AHEAD == fault && 0 != (wrong & primary))
            {
                // What it proposes is held until the others' clocks are there: only another view goes on without it.
                continue;
            }
            for (int seed = 0; seed < 3; seed++)
            {
                final SimulationConfiguration configuration = shortRun();
                configuration.clockFault = fault;
                configuration.clockFaultReplicas = wrong;
                // Bursts of 4.5 on average: enough for the whole time that clocks are wrong.
                configuration.requestsPerClient = 200;
                configuration.thinkTimeNs = 40_000_000L;
                configuration.faultPhaseNs = 1_600_000_000L;
                final SimulationResult result = clean(run(seed, configuration));
                assertEquals(400, result.requestsAnswered());
                assertEquals(0, result.rejections(Rejection.CONFLICT));
                assertEquals(0, result.restarts());
            }
        }
    }

    @ParameterizedTest(name = "durability power: {0}")
    @ValueSource(booleans = { false, true })
    @DisplayName("I02: a backup that was cut off for many windows catches up from the others' journals")
    void beyondTheWindow(final boolean power)
    {
        final SimulationConfiguration configuration = SimulationConfiguration.calm(4);
        configuration.powerDurability = power;
        configuration.checkpointInterval = 4;
        configuration.bundlesPerBatch = 1;
        configuration.requestsPerClient = 200;
        configuration.thinkTimeNs = 0;
        configuration.tickIntervalNs = 5_000_000L;
        configuration.cutOffReplica = BACKUP;
        configuration.faultPhaseNs = 1_000_000_000L;
        final SimulationResult result = clean(run(1, configuration));
        assertTrue(result.catchUps() > 10L * configuration.window(), () -> "caught up " + result.catchUps());
    }

    private static SimulationConfiguration shortRun()
    {
        final SimulationConfiguration configuration = SimulationConfiguration.calm(4);
        configuration.checkpointInterval = 4;
        configuration.links.delay = LinkConditions.Delay.EXPONENTIAL;
        configuration.links.delayMeanNs = 100_000;
        configuration.thinkTimeNs = 1_000_000;
        configuration.faultPhaseNs = 60_000_000L;
        return configuration;
    }

    private static SimulationResult run(final long seed, final SimulationConfiguration configuration)
    {
        return Simulation.run(seed, configuration);
    }

    private static SimulationResult clean(final SimulationResult result)
    {
        assertNull(result.violation(), () -> result.violation() + " in seed " + result.seed() + " of " +
            result.configuration());
        return result;
    }
}
