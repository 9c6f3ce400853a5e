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
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementKeysTest
{
    /** RFC 7748 section 5.2, the two single multiplications; the second has the high bit set, which is masked there. */
    @ParameterizedTest
    @CsvSource({
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4," +
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c," +
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d," +
            "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a413," +
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"})
    void multipliesAsInTheStandard(final String privateKey, final String publicKey, final String expected)
    {
        final AgreementPublicKey other = AgreementPublicKey.ofEncoded(hex(publicKey));

        assertEquals(expected, hex(new AgreementKeys(hex(privateKey)).agree(other)));
    }

    /** RFC 7748 section 6.1. */
    @Test
    void agreesAsInTheStandard()
    {
        final AgreementKeys alice =
            new AgreementKeys(hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
        final AgreementKeys bob =
            new AgreementKeys(hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));

        assertEquals(
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a", hex(alice.publicKey().encoded()));
        assertEquals(
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", hex(bob.publicKey().encoded()));
        assertEquals(
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", hex(alice.agree(bob.publicKey())));
        assertArrayEquals(alice.agree(bob.publicKey()), bob.agree(alice.publicKey()));
    }

    @Test
    void agreesWithThePlatform() throws GeneralSecurityException
    {
        for (int seed = 0; seed < 20; seed++)
        {
            final AgreementKeys mine = new AgreementKeys(random(seed, 32));
            final AgreementKeys other = new AgreementKeys(random(1000 + seed, 32));
            assertArrayEquals(platformAgreement(mine, other), mine.agree(other.publicKey()), "seed " + seed);
        }
    }

    /** The points of small order on Curve25519 and its twist, in canonical form and not. */
    @ParameterizedTest
    @ValueSource(strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
    void refusesPublicKeysOfSmallOrder(final String encoded)
    {
        assertNull(AgreementPublicKey.ofEncoded(hex(encoded)));
    }

    /** Two spellings of one key would pass for two keys. */
    @Test
    void refusesPublicKeysThatAreNotCanonical()
    {
        final byte[] nine = new byte[32];
        nine[0] = 9;
        assertNotNull(AgreementPublicKey.ofEncoded(nine));

        final byte[] highBit = nine.clone();
        highBit[31] = (byte)0x80;
        assertNull(AgreementPublicKey.ofEncoded(highBit));
        assertNull(AgreementPublicKey.ofEncoded(hex("f6", "ff".repeat(30), "7f")), "9 + 2^255 - 19");
        assertNull(AgreementPublicKey.ofEncoded(new byte[31]));
        assertNull(AgreementPublicKey.ofEncoded(new byte[33]));
    }

    private static byte[] platformAgreement(final AgreementKeys mine, final AgreementKeys other)
        throws GeneralSecurityException
    {
        final KeyFactory factory = KeyFactory.getInstance("X25519");
        final KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(factory.generatePrivate(
            new PKCS8EncodedKeySpec(hex("302e020100300506032b656e04220420", hex(mine.privateKey())))));
        agreement.doPhase(
            factory.generatePublic(
                new X509EncodedKeySpec(hex("302a300506032b656e032100", hex(other.publicKey().encoded())))),
            true);
        return agreement.generateSecret();
    }
}
