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

import static io.tagma.ordering.protocol.NewViewReference.DIGESTS;
import static io.tagma.ordering.protocol.NewViewReference.NULL;
import static io.tagma.ordering.protocol.NewViewReference.SLOTS;
import static io.tagma.ordering.protocol.NewViewReference.UNDECIDED;
import static io.tagma.ordering.protocol.NewViewReference.VIEWS;

import io.tagma.codecs.ViewChangeBuilder;
import io.tagma.codecs.ViewChangeCursor;
import io.tagma.ordering.protocol.NewViewReference.Listed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts sets of VIEW-CHANGEs, as bytes, before {@link NewViewCalculator}, and holds its answer to that of
 * {@link NewViewReference}. A member of a set is a number: one of all the ways to make claims over two slots, three
 * views and two digests, above any of the stable checkpoints 0, 1 and 2.
 */
public final class NewViewComparison
{
    static final int ABSENT = -1;

    private final Quorums quorums;
    private final NewViewReference reference;
    private final NewViewCalculator calculator;
    private final NewViewSelection selection = new NewViewSelection(8);
    private final UnsafeBuffer[] digests = new UnsafeBuffer[DIGESTS];
    private final List<Listed> all = new ArrayList<>();
    /** By sender, then by number. */
    private final UnsafeBuffer[][] statements;
    private final Listed[] set;
    private final int[] numbers;
    private int oneSlotCount;

    long compared;
    long undecided;
    long selected;
    long nulls;
    long tooLight;

    NewViewComparison(final Quorums quorums)
    {
        this.quorums = quorums;
        reference = new NewViewReference(quorums);
        calculator = new NewViewCalculator(quorums);
        set = new Listed[quorums.size()];
        numbers = new int[quorums.size()];
        for (int i = 0; i < DIGESTS; i++)
        {
            // The order of digests is that of unsigned bytes from the first: a signed or reversed one differs.
            digests[i] = new UnsafeBuffer(new byte[Digest.LENGTH]);
            digests[i].putByte(0, (byte)(0 == i ? 0x01 : 0x81));
            digests[i].putByte(Digest.LENGTH - 1, (byte)(0 == i ? 0x7F : 0x01));
        }
        makeAll();
        statements = new UnsafeBuffer[quorums.size()][all.size()];
        for (int sender = 0; sender < statements.length; sender++)
        {
            for (int number = 0; number < all.size(); number++)
            {
                statements[sender][number] = encoded(sender, all.get(number));
            }
        }
    }

    /** First those that say nothing of sequence 2, then the other ones above 0, then those above 1 and 2. */
    private void makeAll()
    {
        final List<int[]> slots = slotClaims();
        final int[] none = slots.get(0);
        slots.forEach((first) -> all.add(claims(0, first, none)));
        oneSlotCount = all.size();
        slots.subList(1, slots.size()).forEach((second) ->
            slots.forEach((first) -> all.add(claims(0, first, second))));
        slots.forEach((second) -> all.add(claims(1, none, second)));
        all.add(claims(2, none, none));
    }

    /** All claims about one slot: view and digest of P, then the highest view of each digest in Qs. Nothing first. */
    private static List<int[]> slotClaims()
    {
        final List<int[]> slots = new ArrayList<>();
        for (int prepared = -1; prepared < VIEWS * DIGESTS; prepared++)
        {
            for (int first = -1; first < VIEWS; first++)
            {
                for (int second = -1; second < VIEWS; second++)
                {
                    final int view = prepared < 0 ? -1 : prepared / DIGESTS;
                    final int digest = prepared < 0 ? 0 : prepared % DIGESTS;
                    // An entry of P implies the same in Qs: leaving it out of Qs would be the same statement.
                    if (view < 0 || (0 == digest ? first : second) >= view)
                    {
                        slots.add(new int[]{view, digest, first, second});
                    }
                }
            }
        }
        return slots;
    }

    private static Listed claims(final int stable, final int[] first, final int[] second)
    {
        return new Listed(
            stable,
            new int[]{first[0], second[0]},
            new int[]{first[1], second[1]},
            new int[][]{{first[2], first[3]}, {second[2], second[3]}});
    }

    private UnsafeBuffer encoded(final int sender, final Listed claims)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final ViewChangeBuilder builder = new ViewChangeBuilder();
        builder.begin(buffer, 0, 1, 0, sender, VIEWS, claims.stable());
        for (int sequence = claims.stable() + 1; sequence <= SLOTS; sequence++)
        {
            builder.sequence(sequence);
            for (int digest = 0; digest < DIGESTS; digest++)
            {
                if (claims.acceptedViews()[sequence - 1][digest] >= 0)
                {
                    builder.accepted(claims.acceptedViews()[sequence - 1][digest], digests[digest], 0);
                }
            }
            if (claims.hasPrepared(sequence))
            {
                builder.prepared(
                    claims.preparedViews()[sequence - 1], digests[claims.preparedDigests()[sequence - 1]], 0);
            }
        }
        final int length = builder.end(null, 0, 0);
        return new UnsafeBuffer(Arrays.copyOf(buffer.byteArray(), length));
    }

    int count()
    {
        return all.size();
    }

    int oneSlotCount()
    {
        return oneSlotCount;
    }

    Listed claims(final int number)
    {
        return all.get(number);
    }

    int size()
    {
        return quorums.size();
    }

    /** Puts a sender into the set, or takes it out. */
    void member(final int sender, final int number)
    {
        numbers[sender] = number;
        set[sender] = ABSENT == number ? null : all.get(number);
    }

    /**
     * Compares the answers on the set.
     *
     * @return null if they are equal, else both in words.
     */
    String difference()
    {
        compared++;
        calculator.clear();
        for (int sender = 0; sender < set.length; sender++)
        {
            if (null != set[sender] && !calculator.add(statements[sender][numbers[sender]], 0))
            {
                return describe("sender " + sender + " is counted only once", "not at all");
            }
        }
        final boolean isDecided = calculator.decides(selection);
        if (!reference.isQuorum(set))
        {
            tooLight++;
            return isDecided ? describe("not a quorum", "decided") : null;
        }

        final int start = reference.start(set);
        final int end = reference.end(set);
        for (int sequence = start + 1; sequence <= end; sequence++)
        {
            if (UNDECIDED == reference.selected(set, sequence))
            {
                undecided++;
                return isDecided ? describe("undecided at " + sequence, "decided") : null;
            }
        }
        if (!isDecided)
        {
            return describe("decided", "undecided");
        }
        if (start != selection.startSequence() || end != selection.endSequence())
        {
            return describe("(" + start + ", " + end + "]", selection.toString());
        }
        for (int sequence = start + 1; sequence <= end; sequence++)
        {
            final int expected = reference.selected(set, sequence);
            final int actual = actual(sequence);
            if (expected != actual)
            {
                return describe(expected + " at " + sequence, "" + actual);
            }
            if (NULL == expected)
            {
                nulls++;
            }
            else
            {
                selected++;
            }
        }
        return null;
    }

    private int actual(final int sequence)
    {
        if (selection.isNull(sequence))
        {
            return NULL;
        }
        for (int digest = 0; digest < DIGESTS; digest++)
        {
            if (Digest.equal(digests[digest], 0, selection.digests(), selection.digestOffset(sequence)))
            {
                return digest;
            }
        }
        return UNDECIDED;
    }

    private String describe(final String expected, final String actual)
    {
        final StringBuilder text = new StringBuilder("expected ").append(expected).append(", got ").append(actual);
        for (int sender = 0; sender < set.length; sender++)
        {
            if (null != set[sender])
            {
                text.append("; ").append(sender).append(": h ").append(set[sender].stable())
                    .append(" P views ").append(Arrays.toString(set[sender].preparedViews()))
                    .append(" digests ").append(Arrays.toString(set[sender].preparedDigests()))
                    .append(" Qs ").append(Arrays.deepToString(set[sender].acceptedViews()));
            }
        }
        return text.toString();
    }

    /**
     * Compares sets drawn at random: each sender is absent now and then, many have claims equal to another's.
     *
     * @param seed of the draw.
     * @param sets to draw.
     * @return the first difference in words, or null.
     */
    String differenceInSample(final long seed, final long sets)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        for (long i = 0; i < sets; i++)
        {
            for (int sender = 0; sender < set.length; sender++)
            {
                final int choice = random.nextInt(8);
                final int copied = 0 == sender ? ABSENT : numbers[random.nextInt(sender)];
                member(sender, 0 == choice ? ABSENT : choice < 4 ? copied : random.nextInt(all.size()));
            }
            final String difference = difference();
            if (null != difference)
            {
                return difference;
            }
        }
        return null;
    }

    /**
     * The same for callers that share no classes with this one: a class loader over mutated classes. Four replicas, and
     * seven of unequal weight.
     *
     * @param seed of the draw.
     * @param sets to draw for each.
     * @return the first difference in words, or null.
     */
    public static String firstDifference(final long seed, final long sets)
    {
        final String difference =
            new NewViewComparison(new Quorums(new int[]{1, 1, 1, 1})).differenceInSample(seed, sets);
        return null != difference ? difference :
            new NewViewComparison(new Quorums(new int[]{2, 1, 2, 1, 1, 1, 1})).differenceInSample(seed, sets);
    }

    @Override
    public String toString()
    {
        return compared + " sets compared: " + tooLight + " too light, " + undecided + " undecided, " + selected +
            " batches and " + nulls + " nulls selected";
    }

    /** Whether what it encodes is what a cursor reads, slot after slot or going to the second at once. */
    boolean isFaithful(final int sender, final int number)
    {
        final ViewChangeCursor cursor = new ViewChangeCursor().wrap(statements[sender][number], 0);
        final Listed claims = all.get(number);
        int last = 0;
        for (int first = 1; first <= SLOTS; first++)
        {
            // As the calculator does: the end is looked for before anything else.
            final long lastPrepared = cursor.lastPrepared();
            for (int sequence = first; sequence <= SLOTS; sequence++)
            {
                last = claims.hasPrepared(sequence) ? sequence : last;
                if (!isFaithful(cursor, claims, sequence))
                {
                    return false;
                }
            }
            if (lastPrepared != last)
            {
                return false;
            }
        }
        return cursor.sender() == sender && cursor.stableSequence() == claims.stable();
    }

    private boolean isFaithful(final ViewChangeCursor cursor, final Listed claims, final int sequence)
    {
        final boolean isThere = cursor.seek(sequence);
        if (claims.hasPrepared(sequence) != (isThere && cursor.isPrepared()))
        {
            return false;
        }
        for (int digest = 0; digest < DIGESTS; digest++)
        {
            for (int view = 0; view < VIEWS; view++)
            {
                if (claims.hasAccepted(sequence, digest, view) !=
                    (isThere && cursor.hasAccepted(digests[digest], 0, view)))
                {
                    return false;
                }
            }
        }
        return true;
    }
}
