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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLimits;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What each replica, this one included, said with HELD: of which batch it holds back which bundles. One for each
 * replica and each sequence that a batch may be held at, in a ring. Written by {@link HeldBundles} (own) and
 * {@link HeldMessages} (others').
 * <p>
 * What a replica vouched for once it vouched for: a bundle does not cease to be authentic. So of two HELDs of one
 * replica for one batch only what both name is named, whichever came first, and one played again changes nothing.
 */
final class HeldVoices
{
    private static final int WORDS = FrameLimits.BUNDLES_MAX / Long.SIZE;
    private static final long NOTHING = -1;

    private final Quorums quorums;
    private final int replicaId;
    private final int places;
    private final long[] views;
    private final long[] sequences;
    private final UnsafeBuffer digests;
    private final long[] named;

    HeldVoices(final ProtocolParameters parameters)
    {
        quorums = parameters.quorums;
        replicaId = parameters.replicaId;
        places = parameters.batchSlots;
        views = new long[quorums.size() * places];
        sequences = new long[views.length];
        digests = new UnsafeBuffer(new byte[views.length * Digest.LENGTH]);
        named = new long[views.length * WORDS];
        for (int place = 0; place < views.length; place++)
        {
            views[place] = NOTHING;
        }
    }

    /**
     * Takes one HELD. Our own newest one stands as it was said.
     *
     * @param bundles       that holds the set of the bundles that it names.
     * @param bundlesOffset of its first byte.
     * @return whether it says something new.
     */
    boolean record(
        final int senderId,
        final long view,
        final long sequence,
        final DirectBuffer digest,
        final int digestOffset,
        final DirectBuffer bundles,
        final int bundlesOffset)
    {
        final int place = place(senderId, sequence);
        final boolean isSame = views[place] == view && sequences[place] == sequence &&
            Digest.equal(digests, place * Digest.LENGTH, digest, digestOffset);
        views[place] = view;
        sequences[place] = sequence;
        digests.putBytes(place * Digest.LENGTH, digest, digestOffset, Digest.LENGTH);
        boolean isNew = !isSame;
        for (int word = 0; word < WORDS; word++)
        {
            final int index = place * WORDS + word;
            final long said = bundles.getLong(bundlesOffset + word * Long.BYTES, LITTLE_ENDIAN);
            final long bits = isSame && senderId != replicaId ? named[index] & said : said;
            isNew |= bits != named[index];
            named[index] = bits;
        }
        return isNew;
    }

    /** Whether a replica said that it holds this batch back. */
    boolean holds(final int id, final long view, final long sequence, final Digest digest)
    {
        final int place = place(id, sequence);
        return views[place] == view && sequences[place] == sequence && digest.is(digests, place * Digest.LENGTH);
    }

    /** Whether a replica said that it holds any batch back at a sequence of a view. */
    boolean holds(final int id, final long view, final long sequence)
    {
        final int place = place(id, sequence);
        return views[place] == view && sequences[place] == sequence;
    }

    /** Whether what a replica said of a sequence names a bundle; meaningful for what it holds. */
    boolean names(final int id, final long sequence, final int bundle)
    {
        return 0 != (named[place(id, sequence) * WORDS + bundle / Long.SIZE] & 1L << bundle);
    }

    /**
     * Weight of the distinct replicas that hold a batch back for this bundle.
     */
    int weightNaming(final long view, final long sequence, final Digest digest, final int bundle)
    {
        int weight = 0;
        for (int id = 0; id < quorums.size(); id++)
        {
            weight += holds(id, view, sequence, digest) && names(id, sequence, bundle) ? quorums.weight(id) : 0;
        }
        return weight;
    }

    /**
     * The replicas that hold a batch back, and for other bundles than this one.
     *
     * @return bit i: replica i does.
     */
    long vouchersFor(final long view, final long sequence, final Digest digest, final int bundle)
    {
        long vouchers = 0;
        for (int id = 0; id < quorums.size(); id++)
        {
            vouchers |= holds(id, view, sequence, digest) && !names(id, sequence, bundle) ? 1L << id : 0;
        }
        return vouchers;
    }

    /** Writes the digest and the set that this replica said of a sequence, as they travel. */
    void copyOwn(
        final long sequence,
        final MutableDirectBuffer buffer,
        final int digestOffset,
        final int bundlesOffset)
    {
        final int place = place(replicaId, sequence);
        buffer.putBytes(digestOffset, digests, place * Digest.LENGTH, Digest.LENGTH);
        for (int word = 0; word < WORDS; word++)
        {
            buffer.putLong(bundlesOffset + word * Long.BYTES, named[place * WORDS + word], LITTLE_ENDIAN);
        }
    }

    private int place(final int id, final long sequence)
    {
        return id * places + ((int)sequence & places - 1);
    }
}
