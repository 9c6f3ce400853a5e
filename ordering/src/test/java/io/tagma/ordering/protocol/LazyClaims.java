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

import static io.tagma.ordering.protocol.NewViewReference.SLOTS;

import java.math.BigInteger;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A set of VIEW-CHANGEs that is not decided before it is looked at. Whoever reads a claim is given the first answer
 * that is still possible, and the next time, after {@link #next()}, the next one, until all answers to all that was
 * asked have been given. What was not asked had no say in what came of it: a run stands for every set that answers
 * alike. Not thread safe.
 */
public final class LazyClaims
{
    private static final int UNREAD = -1;

    private final SlotClaims slots;
    private final int[] senders;
    /** By id. */
    private final Member[] members;
    private final UnsafeBuffer digests;
    private final int[] choices = new int[1024];
    private final int[] options = new int[1024];
    private int depth;
    private int position;
    /** The first choice that is not as it was in the run before. */
    private int changed;
    /** Claims of lower sequences may not be read any more. */
    private int lowestReadable;
    private final Runnable beforeSecondSlot;

    /**
     * Claims to be read from the first answers on.
     *
     * @param slots            what can be claimed of a slot.
     * @param digestCount      digests of which it can be claimed.
     * @param senders          whose VIEW-CHANGEs are in the set.
     * @param beforeSecondSlot runs when the second slot is first sought in a run, before anything is answered.
     */
    LazyClaims(
        final SlotClaims slots, final int digestCount, final int[] senders, final Runnable beforeSecondSlot)
    {
        this.beforeSecondSlot = beforeSecondSlot;
        this.slots = slots;
        this.senders = senders;
        members = new Member[Arrays.stream(senders).max().orElse(0) + 1];
        for (final int sender : senders)
        {
            members[sender] = new Member();
        }
        digests = new UnsafeBuffer(new byte[digestCount * Digest.LENGTH]);
        for (int i = 0; i < digestCount; i++)
        {
            digests.putByte(i * Digest.LENGTH, (byte)(i + 1));
        }
        begin();
    }

    void begin()
    {
        position = 0;
        lowestReadable = 1;
        for (final int sender : senders)
        {
            members[sender].stable = UNREAD;
            Arrays.fill(members[sender].sets, SlotClaims.ALL);
        }
    }

    /** Goes on to the next answers; false if there are none. */
    boolean next()
    {
        depth = position;
        while (depth > 0 && choices[depth - 1] + 1 == options[depth - 1])
        {
            depth--;
        }
        if (0 == depth)
        {
            return false;
        }
        choices[depth - 1]++;
        changed = depth - 1;
        begin();
        return true;
    }

    private int choose(final int count)
    {
        if (position >= depth)
        {
            choices[position] = 0;
            options[position] = count;
            depth = position + 1;
        }
        return choices[position++];
    }

    private int ask(final Member member, final int sequence, final int question)
    {
        if (sequence < lowestReadable)
        {
            throw new AssertionError("sequence " + sequence + " is read after " + lowestReadable);
        }
        final int[] left = slots.left(member.sets[sequence - 1], question);
        int possible = 0;
        for (final int set : left)
        {
            possible += SlotClaims.NONE == set ? 0 : 1;
        }
        int choice = 1 == possible ? 0 : choose(possible);
        int answer = 0;
        while (SlotClaims.NONE == left[answer] || choice-- > 0)
        {
            answer++;
        }
        member.sets[sequence - 1] = left[answer];
        return answer;
    }

    /** How many sets answer as this one has so far: what is claimed at or below h is nothing. */
    BigInteger represented()
    {
        BigInteger product = BigInteger.ONE;
        for (final int sender : senders)
        {
            long factor = 1;
            for (int slot = members[sender].stable(); slot < SLOTS; slot++)
            {
                factor *= slots.size(members[sender].sets[slot]);
            }
            product = product.multiply(BigInteger.valueOf(factor));
        }
        return product;
    }

    void forbidBelow(final int sequence)
    {
        lowestReadable = sequence;
    }

    /** All that is known of what is still to be read once the first slot is done with. */
    String known()
    {
        final StringBuilder text = new StringBuilder();
        for (final int sender : senders)
        {
            text.append(members[sender].stable()).append(' ').append(members[sender].sets[1]).append(' ');
        }
        return text.toString();
    }

    int lowestReadable()
    {
        return lowestReadable;
    }

    int position()
    {
        return position;
    }

    int changed()
    {
        return changed;
    }

    NewViewReference.Claims member(final int sender)
    {
        return members[sender];
    }

    DirectBuffer digests()
    {
        return digests;
    }

    /** What has been read, slot by slot. */
    @Override
    public String toString()
    {
        final StringBuilder text = new StringBuilder();
        for (final int sender : senders)
        {
            text.append(sender).append(": h ").append(members[sender].stable);
            for (int slot = Math.max(0, members[sender].stable); slot < SLOTS; slot++)
            {
                text.append(", ").append(slot + 1).append(": ").append(slots.describe(members[sender].sets[slot]));
            }
            text.append("; ");
        }
        return text.toString();
    }

    private final class Member implements NewViewReference.Claims
    {
        private final int[] sets = new int[SLOTS];
        private int stable;

        @Override
        public int stable()
        {
            stable = UNREAD == stable ? choose(SLOTS + 1) : stable;
            return stable;
        }

        private boolean is(final int sequence, final int question)
        {
            return sequence > stable() && 1 == ask(this, sequence, question);
        }

        @Override
        public boolean hasPrepared(final int sequence)
        {
            return is(sequence, SlotClaims.IS_PREPARED);
        }

        @Override
        public int preparedView(final int sequence)
        {
            return ask(this, sequence, SlotClaims.PREPARED_VIEW);
        }

        @Override
        public int preparedDigest(final int sequence)
        {
            return ask(this, sequence, SlotClaims.PREPARED_DIGEST);
        }

        @Override
        public boolean hasAccepted(final int sequence, final int digest, final int leastView)
        {
            return is(sequence, slots.hasAccepted(digest, leastView));
        }
    }

    /**
     * Stands where the codecs' cursor stands in the shipped source: the same methods, over claims that are not decided.
     * A statement is the buffer of {@link #digests()}, its offset the sender.
     */
    public static final class ViewChangeCursor
    {
        private static LazyClaims claims;

        private Member member;
        private int sequence;

        static void over(final LazyClaims lazyClaims)
        {
            claims = lazyClaims;
        }

        static int senderOf(final DirectBuffer statement, final int index)
        {
            return index;
        }

        void wrap(final DirectBuffer statement, final int index)
        {
            member = claims.members[index];
            sequence = 0;
        }

        long stableSequence()
        {
            return member.stable();
        }

        long lastPrepared()
        {
            for (int last = SLOTS; last > member.stable(); last--)
            {
                if (member.hasPrepared(last))
                {
                    return last;
                }
            }
            return 0;
        }

        boolean seek(final long wanted)
        {
            if (wanted < sequence)
            {
                throw new AssertionError("a cursor is sent back to " + wanted + " from " + sequence);
            }
            if (2 == wanted && 2 != claims.lowestReadable)
            {
                claims.beforeSecondSlot.run();
            }
            sequence = (int)wanted;
            return member.is(sequence, SlotClaims.IS_CLAIMED);
        }

        boolean isPrepared()
        {
            return member.hasPrepared(sequence);
        }

        long preparedView()
        {
            return member.preparedView(sequence);
        }

        int preparedOffset()
        {
            return member.preparedDigest(sequence) * Digest.LENGTH;
        }

        int comparePrepared(final ViewChangeCursor other)
        {
            return Integer.compare(preparedOffset(), other.preparedOffset());
        }

        boolean hasAccepted(final DirectBuffer digest, final int index, final long leastView)
        {
            return member.hasAccepted(sequence, index / Digest.LENGTH, (int)leastView);
        }

        DirectBuffer buffer()
        {
            return claims.digests;
        }
    }
}
