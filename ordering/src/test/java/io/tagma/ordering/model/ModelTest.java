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
package io.tagma.ordering.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The model of {@code model/}, searched to its end: what must hold holds, and with a rule broken it does not. The first
 * tier takes the smallest searches, the second, {@code -Dtagma.test.tier=2}, all; {@code -Dtagma.search=names} takes
 * those whose names the regular expression matches. What {@code model/README.md} says of each is held to what came of
 * it.
 */
class ModelTest
{
    private static final boolean IS_SECOND_TIER = Integer.getInteger("tagma.test.tier", 1) > 1;
    private static final String HOLDS = null;

    @TempDir
    private Path directory;

    /**
     * One search.
     *
     * @param name          in the README.
     * @param isQuick       whether it takes seconds: it is in the first tier too.
     * @param configuration that it begins with.
     * @param changes       of constants.
     * @param violated      the invariant that must be violated, looked for alone; {@link #HOLDS} for none.
     */
    record Search(String name, boolean isQuick, String configuration, List<String> changes, String violated)
    {
        @Override
        public String toString()
        {
            return name;
        }
    }

    static Stream<Search> all()
    {
        return Stream.of(
            new Search("one slot", false, "OneSlot", List.of(), HOLDS),
            new Search("one slot, two views", true, "OneSlot", List.of("LastView = 1"), HOLDS),
            new Search("two slots", false, "TwoSlots", List.of(), HOLDS),
            new Search("a lost end", false, "Losses", List.of(), HOLDS),
            new Search("late NEW-VIEWs", false, "CleanUp", List.of(), HOLDS),
            new Search("checkpoints and late NEW-VIEWs", false, "Both", List.of(), HOLDS),
            new Search("A2 is dropped", false, "OneSlot", List.of("A2IsAsked = FALSE"), "Agreement"),
            new Search("A1 takes a weak quorum", false, "OneSlot", List.of("A1NeedsQuorum = FALSE"), "Agreement"),
            new Search(
                "claims end with their view", false, "OneSlot", List.of("ClaimsOutliveViews = FALSE"), "Agreement"),
            new Search(
                "a start forgets P", true, "OneSlot", List.of("LastView = 1", "ClaimsOutliveStarts = FALSE"),
                "Agreement"),
            new Search(
                "a lost end is not waited out", false, "OneSlot",
                List.of("LastView = 1", "Losses = 1", "LossIsWaitedOut = FALSE"), "Agreement"),
            new Search(
                "the end lies below the start", true, "OneSlot",
                List.of("LastView = 1", "Checkpoints = TRUE", "EndReachesStart = FALSE"), "Lock"),
            new Search(
                "and what is executed is not kept", false, "OneSlot",
                List.of("LastView = 1", "Checkpoints = TRUE", "EndReachesStart = FALSE", "ExecutedIsKept = FALSE"),
                "Agreement"),
            new Search(
                "what is executed is not kept", false, "OneSlot",
                List.of("LastView = 1", "Checkpoints = TRUE", "ExecutedIsKept = FALSE"), HOLDS),
            new Search("commits in the last view", false, "OneSlot", List.of(), "NeverCommittedInLastView"),
            new Search("sets that start above 0", false, "TwoSlots", List.of(), "NeverStartsAbove"),
            new Search("losses that are waited out", false, "Losses", List.of(), "NeverWaitedOut"));
    }

    static Stream<Search> searches()
    {
        final String names = System.getProperty("tagma.search");
        return all().filter(
            search -> null == names ? IS_SECOND_TIER || search.isQuick() : search.name().matches(names));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("searches")
    @DisplayName("The model holds, and each broken rule is noticed")
    void search(final Search search) throws Exception
    {
        final Tlc.Outcome outcome = Tlc.run(
            "ViewChanges", Tlc.configuration(search.configuration(), search.changes(), search.violated()), directory);
        System.out.println(search + ": " + outcome);
        assertEquals(search.violated(), outcome.violated(), outcome::output);
        assertEquals(null == search.violated(), outcome.isComplete(), outcome::output);
        assertTrue(
            row(search).contains("| " + outcome.states() + " | " + outcome.depth() + " |"),
            () -> "model/README.md says of it: " + row(search) + "; right is: " + outcome);
    }

    @Test
    @DisplayName("Each search is in the README, with what it changes and what comes of it")
    void readme()
    {
        all().forEach(
            search ->
            {
                final String row = row(search);
                assertTrue(row.contains("| " + String.join(", ", search.changes()) + " |"), row);
                assertTrue(row.contains(null == search.violated() ? "| holds |" : "| **" + search.violated()), row);
            });
    }

    private static String row(final Search search)
    {
        try (Stream<String> lines = Files.lines(Tlc.MODEL.resolve("README.md")))
        {
            return lines.filter(line -> line.startsWith("| " + search.name() + " |")).findFirst()
                .orElse("nothing");
        }
        catch (final java.io.IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
    }
}
