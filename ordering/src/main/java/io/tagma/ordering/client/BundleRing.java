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

import java.nio.ByteBuffer;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.ordering.authentication.Authenticator;

/**
 * The bundles of a session that are not wholly answered, each in one piece as it was sent, oldest first; at most one
 * of them, the youngest, is still open for payloads.
 * <p>
 * Bundles have indices that rise by one: sealed are those from {@link #head()} to below {@link #tail()}.
 */
final class BundleRing
{
    static final int ALIGNMENT = 8;
    static final int NO_ROOM = -1;

    private final int bundleLengthMax;
    private final BundleWriter writer;
    private final UnsafeBuffer buffer;
    private final int regionLength;
    private final int mask;
    private final long[] firstNumbers;
    private final int[] offsets;
    private final int[] bodyLengths;
    private final int[] messageLengths;
    private final int[] unanswered;
    private final boolean[] signed;
    private final BundleKind[] kinds;

    private long sessionId;
    private Authenticator[] toReplicas;
    /** Invariant: head <= tail <= head + session window. Neither decreases within a session. */
    private long head;
    private long tail;
    /** End of the youngest sealed bundle; means nothing while there is none. */
    private int tailOffset;

    private boolean isOpen;
    private BundleKind openKind;
    private int openOffset;
    private int openBodyLength;
    private int openCount;
    private long openFirstNumber;

    BundleRing(final ClientParameters parameters, final BundleWriter writer)
    {
        this.bundleLengthMax = parameters.limits.bundleLengthMax();
        this.writer = writer;
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(parameters.sendBufferLength));
        regionLength = BitUtil.align(BundleWriter.regionLength(parameters.limits), ALIGNMENT);
        // Each bundle holds a number of its own, and at most a window of numbers is outstanding.
        final int capacity = BitUtil.findNextPositivePowerOfTwo(parameters.limits.sessionWindow());
        mask = capacity - 1;
        firstNumbers = new long[capacity];
        offsets = new int[capacity];
        bodyLengths = new int[capacity];
        messageLengths = new int[capacity];
        unanswered = new int[capacity];
        signed = new boolean[capacity];
        kinds = new BundleKind[capacity];
    }

    void onSessionOpened(final long openedSessionId, final Authenticator[] keys)
    {
        sessionId = openedSessionId;
        toReplicas = keys;
        head = 0;
        tail = 0;
        isOpen = false;
    }

    /**
     * Makes room for one payload in the open bundle, opening one if need be and sealing one that is full.
     *
     * @param kind   of bundle; only requests share one.
     * @param length of the payload in bytes.
     * @param number that it gets.
     * @return where the payload goes, or {@link #NO_ROOM}.
     */
    int claim(final BundleKind kind, final int length, final long number)
    {
        final boolean joins = isOpen && BundleKind.REQUESTS == kind && BundleKind.REQUESTS == openKind &&
            openBodyLength + FrameLayout.PAYLOAD_HEADER_LENGTH + length <= bundleLengthMax;
        if (!joins)
        {
            seal();
            final int offset = allocate();
            if (NO_ROOM == offset)
            {
                return NO_ROOM;
            }
            isOpen = true;
            openKind = kind;
            openOffset = offset;
            openBodyLength = BundleWriter.emptyBodyLength();
            openCount = 0;
            openFirstNumber = number;
        }
        return BundleWriter.payloadOffset(openOffset, openBodyLength) + FrameLayout.PAYLOAD_HEADER_LENGTH;
    }

    /**
     * Counts the claimed payload in.
     *
     * @param length that was claimed.
     */
    void commit(final int length)
    {
        BundleWriter.putPayloadLength(buffer, BundleWriter.payloadOffset(openOffset, openBodyLength), length);
        openBodyLength += FrameLayout.PAYLOAD_HEADER_LENGTH + length;
        openCount++;
    }

    /**
     * Seals the open bundle, if there is one; one without a payload is forgotten.
     */
    void seal()
    {
        if (!isOpen)
        {
            return;
        }
        isOpen = false;
        if (0 == openCount)
        {
            return;
        }
        final int slot = slot(tail);
        firstNumbers[slot] = openFirstNumber;
        offsets[slot] = openOffset;
        bodyLengths[slot] = openBodyLength;
        unanswered[slot] = openCount;
        signed[slot] = false;
        kinds[slot] = openKind;
        messageLengths[slot] = writer.seal(
            buffer, openOffset, openKind, openCount, openBodyLength, sessionId, openFirstNumber, toReplicas);
        tailOffset = BitUtil.align(openOffset + messageLengths[slot] + FrameLayout.SIGNATURE_LENGTH, ALIGNMENT);
        tail++;
    }

    private int allocate()
    {
        if (head == tail)
        {
            return 0;
        }
        final int headOffset = offsets[slot(head)];
        if (tailOffset > headOffset)
        {
            if (buffer.capacity() - tailOffset >= regionLength)
            {
                return tailOffset;
            }
            return headOffset > regionLength ? 0 : NO_ROOM;
        }
        return headOffset - tailOffset > regionLength ? tailOffset : NO_ROOM;
    }

    /**
     * Adds the client's signature to a sealed bundle.
     *
     * @param bundle its index.
     * @return true if it was made just now, false if the bundle has had one.
     */
    boolean sign(final long bundle)
    {
        final int slot = slot(bundle);
        if (signed[slot])
        {
            return false;
        }
        messageLengths[slot] = writer.sign(buffer, offsets[slot], bodyLengths[slot]);
        signed[slot] = true;
        return true;
    }

    /**
     * One request of a sealed bundle was answered; what is wholly answered at the head goes.
     *
     * @param bundle its index.
     */
    void onAnswered(final long bundle)
    {
        unanswered[slot(bundle)]--;
        while (head < tail && 0 == unanswered[slot(head)])
        {
            head++;
        }
    }

    private int slot(final long bundle)
    {
        return (int)bundle & mask;
    }

    boolean isAnswered(final long bundle)
    {
        return 0 == unanswered[slot(bundle)];
    }

    boolean hasOpenBundle()
    {
        return isOpen;
    }

    /** Index of the oldest bundle that is not wholly answered. */
    long head()
    {
        return head;
    }

    /** Index of the bundle that is sealed next. */
    long tail()
    {
        return tail;
    }

    /** Number after the last one that lies in a sealed bundle, given the number that comes next. */
    long sealedLimit(final long nextNumber)
    {
        return isOpen ? openFirstNumber : nextNumber;
    }

    BundleKind kind(final long bundle)
    {
        return kinds[slot(bundle)];
    }

    UnsafeBuffer buffer()
    {
        return buffer;
    }

    int offset(final long bundle)
    {
        return offsets[slot(bundle)];
    }

    int messageLength(final long bundle)
    {
        return messageLengths[slot(bundle)];
    }
}
