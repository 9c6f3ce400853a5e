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
package io.tagma.ordering.protocol;

import io.tagma.codecs.FrameLayout;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A SHA-256 digest, or its absence. Absence is a flag of its own: a digest of zeroes is a digest.
 */
final class Digest
{
    static final int LENGTH = FrameLayout.DIGEST_LENGTH;

    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[LENGTH]);
    private boolean isPresent;

    boolean isPresent()
    {
        return isPresent;
    }

    boolean isAbsent()
    {
        return !isPresent;
    }

    void set(final DirectBuffer buffer, final int offset)
    {
        bytes.putBytes(0, buffer, offset, LENGTH);
        isPresent = true;
    }

    void set(final Digest other)
    {
        set(other.bytes, 0);
    }

    void clear()
    {
        isPresent = false;
    }

    boolean is(final DirectBuffer buffer, final int offset)
    {
        return isPresent && equal(bytes, 0, buffer, offset);
    }

    boolean is(final Digest other)
    {
        return other.isPresent && is(other.bytes, 0);
    }

    /**
     * The bytes, to read or to hash into; whoever hashes into them calls {@link #present()} after.
     *
     * @return 32 bytes from index 0.
     */
    MutableDirectBuffer bytes()
    {
        return bytes;
    }

    void present()
    {
        isPresent = true;
    }

    /** Public values, not secrets: the comparison need not take constant time. */
    static boolean equal(final DirectBuffer a, final int aOffset, final DirectBuffer b, final int bOffset)
    {
        return a.getLong(aOffset) == b.getLong(bOffset) &&
            a.getLong(aOffset + 8) == b.getLong(bOffset + 8) &&
            a.getLong(aOffset + 16) == b.getLong(bOffset + 16) &&
            a.getLong(aOffset + 24) == b.getLong(bOffset + 24);
    }
}
