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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.ViewChangeBuilder;
import io.tagma.ordering.simulation.MutatedClasses;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The selection of a new view against its definitions, as bytes against claims.
 * <p>
 * What is claimed of one slot can be said in 64 ways (3 views, 2 digests); of two slots above h = 0, 1 or 2 in 4,161.
 * For one slot, all sets of three and four senders are compared; in the first tier those of four without regard to
 * their order. All sets over two slots, 3 * 10^14, are for {@link NewViewEverySetTest}, which does without bytes; here
 * some of them are: a sample, and all sets of three senders, their order apart, over the 601 ways in which Qs is either
 * as small or as great as P lets it be: in the first tier by every 37th, in the second, {@code -Dtagma.test.tier=2}, by
 * each.
 */
class NewViewCalculatorTest
{
    private static final boolean IS_SECOND_TIER = Integer.getInteger("tagma.test.tier", 1) > 1;
    private static final int[] EQUAL_WEIGHTS = {1, 1, 1, 1};
    private static final int[] UNEQUAL_WEIGHTS = {2, 1, 2, 1, 1, 1, 1};
    private static final int WINDOW = 2048;

    @TempDir
    private Path directory;

    @Test
    void theClaimsAreAllThereAreAndSurviveEncoding()
    {
        final NewViewComparison comparison = new NewViewComparison(new Quorums(EQUAL_WEIGHTS));
        assertEquals(64, comparison.oneSlotCount());
        assertEquals(64 * 64 + 64 + 1, comparison.count());
        for (int number = 0; number < comparison.count(); number++)
        {
            assertTrue(comparison.isFaithful(number % 4, number), comparison.claims(number).toString());
        }
    }

    @Test
    @DisplayName("F01 F02 F03 one slot, every set of three senders of four")
    void everySetOfThree()
    {
        final NewViewComparison comparison = new NewViewComparison(new Quorums(EQUAL_WEIGHTS));
        for (int absent = 0; absent < 4; absent++)
        {
            final int[] senders = others(absent);
            comparison.member(absent, NewViewComparison.ABSENT);
            forEachOrdered(comparison, senders, 0);
        }
        System.out.println("one slot, three senders of four: " + comparison);
        assertEquals(4L * 64 * 64 * 64, comparison.compared);
        assertTrue(comparison.undecided > 100_000 && comparison.selected > 100_000, comparison.toString());
        assertEquals(0, comparison.nulls, "three that prepared nothing end before the slot");
    }

    @Test
    @DisplayName("F01 F02 F03 one slot, every set of four senders")
    void everySetOfFour()
    {
        final NewViewComparison comparison = new NewViewComparison(new Quorums(EQUAL_WEIGHTS));
        if (IS_SECOND_TIER)
        {
            forEachOrdered(comparison, new int[]{0, 1, 2, 3}, 0);
            assertEquals(64L * 64 * 64 * 64, comparison.compared);
        }
        else
        {
            forEachUnordered(comparison, new int[4], 0, 0);
            assertEquals(64L * 65 * 66 * 67 / 24, comparison.compared);
        }
        System.out.println("one slot, four senders: " + comparison);
        assertCoversEverything(comparison);
    }

    @Test
    @DisplayName("F03 F06 two slots, drawn")
    void sampleOfTwoSlots()
    {
        final long seed = Long.getLong("tagma.seed", System.nanoTime());
        final NewViewComparison comparison = new NewViewComparison(new Quorums(EQUAL_WEIGHTS));
        assertNull(comparison.differenceInSample(seed, IS_SECOND_TIER ? 50_000_000 : 2_000_000), "seed " + seed);
        System.out.println("two slots, four senders, seed " + seed + ": " + comparison);
        assertCoversEverything(comparison);
    }

    @Test
    @DisplayName("F03 F06 two slots, every set of three senders with least and greatest Qs")
    void everySetOfThreeOverTwoSlots()
    {
        final NewViewComparison comparison = new NewViewComparison(new Quorums(EQUAL_WEIGHTS));
        final int[] numbers = new int[comparison.count()];
        int count = 0;
        for (int number = 0; number < comparison.count(); number++)
        {
            if (isLeastOrGreatest(comparison.claims(number), 0) && isLeastOrGreatest(comparison.claims(number), 1))
            {
                numbers[count++] = number;
            }
        }
        assertEquals(24 * 24 + 24 + 1, count);
        final int step = IS_SECOND_TIER ? 1 : 37;
        comparison.member(3, NewViewComparison.ABSENT);
        for (int i = 0; i < count; i++)
        {
            for (int j = i; j < count; j++)
            {
                for (int k = j + (i + j) % step; k < count; k += step)
                {
                    comparison.member((i + j + k) % 3, numbers[i]);
                    comparison.member((i + j + k + 1) % 3, numbers[j]);
                    comparison.member((i + j + k + 2) % 3, numbers[k]);
                    assertNull(comparison.difference());
                }
            }
        }
        System.out.println("two slots, three senders, 601 ways each, every " + step + ". set: " + comparison);
        assertTrue(comparison.compared >= 601L * 602 * 603 / 6 / step - 601L * 602);
        assertTrue(comparison.undecided > 0 && comparison.selected > 0 && comparison.nulls > 0);
    }

    @Test
    @DisplayName("F03 seven replicas of unequal weight, drawn")
    void sampleOfUnequalWeights()
    {
        final long seed = Long.getLong("tagma.seed", System.nanoTime());
        final NewViewComparison comparison = new NewViewComparison(new Quorums(UNEQUAL_WEIGHTS));
        assertNull(comparison.differenceInSample(seed, IS_SECOND_TIER ? 20_000_000 : 1_000_000), "seed " + seed);
        System.out.println("seven of unequal weight, seed " + seed + ": " + comparison);
        assertCoversEverything(comparison);
    }

    @Test
    @DisplayName("F09 a sender is counted once, whatever else it signed")
    void aSenderIsCountedOnce()
    {
        final UnsafeBuffer first = viewChange(2, 0, 0);
        final UnsafeBuffer second = viewChange(2, 0, 1);
        final NewViewCalculator calculator = new NewViewCalculator(new Quorums(EQUAL_WEIGHTS));
        final NewViewSelection selection = new NewViewSelection(WINDOW);
        assertTrue(calculator.add(first, 0));
        assertFalse(calculator.add(second, 0));
        assertTrue(calculator.add(viewChange(0, 0, 0), 0));
        assertFalse(calculator.add(viewChange(0, 0, 0), 0));
        assertFalse(calculator.decides(selection));
        assertTrue(calculator.add(viewChange(1, 0, 0), 0));
        assertTrue(calculator.decides(selection));
        assertEquals(0, selection.endSequence());
        calculator.clear();
        assertFalse(calculator.decides(selection));
    }

    @Test
    @DisplayName("E02 a whole window is taken over, and nothing is allocated for it")
    void aWholeWindow()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final UnsafeBuffer[] statements =
            {viewChange(0, WINDOW, WINDOW), viewChange(1, WINDOW, WINDOW), viewChange(2, 7, WINDOW)};
        final NewViewCalculator calculator = new NewViewCalculator(new Quorums(EQUAL_WEIGHTS));
        final NewViewSelection selection = new NewViewSelection(WINDOW);
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 40; run++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            calculator.clear();
            boolean isDecided = true;
            for (int i = 0; i < statements.length; i++)
            {
                isDecided &= calculator.add(statements[i], 0);
            }
            isDecided &= calculator.decides(selection);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertTrue(isDecided);
        }
        assertEquals(0, least);
        assertEquals(0, selection.startSequence());
        assertEquals(WINDOW, selection.endSequence());
        for (long sequence = 1; sequence <= WINDOW; sequence++)
        {
            assertFalse(selection.isNull(sequence));
            assertEquals(sequence, selection.digests().getLong(selection.digestOffset(sequence)));
        }
    }

    static Stream<Arguments> mutants()
    {
        return Stream.of(
            mutant("A2 is dropped", "return weight(accepting) >= quorums.weakQuorum();", "return true;"),
            mutant(
                "A2 takes one member", "weight(accepting) >= quorums.weakQuorum()", "weight(accepting) >= 1"),
            mutant(
                "A2 takes any view", "candidate.preparedOffset(), candidate.preparedView())",
                "candidate.preparedOffset(), 0)"),
            mutant(
                "A1 takes a weak quorum", "weight(senders & ~contradicting) >= quorums.quorum()",
                "weight(senders & ~contradicting) >= quorums.weakQuorum()"),
            mutant(
                "A1 lets another digest of the same view pass",
                "0 != member.comparePrepared(candidate))", "0 != member.comparePrepared(member))"),
            mutant(
                "A1 lets later views pass", "if (member.preparedView() > candidate.preparedView() ||", "if ("),
            mutant(
                "B takes a weak quorum", "weight(senders & ~prepared) >= quorums.quorum()",
                "weight(senders & ~prepared) >= quorums.weakQuorum()"),
            mutant("S may weigh less", "if (weight(senders) < quorums.quorum())", "if (0 == senders)"),
            mutant("the end lies below the start", "long end = start;", "long end = 0;"),
            mutant(
                "the start is not the highest", "start = Math.max(start, member(left).stableSequence());",
                "start = member(left).stableSequence();"),
            mutant(
                "the lowest view is taken", "return one.preparedView() > other.preparedView() ||",
                "return one.preparedView() < other.preparedView() ||"),
            mutant(
                "the highest digest is taken", "one.comparePrepared(other) < 0;", "one.comparePrepared(other) > 0;"),
            mutant(
                "senders are counted, not weighed", "weight += quorums.weight(Long.numberOfTrailingZeros(left));",
                "weight++;"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("X08 X09 a broken rule of selection is noticed")
    void killed(final String name, final String original, final String replacement) throws Exception
    {
        final String difference = firstDifference(name, original, replacement);
        assertNotNull(difference, name + " survived");
        System.out.println(name + ": " + difference);
    }

    @Test
    @DisplayName("Control: the same way of compiling and loading, with nothing broken, finds no difference")
    void control() throws Exception
    {
        assertNull(firstDifference("nothing", "final class NewViewCalculator", "final class NewViewCalculator"));
    }

    private String firstDifference(final String name, final String original, final String replacement)
        throws Exception
    {
        try (MutatedClasses classes = new MutatedClasses(
            name, "protocol/NewViewCalculator.java", original, replacement, directory))
        {
            try
            {
                return (String)classes.load("io.tagma.ordering.protocol.NewViewComparison")
                    .getMethod("firstDifference", long.class, long.class).invoke(null, 1L, 100_000L);
            }
            catch (final java.lang.reflect.InvocationTargetException ex)
            {
                return ex.getCause().toString();
            }
        }
    }

    private static Arguments mutant(final String name, final String original, final String replacement)
    {
        return Arguments.of(name, original, replacement);
    }

    private static void forEachOrdered(final NewViewComparison comparison, final int[] senders, final int from)
    {
        for (int number = 0; number < comparison.oneSlotCount(); number++)
        {
            comparison.member(senders[from], number);
            if (from + 1 < senders.length)
            {
                forEachOrdered(comparison, senders, from + 1);
            }
            else
            {
                assertNull(comparison.difference());
            }
        }
    }

    /** Each multiset of claims once, given to the senders in an order that changes with it: their weights are equal. */
    private static void forEachUnordered(
        final NewViewComparison comparison, final int[] numbers, final int from, final int least)
    {
        if (from == numbers.length)
        {
            final int shift = Arrays.hashCode(numbers) & 3;
            for (int i = 0; i < numbers.length; i++)
            {
                comparison.member((i + shift) % numbers.length, numbers[i]);
            }
            assertNull(comparison.difference());
            return;
        }
        for (int number = least; number < comparison.oneSlotCount(); number++)
        {
            numbers[from] = number;
            forEachUnordered(comparison, numbers, from + 1, number);
        }
    }

    private static boolean isLeastOrGreatest(final NewViewReference.Listed claims, final int slot)
    {
        for (int digest = 0; digest < NewViewReference.DIGESTS; digest++)
        {
            final boolean isPrepared = claims.preparedViews()[slot] >= 0 && claims.preparedDigests()[slot] == digest;
            final int least = isPrepared ? claims.preparedViews()[slot] : -1;
            final int view = claims.acceptedViews()[slot][digest];
            if (view != least && view != NewViewReference.VIEWS - 1)
            {
                return false;
            }
        }
        return true;
    }

    private static void assertCoversEverything(final NewViewComparison comparison)
    {
        assertTrue(comparison.undecided > comparison.compared / 100, comparison.toString());
        assertTrue(comparison.selected > comparison.compared / 100, comparison.toString());
        assertTrue(comparison.nulls > comparison.compared / 100_000, comparison.toString());
    }

    private static int[] others(final int absent)
    {
        final int[] senders = new int[3];
        for (int id = 0, i = 0; id < 4; id++)
        {
            if (id != absent)
            {
                senders[i++] = id;
            }
        }
        return senders;
    }

    /** Prepared in view 0 up to one sequence, accepted up to another; each digest begins with its sequence. */
    private static UnsafeBuffer viewChange(final int sender, final int lastPrepared, final int lastAccepted)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(
            new byte[FrameLimits.builder().window(WINDOW).build().statementLengthMax()]);
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[Digest.LENGTH]);
        final ViewChangeBuilder builder = new ViewChangeBuilder().begin(buffer, 0, 1, 0, sender, 1, 0);
        for (long sequence = 1; sequence <= lastAccepted; sequence++)
        {
            digest.putLong(0, sequence);
            builder.sequence(sequence).accepted(0, digest, 0);
            if (sequence <= lastPrepared)
            {
                builder.prepared(0, digest, 0);
            }
        }
        builder.end(null, 0, 0);
        return buffer;
    }
}
