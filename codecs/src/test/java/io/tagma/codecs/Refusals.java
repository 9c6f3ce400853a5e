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
package io.tagma.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asserts what a plane says of a message, in a buffer of its own.
 */
final class Refusals
{
    static final long ORDINAL_MAX = Structure.ORDINAL_MAX;

    private final Plane plane;

    Refusals(final Plane plane)
    {
        this.plane = plane;
    }

    void assertVerdict(final FrameVerdict expected, final byte[] message)
    {
        assertEquals(expected, plane.check(new UnsafeBuffer(message), 0, message.length));
    }

    /**
     * The field holds a number from a least value to the greatest that arithmetic stands.
     */
    void assertOrdinal(final byte[] message, final int index, final long least)
    {
        assertVerdict(FrameVerdict.OK, Altered.int64(message, index, least));
        assertVerdict(FrameVerdict.OK, Altered.int64(message, index, least + 1));
        assertVerdict(FrameVerdict.OK, Altered.int64(message, index, ORDINAL_MAX));
        assertNoOrdinal(message, index, least);
    }

    /**
     * The same for a field that cannot take each of these values by itself.
     */
    void assertNoOrdinal(final byte[] message, final int index, final long least)
    {
        assertVerdict(FrameVerdict.FORM, Altered.int64(message, index, least - 1));
        assertVerdict(FrameVerdict.FORM, Altered.int64(message, index, -1));
        assertVerdict(FrameVerdict.FORM, Altered.int64(message, index, Long.MIN_VALUE));
        assertVerdict(FrameVerdict.FORM, Altered.int64(message, index, Long.MAX_VALUE));
        assertVerdict(FrameVerdict.FORM, Altered.int64(message, index, ORDINAL_MAX + 1));
    }

    /**
     * Each bit of these bytes must be zero.
     */
    void assertReserved(final byte[] message, final int index, final int length)
    {
        for (int i = 0; i < length; i++)
        {
            assertVerdict(FrameVerdict.OK, Altered.uint8(message, index + i, 0));
            for (int bit = 0; bit < 8; bit++)
            {
                assertVerdict(FrameVerdict.FORM, Altered.uint8(message, index + i, 1 << bit));
            }
        }
    }

    /**
     * The field names a replica of four.
     */
    void assertReplica(final byte[] message, final int index)
    {
        assertVerdict(FrameVerdict.OK, Altered.uint32(message, index, 0));
        assertVerdict(FrameVerdict.OK, Altered.uint32(message, index, 3));
        for (final long id : new long[]{4, 5, 64, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            assertVerdict(FrameVerdict.SENDER, Altered.uint32(message, index, id));
        }
    }

    /**
     * J04 and J05 for a group: its count and block length at their edges and beyond what the message or int holds.
     */
    void assertGroup(final byte[] message, final int index, final int count, final int blockLength, final int max)
    {
        assertVerdict(FrameVerdict.OK, Altered.uint16(message, index, blockLength));
        for (final int other : new int[]{0, 1, blockLength - 1, blockLength + 1, 0x7FFF, 0x8000, 0xFFFF})
        {
            assertVerdict(FrameVerdict.GROUP, Altered.uint16(message, index, other));
        }

        assertVerdict(FrameVerdict.OK, Altered.uint16(message, index + 2, count));
        assertVerdict(FrameVerdict.LENGTH, Altered.uint16(message, index + 2, count + 1));
        assertVerdict(FrameVerdict.LENGTH, Altered.uint16(message, index + 2, max));
        for (final int other : new int[]{max + 1, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF})
        {
            assertVerdict(FrameVerdict.SIZE, Altered.uint16(message, index + 2, other));
        }
    }

    /**
     * J04 and J05 for var-data: its length at its edges and beyond what the message or int holds.
     */
    void assertVarData(final byte[] message, final int index, final int max)
    {
        for (final long other : new long[]{0xFFFF_FFFFL, 0x8000_0000L, 0x7FFF_FFFFL, 0x7FFF_FFFFL - index, max + 1L})
        {
            assertVerdict(FrameVerdict.SIZE, Altered.uint32(message, index, other));
        }
        for (final long other : new long[]{max, max - 1, message.length - index - 3})
        {
            assertVerdict(FrameVerdict.LENGTH, Altered.uint32(message, index, other));
        }
    }
}
