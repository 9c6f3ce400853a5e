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
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Batches made by hand.
 */
final class Batches
{
    private Batches()
    {
    }

    static byte[] bundle(
        final int kind, final int clientId, final long session, final long firstNumber, final String... payloads)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        int length = 32;
        for (final String payload : payloads)
        {
            buffer.putInt(length, payload.length(), LITTLE_ENDIAN);
            buffer.putBytes(length + 4, payload.getBytes(US_ASCII));
            length += 4 + payload.length();
        }
        buffer.putShort(0, (short)kind, LITTLE_ENDIAN);
        buffer.putShort(2, (short)payloads.length, LITTLE_ENDIAN);
        buffer.putInt(4, length, LITTLE_ENDIAN);
        buffer.putInt(8, clientId, LITTLE_ENDIAN);
        buffer.putLong(16, session, LITTLE_ENDIAN);
        buffer.putLong(24, firstNumber, LITTLE_ENDIAN);
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    static BatchContent of(final long sequence, final long timestampNs, final byte[]... bundles)
    {
        final ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        for (final byte[] bundle : bundles)
        {
            bodies.writeBytes(bundle);
        }
        return new BatchContent(sequence, timestampNs, bodies.toByteArray());
    }
}
