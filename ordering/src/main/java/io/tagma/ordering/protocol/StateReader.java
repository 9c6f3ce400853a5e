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

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads agreed state as {@link StateWriter} wrote it. A quorum has signed its digest: what does not fit is not some
 * peer's lie, but a state that this replica does not understand, and stops it.
 */
final class StateReader
{
    private DirectBuffer buffer;
    private int position;
    private int limit;

    void wrap(final DirectBuffer source, final int offset, final int length)
    {
        buffer = source;
        position = offset;
        limit = offset + length;
    }

    long getLong()
    {
        return buffer.getLong(taken(Long.BYTES), LITTLE_ENDIAN);
    }

    int getInt()
    {
        return buffer.getInt(taken(Integer.BYTES), LITTLE_ENDIAN);
    }

    /** A count or length that must lie between bounds. */
    int getInt(final String what, final int least, final int greatest)
    {
        final int value = getInt();
        require(value >= least && value <= greatest, what);
        return value;
    }

    void getBytes(final MutableDirectBuffer target, final int offset, final int length)
    {
        buffer.getBytes(taken(length), target, offset, length);
    }

    /** Leaves bytes to somebody else. */
    int taken(final int length)
    {
        require(length >= 0 && length <= limit - position, "length");
        final int start = position;
        position += length;
        return start;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int remaining()
    {
        return limit - position;
    }

    static void require(final boolean isRight, final String what)
    {
        if (!isRight)
        {
            throw new IllegalStateException(
                "the agreed state of a snapshot is not of the form that this replica knows: " + what);
        }
    }
}
