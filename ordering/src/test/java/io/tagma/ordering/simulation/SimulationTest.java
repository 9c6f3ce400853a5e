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
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.protocol.Rejection;
import io.tagma.ordering.replica.FrameRejection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seeds of the swarm, and what must be seen in them. The longer tier runs many more: {@code -Dtagma.test.tier=2}.
 */
class SimulationTest
{
    private static final int TIER = Integer.getInteger("tagma.test.tier", 1);
    private static final long SEEDS = TIER > 1 ? 10_000 : 150;

    @Test
    @DisplayName("A calm run orders everything, rejects nothing but repeats, and catches nobody up")
    void calm()
    {
        for (final int replicaCount : new int[]{ 4, 7 })
        {
            final SimulationResult result = Simulation.run(1, SimulationConfiguration.calm(replicaCount));
            assertNull(result.violation());
            assertEquals(80, result.requestsAnswered());
            for (final FrameRejection rejection : FrameRejection.values())
            {
                assertEquals(0, result.rejections(rejection), rejection::name);
            }
            assertEquals(0, result.catchUps());
            assertEquals(0, result.restarts());
        }
    }

    @Test
    @DisplayName("I01 C01 C04 E03 L01 L02 M01 H02: seeds of the swarm keep every invariant, and are not vacuous")
    void swarm()
    {
        final SimulationResult total = new SimulationResult();
        for (long seed = 1; seed <= SEEDS; seed++)
        {
            final SimulationResult result = Simulation.run(seed, SimulationConfiguration.drawn(seed, 0));
            assertNull(result.violation(), () -> result.violation() + " in seed " + result.seed() + ": " +
                result.configuration() + "; again with: tagma simulate --seed " + result.seed());
            total.add(result);
        }
        for (final Fault fault : Fault.values())
        {
            assertTrue(
                Fault.BURNT_IDENTITY == fault || total.faults().of(fault) > 0,
                () -> "no " + fault + " in " + SEEDS + " seeds");
        }
        for (final FrameRejection rejection : new FrameRejection[]{
            FrameRejection.LENGTH, FrameRejection.TAG, FrameRejection.DIGEST, FrameRejection.SENDER,
            FrameRejection.CLUSTER, FrameRejection.EPOCH, FrameRejection.FORM })
        {
            assertTrue(total.rejections(rejection) > 0, () -> "no frame was rejected for " + rejection);
        }
        for (final Rejection rejection : new Rejection[]{
            Rejection.DUPLICATE, Rejection.CONFLICT, Rejection.WATERMARK, Rejection.SIGNATURE, Rejection.STALE,
            Rejection.VIEW, Rejection.NUMBER })
        {
            assertTrue(total.rejections(rejection) > 0, () -> "no input was rejected for " + rejection);
        }
        assertTrue(total.requestsCommitted() > SEEDS * 10);
        assertTrue(total.restarts() > SEEDS / 2);
        assertTrue(total.storage().startsFromSnapshots() > 0);
        assertTrue(total.catchUps() > 0);
    }

    @ParameterizedTest
    @CsvSource({
        "1429, 0", "7102, 4", "1724, 7", "4867, 7", "5114, 7", "5237, 7", "6373, 7", "3428, 7", "1425, 7" })
    @DisplayName("Seeds that once broke an invariant")
    void regression(final long seed, final int replicas)
    {
        assertNull(SimulationProbe.firstViolation(seed, replicas, false));
        assertNull(SimulationProbe.firstViolation(seed, replicas, true), "without a change of views to mend it");
    }

    @Test
    @DisplayName("A seed that once broke one, whose next primary is killed as it takes over: that needs a time-out")
    void regressionWithAChangeOfViews()
    {
        assertNull(SimulationProbe.firstViolation(40501, 0, false));
    }

    @Test
    @DisplayName("INV17: the same seed gives the same trace, another seed another one")
    void sameSeedSameTrace()
    {
        for (long seed = 1; seed <= 20; seed++)
        {
            final long first = Simulation.run(seed, SimulationConfiguration.drawn(seed, 0)).traceHash();
            assertEquals(
                first, Simulation.run(seed, SimulationConfiguration.drawn(seed, 0)).traceHash(), "seed " + seed);
            assertNotEquals(first, Simulation.run(seed + 1, SimulationConfiguration.drawn(seed, 0)).traceHash());
        }
    }
}
