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
package io.tagma.perf.echo;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class EchoServiceTest
{
    private static final long SEED = 7;

    @Test
    void answersWithTheSameBytes()
    {
        final byte[] payload = new byte[100];
        new Random(SEED).nextBytes(payload);
        final byte[] result = new byte[1024];
        final int length = new EchoService()
            .onMessage(1, 1, 1, 1, new UnsafeBuffer(payload), 10, 80, new UnsafeBuffer(result));
        assertEquals(80, length);
        assertArrayEquals(Arrays.copyOfRange(payload, 10, 90), Arrays.copyOf(result, 80));
    }

    @Test
    void aPayloadLongerThanTheGreatestResultIsCut()
    {
        final int length = new EchoService()
            .onMessage(1, 1, 1, 1, new UnsafeBuffer(new byte[100]), 0, 100, new UnsafeBuffer(new byte[64]));
        assertEquals(64, length);
    }

    @Test
    void goesOnFromASnapshotAsIfItHadExecutedAll()
    {
        final EchoService one = new EchoService();
        final EchoService other = new EchoService();
        execute(one, 1, "first");
        execute(other, 1, "something else");
        execute(other, 2, "and more");
        final UnsafeBuffer state = new UnsafeBuffer(new byte[64]);
        other.loadState(state, 8, one.saveState(state, 8));
        execute(one, 2, "second");
        execute(other, 2, "second");
        assertEquals(2, other.requests());
        final UnsafeBuffer oneDigest = new UnsafeBuffer(new byte[32]);
        final UnsafeBuffer otherDigest = new UnsafeBuffer(new byte[32]);
        one.stateDigest(oneDigest, 0);
        other.stateDigest(otherDigest, 0);
        assertArrayEquals(oneDigest.byteArray(), otherDigest.byteArray());
    }

    private static void execute(final EchoService service, final long position, final String payload)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(payload.getBytes(StandardCharsets.US_ASCII));
        service.onMessage(1, position, 1, 1, buffer, 0, buffer.capacity(), new UnsafeBuffer(new byte[64]));
    }

    @Test
    void theDigestTellsContentOrderAndPositionApart()
    {
        final byte[] a = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        final byte[] b = {1, 2, 3, 4, 5, 6, 7, 8, 10};
        assertEquals(digest(1, a, b), digest(1, a, b));
        assertNotEquals(digest(1, a, b), digest(1, b, a));
        assertNotEquals(digest(1, a, b), digest(2, a, b));
        assertNotEquals(digest(1, a, b), digest(1, a, a));
        assertNotEquals(digest(1, a), digest(1, a, a));
        assertNotEquals(digest(1, new byte[3]), digest(1, new byte[4]));
    }

    private static String digest(final long firstPosition, final byte[]... payloads)
    {
        final EchoService echo = new EchoService();
        long position = firstPosition;
        for (final byte[] payload : payloads)
        {
            echo.onMessage(
                1, position++, 1, 1, new UnsafeBuffer(payload), 0, payload.length, new UnsafeBuffer(new byte[64]));
        }
        final byte[] digest = new byte[32];
        echo.stateDigest(new UnsafeBuffer(digest), 0);
        return HexFormat.of().formatHex(digest);
    }
}
