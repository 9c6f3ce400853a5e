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
package io.tagma.perf.echo;

import io.tagma.ordering.service.OrderedService;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Answers each request with its own bytes, cut to the greatest result. Its state is how many requests and bytes it saw
 * and a running mix of all of them with their positions, so that equal state digests mean equal histories (short of
 * somebody looking for a collision: the mix is no cryptographic hash).
 */
public final class EchoService implements OrderedService
{
    private static final String DOMAIN = "tagma/echo/1";

    /** An odd number with well spread bits (the golden ratio's), so that multiplying by it loses nothing. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long requests;
    private long bytes;
    private long lastPosition;
    private long mix;

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
        requests++;
        bytes += length;
        lastPosition = position;
        mix = mixed(mixed(mix, position), mixOf(buffer, offset, length));

        final int resultLength = Math.min(length, result.capacity());
        result.putBytes(0, buffer, offset, resultLength);
        return resultLength;
    }

    @Override
    public void stateDigest(final MutableDirectBuffer digest, final int offset)
    {
        try
        {
            final ByteBuffer state = ByteBuffer.allocate(16 + 4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            state.put(DOMAIN.getBytes(StandardCharsets.US_ASCII));
            state.putLong(16, requests).putLong(24, bytes).putLong(32, lastPosition).putLong(40, mix);
            digest.putBytes(offset, MessageDigest.getInstance("SHA-256").digest(state.array()));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    @Override
    public int saveState(final MutableDirectBuffer buffer, final int offset)
    {
        buffer.putLong(offset, requests, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + 8, bytes, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + 16, lastPosition, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + 24, mix, ByteOrder.LITTLE_ENDIAN);
        return 4 * Long.BYTES;
    }

    @Override
    public void loadState(final DirectBuffer buffer, final int offset, final int length)
    {
        requests = buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
        bytes = buffer.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN);
        lastPosition = buffer.getLong(offset + 16, ByteOrder.LITTLE_ENDIAN);
        mix = buffer.getLong(offset + 24, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Requests executed so far.
     *
     * @return their number.
     */
    public long requests()
    {
        return requests;
    }

    private static long mixOf(final DirectBuffer buffer, final int offset, final int length)
    {
        long value = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES)
        {
            value = mixed(value, buffer.getLong(offset + i, ByteOrder.LITTLE_ENDIAN));
        }
        for (; i < length; i++)
        {
            value = mixed(value, buffer.getByte(offset + i));
        }
        return value;
    }

    private static long mixed(final long value, final long next)
    {
        return Long.rotateLeft((value ^ next) * MULTIPLIER, 31);
    }
}
