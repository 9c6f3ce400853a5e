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

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bundles that wait for the primary to propose them, in order of arrival: a ring of bytes of fixed size.
 */
final class PendingBundles
{
    private static final int ENTRY_HEADER_LENGTH = 24;
    private static final int BODY_LENGTH_OFFSET = 4;
    private static final int AUTHENTICATOR_LENGTH_OFFSET = 8;
    private static final int ARRIVED_OFFSET = 16;
    private static final int ALIGNMENT = 8;
    /** Instead of an entry's length: the rest of the ring is skipped. */
    private static final int PADDING = -1;

    private final UnsafeBuffer ring;
    private final int capacity;
    private final int mask;
    private long head;
    private long tail;
    /** Where the reader is; between head and tail. */
    private long cursor;

    PendingBundles(final int length)
    {
        capacity = BitUtil.findNextPositivePowerOfTwo(length);
        mask = capacity - 1;
        ring = new UnsafeBuffer(new byte[capacity]);
    }

    boolean offer(
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength,
        final DirectBuffer authenticator,
        final int authenticatorOffset,
        final int authenticatorLength,
        final long arrivedNs)
    {
        final int length = BitUtil.align(ENTRY_HEADER_LENGTH + bodyLength + authenticatorLength, ALIGNMENT);
        int index = (int)tail & mask;
        final int toEnd = capacity - index;
        final int padding = length > toEnd ? toEnd : 0;
        if (tail + padding + length - head > capacity)
        {
            return false;
        }
        if (padding > 0)
        {
            ring.putInt(index, PADDING);
            tail += padding;
            index = 0;
        }
        ring.putInt(index, length);
        ring.putInt(index + BODY_LENGTH_OFFSET, bodyLength);
        ring.putInt(index + AUTHENTICATOR_LENGTH_OFFSET, authenticatorLength);
        ring.putLong(index + ARRIVED_OFFSET, arrivedNs);
        ring.putBytes(index + ENTRY_HEADER_LENGTH, body, bodyOffset, bodyLength);
        ring.putBytes(
            index + ENTRY_HEADER_LENGTH + bodyLength, authenticator, authenticatorOffset, authenticatorLength);
        tail += length;
        return true;
    }

    boolean isEmpty()
    {
        return head == tail;
    }

    /** Less than half of it is taken: clients may send more. */
    boolean hasRoom()
    {
        return tail - head < capacity / 2;
    }

    long waitingLength()
    {
        return tail - head;
    }

    /** Goes before the oldest bundle. */
    void rewind()
    {
        cursor = head;
        skipPadding();
    }

    boolean atEnd()
    {
        return cursor == tail;
    }

    void next()
    {
        cursor += ring.getInt((int)cursor & mask);
        skipPadding();
    }

    /** Everything before the cursor has been proposed. */
    void release()
    {
        head = cursor;
    }

    /** Nothing waits any more. */
    void clear()
    {
        head = tail;
        cursor = tail;
    }

    private void skipPadding()
    {
        if (cursor != tail && PADDING == ring.getInt((int)cursor & mask))
        {
            cursor += capacity - ((int)cursor & mask);
        }
    }

    DirectBuffer buffer()
    {
        return ring;
    }

    int bodyOffset()
    {
        return ((int)cursor & mask) + ENTRY_HEADER_LENGTH;
    }

    int bodyLength()
    {
        return ring.getInt(((int)cursor & mask) + BODY_LENGTH_OFFSET);
    }

    int authenticatorOffset()
    {
        return bodyOffset() + bodyLength();
    }

    /** When it was put here, as told. */
    long arrivedNs()
    {
        return ring.getLong(((int)cursor & mask) + ARRIVED_OFFSET);
    }

    int authenticatorLength()
    {
        return ring.getInt(((int)cursor & mask) + AUTHENTICATOR_LENGTH_OFFSET);
    }
}
