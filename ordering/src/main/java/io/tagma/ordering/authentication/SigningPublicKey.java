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
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public Ed25519 key, decoded once and known to be sound: canonical, and of the prime order group. A key of small
 * order would verify signatures that nobody made. Immutable; may be used by several threads.
 */
public final class SigningPublicKey
{
    private final byte[] encoded;
    private final Ed25519.PublicPoint point;

    private SigningPublicKey(final byte[] encoded, final Ed25519.PublicPoint point)
    {
        this.encoded = encoded;
        this.point = point;
    }

    /**
     * Decodes a key.
     *
     * @param encoded 32 bytes, copied.
     * @return the key, or null if it is not a sound one.
     */
    public static SigningPublicKey ofEncoded(final byte[] encoded)
    {
        if (Ed25519.PUBLIC_KEY_SIZE != encoded.length)
        {
            return null;
        }
        final byte[] copy = encoded.clone();
        final Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(copy, 0);
        return null == point ? null : new SigningPublicKey(copy, point);
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

    boolean verify(final byte[] message, final int length, final byte[] signature)
    {
        return Ed25519.verify(signature, 0, point, message, 0, length);
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof SigningPublicKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode()
    {
        return Arrays.hashCode(encoded);
    }
}
