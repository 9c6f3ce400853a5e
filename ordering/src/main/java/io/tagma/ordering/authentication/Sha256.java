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

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.protocol.Hashing;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * SHA-256 (FIPS 180-4) over the JDK's {@link MessageDigest}. For one thread; allocates nothing after construction.
 */
public final class Sha256 implements Hashing
{
    private static final int CHUNK_LENGTH = 4096;

    private final MessageDigest messageDigest = messageDigest();
    private final byte[] chunk = new byte[CHUNK_LENGTH];
    private final byte[] result = new byte[FrameLayout.DIGEST_LENGTH];

    @Override
    public void sha256(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer digest,
        final int digestOffset)
    {
        update(buffer, offset, length);
        finish(digest, digestOffset);
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
        update(first, firstOffset, firstLength);
        update(second, secondOffset, secondLength);
        finish(digest, digestOffset);
    }

    static MessageDigest messageDigest()
    {
        try
        {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    private void update(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] array = buffer.byteArray();
        if (null != array)
        {
            buffer.boundsCheck(offset, length);
            messageDigest.update(array, buffer.wrapAdjustment() + offset, length);
            return;
        }
        int done = 0;
        while (done < length)
        {
            final int chunkLength = Math.min(length - done, CHUNK_LENGTH);
            buffer.getBytes(offset + done, chunk, 0, chunkLength);
            messageDigest.update(chunk, 0, chunkLength);
            done += chunkLength;
        }
    }

    private void finish(final MutableDirectBuffer digest, final int digestOffset)
    {
        try
        {
            messageDigest.digest(result, 0, result.length);
        }
        catch (final DigestException ex)
        {
            throw new IllegalStateException("there is room for a digest of SHA-256", ex);
        }
        digest.putBytes(digestOffset, result, 0, result.length);
    }
}
