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
package io.tagma.ordering.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import io.tagma.ordering.protocol.Hashing;

/**
 * SHA-256 of the JDK, plainly; counts how often it is asked.
 */
final class TestHashing implements Hashing
{
    int count;

    @Override
    public void sha256(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer digest,
        final int digestOffset)
    {
        count++;
        digest.putBytes(digestOffset, of(bytes(buffer, offset, length)));
    }

    @Override
    public void sha256(
        final DirectBuffer first,
        final int firstOffset,
        final int firstLength,
        final DirectBuffer second,
        final int secondOffset,
        final int secondLength,
        final MutableDirectBuffer digest,
        final int digestOffset)
    {
        final byte[] both = new byte[firstLength + secondLength];
        first.getBytes(firstOffset, both, 0, firstLength);
        second.getBytes(secondOffset, both, firstLength, secondLength);
        digest.putBytes(digestOffset, of(both));
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    static byte[] of(final byte[] bytes)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        }
        catch (final NoSuchAlgorithmException exception)
        {
            throw new AssertionError(exception);
        }
    }
}
