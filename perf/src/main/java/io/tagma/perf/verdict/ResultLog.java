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
package io.tagma.perf.verdict;

import io.tagma.perf.load.CommittedHandler;
import org.agrona.DirectBuffer;

import java.util.Arrays;

/**
 * What the client was told: for each request its global position and a mix of its result's bytes, to be held against
 * what the logs say happened. Grows by a block at a time, without moving what it holds.
 */
public final class ResultLog implements CommittedHandler
{
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int BLOCK_BITS = 16;
    private static final int BLOCK_LENGTH = 1 << BLOCK_BITS;

    /** Greatest ordinal that is kept. */
    private static final long ORDINAL_MAX = (1L << 31) - 1;

    private final CommittedHandler next;
    /** By ordinal: its position, then its mix. */
    private long[][] blocks = new long[1][];
    private long committed;
    private long highest;
    private long outOfRange;

    /**
     * Creates an empty one.
     */
    public ResultLog()
    {
        this(CommittedHandler.NONE);
    }

    /**
     * Creates an empty one.
     *
     * @param next told of each result as well.
     */
    public ResultLog(final CommittedHandler next)
    {
        this.next = next;
    }

    @Override
    public void onCommitted(
        final long ordinal,
        final long position,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        if (ordinal < 1 || ordinal > ORDINAL_MAX)
        {
            outOfRange++;
            return;
        }
        committed++;
        highest = Math.max(highest, ordinal);
        final long[] block = blockFor(ordinal);
        block[index(ordinal)] = position;
        block[index(ordinal) + 1] = mix(result, offset, length);
        next.onCommitted(ordinal, position, result, offset, length);
    }

    /**
     * Whether each of so many requests has a result, at positions that rise with the ordinals, and no other has.
     *
     * @param requests whose ordinals run from 1.
     * @return true if so.
     */
    public boolean isComplete(final long requests)
    {
        long previous = 0;
        for (long ordinal = 1; ordinal <= requests; ordinal++)
        {
            if (position(ordinal) <= previous)
            {
                return false;
            }
            previous = position(ordinal);
        }
        return committed == requests && highest == requests && 0 == outOfRange;
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
        return ordinal >= 1 && ordinal <= highest && 0 != position && position(ordinal) == position &&
            blocks[blockIndex(ordinal)][index(ordinal) + 1] == mix(result, offset, length);
    }

    /**
     * Results so far.
     *
     * @return their number.
     */
    public long committed()
    {
        return committed;
    }

    private long position(final long ordinal)
    {
        final int index = blockIndex(ordinal);
        return index < blocks.length && null != blocks[index] ? blocks[index][index(ordinal)] : 0;
    }

    private long[] blockFor(final long ordinal)
    {
        final int index = blockIndex(ordinal);
        if (index >= blocks.length)
        {
            blocks = Arrays.copyOf(blocks, Math.max(index + 1, 2 * blocks.length));
        }
        if (null == blocks[index])
        {
            blocks[index] = new long[2 * BLOCK_LENGTH];
        }
        return blocks[index];
    }

    private static int blockIndex(final long ordinal)
    {
        return (int)(ordinal >>> BLOCK_BITS);
    }

    private static int index(final long ordinal)
    {
        return 2 * (int)(ordinal & BLOCK_LENGTH - 1);
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
