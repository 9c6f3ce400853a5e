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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All ways to make claims of one slot, and what an answer to a question leaves of them. A set of ways has a number, a
 * question too; what they give is computed once. Not thread safe.
 */
final class SlotClaims
{
    /** Is anything claimed at all? 0 or 1, as for every question that begins with a verb. */
    static final int IS_CLAIMED = 0;
    /** Has P an entry? */
    static final int IS_PREPARED = 1;
    /** Of which view is the entry in P? */
    static final int PREPARED_VIEW = 2;
    /** Of which digest is it? */
    static final int PREPARED_DIGEST = 3;
    /** Has Qs the digest at that view or above? See {@link #hasAccepted}. */
    private static final int HAS_ACCEPTED = 4;

    /** The set of all ways. */
    static final int ALL = 0;
    static final int NONE = -1;

    private final int digests;
    private final int questions;
    private final int answersMax;
    /** View of P or -1, digest of P, then for each digest its highest view in Qs or -1. */
    private final List<int[]> ways = new ArrayList<>();
    private final List<BitSet> sets = new ArrayList<>();
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    /** By set and question: the sets that the answers leave, {@link #NONE} for an answer that cannot be. */
    private final List<int[][]> left = new ArrayList<>();

    SlotClaims(final int digests)
    {
        this.digests = digests;
        questions = HAS_ACCEPTED + digests * NewViewReference.VIEWS;
        answersMax = Math.max(2, Math.max(NewViewReference.VIEWS, digests));
        for (int prepared = -1; prepared < NewViewReference.VIEWS * digests; prepared++)
        {
            final int[] way = new int[2 + digests];
            way[0] = prepared < 0 ? -1 : prepared / digests;
            way[1] = prepared < 0 ? 0 : prepared % digests;
            addWays(way, 0);
        }
        final BitSet all = new BitSet();
        all.set(0, ways.size());
        number(all);
    }

    /** An entry of P implies the same in Qs: there is no way with less. */
    private void addWays(final int[] way, final int digest)
    {
        if (digest == digests)
        {
            ways.add(way.clone());
            return;
        }
        for (int view = way[0] >= 0 && way[1] == digest ? way[0] : -1; view < NewViewReference.VIEWS; view++)
        {
            way[2 + digest] = view;
            addWays(way, digest + 1);
        }
    }

    private int number(final BitSet set)
    {
        final Integer known = numbers.get(set);
        if (null != known)
        {
            return known;
        }
        numbers.put(set, sets.size());
        sets.add(set);
        left.add(new int[questions][]);
        return sets.size() - 1;
    }

    int hasAccepted(final int digest, final int leastView)
    {
        return HAS_ACCEPTED + digest * NewViewReference.VIEWS + leastView;
    }

    /** The sets that the answers to a question leave, by answer. */
    int[] left(final int set, final int question)
    {
        final int[][] bySet = left.get(set);
        if (null == bySet[question])
        {
            final BitSet[] parts = new BitSet[answersMax];
            for (int i = sets.get(set).nextSetBit(0); i >= 0; i = sets.get(set).nextSetBit(i + 1))
            {
                final int answer = answer(ways.get(i), question);
                parts[answer] = null == parts[answer] ? new BitSet() : parts[answer];
                parts[answer].set(i);
            }
            final int[] result = new int[answersMax];
            for (int answer = 0; answer < answersMax; answer++)
            {
                result[answer] = null == parts[answer] ? NONE : number(parts[answer]);
            }
            bySet[question] = result;
        }
        return bySet[question];
    }

    private int answer(final int[] way, final int question)
    {
        switch (question)
        {
            case IS_CLAIMED:
                for (int i = 2; i < way.length; i++)
                {
                    if (way[i] >= 0)
                    {
                        return 1;
                    }
                }
                return 0;
            case IS_PREPARED:
                return way[0] >= 0 ? 1 : 0;
            case PREPARED_VIEW:
            case PREPARED_DIGEST:
                if (way[0] < 0)
                {
                    throw new AssertionError("an entry of P is read where there is none");
                }
                return way[PREPARED_VIEW == question ? 0 : 1];
            default:
                final int digest = (question - HAS_ACCEPTED) / NewViewReference.VIEWS;
                return way[2 + digest] >= (question - HAS_ACCEPTED) % NewViewReference.VIEWS ? 1 : 0;
        }
    }

    int size(final int set)
    {
        return sets.get(set).cardinality();
    }

    /** One way of the set: view and digest of P, highest view of each digest in Qs. */
    String describe(final int set)
    {
        return Arrays.toString(ways.get(sets.get(set).nextSetBit(0))) + " or " + (size(set) - 1) + " more";
    }
}
