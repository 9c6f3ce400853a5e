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
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 key pair (RFC 8032): the private seed and the public key that follows from it. Immutable.
 */
public final class SigningKeys
{
    /** Bytes of the private seed, and of the public key. */
    public static final int KEY_LENGTH = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

    /**
     * From a private seed.
     *
     * @param seed {@link #KEY_LENGTH} bytes, copied.
     */
    public SigningKeys(final byte[] seed)
    {
        if (KEY_LENGTH != seed.length)
        {
            throw new IllegalArgumentException("seed of " + seed.length + " bytes: must be " + KEY_LENGTH);
        }
        this.seed = seed.clone();
        Ed25519.generatePublicKey(this.seed, 0, publicKey, 0);
    }

    /**
     * New ones.
     *
     * @param random to take the seed from.
     * @return the pair.
     */
    public static SigningKeys generate(final SecureRandom random)
    {
        final byte[] seed = new byte[KEY_LENGTH];
        Ed25519.generatePrivateKey(random, seed);
        return new SigningKeys(seed);
    }

    /**
     * The public key.
     *
     * @return what others may know.
     */
    public SigningPublicKey publicKey()
    {
        return SigningPublicKey.ofEncoded(publicKey);
    }

    byte[] seed()
    {
        return seed.clone();
    }

    void sign(final byte[] message, final int length, final byte[] signature)
    {
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, length, signature, 0);
    }
}
