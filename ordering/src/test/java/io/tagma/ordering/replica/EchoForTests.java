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

import io.tagma.ordering.service.OrderedService;

import java.util.concurrent.atomic.AtomicLong;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Answers with the request. Its state is how many there were and a sum over their bytes.
 */
public final class EchoForTests implements OrderedService
{
    /** Written by the ordering thread, read by tests that wait for it. */
    private final AtomicLong count = new AtomicLong();
    private long sum;

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
        count.lazySet(count.get() + 1);
        for (int i = 0; i < length; i++)
        {
            sum = 31 * sum + buffer.getByte(offset + i);
        }
        result.putBytes(0, buffer, offset, length);
        return length;
    }

    @Override
    public void stateDigest(final MutableDirectBuffer digest, final int offset)
    {
        digest.setMemory(offset, 32, (byte)0);
        digest.putLong(offset, count());
        digest.putLong(offset + 8, sum);
    }

    @Override
    public int saveState(final MutableDirectBuffer buffer, final int offset)
    {
        buffer.putLong(offset, count());
        buffer.putLong(offset + 8, sum);
        return 16;
    }

    @Override
    public void loadState(final DirectBuffer buffer, final int offset, final int length)
    {
        count.set(buffer.getLong(offset));
        sum = buffer.getLong(offset + 8);
    }

    long count()
    {
        return count.get();
    }
}
