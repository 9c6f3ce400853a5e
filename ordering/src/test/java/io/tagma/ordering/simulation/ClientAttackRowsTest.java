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

import io.tagma.ordering.client.Resolution;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows of the catalogue of attacks that a client carries out, whole clusters at a time. A client whose tags do not
 * agree costs one change of view at most, however long it goes on; other lies cost none. The others get all they want.
 */
class ClientAttackRowsTest
{
    private static final int SEEDS = 6;
    private static final Set<ClientLie.Kind> HARMLESS = EnumSet.of(
        ClientLie.Kind.PRIMARY_TAG, ClientLie.Kind.FAR_NUMBERS, ClientLie.Kind.SESSION_CHURN, ClientLie.Kind.ONE_TAG);

    static Stream<Arguments> lies()
    {
        return Stream.of(4, 7).flatMap(replicas -> Stream.of(ClientLie.Kind.values())
            .filter(kind -> ClientLie.Kind.MIXED != kind)
            .flatMap(kind -> Stream.of(ClientLie.Signing.values())
                .map(signing -> Arguments.of(replicas, new ClientLie(kind, signing)))));
    }

    @ParameterizedTest(name = "{0} replicas, {1}")
    @MethodSource("lies")
    @DisplayName("B01 B02 a client that some replicas believe costs one change of view at most, other lies cost none")
    void lyingClient(final int replicas, final ClientLie lie)
    {
        long most = 0;
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final SimulationResult result = clean(Simulation.run(seed, longRun(replicas, lie, seed % 3)));
            most = Math.max(most, result.viewsLeft());
            total.add(result);
        }
        assertTrue(total.faults().of(Fault.CLIENT_LIE) > 0 || ClientLie.Kind.SESSION_CHURN == lie.kind());
        final boolean isHarmless = HARMLESS.contains(lie.kind()) || ClientLie.Signing.RIGHT == lie.signing();
        assertTrue(most <= (isHarmless ? 0 : 1), lie + " cost " + total.viewsLeft() + " views in " + SEEDS + " seeds");
        // The honest ones' 800; a liar gets done what it signs.
        assertTrue(total.requestsAnswered() >= SEEDS * 800L, () -> total.requestsAnswered() + " were answered");
    }

    @Test
    @DisplayName("B01: beside a client that lies all the time the others get nine tenths of what they get without it")
    void othersService()
    {
        final long alone = timesNs(null);
        for (final ClientLie.Kind kind : ClientLie.Kind.values())
        {
            final long beside = timesNs(new ClientLie(kind, ClientLie.Signing.NEVER));
            final String times = kind + ": " + beside / 1_000_000 + " ms where " + alone / 1_000_000 + " are enough";
            System.out.println(times);
            assertTrue(beside * 9 <= alone * 10, times);
        }
    }

    private static long timesNs(final ClientLie lie)
    {
        long timesNs = 0;
        for (int seed = 0; seed < 3; seed++)
        {
            timesNs += loaded(seed, lie).virtualTimeNs();
        }
        return timesNs;
    }

    /** Two honest clients with so much to do that they end after all lies. */
    private static SimulationResult loaded(final int seed, final ClientLie lie)
    {
        final SimulationConfiguration configuration = longRun(4, null == lie ? ClientLie.MIXED : lie, seed);
        configuration.byzantineClientCount = null == lie ? 0 : 1;
        configuration.requestsPerClient = 6_000;
        configuration.faultPhaseNs = 6_000_000_000L;
        configuration.viewTimeoutNs = 100_000_000L;
        configuration.viewTimeoutCeilingNs = 100_000_000L;
        final SimulationResult result = clean(Simulation.run(seed, configuration));
        assertTrue(result.requestsAnswered() >= 12_000);
        assertTrue(result.virtualTimeNs() > configuration.faultPhaseNs + 100_000_000L, "it ends after the lies");
        return result;
    }

    @Test
    @DisplayName("L04: a client that dies with requests under way is told the truth about each of them when it is back")
    void deaths()
    {
        final SimulationResult total = new SimulationResult();
        for (int seed = 0; seed < 3 * SEEDS; seed++)
        {
            final SimulationConfiguration configuration = SimulationConfiguration.calm(0 == seed % 2 ? 4 : 7);
            configuration.links.delay = LinkConditions.Delay.values()[seed % 3];
            configuration.links.delayMeanNs = 300_000;
            configuration.links.lossPpm = 50_000;
            configuration.clientDeathPpm = 50_000;
            configuration.requestsPerClient = 100;
            configuration.resultDigestThreshold = 0 == seed % 2 ? 0 : 32;
            configuration.faultPhaseNs = 400_000_000L;
            configuration.primaryCrashes = 0 == seed % 3;
            total.add(clean(Simulation.run(seed, configuration)));
        }
        assertTrue(total.resolutions(Resolution.COMMITTED) > 10, () -> "" + total.resolutions(Resolution.COMMITTED));
        assertTrue(total.resolutions(Resolution.NEVER) > 10, () -> "" + total.resolutions(Resolution.NEVER));
    }

    private static SimulationConfiguration longRun(final int replicas, final ClientLie lie, final int delays)
    {
        final SimulationConfiguration configuration = SimulationConfiguration.calm(replicas);
        configuration.links.delay = LinkConditions.Delay.values()[delays];
        configuration.links.delayMeanNs = 100_000;
        configuration.byzantineClientCount = 1;
        configuration.clientLie = lie;
        configuration.requestsPerClient = 400;
        configuration.thinkTimeNs = 5_000_000L;
        configuration.sessionWindow = 32;
        configuration.faultPhaseNs = 3_000_000_000L;
        return configuration;
    }

    private static SimulationResult clean(final SimulationResult result)
    {
        assertNull(result.violation(), () -> result.violation() + " in seed " + result.seed() + " of " +
            result.configuration());
        return result;
    }
}
