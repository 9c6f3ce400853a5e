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

import io.tagma.ordering.service.OrderedService;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Answers each request with its payload, and remembers nothing. */
final class QuietEcho implements OrderedService
{
    @Override
    public int onMessage(
        final long sessionId,
        final long position,
        final long sequence,
        final long timestampNs,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer result)
    {
        result.putBytes(0, buffer, offset, length);
        return length;
    }

    @Override
    public void stateDigest(final MutableDirectBuffer digest, final int offset)
    {
        digest.setMemory(offset, Digest.LENGTH, (byte)0);
    }

    @Override
    public int saveState(final MutableDirectBuffer buffer, final int offset)
    {
        return 0;
    }

    @Override
    public void loadState(final DirectBuffer buffer, final int offset, final int length)
    {
    }
}
