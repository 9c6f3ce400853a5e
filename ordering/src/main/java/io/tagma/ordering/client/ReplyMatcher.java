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
package io.tagma.ordering.client;

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;

import java.util.Arrays;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.ordering.protocol.Hashing;
import io.tagma.ordering.protocol.Quorums;

/**
 * Counts equal replies. A reply is believed when replicas weighing a weak quorum gave the same position, outcome and
 * result: at least one of them is correct. The first reply of a replica to a number is its vote, and its only one; a
 * result that came as a digest is completed by the bytes from whoever sends them, for the digest proves them.
 * <p>
 * Tables are fixed: at most as many different claims can meet at one number as there can be liars, and one more.
 */
final class ReplyMatcher
{
    private final Quorums quorums;
    private final Hashing hashing;
    private final int resultLengthMax;
    private final int mask;
    private final int claimsMax;

    private final long[] voters;
    private final int[] claimCounts;
    private final long[] positions;
    private final short[] outcomes;
    private final int[] weights;
    private final int[] resultLengths;
    private final boolean[] hasDigest;
    private final boolean[] hasResult;
    private final UnsafeBuffer digests;
    private final UnsafeBuffer results;
    private final UnsafeBuffer scratchDigest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);

    /** Index of the claim that was believed last. */
    private int accepted;

    ReplyMatcher(final Quorums quorums, final Hashing hashing, final int window, final int resultLengthMax)
    {
        this.quorums = quorums;
        this.hashing = hashing;
        this.resultLengthMax = BitUtil.align(resultLengthMax, BitUtil.SIZE_OF_LONG);
        final int capacity = BitUtil.findNextPositivePowerOfTwo(window);
        mask = capacity - 1;
        claimsMax = Math.min(quorums.size(), quorums.faulty() + 1);
        voters = new long[capacity];
        claimCounts = new int[capacity];
        positions = new long[capacity * claimsMax];
        outcomes = new short[capacity * claimsMax];
        weights = new int[capacity * claimsMax];
        resultLengths = new int[capacity * claimsMax];
        hasDigest = new boolean[capacity * claimsMax];
        hasResult = new boolean[capacity * claimsMax];
        digests = new UnsafeBuffer(new byte[capacity * claimsMax * DIGEST_LENGTH]);
        results = new UnsafeBuffer(new byte[Math.multiplyExact(capacity * claimsMax, this.resultLengthMax)]);
    }

    /** Forgets all votes, of every number. */
    void reset()
    {
        Arrays.fill(voters, 0);
        Arrays.fill(claimCounts, 0);
    }

    /** A number got its outcome: the next number at its place begins without votes. */
    void forget(final long number)
    {
        final int slot = (int)number & mask;
        voters[slot] = 0;
        claimCounts[slot] = 0;
    }

    /**
     * One authenticated reply to an outstanding number.
     *
     * @param replicaId who sent it.
     * @param number    that it answers.
     * @param position  it claims.
     * @param outcome   it claims.
     * @param isDigest  whether the bytes are the digest of the result instead of the result.
     * @param bytes     that hold result or digest.
     * @param offset    of the first of them.
     * @param length    in bytes.
     * @return true if this reply completes a weak quorum: see the accessors for what is believed.
     */
    boolean onReply(
        final int replicaId,
        final long number,
        final long position,
        final short outcome,
        final boolean isDigest,
        final DirectBuffer bytes,
        final int offset,
        final int length)
    {
        if (isDigest ? DIGEST_LENGTH != length : length > resultLengthMax)
        {
            return false;
        }
        final int slot = (int)number & mask;
        final long voter = 1L << replicaId;
        final boolean votes = 0 == (voters[slot] & voter);
        if (!votes && isDigest)
        {
            return false;
        }
        int claim = find(slot, position, outcome, isDigest, bytes, offset, length);
        if (votes)
        {
            voters[slot] |= voter;
            if (claim < 0)
            {
                claim = add(slot, position, outcome);
            }
            if (claim >= 0)
            {
                weights[claim] += quorums.weight(replicaId);
            }
        }
        return claim >= 0 && complete(claim, isDigest, bytes, offset, length);
    }

    /** Stores what the reply adds to a claim that it equals. */
    private boolean complete(
        final int claim, final boolean isDigest, final DirectBuffer bytes, final int offset, final int length)
    {
        if (isDigest)
        {
            if (!hasDigest[claim])
            {
                digests.putBytes(claim * DIGEST_LENGTH, bytes, offset, DIGEST_LENGTH);
                hasDigest[claim] = true;
            }
        }
        else if (!hasResult[claim])
        {
            results.putBytes(claim * resultLengthMax, bytes, offset, length);
            resultLengths[claim] = length;
            hasResult[claim] = true;
        }
        if (weights[claim] >= quorums.weakQuorum() && hasResult[claim])
        {
            accepted = claim;
            return true;
        }
        return false;
    }

    private int add(final int slot, final long position, final short outcome)
    {
        final int count = claimCounts[slot];
        if (count == claimsMax)
        {
            // More different claims than liars plus one: the fault assumption is broken, or this one is a lie.
            return -1;
        }
        final int claim = slot * claimsMax + count;
        claimCounts[slot] = count + 1;
        positions[claim] = position;
        outcomes[claim] = outcome;
        weights[claim] = 0;
        hasDigest[claim] = false;
        hasResult[claim] = false;
        return claim;
    }

    private int find(
        final int slot,
        final long position,
        final short outcome,
        final boolean isDigest,
        final DirectBuffer bytes,
        final int offset,
        final int length)
    {
        final int first = slot * claimsMax;
        final int limit = first + claimCounts[slot];
        boolean isHashed = false;
        for (int claim = first; claim < limit; claim++)
        {
            if (positions[claim] != position || outcomes[claim] != outcome)
            {
                continue;
            }
            if (isDigest)
            {
                if (equalsDigest(claim, bytes, offset))
                {
                    return claim;
                }
            }
            else if (hasResult[claim])
            {
                if (resultLengths[claim] == length &&
                    equal(results, claim * resultLengthMax, bytes, offset, length))
                {
                    return claim;
                }
            }
            else
            {
                if (!isHashed)
                {
                    hashing.sha256(bytes, offset, length, scratchDigest, 0);
                    isHashed = true;
                }
                if (equal(digests, claim * DIGEST_LENGTH, scratchDigest, 0, DIGEST_LENGTH))
                {
                    return claim;
                }
            }
        }
        return -1;
    }

    private boolean equalsDigest(final int claim, final DirectBuffer bytes, final int offset)
    {
        if (!hasDigest[claim])
        {
            hashing.sha256(
                results, claim * resultLengthMax, resultLengths[claim], digests, claim * DIGEST_LENGTH);
            hasDigest[claim] = true;
        }
        return equal(digests, claim * DIGEST_LENGTH, bytes, offset, DIGEST_LENGTH);
    }

    /** Not in constant time, and need not be: nothing here is secret. */
    private static boolean equal(
        final DirectBuffer a, final int aOffset, final DirectBuffer b, final int bOffset, final int length)
    {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES)
        {
            if (a.getLong(aOffset + i) != b.getLong(bOffset + i))
            {
                return false;
            }
        }
        for (; i < length; i++)
        {
            if (a.getByte(aOffset + i) != b.getByte(bOffset + i))
            {
                return false;
            }
        }
        return true;
    }

    long acceptedPosition()
    {
        return positions[accepted];
    }

    short acceptedOutcome()
    {
        return outcomes[accepted];
    }

    /** Holds the believed result, until the next reply to the same number. */
    DirectBuffer acceptedResult()
    {
        return results;
    }

    int acceptedOffset()
    {
        return accepted * resultLengthMax;
    }

    int acceptedLength()
    {
        return resultLengths[accepted];
    }
}
