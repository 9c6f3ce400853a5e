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
package io.tagma.ordering.replica;

import static org.agrona.BitUtil.align;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Entries of bytes in order, each contiguous, first in first out; one thread. An entry starts at a multiple of 8 and
 * its first int is its length in the ring: the user leaves that alone. An empty ring starts again at its beginning, so
 * that a ring which is drained each duty cycle stays in the cache.
 */
final class ByteRing
{
    static final int NULL_OFFSET = -1;

    private static final int ALIGNMENT = 8;

    private final UnsafeBuffer buffer;
    private final int capacity;
    private final int mask;
    /** Invariant: head <= tail <= head + capacity. */
    private long head;
    private long tail;

    ByteRing(final int capacity)
    {
        this.capacity = capacity;
        mask = capacity - 1;
        // On the heap: tags and digests are computed over byte arrays without a copy.
        buffer = new UnsafeBuffer(new byte[capacity]);
    }

    UnsafeBuffer buffer()
    {
        return buffer;
    }

    /**
     * Appends an entry.
     *
     * @return its offset, or {@link #NULL_OFFSET} if there is no room.
     */
    int append(final int length)
    {
        if (head == tail)
        {
            head = 0;
            tail = 0;
        }
        final int alignedLength = align(length, ALIGNMENT);
        final int toEnd = capacity - ((int)tail & mask);
        final int padding = alignedLength > toEnd ? toEnd : 0;
        if (padding + alignedLength > free())
        {
            return NULL_OFFSET;
        }
        if (padding > 0)
        {
            buffer.putInt((int)tail & mask, -padding);
            tail += padding;
        }
        final int offset = (int)tail & mask;
        buffer.putInt(offset, alignedLength);
        tail += alignedLength;
        return offset;
    }

    /**
     * Lengthens the entry that was appended last, in place.
     *
     * @return false if there is no room behind it.
     */
    boolean extendLast(final int offset, final int length)
    {
        final int alignedLength = align(length, ALIGNMENT);
        final int grown = alignedLength - buffer.getInt(offset);
        if (offset + alignedLength > capacity || grown > free())
        {
            return false;
        }
        buffer.putInt(offset, alignedLength);
        tail += grown;
        return true;
    }

    long head()
    {
        return head;
    }

    long tail()
    {
        return tail;
    }

    /** Position of the entry at or behind a position, past padding; may be the tail. */
    long entryAt(final long position)
    {
        if (position < tail)
        {
            final int length = buffer.getInt((int)position & mask);
            return length < 0 ? position - length : position;
        }
        return position;
    }

    int offset(final long position)
    {
        return (int)position & mask;
    }

    long after(final long entryPosition)
    {
        return entryPosition + buffer.getInt((int)entryPosition & mask);
    }

    void releaseTo(final long position)
    {
        head = position;
    }

    int free()
    {
        return capacity - (int)(tail - head);
    }

    int capacity()
    {
        return capacity;
    }
}
