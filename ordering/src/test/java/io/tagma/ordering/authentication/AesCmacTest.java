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
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AesCmacTest
{
    private static final byte[] MESSAGE = hex(
        "6bc1bee22e409f96e93d7e117393172a",
        "ae2d8a571e03ac9c9eb76fac45af8e51",
        "30c81c46a35ce411e5fbc1191a0a52ef",
        "f69f2445df4f9b17ad2b417be66c3710");

    /** RFC 4493 section 4, and the examples of NIST SP 800-38B, which have 20 bytes besides. */
    @ParameterizedTest
    @CsvSource({
        "0,  bb1d6929e95937287fa37d129b756746",
        "16, 070a16b46b4d4144f79bdd9dd04a287c",
        "20, 7d85449ea6ea19c823a7bf78837dfade",
        "40, dfa66747de9ae63030ca32611497c827",
        "64, 51f0bebf7e3b9d92fc49741779363cfe"})
    void givesTheTagsOfTheStandards(final int length, final String expected)
    {
        final AesCmac cmac = new AesCmac(hex("2b7e151628aed2a6abf7158809cf4f3c"), 0);

        assertEquals(expected, tag(cmac, Arrays.copyOf(MESSAGE, length)));
        assertEquals(expected, tag(cmac, Arrays.copyOf(MESSAGE, length)), "the cipher is back at its start");
    }

    @Test
    void agreesWithAnotherImplementationAtEveryLengthAroundABlockAndAChunk()
    {
        final byte[] key = random(1, 16);
        final AesCmac cmac = new AesCmac(key, 0);
        final CMac other = new CMac(AESEngine.newInstance());
        other.init(new KeyParameter(key));
        final byte[] message = random(2, 128 * 1024);

        for (int length = 0; length <= 4200; length++)
        {
            assertEquals(tagOf(other, message, length), tag(cmac, Arrays.copyOf(message, length)), "length " + length);
        }
        assertEquals(tagOf(other, message, message.length), tag(cmac, message));
        assertEquals(tagOf(other, message, message.length - 1), tag(cmac, Arrays.copyOf(message, message.length - 1)));
    }

    @Test
    void takesTheKeyFromItsOffset()
    {
        final byte[] padded = hex("ffffff", "2b7e151628aed2a6abf7158809cf4f3c", "ff");

        assertEquals("070a16b46b4d4144f79bdd9dd04a287c", tag(new AesCmac(padded, 3), Arrays.copyOf(MESSAGE, 16)));
    }

    private static String tagOf(final CMac mac, final byte[] message, final int length)
    {
        final byte[] tag = new byte[16];
        mac.update(message, 0, length);
        mac.doFinal(tag, 0);
        return hex(tag);
    }
}
