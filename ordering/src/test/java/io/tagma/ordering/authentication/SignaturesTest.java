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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest
{
    private static final long CLUSTER = 0x1122334455667788L;
    private static final int LENGTH = 200;
    /** Order of the prime order group: RFC 8032 section 5.1. */
    private static final BigInteger ORDER =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final String IDENTITY = "0100000000000000000000000000000000000000000000000000000000000000";

    private final SigningKeys keys = new SigningKeys(random(20, 32));
    private final Signatures signatures = new Signatures(CLUSTER, 3);
    private final UnsafeBuffer content = buffer(random(21, LENGTH + 10));
    private final UnsafeBuffer signature = buffer(new byte[70]);

    /** RFC 8032 section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource(emptyValue = "", value = {
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60," +
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,''," +
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155" +
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb," +
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72," +
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7," +
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82," +
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac" +
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"})
    void signsAsInTheStandard(
        final String seed, final String publicKey, final String message, final String expected)
    {
        final SigningKeys standardKeys = new SigningKeys(hex(seed));
        final byte[] made = new byte[64];
        standardKeys.sign(hex(message), hex(message).length, made);

        assertEquals(publicKey, hex(standardKeys.publicKey().encoded()));
        assertEquals(expected, hex(made));
        assertTrue(standardKeys.publicKey().verify(hex(message), hex(message).length, made));
    }

    @Test
    void verifiesWhatItSignedAndNothingElse()
    {
        signatures.sign(SignatureDomain.BUNDLE, keys, content, 5, LENGTH, signature, 3);

        assertTrue(verify(signatures, SignatureDomain.BUNDLE, keys, LENGTH));
        assertFalse(verify(signatures, SignatureDomain.BUNDLE, keys, LENGTH - 1));
        assertFalse(verify(signatures, SignatureDomain.BUNDLE, new SigningKeys(random(22, 32)), LENGTH));
        for (int bit = 0; bit < 512; bit++)
        {
            final int index = 3 + bit / 8;
            signature.putByte(index, (byte)(signature.getByte(index) ^ (1 << (bit % 8))));
            assertFalse(verify(signatures, SignatureDomain.BUNDLE, keys, LENGTH), "bit " + bit);
            signature.putByte(index, (byte)(signature.getByte(index) ^ (1 << (bit % 8))));
        }
        assertTrue(verify(signatures, SignatureDomain.BUNDLE, keys, LENGTH));
    }

    @Test
    @DisplayName("A signature is worth nothing for another purpose, cluster or epoch")
    void separatesDomains()
    {
        signatures.sign(SignatureDomain.BUNDLE, keys, content, 5, LENGTH, signature, 3);

        assertFalse(verify(signatures, SignatureDomain.CHECKPOINT, keys, LENGTH));
        assertFalse(verify(new Signatures(CLUSTER + 1, 3), SignatureDomain.BUNDLE, keys, LENGTH));
        assertFalse(verify(new Signatures(CLUSTER, 4), SignatureDomain.BUNDLE, keys, LENGTH));
        assertTrue(verify(new Signatures(CLUSTER, 3), SignatureDomain.BUNDLE, keys, LENGTH));
    }

    @Test
    void signsContentLongerThanItsFirstRoom()
    {
        final UnsafeBuffer large = buffer(random(23, 100_000));
        signatures.sign(SignatureDomain.CHECKPOINT, keys, large, 0, 100_000, signature, 0);

        assertTrue(signatures.verify(
            SignatureDomain.CHECKPOINT, keys.publicKey(), large, 0, 100_000, signature, 0));
        large.putByte(99_999, (byte)(large.getByte(99_999) ^ 1));
        assertFalse(signatures.verify(
            SignatureDomain.CHECKPOINT, keys.publicKey(), large, 0, 100_000, signature, 0));
    }

    /** The same verdict as the JDK's own implementation, for what is right, what is wrong, and what is malleable. */
    @Test
    void judgesAsThePlatformDoes() throws GeneralSecurityException
    {
        final byte[] message = random(24, 100);
        final byte[] right = new byte[64];
        keys.sign(message, message.length, right);

        final byte[] otherScalar = right.clone();
        putScalar(otherScalar, scalar(right).add(ORDER));
        final byte[] highBit = right.clone();
        highBit[63] |= (byte)0x80;
        final byte[] smallOrderCommitment = right.clone();
        System.arraycopy(hex(IDENTITY), 0, smallOrderCommitment, 0, 32);
        final byte[] notOnTheCurve = right.clone();
        System.arraycopy(hex("02" + "00".repeat(31)), 0, notOnTheCurve, 0, 32);
        final byte[] notCanonicalCommitment = right.clone();
        System.arraycopy(hex("ee" + "ff".repeat(30) + "7f"), 0, notCanonicalCommitment, 0, 32);

        assertVerdict(true, message, right);
        assertVerdict(false, message, otherScalar);
        assertVerdict(false, message, highBit);
        assertVerdict(false, message, smallOrderCommitment);
        assertVerdict(false, message, notOnTheCurve);
        assertVerdict(false, message, notCanonicalCommitment);
        assertVerdict(false, message, new byte[64]);
        for (int i = 0; i < 64; i++)
        {
            final byte[] wrong = right.clone();
            wrong[i] ^= 1;
            assertVerdict(false, message, wrong);
        }
    }

    /**
     * A key of small order verifies what nobody signed: the platform lets one through, which is why such a key is never
     * taken. Here are the eight of them, and two spellings of the identity that are not canonical.
     */
    @ParameterizedTest
    @ValueSource(strings = {
        IDENTITY,
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080"})
    void refusesPublicKeysOfSmallOrder(final String encoded)
    {
        assertNull(SigningPublicKey.ofEncoded(hex(encoded)));
    }

    @Test
    void wouldOtherwiseTakeASignatureThatNobodyMade() throws GeneralSecurityException
    {
        // With A and R the identity and S = 0, the equation holds for every message.
        assertTrue(platformVerdict(hex(IDENTITY), random(25, 50), hex(IDENTITY, "00".repeat(32))));
    }

    @Test
    void refusesPublicKeysOfAnotherLength()
    {
        assertNull(SigningPublicKey.ofEncoded(new byte[31]));
        assertNull(SigningPublicKey.ofEncoded(new byte[33]));
    }

    private boolean verify(
        final Signatures with, final SignatureDomain domain, final SigningKeys signer, final int length)
    {
        return with.verify(domain, signer.publicKey(), content, 5, length, signature, 3);
    }

    private void assertVerdict(final boolean expected, final byte[] message, final byte[] toCheck)
        throws GeneralSecurityException
    {
        final SigningPublicKey key = keys.publicKey();
        assertEquals(expected, key.verify(message, message.length, toCheck), "ours of " + hex(toCheck));
        assertEquals(expected, platformVerdict(key.encoded(), message, toCheck), "the platform's of " + hex(toCheck));
    }

    private static boolean platformVerdict(final byte[] key, final byte[] message, final byte[] toCheck)
        throws GeneralSecurityException
    {
        final PublicKey publicKey = KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(hex("302a300506032b6570032100", hex(key))));
        final Signature platform = Signature.getInstance("Ed25519");
        platform.initVerify(publicKey);
        platform.update(message);
        try
        {
            return platform.verify(toCheck);
        }
        catch (final SignatureException ex)
        {
            return false;
        }
    }

    private static BigInteger scalar(final byte[] of)
    {
        final byte[] bigEndian = new byte[33];
        for (int i = 0; i < 32; i++)
        {
            bigEndian[32 - i] = of[32 + i];
        }
        return new BigInteger(bigEndian);
    }

    private static void putScalar(final byte[] into, final BigInteger scalar)
    {
        for (int i = 0; i < 32; i++)
        {
            into[32 + i] = scalar.shiftRight(8 * i).byteValue();
        }
    }
}
