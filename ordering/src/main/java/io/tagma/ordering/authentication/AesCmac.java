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
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * AES-CMAC with a key of 128 bits (NIST SP 800-38B, RFC 4493) over the JDK's AES.
 * <p>
 * CMAC is the last block of a CBC encryption whose last plain block was xored with a subkey. The {@link Cipher} is
 * initialised once: finishing an encryption takes it back to its zero IV, so nothing is allocated for a tag.
 */
public final class AesCmac implements Authenticator
{
    /** Bytes of the key. */
    public static final int KEY_LENGTH = 16;

    private static final int BLOCK_LENGTH = 16;
    /** Long enough that the calls into the cipher do not count, short enough to have one for each session and side. */
    private static final int CHUNK_LENGTH = 2048;
    private static final byte PADDING = (byte)0x80;
    /** What a carry out of the block turns into: x^128 = x^7 + x^2 + x + 1. */
    private static final int REDUCTION = 0x87;

    private final Cipher cipher;
    private final byte[] plain = new byte[CHUNK_LENGTH];
    private final UnsafeBuffer plainView = new UnsafeBuffer(plain);
    /** Apart from {@link #plain}: a cipher that works in place copies its input. */
    private final byte[] encrypted = new byte[CHUNK_LENGTH];
    private final UnsafeBuffer computedTag = new UnsafeBuffer(new byte[FrameLayout.TAG_LENGTH]);
    private final UnsafeBuffer wholeBlockSubkey;
    private final UnsafeBuffer paddedBlockSubkey;

    /**
     * Under a key.
     *
     * @param key    that holds it.
     * @param offset of its first byte; {@link #KEY_LENGTH} bytes are taken.
     */
    public AesCmac(final byte[] key, final int offset)
    {
        try
        {
            cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, offset, KEY_LENGTH, "AES"),
                new IvParameterSpec(new byte[BLOCK_LENGTH]));

            final byte[] subkey = cipher.doFinal(new byte[BLOCK_LENGTH]);
            doubleInField(subkey);
            wholeBlockSubkey = new UnsafeBuffer(subkey.clone());
            doubleInField(subkey);
            paddedBlockSubkey = new UnsafeBuffer(subkey);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("every Java platform has AES in CBC mode", ex);
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
        final int tagPosition = encrypt(buffer, offset, length);
        tag.putBytes(tagOffset, encrypted, tagPosition, FrameLayout.TAG_LENGTH);
    }

    @Override
    public boolean verify(
        final DirectBuffer buffer, final int offset, final int length, final DirectBuffer tag, final int tagOffset)
    {
        tag(buffer, offset, length, computedTag, 0);
        return Tags.equal(computedTag, 0, tag, tagOffset);
    }

    /**
     * Runs the message through the cipher.
     *
     * @return where in {@link #encrypted} the last block is.
     */
    private int encrypt(final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            int position = offset;
            int remaining = length;
            while (remaining > CHUNK_LENGTH)
            {
                buffer.getBytes(position, plain, 0, CHUNK_LENGTH);
                cipher.update(plain, 0, CHUNK_LENGTH, encrypted, 0);
                position += CHUNK_LENGTH;
                remaining -= CHUNK_LENGTH;
            }

            buffer.getBytes(position, plain, 0, remaining);
            final int lastLength = finishLastBlock(remaining);
            cipher.doFinal(plain, 0, lastLength, encrypted, 0);
            return lastLength - BLOCK_LENGTH;
        }
        catch (final ShortBufferException ex)
        {
            throw new IllegalStateException("output is as long as input", ex);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("whole blocks only are given to the cipher", ex);
        }
    }

    private int finishLastBlock(final int length)
    {
        if (length > 0 && 0 == length % BLOCK_LENGTH)
        {
            xor(length - BLOCK_LENGTH, wholeBlockSubkey);
            return length;
        }
        plain[length] = PADDING;
        int end = length + 1;
        while (0 != end % BLOCK_LENGTH)
        {
            plain[end++] = 0;
        }
        xor(end - BLOCK_LENGTH, paddedBlockSubkey);
        return end;
    }

    private void xor(final int position, final UnsafeBuffer subkey)
    {
        plainView.putLong(position, plainView.getLong(position) ^ subkey.getLong(0));
        plainView.putLong(position + 8, plainView.getLong(position + 8) ^ subkey.getLong(8));
    }

    private static void doubleInField(final byte[] block)
    {
        final int carry = (block[0] & 0x80) >>> 7;
        for (int i = 0; i < BLOCK_LENGTH - 1; i++)
        {
            block[i] = (byte)((block[i] << 1) | ((block[i + 1] & 0x80) >>> 7));
        }
        block[BLOCK_LENGTH - 1] = (byte)((block[BLOCK_LENGTH - 1] << 1) ^ (carry * REDUCTION));
    }
}
