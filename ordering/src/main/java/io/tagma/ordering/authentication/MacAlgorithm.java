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

/**
 * Which message authentication code the whole cluster uses. Both are deterministic: a frame may be sent again, or
 * tagged again after a restart, without any state that must never repeat.
 */
public enum MacAlgorithm
{
    /** AES-CMAC with a key of 128 bits, NIST SP 800-38B. The default: the fastest where the processor knows AES. */
    AES_CMAC("aes-cmac")
    {
        @Override
        public Authenticator authenticator(final byte[] key)
        {
            checkLength(key);
            return new AesCmac(key, 0);
        }
    },
    /** HMAC-SHA-256 with a key of 256 bits, cut to 16 bytes: where policy asks for it. */
    HMAC_SHA_256_128("hmac-sha-256")
    {
        @Override
        public Authenticator authenticator(final byte[] key)
        {
            checkLength(key);
            return new HmacSha256(key);
        }
    };

    /** Bytes that a key is given in; AES-CMAC takes the first 16 of them. */
    public static final int KEY_LENGTH = 32;

    private static final MacAlgorithm[] VALUES = values();

    private final String label;

    MacAlgorithm(final String label)
    {
        this.label = label;
    }

    /**
     * An authenticator under a key.
     *
     * @param key {@link #KEY_LENGTH} bytes out of the key derivation; not kept.
     * @return a new authenticator, for one thread.
     */
    public abstract Authenticator authenticator(byte[] key);

    /**
     * How the algorithm is named in files and on the command line.
     *
     * @return its name there.
     */
    public String label()
    {
        return label;
    }

    /**
     * The algorithm of a name.
     *
     * @param label as in {@link #label()}.
     * @return the algorithm, or null if none is named so.
     */
    public static MacAlgorithm ofLabel(final String label)
    {
        for (final MacAlgorithm algorithm : VALUES)
        {
            if (algorithm.label.equals(label))
            {
                return algorithm;
            }
        }
        return null;
    }

    private static void checkLength(final byte[] key)
    {
        if (KEY_LENGTH != key.length)
        {
            throw new IllegalArgumentException("key of " + key.length + " bytes: must be " + KEY_LENGTH);
        }
    }
}
