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
package io.tagma.ordering.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.simulation.MutatedClasses;
import java.lang.reflect.InvocationTargetException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The selection of a new view against its definition, over all sets of three and of four VIEW-CHANGEs of four replicas
 * that claim something of two slots, in three views, with h = 0, 1 or 2: see {@link NewViewEverySet} for how, and why
 * nothing is left out. That bytes say what the cursor reads is shown by {@link NewViewCalculatorTest}.
 */
class NewViewEverySetTest
{
    private static final String REAL_CURSOR = "import io.tagma.codecs.ViewChangeCursor;";
    private static final String LAZY_CURSOR =
        "import io.tagma.ordering.protocol.LazyClaims.ViewChangeCursor;";

    @TempDir
    private Path directory;

    /** Two digests; and with a third one, for the null batch may be prepared, accepted and claimed like any other. */
    @ParameterizedTest
    @ValueSource(ints = { 2, 3 })
    @DisplayName("F01 F02 F03 F06 every set over two slots")
    void everySet(final int digests) throws Exception
    {
        final String[] counts = tryAll(digests);
        System.out.println(
            "two slots, " + digests + " digests: " + counts[0] + " sets in " + counts[1] + " runs; of these " +
            counts[2] + " undecided, " + counts[3] + " batches and " + counts[4] + " nulls selected");
        assertEquals(all(digests).toString(), counts[0], "each set is tried, and none twice");
        for (int i = 2; i < counts.length; i++)
        {
            assertTrue(Long.parseLong(counts[i]) > 100, "something of everything");
        }
    }

    static Stream<Arguments> mutants()
    {
        return Stream.of(
            Arguments.of("A2 is dropped", "return weight(accepting) >= quorums.weakQuorum();", "return true;"),
            Arguments.of(
                "A1 lets later views pass", "if (member.preparedView() > candidate.preparedView() ||", "if ("),
            Arguments.of("the first slot's P is the second's", "        prepared = 0;\n        claiming", "claiming"),
            Arguments.of("the second slot of two is null", "if (NONE != best)", "if (NONE != best && sequence < 2)"),
            Arguments.of(
                "the highest digest is taken", "one.comparePrepared(other) < 0;", "one.comparePrepared(other) > 0;"),
            Arguments.of(
                "the last member's end is taken", "end = Math.max(end, member(left).lastPrepared());",
                "end = Math.max(start, member(left).lastPrepared());"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("A broken rule of selection is noticed")
    void killed(final String name, final String original, final String replacement)
    {
        final InvocationTargetException ex =
            assertThrows(InvocationTargetException.class, () -> tryAll(2, original, replacement), name + " survived");
        System.out.println(name + ": " + ex.getCause());
    }

    private String[] tryAll(final int digests, final String... snippets) throws Exception
    {
        final List<String> all = new ArrayList<>(List.of(REAL_CURSOR, LAZY_CURSOR));
        all.addAll(List.of(snippets));
        try (MutatedClasses classes =
            new MutatedClasses("lazy cursor", "protocol/NewViewCalculator.java", all, directory))
        {
            return (String[])classes.load("io.tagma.ordering.protocol.NewViewEverySet")
                .getMethod("tryAll", int.class).invoke(null, digests);
        }
    }

    /** By hand: claims of a slot, of two slots above each h, sets of four and of three senders. */
    private static BigInteger all(final int digests)
    {
        final int without = (int)Math.pow(4, digests);
        final int with = digests * (3 + 2 + 1) * (int)Math.pow(4, digests - 1);
        final BigInteger slot = BigInteger.valueOf(without + with);
        final BigInteger claims = slot.pow(2).add(slot).add(BigInteger.ONE);
        return claims.pow(4).add(BigInteger.valueOf(4).multiply(claims.pow(3)));
    }
}
