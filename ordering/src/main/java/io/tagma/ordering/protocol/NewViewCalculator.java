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

import io.tagma.codecs.ViewChangeCursor;
import org.agrona.DirectBuffer;

/**
 * What a set S of VIEW-CHANGEs for one view lets that view begin with. Part of the safety case: the primary of the view
 * and everybody who checks it compute the same from the same set. Pure: it keeps nothing but the set that it is given,
 * sends nothing and decides nothing else. For one thread; allocates nothing once constructed.
 * <p>
 * P and Qs are claims, not proofs: the tags behind them convince no third party. So a batch is taken over only if
 * <ul>
 * <li>A1: members weighing a quorum have not prepared anything else as late or later. At least one correct member of
 * each quorum that might have committed a batch speaks among them, so what is committed is not contradicted by whatever
 * qualifies (TOCS 20(4), section 4.5);</li>
 * <li>A2: members weighing a weak quorum say that they accepted it at least as late. So a correct replica did, and the
 * batch is one that somebody can send.</li>
 * </ul>
 * and nothing is kept only if
 * <ul>
 * <li>B: members weighing a quorum have prepared nothing, so nothing is committed.</li>
 * </ul>
 * Where neither holds, S does not decide, and more VIEW-CHANGEs must be waited for.
 */
final class NewViewCalculator
{
    private static final int NONE = -1;

    private final Quorums quorums;
    /** By id; each at the sequence that is looked at. Only those of the senders in S mean anything. */
    private final ViewChangeCursor[] members;
    /** Bit i: a VIEW-CHANGE of replica i is in S. */
    private long senders;
    /** Bit i: the P of replica i has an entry for the sequence that is looked at. */
    private long prepared;
    /** Bit i: something is claimed by replica i for the sequence that is looked at. */
    private long claiming;

    /**
     * A calculator with an empty set.
     *
     * @param quorums weights of the senders.
     */
    NewViewCalculator(final Quorums quorums)
    {
        this.quorums = quorums;
        members = new ViewChangeCursor[quorums.size()];
        for (int i = 0; i < members.length; i++)
        {
            members[i] = new ViewChangeCursor();
        }
    }

    /** Begins with an empty set. */
    void clear()
    {
        senders = 0;
    }

    /**
     * Adds a VIEW-CHANGE to S. It is borrowed until {@link #clear()}: its bytes must not change.
     *
     * @param statement that holds it: well-formed, signature and certificate verified, for the view in question.
     * @param offset    of its message header.
     * @return false if its sender is in S already: nothing has changed, no sender counts twice.
     */
    boolean add(final DirectBuffer statement, final int offset)
    {
        final ViewChangeCursor added = members[ViewChangeCursor.senderOf(statement, offset)];
        final long bit = 1L << ViewChangeCursor.senderOf(statement, offset);
        if (0 != (senders & bit))
        {
            return false;
        }
        senders |= bit;
        added.wrap(statement, offset);
        return true;
    }

    /**
     * Decides for every sequence, if S does.
     *
     * @param selection to write to; means nothing if the answer is false.
     * @return whether S decides: if not, more VIEW-CHANGEs must be waited for.
     */
    boolean decides(final NewViewSelection selection)
    {
        if (weight(senders) < quorums.quorum())
        {
            return false;
        }
        long start = 0;
        for (long left = senders; 0 != left; left &= left - 1)
        {
            start = Math.max(start, member(left).stableSequence());
        }
        long end = start;
        for (long left = senders; 0 != left; left &= left - 1)
        {
            end = Math.max(end, member(left).lastPrepared());
        }

        selection.begin(start, end);
        for (long sequence = start + 1; sequence <= end; sequence++)
        {
            if (!select(sequence, selection))
            {
                return false;
            }
        }
        return true;
    }

    private boolean select(final long sequence, final NewViewSelection selection)
    {
        seek(sequence);
        final int best = best();
        if (NONE != best)
        {
            selection.select(sequence, members[best].buffer(), members[best].preparedOffset());
            return true;
        }
        // B
        if (weight(senders & ~prepared) >= quorums.quorum())
        {
            selection.selectNull(sequence);
            return true;
        }
        return false;
    }

    private void seek(final long sequence)
    {
        prepared = 0;
        claiming = 0;
        for (long left = senders; 0 != left; left &= left - 1)
        {
            final ViewChangeCursor member = member(left);
            if (member.seek(sequence))
            {
                final long bit = Long.lowestOneBit(left);
                claiming |= bit;
                prepared |= member.isPrepared() ? bit : 0;
            }
        }
    }

    /** Of the entries of P that qualify the one of the highest view, then of the lowest digest. */
    private int best()
    {
        int best = NONE;
        for (long left = prepared; 0 != left; left &= left - 1)
        {
            final int candidate = Long.numberOfTrailingZeros(left);
            if ((NONE == best || isBetter(members[candidate], members[best])) &&
                isUncontradicted(members[candidate]) &&
                isAccepted(members[candidate]))
            {
                best = candidate;
            }
        }
        return best;
    }

    private static boolean isBetter(final ViewChangeCursor one, final ViewChangeCursor other)
    {
        return one.preparedView() > other.preparedView() ||
            one.preparedView() == other.preparedView() && one.comparePrepared(other) < 0;
    }

    /** A1. */
    private boolean isUncontradicted(final ViewChangeCursor candidate)
    {
        long contradicting = 0;
        for (long left = prepared; 0 != left; left &= left - 1)
        {
            final ViewChangeCursor member = member(left);
            if (member.preparedView() > candidate.preparedView() ||
                member.preparedView() == candidate.preparedView() && 0 != member.comparePrepared(candidate))
            {
                contradicting |= Long.lowestOneBit(left);
            }
        }
        return weight(senders & ~contradicting) >= quorums.quorum();
    }

    /** A2. */
    private boolean isAccepted(final ViewChangeCursor candidate)
    {
        long accepting = 0;
        for (long left = claiming; 0 != left; left &= left - 1)
        {
            if (member(left).hasAccepted(candidate.buffer(), candidate.preparedOffset(), candidate.preparedView()))
            {
                accepting |= Long.lowestOneBit(left);
            }
        }
        return weight(accepting) >= quorums.weakQuorum();
    }

    private ViewChangeCursor member(final long ids)
    {
        return members[Long.numberOfTrailingZeros(ids)];
    }

    private int weight(final long ids)
    {
        int weight = 0;
        for (long left = ids; 0 != left; left &= left - 1)
        {
            weight += quorums.weight(Long.numberOfTrailingZeros(left));
        }
        return weight;
    }
}
