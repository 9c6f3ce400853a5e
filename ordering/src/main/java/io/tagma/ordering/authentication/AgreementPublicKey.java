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

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * A public X25519 key that is known to be sound: in canonical form, and not of small order. What a key of small order
 * agrees on is known to everybody. Immutable.
 */
public final class AgreementPublicKey
{
    private static final int KEY_LENGTH = X25519.POINT_SIZE;
    /** Lowest byte of 2^255 - 19, little endian: a coordinate at or above that is not in canonical form. */
    private static final int PRIME_LOW_BYTE = 0xed;

    private final byte[] encoded;

    private AgreementPublicKey(final byte[] encoded)
    {
        this.encoded = encoded;
    }

    /**
     * Takes a key.
     *
     * @param encoded 32 bytes, copied.
     * @return the key, or null if it is not a sound one.
     */
    public static AgreementPublicKey ofEncoded(final byte[] encoded)
    {
        if (KEY_LENGTH != encoded.length || !isCanonical(encoded))
        {
            return null;
        }
        final byte[] copy = encoded.clone();
        // Every private key is a multiple of the cofactor, so any one of them tells whether the order is small.
        final byte[] probe = new byte[KEY_LENGTH];
        X25519.clampPrivateKey(probe);
        final boolean isSound = X25519.calculateAgreement(probe, 0, copy, 0, new byte[KEY_LENGTH], 0);
        return isSound ? new AgreementPublicKey(copy) : null;
    }

    /**
     * The key in its encoding of 32 bytes.
     *
     * @return a copy.
     */
    public byte[] encoded()
    {
        return encoded.clone();
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof AgreementPublicKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode()
    {
        return Arrays.hashCode(encoded);
    }

    private static boolean isCanonical(final byte[] coordinate)
    {
        final int highByte = coordinate[KEY_LENGTH - 1];
        if (highByte < 0)
        {
            return false;
        }
        if (0x7f != highByte || (coordinate[0] & 0xff) < PRIME_LOW_BYTE)
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
