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

/**
 * Comparison of tags without a branch on their content.
 */
final class Tags
{
    private Tags()
    {
    }

    static boolean equal(final DirectBuffer a, final int aOffset, final DirectBuffer b, final int bOffset)
    {
        final long difference =
            (a.getLong(aOffset) ^ b.getLong(bOffset)) | (a.getLong(aOffset + 8) ^ b.getLong(bOffset + 8));
        return 0 == difference;
    }
}
