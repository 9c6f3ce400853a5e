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

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes in flight, and what only the oracle may know of them: who really made them.
 */
final class Frame
{
    /** Creator of a frame that nobody's key vouches for. */
    static final int NOBODY = -1;

    final int from;
    final int to;
    /** Node whose keys made the tag; {@link #NOBODY} if it is wrong. Not for the code under test. */
    final int creator;
    final UnsafeBuffer buffer;
    /** What it was before bits of it were flipped; itself if none were. */
    private Frame intact = this;

    Frame(
        final int from,
        final int to,
        final int creator,
        final DirectBuffer source,
        final int offset,
        final int length)
    {
        this.from = from;
        this.to = to;
        this.creator = creator;
        final byte[] bytes = new byte[length];
        source.getBytes(offset, bytes);
        buffer = new UnsafeBuffer(bytes);
    }

    int length()
    {
        return buffer.capacity();
    }

    /**
     * The same with one bit flipped, which no tag covers any more: unless it is the bit that was flipped before.
     *
     * @param bit index of the bit, below 8 times the length.
     * @return another frame.
     */
    Frame withFlippedBit(final int bit)
    {
        final Frame garbled = new Frame(from, to, NOBODY, buffer, 0, length());
        final int index = bit >>> 3;
        garbled.buffer.putByte(index, (byte)(garbled.buffer.getByte(index) ^ 1 << (bit & 7)));
        garbled.intact = intact;
        return intact.buffer.equals(garbled.buffer) ? intact : garbled;
    }

    /**
     * The same with its end cut off.
     *
     * @param length that is left, in bytes.
     * @return a new frame.
     */
    Frame truncatedTo(final int length)
    {
        return new Frame(from, to, NOBODY, buffer, 0, length);
    }
}
