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

import static io.tagma.ordering.authentication.Vectors.hex;
import static io.tagma.ordering.authentication.Vectors.random;
import static io.tagma.ordering.authentication.Vectors.tag;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacSha256Test
{
    /** RFC 4231 section 4, test cases 1 to 7, the first 16 bytes of each; case 5 is the RFC's own cut one. */
    @Test
    void givesTheTagsOfTheStandard()
    {
        check("0b".repeat(20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b");
        check(hex("Jefe".getBytes(US_ASCII)), "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c7");
        check("aa".repeat(20), new String(filled(0xdd, 50), ISO_8859_1),
            "773ea91e36800e46854db8ebd09181a7");
        check("0102030405060708090a0b0c0d0e0f10111213141516171819",
            new String(filled(0xcd, 50), ISO_8859_1),
            "82558a389a443c0ea4cc819899f2083a");
        check("0c".repeat(20), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b");
        check("aa".repeat(131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f");
        check("aa".repeat(131), "This is a test using a larger than block-size key and a larger than block-size " +
            "data. The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944");
    }

    @Test
    void agreesWithThePlatformAtEveryLengthAroundABlockAndAChunk() throws GeneralSecurityException
    {
        final byte[] key = random(3, 32);
        final HmacSha256 hmac = new HmacSha256(key);
        final Mac platform = Mac.getInstance("HmacSHA256");
        platform.init(new SecretKeySpec(key, "HmacSHA256"));
        final byte[] message = random(4, 128 * 1024);

        for (int length = 0; length <= 4200; length++)
        {
            final byte[] part = Arrays.copyOf(message, length);
            assertEquals(hex(Arrays.copyOf(platform.doFinal(part), 16)), tag(hmac, part), "length " + length);
        }
        assertEquals(hex(Arrays.copyOf(platform.doFinal(message), 16)), tag(hmac, message));
    }

    private static void check(final String key, final String message, final String expected)
    {
        assertEquals(
            expected, tag(new HmacSha256(hex(key)), message.getBytes(ISO_8859_1)));
    }

    private static byte[] filled(final int value, final int length)
    {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte)value);
        return bytes;
    }
}
