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
package io.tagma.perf.demo;

import io.tagma.perf.load.CommittedHandler;
import org.agrona.DirectBuffer;

/**
 * What the client was told: for each request its global position and a mix of its result's bytes, to be held against
 * what the logs say happened.
 */
final class ResultLog implements CommittedHandler
{
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final long[] positions;
    private final long[] mixes;
    private final ExchangeTally tally;
    private long committed;
    private long outOfRange;

    /**
     * Creates an empty one.
     *
     * @param requests whose ordinals run from 1.
     * @param tally    told of each result, or null if they are not an exchange's.
     */
    ResultLog(final int requests, final ExchangeTally tally)
    {
        positions = new long[requests + 1];
        mixes = new long[requests + 1];
        this.tally = tally;
    }

    @Override
    public void onCommitted(
        final long ordinal,
        final long position,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        if (ordinal < 1 || ordinal >= positions.length)
        {
            outOfRange++;
            return;
        }
        committed++;
        positions[(int)ordinal] = position;
        mixes[(int)ordinal] = mix(result, offset, length);
        if (null != tally)
        {
            tally.onResult(result, offset, length);
        }
    }

    /**
     * Whether every request has a result, at positions that rise with the ordinals.
     */
    boolean isComplete()
    {
        long previous = 0;
        for (int i = 1; i < positions.length; i++)
        {
            if (positions[i] <= previous)
            {
                return false;
            }
            previous = positions[i];
        }
        return committed == positions.length - 1 && 0 == outOfRange;
    }

    /**
     * Whether the client was told just this.
     */
    boolean agreesWith(
        final long ordinal,
        final long position,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        return ordinal >= 1 && ordinal < positions.length && positions[(int)ordinal] == position &&
            mixes[(int)ordinal] == mix(result, offset, length);
    }

    long committed()
    {
        return committed;
    }

    private static long mix(final DirectBuffer buffer, final int offset, final int length)
    {
        long value = length;
        for (int i = 0; i < length; i++)
        {
            value = (value ^ buffer.getByte(offset + i)) * MULTIPLIER;
            value ^= value >>> 29;
        }
        return value;
    }
}
