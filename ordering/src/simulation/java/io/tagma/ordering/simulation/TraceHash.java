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
package io.tagma.ordering.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * A 64-bit hash over all that happened in a run, in order: two runs that agree in it did the same.
 */
public final class TraceHash
{
    private static final long PRIME = 0x9FB21C651E98DF25L;

    private long hash = 0x6A09E667F3BCC908L;

    /**
     * Adds a number.
     *
     * @param value to add.
     */
    public void add(final long value)
    {
        long next = (hash ^ value) * PRIME;
        next ^= next >>> 29;
        hash = Long.rotateLeft(next, 23) + value;
    }

    /**
     * Adds a run of bytes and its length.
     *
     * @param buffer that holds them.
     * @param offset of the first.
     * @param length in bytes.
     */
    public void add(final DirectBuffer buffer, final int offset, final int length)
    {
        add(length);
        int index = 0;
        for (; index + 8 <= length; index += 8)
        {
            add(buffer.getLong(offset + index, LITTLE_ENDIAN));
        }
        long tail = 0;
        for (; index < length; index++)
        {
            tail = tail << 8 | buffer.getByte(offset + index) & 0xFF;
        }
        add(tail);
    }

    /** Goes on from the hash of another. */
    void set(final long value)
    {
        hash = value;
    }

    /**
     * The hash so far.
     *
     * @return any value.
     */
    public long value()
    {
        return hash;
    }
}
