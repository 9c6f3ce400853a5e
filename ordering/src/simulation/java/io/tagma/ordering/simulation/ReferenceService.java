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
package io.tagma.ordering.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.ordering.service.AgreedTimers;
import io.tagma.ordering.service.OrderedService;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The service of simulated replicas: its state is a hash over every call that it got, in order, so that any difference
 * between two replicas shows in all results after it. Now and then a request makes it schedule a timer, or answer at
 * length.
 */
public final class ReferenceService implements OrderedService
{
    private static final int TIMER_DELAY_NS = 5_000_000;
    private static final long TIMER_IDS = 4;

    private final TraceHash state = new TraceHash();
    private AgreedTimers timers;
    private long timersExpired;

    @Override
    public void onStart(final AgreedTimers agreedTimers)
    {
        timers = agreedTimers;
    }

    @Override
    public void onSessionOpen(final long sessionId, final int clientId, final long timestampNs)
    {
        add(1, sessionId, clientId, timestampNs);
    }

    @Override
    public void onSessionClose(final long sessionId, final long timestampNs)
    {
        add(2, sessionId, 0, timestampNs);
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
        add(3, sessionId, position, timestampNs);
        state.add(sequence);
        state.add(buffer, offset, length);
        final long value = state.value();
        if (0 == (value & 7))
        {
            timers.schedule(value >>> 8 & TIMER_IDS - 1, timestampNs + TIMER_DELAY_NS);
        }
        final int resultLength = Math.min(result.capacity(), 0 == (value >>> 3 & 7) ? 64 : 16);
        for (int i = 0; i + 8 <= resultLength; i += 8)
        {
            result.putLong(i, value + i, LITTLE_ENDIAN);
        }
        return resultLength & -8;
    }

    @Override
    public void onTimer(final long correlationId, final long timestampNs)
    {
        timersExpired++;
        add(4, correlationId, timersExpired, timestampNs);
    }

    @Override
    public void stateDigest(final MutableDirectBuffer digest, final int offset)
    {
        digest.setMemory(offset, 32, (byte)0);
        digest.putLong(offset, state.value(), LITTLE_ENDIAN);
    }

    @Override
    public int saveState(final MutableDirectBuffer buffer, final int offset)
    {
        buffer.putLong(offset, state.value(), LITTLE_ENDIAN);
        buffer.putLong(offset + Long.BYTES, timersExpired, LITTLE_ENDIAN);
        return 2 * Long.BYTES;
    }

    @Override
    public void loadState(final DirectBuffer buffer, final int offset, final int length)
    {
        state.set(buffer.getLong(offset, LITTLE_ENDIAN));
        timersExpired = buffer.getLong(offset + Long.BYTES, LITTLE_ENDIAN);
    }

    /**
     * The state in 64 bits.
     *
     * @return equal on replicas that executed the same.
     */
    public long state()
    {
        return state.value();
    }

    private void add(final long kind, final long a, final long b, final long timestampNs)
    {
        state.add(kind);
        state.add(a);
        state.add(b);
        state.add(timestampNs);
    }
}
