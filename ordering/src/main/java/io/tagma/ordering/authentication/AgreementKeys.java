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

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An X25519 key pair (RFC 7748): with another's public key it gives a secret that only the two know. Immutable.
 */
public final class AgreementKeys
{
    /** Bytes of a private key, of a public key, and of a shared secret. */
    public static final int KEY_LENGTH = X25519.POINT_SIZE;

    /** 2^255 - 19, little endian: a coordinate at or above it is not in canonical form. */
    private static final int PRIME_LOW_BYTE = 0xed;

    private final byte[] privateKey;
    private final byte[] publicKey = new byte[KEY_LENGTH];

    /**
     * From a private key.
     *
     * @param privateKey {@link #KEY_LENGTH} bytes, copied.
     */
    public AgreementKeys(final byte[] privateKey)
    {
        if (KEY_LENGTH != privateKey.length)
        {
            throw new IllegalArgumentException("key of " + privateKey.length + " bytes: must be " + KEY_LENGTH);
        }
        this.privateKey = privateKey.clone();
        X25519.generatePublicKey(this.privateKey, 0, publicKey, 0);
    }

    /**
     * New ones.
     *
     * @param random to take the private key from.
     * @return the pair.
     */
    public static AgreementKeys generate(final SecureRandom random)
    {
        final byte[] privateKey = new byte[KEY_LENGTH];
        X25519.generatePrivateKey(random, privateKey);
        return new AgreementKeys(privateKey);
    }

    /**
     * The public key in its encoding of 32 bytes.
     *
     * @return a copy.
     */
    public byte[] publicKey()
    {
        return publicKey.clone();
    }

    byte[] privateKey()
    {
        return privateKey.clone();
    }

    /**
     * The secret shared with another. The same comes out at the other's side.
     *
     * @param otherPublicKey 32 bytes.
     * @return 32 bytes, or null if all would be zero, as with a public key of small order.
     */
    byte[] agree(final byte[] otherPublicKey)
    {
        final byte[] secret = new byte[KEY_LENGTH];
        return X25519.calculateAgreement(privateKey, 0, otherPublicKey, 0, secret, 0) ? secret : null;
    }

    /**
     * Whether a public key may be used: of 32 bytes, in canonical form, and not of small order. What a key of small order
     * gives is known to everybody.
     *
     * @param publicKey to look at.
     * @return true if it may be used.
     */
    public static boolean isSound(final byte[] publicKey)
    {
        if (KEY_LENGTH != publicKey.length || !isCanonical(publicKey))
        {
            return false;
        }
        // Every private key is a multiple of the cofactor, so any one of them tells whether the order is small.
        final byte[] probe = new byte[KEY_LENGTH];
        final byte[] result = new byte[KEY_LENGTH];
        X25519.clampPrivateKey(probe);
        return X25519.calculateAgreement(probe, 0, publicKey, 0, result, 0);
    }

    private static boolean isCanonical(final byte[] coordinate)
    {
        if (coordinate[KEY_LENGTH - 1] < 0)
        {
            return false;
        }
        if (0x7f != coordinate[KEY_LENGTH - 1] || (coordinate[0] & 0xff) < PRIME_LOW_BYTE)
        {
            return true;
        }
        for (int i = 1; i < KEY_LENGTH - 1; i++)
        {
            if (-1 != coordinate[i])
            {
                return true;
            }
        }
        return false;
    }
}
