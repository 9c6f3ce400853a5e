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
 * At most one vote of each replica, for one sequence in one view: who voted, and for which digest.
 * <p>
 * The first vote of a sender stands. A second one, equal or not, changes nothing, so no replica is ever counted twice.
 */
final class VoteSet
{
    private final UnsafeBuffer digests;
    private final Quorums quorums;
    /** Bit i: replica i has voted. */
    private long voters;

    VoteSet(final Quorums quorums)
    {
        this.quorums = quorums;
        this.digests = new UnsafeBuffer(new byte[quorums.size() * Digest.LENGTH]);
    }

    /**
     * Records a vote.
     *
     * @return false if the sender had voted before: nothing has changed.
     */
    boolean record(final int senderId, final DirectBuffer digest, final int offset)
    {
        final long bit = 1L << senderId;
        if (0 != (voters & bit))
        {
            return false;
        }
        voters |= bit;
        digests.putBytes(senderId * Digest.LENGTH, digest, offset, Digest.LENGTH);
        return true;
    }

    /**
     * Weight of the distinct replicas that voted for one digest.
     *
     * @param digest   that must be equal.
     * @param exceptId a replica whose vote does not count here, or {@link ReplicaStatus#NULL_REPLICA}.
     */
    int weightFor(final Digest digest, final int exceptId)
    {
        int weight = 0;
        long remaining = voters;
        while (0 != remaining)
        {
            final int id = Long.numberOfTrailingZeros(remaining);
            remaining &= remaining - 1;
            if (id != exceptId && digest.is(digests, id * Digest.LENGTH))
            {
                weight += quorums.weight(id);
            }
        }
        return weight;
    }

    /**
     * The distinct replicas that voted for one digest.
     *
     * @param digest that must be equal.
     * @return bit i: replica i did.
     */
    long votersFor(final Digest digest)
    {
        long equal = 0;
        for (long remaining = voters; 0 != remaining; remaining &= remaining - 1)
        {
            final int id = Long.numberOfTrailingZeros(remaining);
            equal |= digest.is(digests, id * Digest.LENGTH) ? 1L << id : 0;
        }
        return equal;
    }

    /** Whether a replica has voted. */
    boolean has(final int replicaId)
    {
        return 0 != (voters & (1L << replicaId));
    }

    void clear()
    {
        voters = 0;
    }
}
