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

import static io.tagma.ordering.protocol.NewViewReference.NULL;
import static io.tagma.ordering.protocol.NewViewReference.SLOTS;
import static io.tagma.ordering.protocol.NewViewReference.UNDECIDED;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every set of VIEW-CHANGEs of the same senders over two slots, through {@link NewViewCalculator} as it is shipped but
 * for the cursor that it reads with, and through {@link NewViewReference}. Both read {@link LazyClaims}; sets that
 * differ in nothing that either reads are tried once and counted.
 * <p>
 * The second slot is tried once for all that the first may have been. This is sound because when the second is first
 * looked at, the calculator holds nothing of the first, which is checked each time: its only fields that change are
 * {@code senders}, {@code prepared} and {@code claiming}, and the latter two are 0; what it still reads is of the
 * second slot alone, as the reference; and the second slots begin alike: same checkpoints, same claims as far as known.
 */
public final class NewViewEverySet
{
    private static final Set<String> FIELDS = Set.of("quorums", "members", "senders", "prepared", "claiming");

    /** The second slot has been tried from here on. */
    private static final class Tried extends RuntimeException
    {
        private static final long serialVersionUID = 1;

        Tried()
        {
            super(null, null, false, false);
        }
    }

    private final Tried tried = new Tried();
    private final Quorums quorums = new Quorums(new int[]{1, 1, 1, 1});
    private final NewViewCalculator calculator = new NewViewCalculator(quorums);
    private final NewViewSelection selection = new NewViewSelection(SLOTS);
    private final NewViewReference reference;
    private final LazyClaims claims;
    private final int[] senders;
    private final NewViewReference.Claims[] set;
    private final Set<String> known = new HashSet<>();
    private final Field prepared;
    private final Field claiming;
    private String trying;
    private int tryingFrom;
    private int start;
    private int end;
    private BigInteger sets = BigInteger.ZERO;
    private long runs;
    private long undecided;
    private long nulls;
    private long batches;

    private NewViewEverySet(final SlotClaims slots, final int digests, final int[] senders) throws NoSuchFieldException
    {
        this.senders = senders;
        reference = new NewViewReference(quorums, digests);
        claims = new LazyClaims(slots, digests, senders, this::onSecondSlot);
        set = new NewViewReference.Claims[quorums.size()];
        for (final int sender : senders)
        {
            set[sender] = claims.member(sender);
        }
        final Set<String> fields = new TreeSet<>();
        for (final Field field : NewViewCalculator.class.getDeclaredFields())
        {
            if (!Modifier.isStatic(field.getModifiers()))
            {
                fields.add(field.getName());
            }
        }
        verify(FIELDS.equals(fields), "the calculator has grown, and may remember: " + fields);
        prepared = NewViewCalculator.class.getDeclaredField("prepared");
        claiming = NewViewCalculator.class.getDeclaredField("claiming");
        prepared.setAccessible(true);
        claiming.setAccessible(true);
    }

    /**
     * Tries all sets of all four and of each three of four senders.
     *
     * @param digests that may be claimed.
     * @return number of sets, of runs that stand for them, and among the runs of undecided ones, batches and nulls
     * selected.
     * @throws ReflectiveOperationException if the calculator is not what it was.
     */
    public static String[] tryAll(final int digests) throws ReflectiveOperationException
    {
        final SlotClaims slots = new SlotClaims(digests);
        BigInteger sets = BigInteger.ZERO;
        final long[] counts = new long[4];
        for (int absent = 0; absent <= 4; absent++)
        {
            final int[] senders = new int[4 == absent ? 4 : 3];
            for (int i = 0; i < senders.length; i++)
            {
                senders[i] = i < absent ? i : i + 1;
            }
            final NewViewEverySet every = new NewViewEverySet(slots, digests, senders);
            every.run();
            sets = sets.add(every.sets);
            counts[0] += every.runs;
            counts[1] += every.undecided;
            counts[2] += every.batches;
            counts[3] += every.nulls;
        }
        return new String[]{
            sets.toString(), "" + counts[0], "" + counts[1], "" + counts[2], "" + counts[3] };
    }

    private void run()
    {
        LazyClaims.ViewChangeCursor.over(claims);
        do
        {
            runs++;
            try
            {
                tryOne();
            }
            catch (final Tried ex)
            {
                verify(tried == ex, "another one");
            }
            sets = sets.add(claims.represented());
        }
        while (claims.next());
    }

    private void tryOne()
    {
        calculator.clear();
        for (final int sender : senders)
        {
            verify(calculator.add(claims.digests(), sender), "a sender is counted once");
        }
        final boolean isDecided = calculator.decides(selection);
        if (1 == claims.lowestReadable())
        {
            readRange();
        }
        final int last = isDecided ? end : Math.min(end, claims.lowestReadable());
        verify(!isDecided || selection.startSequence() == start && selection.endSequence() == end, "start or end");
        for (int sequence = Math.max(start + 1, claims.lowestReadable()); sequence <= last; sequence++)
        {
            final int expected = reference.selected(set, sequence);
            if (UNDECIDED == expected)
            {
                verify(!isDecided, "decided at " + sequence);
                undecided++;
                return;
            }
            verify(isDecided, "undecided at " + sequence);
            compare(expected, sequence);
        }
        verify(isDecided, "undecided, with nothing to decide");
    }

    private void readRange()
    {
        start = reference.start(set);
        end = reference.end(set);
    }

    /** The first slot is done with, if it was looked at at all. */
    private void onSecondSlot()
    {
        readRange();
        if (0 == start)
        {
            compare(reference.selected(set, 1), 1);
        }
        try
        {
            verify(
                0 == prepared.getLong(calculator) && 0 == claiming.getLong(calculator), "the first slot is remembered");
        }
        catch (final IllegalAccessException ex)
        {
            throw new IllegalStateException(ex);
        }
        claims.forbidBelow(2);
        final String state = claims.known();
        final boolean isAgain =
            state.equals(trying) && claims.position() == tryingFrom && claims.changed() >= tryingFrom;
        if (!isAgain && !known.add(state))
        {
            throw tried;
        }
        trying = state;
        tryingFrom = claims.position();
    }

    private void compare(final int expected, final int sequence)
    {
        verify(UNDECIDED != expected, "decided at " + sequence);
        verify(selection.isNull(sequence) == (NULL == expected), "null at " + sequence);
        if (NULL == expected)
        {
            nulls++;
            return;
        }
        batches++;
        verify(
            Digest.equal(
                claims.digests(), expected * Digest.LENGTH, selection.digests(), selection.digestOffset(sequence)),
            "digest at " + sequence);
    }

    private void verify(final boolean holds, final String what)
    {
        if (!holds)
        {
            throw new AssertionError(what + ": senders " + Arrays.toString(senders) + ", run " + runs + ": " + claims);
        }
    }
}
