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

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rule without a mutant that the simulator kills is untested. The first tier tries the seed that killed a mutant when
 * the table was written, then others; the second, {@code -Dtagma.test.tier=2}, counts from seed 1 how many it takes.
 */
class MutantsTest
{
    private static final boolean COUNTS = Integer.getInteger("tagma.test.tier", 1) > 1;
    private static final long SEEDS_MAX = 200;
    private static final long CONTROL_SEEDS = 12;

    @TempDir
    private Path directory;

    static Stream<Mutant> mutants()
    {
        return Mutant.ALL.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("A broken rule is noticed")
    void killed(final Mutant mutant)
    {
        String violation = null;
        long tried = 0;
        try (MutantRunner runner = new MutantRunner(mutant, directory))
        {
            if (!COUNTS || mutant.killingSeed() > SEEDS_MAX)
            {
                violation = runner.run(mutant.killingSeed());
            }
            while (null == violation && tried < SEEDS_MAX)
            {
                violation = runner.run(++tried);
            }
        }
        assertNotNull(violation, () -> mutant + " survived " + SEEDS_MAX + " seeds");
        System.out.println(mutant + ": killed by " +
            (0 == tried ? "its seed " + mutant.killingSeed() : tried + " seeds") + ": " + violation);
    }

    @Test
    @DisplayName("Control: the same way of compiling and loading, with nothing broken, keeps every invariant")
    void control()
    {
        final Mutant nothing = new Mutant(
            "X00", "nothing is broken", "protocol/NormalCase.java", "final class NormalCase", "final class NormalCase",
            1);
        try (MutantRunner runner = new MutantRunner(nothing, directory))
        {
            for (long seed = 1; seed <= CONTROL_SEEDS; seed++)
            {
                assertNull(runner.run(seed), "seed " + seed);
            }
        }
    }
}
