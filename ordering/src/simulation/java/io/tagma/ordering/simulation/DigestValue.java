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
import org.agrona.MutableDirectBuffer;

/**
 * A SHA-256 digest as a value, for the oracle's tables.
 *
 * @param a bytes 0 to 7, little endian.
 * @param b bytes 8 to 15.
 * @param c bytes 16 to 23.
 * @param d bytes 24 to 31.
 */
public record DigestValue(long a, long b, long c, long d)
{
    /**
     * Reads a digest.
     *
     * @param buffer that holds it.
     * @param offset of the first of its 32 bytes.
     * @return its value.
     */
    public static DigestValue at(final DirectBuffer buffer, final int offset)
    {
        return new DigestValue(
            buffer.getLong(offset, LITTLE_ENDIAN),
            buffer.getLong(offset + 8, LITTLE_ENDIAN),
            buffer.getLong(offset + 16, LITTLE_ENDIAN),
            buffer.getLong(offset + 24, LITTLE_ENDIAN));
    }

    /**
     * Writes the digest.
     *
     * @param buffer to write 32 bytes to.
     * @param offset of the first.
     */
    public void put(final MutableDirectBuffer buffer, final int offset)
    {
        buffer.putLong(offset, a, LITTLE_ENDIAN);
        buffer.putLong(offset + 8, b, LITTLE_ENDIAN);
        buffer.putLong(offset + 16, c, LITTLE_ENDIAN);
        buffer.putLong(offset + 24, d, LITTLE_ENDIAN);
    }

    /**
     * The first bytes, enough to tell digests apart in a message.
     *
     * @return 8 bytes as hexadecimal.
     */
    @Override
    public String toString()
    {
        return Long.toHexString(Long.reverseBytes(a));
    }
}
