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

/**
 * 64 bits that tell whether a number was used for the same payload before. Agreed, so the same on every replica.
 * <p>
 * Not a cryptographic digest, and need not be: whoever makes two payloads collide under one number of its own session
 * is answered from its own cache instead of with an error. Nobody else can tell the difference.
 */
final class PayloadFingerprint
{
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private PayloadFingerprint()
    {
    }

    static long of(final DirectBuffer buffer, final int offset, final int length)
    {
        long fingerprint = length * PRIME;
        int index = offset;
        final int end = offset + length;
        for (; end - index >= Long.BYTES; index += Long.BYTES)
        {
            fingerprint = mix(fingerprint, buffer.getLong(index, LITTLE_ENDIAN));
        }
        for (; index < end; index++)
        {
            fingerprint = mix(fingerprint, buffer.getByte(index));
        }
        return fingerprint;
    }

    private static long mix(final long fingerprint, final long value)
    {
        final long product = (fingerprint ^ value) * PRIME;
        return product ^ (product >>> 32);
    }
}
