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
 * Rows of the catalogue of attacks that concern changes of view, whole clusters at a time. On every row all invariants
 * hold after every event, and everything that correct clients asked for is done in the end.
 */
class ViewAttackRowsTest
{
    private static final int PRIMARY = SimulationKeys.EPOCH;
    private static final int SEEDS = 20;

    @Test
    @DisplayName("F08 F09 F12: the next primary lies in its NEW-VIEW: nobody prepares from it, the one after it leads")
    void lyingNextPrimary()
    {
        final SimulationResult total = new SimulationResult();
        long twice = 0;
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final SimulationConfiguration configuration = shortRun(7);
            configuration.mortalReplicas = 1L << PRIMARY;
            configuration.adversary = SimulationConfiguration.Adversary.LYING;
            configuration.byzantineReplicas = 1L << PRIMARY + 1;
            configuration.adversaryPpm = 1_000_000;
            configuration.faultPhaseNs = 2_000_000_000L;
            final SimulationResult result = clean(Simulation.run(seed, configuration));
            assertEquals(80, result.requestsAnswered());
            twice += result.viewsLeft() > 1 ? 1 : 0;
            total.add(result);
        }
        assertTrue(twice >= SEEDS / 2, twice + " runs left the liar's view");
        assertTrue(total.faults().of(Fault.LYING) > 0);
        assertTrue(total.rejections(Rejection.CONFLICT) > 0, "what does not recompute, or has not its digest");
        assertTrue(total.rejections(Rejection.SIGNATURE) > 0);
    }

    @ParameterizedTest(name = "durability power: {0}")
    @ValueSource(booleans = { false, true })
    @DisplayName("F21: views change while one fetches a snapshot; it comes to the view that the others are in")
    void duringTransfer(final boolean power)
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < SEEDS / 2; seed++)
        {
            final SimulationConfiguration configuration = shortRun(4);
            configuration.powerDurability = power;
            configuration.snapshotInterval = 1;
            configuration.snapshotChunkLength = 64;
            configuration.logsAreCut = true;
            configuration.bundlesPerBatch = 1;
            configuration.requestsPerClient = 150;
            configuration.viewTimeoutNs = 30_000_000L;
            configuration.viewTimeoutCeilingNs = 30_000_000L;
            configuration.faultPhaseNs = 600_000_000L;
            configuration.cutOffReplica = 3;
            configuration.cutOffNs = 150_000_000L;
            configuration.primaryCrashes = true;
            configuration.viewTorture = true;
            final SimulationResult result = clean(Simulation.run(seed, configuration));
            assertEquals(300, result.requestsAnswered());
            total.add(result);
        }
        assertTrue(total.storage().snapshotsFetched() > 0, () -> "fetched " + total.storage().snapshotsFetched());
        assertTrue(total.viewsLeft() > SEEDS / 2, () -> "views " + total.viewsLeft());
    }

    @ParameterizedTest(name = "{0} ms")
    @ValueSource(ints = { 1, 2, 4, 8, 20 })
    @DisplayName("I10: messages that all take as long as a timer, and some are lost: repair does not miss for ever")
    void resonance(final int delayMs)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            final SimulationConfiguration configuration = shortRun(0 == seed % 2 ? 4 : 7);
            configuration.links.delay = LinkConditions.Delay.CONSTANT;
            configuration.links.delayMeanNs = delayMs * 1_000_000L;
            configuration.links.lossPpm = 100_000;
            configuration.repairIntervalNs = 4_000_000L;
            configuration.faultPhaseNs = 400_000_000L;
            final SimulationResult result = clean(Simulation.run(seed, configuration));
            assertEquals(80, result.requestsAnswered());
        }
    }

    @Test
    @DisplayName("A09: a primary whose clock is an hour behind, so that agreed time stands, is replaced")
    void primaryInThePast()
    {
        for (int seed = 0; seed < SEEDS / 2; seed++)
        {
            final SimulationConfiguration configuration = goodPrimary(seed);
            configuration.clockFault = ClockFault.BEHIND;
            configuration.clockFaultReplicas = 1L << PRIMARY;
            final SimulationResult result = clean(Simulation.run(seed, configuration));
            assertEquals(200, result.requestsAnswered());
            assertEquals(1, result.viewsLeft(), "in seed " + seed);
        }
    }

    @Test
    @DisplayName("D08 I08: bursts, slow links and clocks that differ as they may make no primary look slow")
    void goodPrimaries()
    {
        for (int seed = 0; seed < SEEDS / 2; seed++)
        {
            final SimulationResult result = clean(Simulation.run(seed, goodPrimary(seed)));
            assertEquals(200, result.requestsAnswered());
            assertEquals(0, result.viewsLeft(), "in seed " + seed);
        }
    }

    /** Bursts over seconds, on links that take their time. */
    private static SimulationConfiguration goodPrimary(final int seed)
    {
        final SimulationConfiguration configuration = shortRun(0 == seed % 2 ? 4 : 7);
        configuration.links.delay = LinkConditions.Delay.values()[seed % 3];
        configuration.links.delayMeanNs = 1_000_000L;
        configuration.clockSkewMaxNs = 50_000_000L;
        configuration.requestsPerClient = 100;
        configuration.thinkTimeNs = 80_000_000L;
        configuration.faultPhaseNs = 3_000_000_000L;
        return configuration;
    }

    private static SimulationConfiguration shortRun(final int replicas)
    {
        final SimulationConfiguration configuration = SimulationConfiguration.calm(replicas);
        configuration.checkpointInterval = 4;
        configuration.links.delay = LinkConditions.Delay.EXPONENTIAL;
        configuration.links.delayMeanNs = 100_000;
        configuration.thinkTimeNs = 1_000_000;
        return configuration;
    }

    private static SimulationResult clean(final SimulationResult result)
    {
        assertNull(result.violation(), () -> result.violation() + " in seed " + result.seed() + " of " +
            result.configuration());
        return result;
    }
}
