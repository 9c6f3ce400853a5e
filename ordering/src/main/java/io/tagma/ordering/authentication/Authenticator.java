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

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Makes and checks message authentication codes of 16 bytes under one key, which belongs to one direction between two
 * parties. Deterministic: the same bytes always get the same tag.
 * <p>
 * Not thread safe: each instance is for one thread. Allocates nothing after construction.
 */
public interface Authenticator
{
    /**
     * Makes a tag.
     *
     * @param buffer    that holds what is to be authenticated.
     * @param offset    of its first byte.
     * @param length    of it in bytes, 0 or above.
     * @param tag       to write 16 bytes to; may be the same buffer.
     * @param tagOffset of the first of them.
     */
    void tag(DirectBuffer buffer, int offset, int length, MutableDirectBuffer tag, int tagOffset);

    /**
     * Checks a tag, in a time that does not depend on where the tags differ.
     *
     * @param buffer    that holds what was authenticated.
     * @param offset    of its first byte.
     * @param length    of it in bytes, 0 or above.
     * @param tag       that holds the 16 bytes to check.
     * @param tagOffset of the first of them.
     * @return true if the tag is right.
     */
    boolean verify(DirectBuffer buffer, int offset, int length, DirectBuffer tag, int tagOffset);
}
