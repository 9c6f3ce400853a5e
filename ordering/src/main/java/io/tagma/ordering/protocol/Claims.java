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

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.ViewChangeBuilder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What this replica would bring along into a new view: for each sequence in (h, h + L] the batch that it prepared last
 * (P), and the batches that it accepted with the highest view for each (Qs). Views come and go, claims stay until h
 * passes them: a batch that is committed anywhere must be found in the claims of a weak quorum for ever.
 * <p>
 * Passive. Written by {@link NormalCase}, and by {@link Recovery} in the same order from what the journal says; the
 * window is moved by {@link Checkpointing}. Every claim is in the journal before it is here, with its view.
 */
final class Claims
{
    /** Different batches claimed as accepted for one sequence, at most. */
    static final int DIGESTS_MAX = FrameLimits.CLAIMED_DIGESTS_MAX;

    private static final int NONE = -1;

    private final int mask;
    /** By place: view of the entry in P, or NONE. */
    private final long[] preparedViews;
    /** By place: index among the accepted of the entry in P; an entry of P implies the same in Qs. */
    private final byte[] prepared;
    /** By place: index among the accepted of what the newest NEW-VIEW selected, or NONE. */
    private final byte[] selected;
    private final long[] selectedViews;
    private final byte[] counts;
    /** By place, then by index: highest view in which the digest was accepted. */
    private final long[] acceptedViews;
    private final UnsafeBuffer digests;
    /** Invariant: h. */
    private long stableSequence;

    Claims(final ProtocolParameters parameters)
    {
        final int window = parameters.window;
        mask = window - 1;
        preparedViews = new long[window];
        prepared = new byte[window];
        selected = new byte[window];
        selectedViews = new long[window];
        counts = new byte[window];
        acceptedViews = new long[window * DIGESTS_MAX];
        digests = new UnsafeBuffer(new byte[window * DIGESTS_MAX * Digest.LENGTH]);
        for (int place = 0; place < window; place++)
        {
            reset(place);
        }
    }

    private void reset(final int place)
    {
        preparedViews[place] = NONE;
        prepared[place] = NONE;
        selected[place] = NONE;
        selectedViews[place] = NONE;
        counts[place] = 0;
    }

    /** What lies at or below h is certified: nobody needs claims about it any more. */
    void advance(final long stableSequence)
    {
        final long first = Math.max(this.stableSequence + 1, stableSequence - mask);
        for (long sequence = first; sequence <= stableSequence; sequence++)
        {
            reset(place(sequence));
        }
        this.stableSequence = stableSequence;
    }

    /** Proposed or accepted, and journalled so. */
    void accepted(final long sequence, final long view, final Digest digest)
    {
        accept(place(sequence), view, digest, false);
    }

    /** Selected by a NEW-VIEW that this replica validated, the batch in hand, and journalled so. */
    void selected(final long sequence, final long view, final Digest digest)
    {
        final int place = place(sequence);
        if (view >= selectedViews[place])
        {
            selectedViews[place] = view;
            selected[place] = NONE;
            selected[place] = (byte)accept(place, view, digest, true);
        }
        else
        {
            accept(place, view, digest, false);
        }
    }

    /** The mark is journalled. What is prepared was accepted before, in this view. */
    void prepared(final long sequence, final long view, final Digest digest)
    {
        final int place = place(sequence);
        final int index = find(place, digest);
        Invariants.verify(
            NONE != index && acceptedViews[place * DIGESTS_MAX + index] >= view,
            Invariants.PREPARED_IS_ACCEPTED,
            sequence,
            view);
        if (view >= preparedViews[place])
        {
            preparedViews[place] = view;
            prepared[place] = (byte)index;
        }
    }

    /**
     * A validated NEW-VIEW selected something for the sequence: what was prepared in a lower view and differs did not
     * commit, and is claimed as prepared no longer. It stays claimed as accepted.
     *
     * @param sequence above the start of the NEW-VIEW.
     * @param view     of the NEW-VIEW.
     * @param digest   that it selected; an absent one if the sequence lies beyond its end.
     */
    void superseded(final long sequence, final long view, final Digest digest)
    {
        final int place = place(sequence);
        if (NONE != prepared[place] && preparedViews[place] < view &&
            !digest.is(digests, digestOffset(place, prepared[place])))
        {
            preparedViews[place] = NONE;
            prepared[place] = NONE;
        }
    }

    /**
     * Records an acceptance. For one digest the highest view stands. If there are too many digests, the one of the
     * lowest view goes, the new one included; never what is prepared, never what the newest NEW-VIEW selected.
     *
     * @param isKept whether the new one must stay whatever its view.
     * @return index of the digest, or NONE if it was the one to go.
     */
    private int accept(final int place, final long view, final Digest digest, final boolean isKept)
    {
        final int first = place * DIGESTS_MAX;
        int index = find(place, digest);
        if (NONE != index)
        {
            acceptedViews[first + index] = Math.max(view, acceptedViews[first + index]);
            return index;
        }
        if (counts[place] < DIGESTS_MAX)
        {
            index = counts[place]++;
        }
        else
        {
            index = lowest(place);
            if (!isKept && acceptedViews[first + index] > view)
            {
                return NONE;
            }
        }
        acceptedViews[first + index] = view;
        digests.putBytes(digestOffset(place, index), digest.bytes(), 0, Digest.LENGTH);
        return index;
    }

    private int lowest(final int place)
    {
        final int first = place * DIGESTS_MAX;
        int lowest = NONE;
        for (int i = 0; i < DIGESTS_MAX; i++)
        {
            if (i != prepared[place] && i != selected[place] &&
                (NONE == lowest || acceptedViews[first + i] < acceptedViews[first + lowest]))
            {
                lowest = i;
            }
        }
        return lowest;
    }

    /**
     * Whether a digest is claimed as accepted, so that the journal holds its batch.
     *
     * @param sequence  in the window.
     * @param leastView in which, or later.
     * @param digest    of the batch.
     */
    boolean isAccepted(final long sequence, final long leastView, final Digest digest)
    {
        if (sequence <= stableSequence || sequence > stableSequence + mask + 1)
        {
            return false;
        }
        final int place = place(sequence);
        final int index = find(place, digest);
        return NONE != index && acceptedViews[place * DIGESTS_MAX + index] >= leastView;
    }

    private int find(final int place, final Digest digest)
    {
        for (int i = 0; i < counts[place]; i++)
        {
            if (digest.is(digests, digestOffset(place, i)))
            {
                return i;
            }
        }
        return NONE;
    }

    /**
     * Gives every claim to a VIEW-CHANGE that has begun.
     *
     * @param builder to give them to.
     */
    void putInto(final ViewChangeBuilder builder)
    {
        for (long sequence = stableSequence + 1; sequence <= stableSequence + mask + 1; sequence++)
        {
            final int place = place(sequence);
            if (counts[place] > 0)
            {
                builder.sequence(sequence);
                for (int i = 0; i < counts[place]; i++)
                {
                    builder.accepted(acceptedViews[place * DIGESTS_MAX + i], digests, digestOffset(place, i));
                }
                if (NONE != prepared[place])
                {
                    builder.prepared(preparedViews[place], digests, digestOffset(place, prepared[place]));
                }
            }
        }
    }

    private int place(final long sequence)
    {
        return (int)sequence & mask;
    }

    private static int digestOffset(final int place, final int index)
    {
        return (place * DIGESTS_MAX + index) * Digest.LENGTH;
    }
}
