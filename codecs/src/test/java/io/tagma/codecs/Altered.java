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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies of a message with one field set to something else.
 */
final class Altered
{
    private Altered()
    {
    }

    static byte[] int64(final byte[] message, final int index, final long value)
    {
        final byte[] copy = message.clone();
        new UnsafeBuffer(copy).putLong(index, value, LITTLE_ENDIAN);
        return copy;
    }

    static byte[] uint32(final byte[] message, final int index, final long value)
    {
        final byte[] copy = message.clone();
        new UnsafeBuffer(copy).putInt(index, (int)value, LITTLE_ENDIAN);
        return copy;
    }

    static byte[] uint16(final byte[] message, final int index, final int value)
    {
        final byte[] copy = message.clone();
        new UnsafeBuffer(copy).putShort(index, (short)value, LITTLE_ENDIAN);
        return copy;
    }

    static byte[] uint8(final byte[] message, final int index, final int value)
    {
        final byte[] copy = message.clone();
        copy[index] = (byte)value;
        return copy;
    }
}
