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
import java.security.DigestException;
import java.security.MessageDigest;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * HMAC-SHA-256 cut to its first 16 bytes (RFC 2104, FIPS 198-1).
 * <p>
 * By hand over {@link MessageDigest}, because the JDK's {@code Mac} allocates for each tag. The block of the key is
 * hashed anew each time: keeping the state behind it means cloning it, and a clone is garbage.
 */
public final class HmacSha256 implements Authenticator
{
    private static final int BLOCK_LENGTH = 64;
    private static final int CHUNK_LENGTH = 2048;
    private static final byte INNER_PADDING = 0x36;
    private static final byte OUTER_PADDING = 0x5c;

    private final MessageDigest messageDigest = Sha256.messageDigest();
    /** The block of the inner key, then room for a chunk: a short message is one update. */
    private final byte[] inner = new byte[BLOCK_LENGTH + CHUNK_LENGTH];
    /** The block of the outer key, then the inner digest; the result goes over the latter. */
    private final byte[] outer = new byte[BLOCK_LENGTH + FrameLayout.DIGEST_LENGTH];
    private final UnsafeBuffer computedTag = new UnsafeBuffer(new byte[FrameLayout.TAG_LENGTH]);

    /**
     * Under a key.
     *
     * @param key of any length; one longer than 64 bytes is hashed first, as the standard says.
     */
    public HmacSha256(final byte[] key)
    {
        final byte[] shortKey = key.length > BLOCK_LENGTH ? messageDigest.digest(key) : key;
        for (int i = 0; i < BLOCK_LENGTH; i++)
        {
            final byte keyByte = i < shortKey.length ? shortKey[i] : 0;
            inner[i] = (byte)(keyByte ^ INNER_PADDING);
            outer[i] = (byte)(keyByte ^ OUTER_PADDING);
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
        digest(buffer, offset, length);
        tag.putBytes(tagOffset, outer, BLOCK_LENGTH, FrameLayout.TAG_LENGTH);
    }

    @Override
    public boolean verify(
        final DirectBuffer buffer, final int offset, final int length, final DirectBuffer tag, final int tagOffset)
    {
        tag(buffer, offset, length, computedTag, 0);
        return Tags.equal(computedTag, 0, tag, tagOffset);
    }

    private void digest(final DirectBuffer buffer, final int offset, final int length)
    {
        final int firstLength = Math.min(length, CHUNK_LENGTH);
        buffer.getBytes(offset, inner, BLOCK_LENGTH, firstLength);
        messageDigest.update(inner, 0, BLOCK_LENGTH + firstLength);

        int done = firstLength;
        while (done < length)
        {
            final int chunkLength = Math.min(length - done, CHUNK_LENGTH);
            buffer.getBytes(offset + done, inner, BLOCK_LENGTH, chunkLength);
            messageDigest.update(inner, BLOCK_LENGTH, chunkLength);
            done += chunkLength;
        }

        try
        {
            messageDigest.digest(outer, BLOCK_LENGTH, FrameLayout.DIGEST_LENGTH);
            messageDigest.update(outer, 0, outer.length);
            messageDigest.digest(outer, BLOCK_LENGTH, FrameLayout.DIGEST_LENGTH);
        }
        catch (final DigestException ex)
        {
            throw new IllegalStateException("there is room for a digest of SHA-256", ex);
        }
    }
}
