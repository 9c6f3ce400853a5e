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

import static io.tagma.codecs.FrameLayout.TAG_LENGTH;

/**
 * How much an outbox holds. Everything is allocated at construction.
 *
 * @param frameLengthMax       greatest frame in bytes, its tag included.
 * @param messageArenaLength   bytes for messages to peers that were said and not yet sent; a power of two.
 * @param replyArenaLength     bytes for replies that were said and not yet sent; a power of two.
 * @param voteCapacity         votes that were said and not yet sent; a power of two.
 */
public record OutboxLimits(int frameLengthMax, int messageArenaLength, int replyArenaLength, int voteCapacity)
{
    /** Frames that fit a 1 MiB Aeron term buffer, and room for a few hundred of the greatest ones of a duty cycle. */
    public static final OutboxLimits DEFAULT = new OutboxLimits((128 << 10) - 64, 8 << 20, 8 << 20, 16 << 10);

    /**
     * Checks the relations between the limits.
     */
    public OutboxLimits
    {
        requirePowerOfTwo("messageArenaLength", messageArenaLength);
        requirePowerOfTwo("replyArenaLength", replyArenaLength);
        requirePowerOfTwo("voteCapacity", voteCapacity);
        if (frameLengthMax < 1024 || messageArenaLength < 4L * frameLengthMax || replyArenaLength < 4L * frameLengthMax)
        {
            throw new IllegalArgumentException("an arena holds at least four of the greatest frames: frameLengthMax=" +
                frameLengthMax + " messageArenaLength=" + messageArenaLength + " replyArenaLength=" + replyArenaLength);
        }
    }

    /**
     * Greatest message, which is a frame without its tag.
     *
     * @return its length in bytes.
     */
    public int messageLengthMax()
    {
        return frameLengthMax - TAG_LENGTH;
    }

    private static void requirePowerOfTwo(final String name, final int value)
    {
        if (value <= 0 || Integer.bitCount(value) != 1)
        {
            throw new IllegalArgumentException(name + " is a power of two, not " + value);
        }
    }
}
