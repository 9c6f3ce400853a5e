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
package io.tagma.ordering.simulation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 straight from the JDK, for the oracle: it shares no code with what it checks.
 */
final class Sha256Digests
{
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(
        () ->
        {
            try
            {
                return MessageDigest.getInstance("SHA-256");
            }
            catch (final NoSuchAlgorithmException ex)
            {
                throw new IllegalStateException(ex);
            }
        });

    private Sha256Digests()
    {
    }

    /** The digest of some runs of bytes, one behind the other. */
    static byte[] of(final byte[]... runs)
    {
        final MessageDigest sha256 = SHA256.get();
        sha256.reset();
        for (final byte[] run : runs)
        {
            sha256.update(run);
        }
        return sha256.digest();
    }
}
