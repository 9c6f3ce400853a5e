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
     * The public key.
     *
     * @return what others may know.
     */
    public AgreementPublicKey publicKey()
    {
        return AgreementPublicKey.ofEncoded(publicKey);
    }

    byte[] privateKey()
    {
        return privateKey.clone();
    }

    /**
     * The secret shared with another. The same comes out at the other's side.
     *
     * @param other public key.
     * @return 32 bytes.
     * @throws KeyException if all would be zero, as with a public key of small order.
     */
    byte[] agree(final AgreementPublicKey other)
    {
        final byte[] secret = new byte[KEY_LENGTH];
        if (!X25519.calculateAgreement(privateKey, 0, other.encoded(), 0, secret, 0))
        {
            throw new KeyException("an agreement key of small order is refused: its secrets are known to everybody");
        }
        return secret;
    }
}
