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

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * SHA-256 as the core needs it. The shell implements it: the core imports no cryptography.
 */
public interface Hashing
{
    /**
     * Hashes a run of bytes.
     *
     * @param buffer       that holds them.
     * @param offset       of the first.
     * @param length       in bytes.
     * @param digest       to write 32 bytes to; may be the same buffer.
     * @param digestOffset of the first of them.
     */
    void sha256(DirectBuffer buffer, int offset, int length, MutableDirectBuffer digest, int digestOffset);

    /**
     * Hashes two runs of bytes as if they lay one behind the other.
     *
     * @param first        that holds the first run.
     * @param firstOffset  of its first byte.
     * @param firstLength  in bytes.
     * @param second       that holds the second run.
     * @param secondOffset of its first byte.
     * @param secondLength in bytes.
     * @param digest       to write 32 bytes to.
     * @param digestOffset of the first of them.
     */
    void sha256(
        DirectBuffer first,
        int firstOffset,
        int firstLength,
        DirectBuffer second,
        int secondOffset,
        int secondLength,
        MutableDirectBuffer digest,
        int digestOffset);
}
