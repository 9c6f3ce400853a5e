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
package io.tagma.ordering.replica;

import io.tagma.ordering.protocol.Hashing;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * SHA-256 from the JDK.
 */
final class TestHashing implements Hashing
{
    private final byte[] bytes = new byte[1 << 18];
    private final byte[] computed = new byte[32];
    private final MessageDigest digest;

    TestHashing()
    {
        try
        {
            digest = MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void sha256(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer result,
        final int resultOffset)
    {
        update(buffer, offset, length);
        finish(result, resultOffset);
    }

    @Override
    public void sha256(
        final DirectBuffer first,
        final int firstOffset,
        final int firstLength,
        final DirectBuffer second,
        final int secondOffset,
        final int secondLength,
        final MutableDirectBuffer result,
        final int resultOffset)
    {
        update(first, firstOffset, firstLength);
        update(second, secondOffset, secondLength);
        finish(result, resultOffset);
    }

    private void update(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.getBytes(offset, bytes, 0, length);
        digest.update(bytes, 0, length);
    }

    private void finish(final MutableDirectBuffer result, final int resultOffset)
    {
        try
        {
            digest.digest(computed, 0, computed.length);
        }
        catch (final DigestException ex)
        {
            throw new IllegalStateException(ex);
        }
        result.putBytes(resultOffset, computed);
    }
}
