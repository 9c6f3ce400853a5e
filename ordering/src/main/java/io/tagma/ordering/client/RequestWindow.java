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

import java.util.Arrays;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.client.BundleKind;

/**
 * The numbers of a session: gives them out, knows which are outstanding and in which bundle each travels.
 */
final class RequestWindow
{
    private static final long NO_CLAIM = 0;
    private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);

    private final int length;
    private final int mask;
    private final BundleRing ring;
    private final boolean[] outstanding;
    private final long[] bundles;

    /** Invariant: oldest <= next <= oldest + length. Neither decreases within a session. */
    private long oldest = 1;
    private long next = 1;
    private long claimedNumber = NO_CLAIM;

    RequestWindow(final int length, final BundleRing ring)
    {
        this.length = length;
        this.ring = ring;
        final int capacity = BitUtil.findNextPositivePowerOfTwo(length);
        this.mask = capacity - 1;
        this.outstanding = new boolean[capacity];
        this.bundles = new long[capacity];
    }

    void onSessionOpened()
    {
        oldest = 1;
        next = 1;
        claimedNumber = NO_CLAIM;
        Arrays.fill(outstanding, false);
    }

    long offer(final BundleKind kind, final DirectBuffer source, final int offset, final int payloadLength)
    {
        final int target = room(kind, payloadLength);
        if (BundleRing.NO_ROOM == target)
        {
            return TagmaClient.BACK_PRESSURED;
        }
        ring.buffer().putBytes(target, source, offset, payloadLength);
        return take(payloadLength);
    }

    long offerEmpty(final BundleKind kind)
    {
        return offer(kind, EMPTY, 0, 0);
    }

    long tryClaim(final int payloadLength, final RequestClaim claim)
    {
        final int target = room(BundleKind.REQUESTS, payloadLength);
        if (BundleRing.NO_ROOM == target)
        {
            return TagmaClient.BACK_PRESSURED;
        }
        claimedNumber = next;
        claim.onClaimed(this, ring.buffer(), target, payloadLength);
        return next;
    }

    private int room(final BundleKind kind, final int payloadLength)
    {
        if (NO_CLAIM != claimedNumber)
        {
            throw new IllegalStateException("request " + claimedNumber + " is claimed: commit or abort it first");
        }
        return next - oldest < length ? ring.claim(kind, payloadLength, next) : BundleRing.NO_ROOM;
    }

    void commitClaim(final int payloadLength)
    {
        endClaim();
        take(payloadLength);
    }

    void abortClaim()
    {
        endClaim();
    }

    private void endClaim()
    {
        if (NO_CLAIM == claimedNumber)
        {
            throw new IllegalStateException("the session of the claim is over: claim again in the next one");
        }
        claimedNumber = NO_CLAIM;
    }

    private long take(final int payloadLength)
    {
        final long number = next;
        final int slot = (int)number & mask;
        ring.commit(payloadLength);
        outstanding[slot] = true;
        bundles[slot] = ring.tail();
        next++;
        return number;
    }

    /** A number that a replica may rightly answer: it was sealed, and has no outcome yet. */
    boolean isOutstanding(final long number)
    {
        return number >= oldest && number < ring.sealedLimit(next) && outstanding[(int)number & mask];
    }

    BundleKind kind(final long number)
    {
        return ring.kind(bundles[(int)number & mask]);
    }

    void onAnswered(final long number)
    {
        final int slot = (int)number & mask;
        outstanding[slot] = false;
        ring.onAnswered(bundles[slot]);
        while (oldest < next && !outstanding[(int)oldest & mask])
        {
            oldest++;
        }
    }

    /** Seals what is open, unless a claim is still being written to it. */
    void seal()
    {
        if (NO_CLAIM == claimedNumber)
        {
            ring.seal();
        }
    }

    /** The session is over: an open claim goes nowhere, and every number lies in a sealed bundle. */
    void sealForGood()
    {
        claimedNumber = NO_CLAIM;
        ring.seal();
    }

    boolean hasClaim()
    {
        return NO_CLAIM != claimedNumber;
    }

    boolean isEmpty()
    {
        return oldest == next;
    }

    /** Lowest number without an outcome, or the next number if there is none. */
    long oldest()
    {
        return oldest;
    }

    long next()
    {
        return next;
    }

    int outstandingCount()
    {
        int count = 0;
        for (long number = oldest; number < next; number++)
        {
            count += outstanding[(int)number & mask] ? 1 : 0;
        }
        return count;
    }
}
