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
package io.tagma.ordering.transport;

import java.util.Arrays;

import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts frames together from fragments, in a fixed number of places of a fixed size. Aeron's own assembler lets whoever
 * can send fragments make it grow without limit; this one drops what is longer than any frame, and what comes from more
 * streams at once than there are places. For the thread that polls the subscription.
 */
public final class FrameAssembler implements FragmentHandler
{
    private static final int NONE = -1;

    private final FrameHandler handler;
    private final int frameLengthMax;
    private final UnsafeBuffer[] buffers;
    private final int[] sessionIds;
    private final int[] lengths;
    private final int[] nextTermOffsets;
    private long droppedFrames;

    /**
     * An assembler without partial frames.
     *
     * @param handler        that hears whole frames.
     * @param frameLengthMax longest frame in bytes.
     * @param streams        that may have a partial frame at once: each takes that many bytes, from its first on.
     */
    public FrameAssembler(final FrameHandler handler, final int frameLengthMax, final int streams)
    {
        this.handler = handler;
        this.frameLengthMax = frameLengthMax;
        buffers = new UnsafeBuffer[streams];
        sessionIds = new int[streams];
        lengths = new int[streams];
        nextTermOffsets = new int[streams];
        Arrays.fill(lengths, NONE);
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        onFragment(buffer, offset, length,
            header.flags(), header.sessionId(), header.termOffset(), header.nextTermOffset());
    }

    void onFragment(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final byte flags,
        final int sessionId,
        final int termOffset,
        final int nextTermOffset)
    {
        if (FrameDescriptor.UNFRAGMENTED == (flags & FrameDescriptor.UNFRAGMENTED))
        {
            handler.onFrame(buffer, offset, length);
            return;
        }
        int place = find(sessionId);
        if (0 != (flags & FrameDescriptor.BEGIN_FRAG_FLAG))
        {
            if (NONE != place)
            {
                drop(place);
            }
            place = free();
            if (NONE == place)
            {
                droppedFrames++;
                return;
            }
            sessionIds[place] = sessionId;
            lengths[place] = 0;
        }
        else if (NONE == place)
        {
            return;
        }
        else if (nextTermOffsets[place] != termOffset)
        {
            drop(place);
            return;
        }
        append(place, buffer, offset, length, nextTermOffset);
        if (NONE != lengths[place] && 0 != (flags & FrameDescriptor.END_FRAG_FLAG))
        {
            final int frameLength = lengths[place];
            lengths[place] = NONE;
            handler.onFrame(buffers[place], 0, frameLength);
        }
    }

    private void append(
        final int place, final DirectBuffer buffer, final int offset, final int length, final int nextTermOffset)
    {
        if (lengths[place] + length > frameLengthMax)
        {
            drop(place);
            return;
        }
        if (null == buffers[place])
        {
            buffers[place] = new UnsafeBuffer(new byte[frameLengthMax]);
        }
        buffers[place].putBytes(lengths[place], buffer, offset, length);
        lengths[place] += length;
        nextTermOffsets[place] = nextTermOffset;
    }

    private void drop(final int place)
    {
        lengths[place] = NONE;
        droppedFrames++;
    }

    /**
     * A stream is gone: what came of a frame is forgotten. For the handler of unavailable images.
     *
     * @param sessionId of the stream.
     */
    public void forget(final int sessionId)
    {
        final int place = find(sessionId);
        if (NONE != place)
        {
            lengths[place] = NONE;
        }
    }

    private int find(final int sessionId)
    {
        for (int i = 0; i < lengths.length; i++)
        {
            if (NONE != lengths[i] && sessionIds[i] == sessionId)
            {
                return i;
            }
        }
        return NONE;
    }

    private int free()
    {
        for (int i = 0; i < lengths.length; i++)
        {
            if (NONE == lengths[i])
            {
                return i;
            }
        }
        return NONE;
    }

    /**
     * @return frames that were too long, incomplete, or came from too many streams at once.
     */
    public long droppedFrames()
    {
        return droppedFrames;
    }
}
