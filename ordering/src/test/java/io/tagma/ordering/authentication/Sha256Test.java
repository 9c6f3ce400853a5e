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
package io.tagma.ordering.authentication;

import static io.tagma.ordering.authentication.Vectors.buffer;
import static io.tagma.ordering.authentication.Vectors.hex;
import static io.tagma.ordering.authentication.Vectors.random;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class Sha256Test
{
    private final Sha256 sha256 = new Sha256();
    private final byte[] digest = new byte[40];

    /** FIPS 180 examples: one block, two blocks, a million times "a"; and of nothing. */
    @Test
    void givesTheDigestsOfTheStandard()
    {
        check("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        check("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        check("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        check("a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    @Test
    void hashesTwoRunsLikeOneFromAnyKindOfMemory()
    {
        final byte[] message = random(8, 10_000);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(message.length));
        direct.putBytes(0, message);
        final UnsafeBuffer window = new UnsafeBuffer(random(9, 10_100), 50, message.length);
        window.putBytes(0, message);
        sha256.sha256(buffer(message), 3, 9_000, buffer(digest), 8);
        final byte[] expected = digest.clone();

        for (final DirectBuffer source : new DirectBuffer[]{buffer(message), direct, window})
        {
            for (final int cut : new int[]{0, 1, 64, 4095, 4096, 4097, 9_000})
            {
                digest[8] ^= 1;
                sha256.sha256(source, 3, cut, source, 3 + cut, 9_000 - cut, buffer(digest), 8);
                assertArrayEquals(expected, digest, "cut at " + cut);
            }
        }
    }

    @Test
    void neverReadsBeyondTheViewThoughTheArrayGoesOn()
    {
        final UnsafeBuffer window = new UnsafeBuffer(new byte[100], 10, 20);

        assertThrows(IndexOutOfBoundsException.class, () -> sha256.sha256(window, 0, 21, buffer(digest), 0));
        assertThrows(IndexOutOfBoundsException.class, () -> sha256.sha256(window, -1, 5, buffer(digest), 0));
        check("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    private void check(final String message, final String expected)
    {
        final byte[] bytes = message.getBytes(US_ASCII);
        sha256.sha256(buffer(bytes), 0, bytes.length, buffer(digest), 0);
        assertEquals(expected, hex(digest).substring(0, 64));
    }
}
