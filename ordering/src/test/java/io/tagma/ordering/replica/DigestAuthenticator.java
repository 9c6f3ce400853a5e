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

import static io.tagma.codecs.FrameLayout.TAG_LENGTH;

import io.tagma.ordering.authentication.Authenticator;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A tag for tests: the hash of a key and the bytes. What is under test is what is tagged, with whose key, and when.
 */
final class DigestAuthenticator implements Authenticator
{
    private final byte[] key;
    private final byte[] bytes = new byte[1 << 18];
    private final byte[] computed = new byte[32];
    private final MessageDigest digest;

    DigestAuthenticator(final String key)
    {
        this.key = key.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
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
    public void tag(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer tag,
        final int tagOffset)
    {
        compute(buffer, offset, length);
        tag.putBytes(tagOffset, computed, 0, TAG_LENGTH);
    }

    @Override
    public boolean verify(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        compute(buffer, offset, length);
        boolean isEqual = true;
        for (int i = 0; i < TAG_LENGTH; i++)
        {
            isEqual &= computed[i] == tag.getByte(tagOffset + i);
        }
        return isEqual;
    }

    private void compute(final DirectBuffer buffer, final int offset, final int length)
    {
        buffer.getBytes(offset, bytes, 0, length);
        digest.update(key);
        digest.update(bytes, 0, length);
        try
        {
            digest.digest(computed, 0, computed.length);
        }
        catch (final DigestException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
