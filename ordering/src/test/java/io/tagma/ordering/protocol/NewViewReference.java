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

/**
 * What a set of VIEW-CHANGEs lets a new view begin with, once more: straight from the definitions, by trying every
 * digest and view, without a thought to speed, and knowing nothing of encodings or of the code that it is compared
 * with. Sequences are 1 to {@link #SLOTS}, views 0 to {@link #VIEWS} - 1, digests from 0, {@link #DIGESTS} of them
 * unless said otherwise.
 */
final class NewViewReference
{
    static final int SLOTS = 2;
    static final int VIEWS = 3;
    static final int DIGESTS = 2;
    static final int NULL = -1;
    static final int UNDECIDED = -2;

    /** What one VIEW-CHANGE claims. Of sequences at or below h it claims nothing. */
    interface Claims
    {
        /** h. */
        int stable();

        /** Whether P has an entry. */
        boolean hasPrepared(int sequence);

        /** View of the entry in P; only if there is one. */
        int preparedView(int sequence);

        /** Digest of the entry in P; only if there is one. */
        int preparedDigest(int sequence);

        /** Whether Qs has the digest at that view or above. "An entry of P implies the same in Qs." */
        boolean hasAccepted(int sequence, int digest, int leastView);
    }

    /**
     * Claims that are written out. Arrays are by sequence - 1.
     *
     * @param stable          h.
     * @param preparedViews   view of the entry in P, below 0 for none.
     * @param preparedDigests digest of the entry in P.
     * @param acceptedViews   highest view of each digest in Qs, below 0 for none.
     */
    record Listed(int stable, int[] preparedViews, int[] preparedDigests, int[][] acceptedViews) implements Claims
    {
        @Override
        public boolean hasPrepared(final int sequence)
        {
            return preparedViews[sequence - 1] >= 0;
        }

        @Override
        public int preparedView(final int sequence)
        {
            return preparedViews[sequence - 1];
        }

        @Override
        public int preparedDigest(final int sequence)
        {
            return preparedDigests[sequence - 1];
        }

        @Override
        public boolean hasAccepted(final int sequence, final int digest, final int leastView)
        {
            return acceptedViews[sequence - 1][digest] >= leastView ||
                preparedViews[sequence - 1] >= leastView && preparedDigests[sequence - 1] == digest;
        }
    }

    private final Quorums quorums;
    private final int digests;

    NewViewReference(final Quorums quorums)
    {
        this(quorums, DIGESTS);
    }

    NewViewReference(final Quorums quorums, final int digests)
    {
        this.quorums = quorums;
        this.digests = digests;
    }

    /** "Highest certified h in S." */
    int start(final Claims[] set)
    {
        int start = 0;
        for (final Claims claims : set)
        {
            start = null == claims ? start : Math.max(start, claims.stable());
        }
        return start;
    }

    /** "The start, or the highest sequence in any P of S." */
    int end(final Claims[] set)
    {
        int end = start(set);
        for (final Claims claims : set)
        {
            for (int sequence = 1; null != claims && sequence <= SLOTS; sequence++)
            {
                end = claims.hasPrepared(sequence) ? Math.max(end, sequence) : end;
            }
        }
        return end;
    }

    boolean isQuorum(final Claims[] set)
    {
        int weight = 0;
        for (int id = 0; id < set.length; id++)
        {
            weight += null == set[id] ? 0 : quorums.weight(id);
        }
        return weight >= quorums.quorum();
    }

    /** A digest, null, or that S does not decide. */
    int selected(final Claims[] set, final int sequence)
    {
        for (int view = VIEWS - 1; view >= 0; view--)
        {
            for (int digest = 0; digest < digests; digest++)
            {
                if (isInSomeP(set, sequence, digest, view) &&
                    a1(set, sequence, digest, view) >= quorums.quorum() &&
                    a2(set, sequence, digest, view) >= quorums.weakQuorum())
                {
                    return digest;
                }
            }
        }
        return b(set, sequence) >= quorums.quorum() ? NULL : UNDECIDED;
    }

    private static boolean isInSomeP(final Claims[] set, final int sequence, final int digest, final int view)
    {
        for (final Claims claims : set)
        {
            if (null != claims && claims.hasPrepared(sequence) && claims.preparedView(sequence) == view &&
                claims.preparedDigest(sequence) == digest)
            {
                return true;
            }
        }
        return false;
    }

    private int a1(final Claims[] set, final int sequence, final int digest, final int view)
    {
        int weight = 0;
        for (int id = 0; id < set.length; id++)
        {
            if (null != set[id])
            {
                final boolean isThere = set[id].hasPrepared(sequence);
                final boolean isLater = isThere && set[id].preparedView(sequence) > view;
                final boolean isOther = isThere && !isLater && set[id].preparedView(sequence) == view &&
                    set[id].preparedDigest(sequence) != digest;
                weight += isLater || isOther ? 0 : quorums.weight(id);
            }
        }
        return weight;
    }

    private int a2(final Claims[] set, final int sequence, final int digest, final int view)
    {
        int weight = 0;
        for (int id = 0; id < set.length; id++)
        {
            weight += null != set[id] && set[id].hasAccepted(sequence, digest, view) ? quorums.weight(id) : 0;
        }
        return weight;
    }

    private int b(final Claims[] set, final int sequence)
    {
        int weight = 0;
        for (int id = 0; id < set.length; id++)
        {
            weight += null != set[id] && !set[id].hasPrepared(sequence) ? quorums.weight(id) : 0;
        }
        return weight;
    }
}
