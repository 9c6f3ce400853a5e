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

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Votes of a view that this replica has yet to come to: for each sender and sequence those of the newest view heard.
 */
final class EarlyVotes
{
    /** What takes the votes of a view once it is come to. */
    interface Taker
    {
        /**
         * One vote.
         *
         * @param isCommit     COMMIT, not PREPARE.
         * @param senderId     whose.
         * @param sequence     for which.
         * @param digests      that hold the digest.
         * @param digestOffset of its first byte.
         */
        void onEarlyVote(boolean isCommit, int senderId, long sequence, DirectBuffer digests, int digestOffset);
    }

    private static final long NOTHING = -1;
    private static final int PREPARE = 0;
    private static final int COMMIT = 1;

    private final int window;
    private final int size;
    private final long[] views;
    private final long[] sequences;
    /** Bit 0: PREPARE; bit 1: COMMIT. */
    private final byte[] types;
    private final UnsafeBuffer digests;

    EarlyVotes(final ProtocolParameters parameters)
    {
        window = parameters.window;
        size = parameters.quorums.size();
        views = new long[size * window];
        sequences = new long[size * window];
        types = new byte[size * window];
        digests = new UnsafeBuffer(new byte[2 * size * window * Digest.LENGTH]);
        for (int place = 0; place < views.length; place++)
        {
            views[place] = NOTHING;
        }
    }

    /** Keeps a vote of a view to come, for a sequence in the window. */
    void hear(
        final boolean isCommit,
        final int senderId,
        final long view,
        final long sequence,
        final DirectBuffer digest,
        final int digestOffset)
    {
        final int place = senderId * window + ((int)sequence & window - 1);
        if (view < views[place] && sequence == sequences[place])
        {
            return;
        }
        if (view != views[place] || sequence != sequences[place])
        {
            views[place] = view;
            sequences[place] = sequence;
            types[place] = 0;
        }
        final int type = isCommit ? COMMIT : PREPARE;
        if (0 == (types[place] & 1 << type))
        {
            types[place] |= (byte)(1 << type);
            digests.putBytes(digestOffset(place, type), digest, digestOffset, Digest.LENGTH);
        }
    }

    /** The view is come to: hands over its votes, and forgets those of lower ones. */
    void release(final long view, final Taker taker)
    {
        for (int place = 0; place < views.length; place++)
        {
            if (views[place] == view)
            {
                for (int type = PREPARE; type <= COMMIT; type++)
                {
                    if (0 != (types[place] & 1 << type))
                    {
                        taker.onEarlyVote(
                            COMMIT == type, place / window, sequences[place], digests, digestOffset(place, type));
                    }
                }
            }
            if (views[place] <= view)
            {
                views[place] = NOTHING;
            }
        }
    }

    private static int digestOffset(final int place, final int type)
    {
        return (2 * place + type) * Digest.LENGTH;
    }
}
