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

import io.tagma.ordering.service.AgreedTimers;
import io.tagma.ordering.service.OrderedService;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Answers each request with its payload, and remembers the order; a "timer" is one that expires later.
 */
final class EchoLog implements OrderedService
{
    private static final long TIMER_NS = 30_000_000L;

    final List<String> delivered = new ArrayList<>();
    private AgreedTimers timers;

    @Override
    public void onStart(final AgreedTimers agreedTimers)
    {
        timers = agreedTimers;
    }

    @Override
    public void onTimer(final long correlationId, final long timestampNs)
    {
        delivered.add("timer " + correlationId + " at " + timestampNs);
    }

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
        delivered.add(buffer.getStringWithoutLengthAscii(offset, length));
        if (delivered.get(delivered.size() - 1).startsWith("timer"))
        {
            timers.schedule(position, timestampNs + TIMER_NS);
        }
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
        int end = offset;
        for (final String payload : delivered)
        {
            end += buffer.putStringAscii(end, payload);
        }
        return end - offset;
    }

    @Override
    public void loadState(final DirectBuffer buffer, final int offset, final int length)
    {
        delivered.clear();
        for (int at = offset; at < offset + length; )
        {
            final String payload = buffer.getStringAscii(at);
            delivered.add(payload);
            at += Integer.BYTES + payload.length();
        }
    }
}
