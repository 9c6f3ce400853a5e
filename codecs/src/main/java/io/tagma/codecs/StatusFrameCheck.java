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
package io.tagma.codecs;

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.Structure.GROUP_HEADER_LENGTH;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint16;
import static io.tagma.codecs.Structure.uint32;
import static io.tagma.codecs.Structure.uint8;

import org.agrona.DirectBuffer;

import io.tagma.codecs.peer.HeldDecoder;
import io.tagma.codecs.peer.StatusDecoder;

/**
 * Structural checks of what a replica says of itself: where it stands, and what it holds back. The block is there.
 */
final class StatusFrameCheck
{
    private static final int HELD_LENGTH = StatusDecoder.HeldDecoder.sbeBlockLength();
    private static final int MARK_LENGTH = StatusDecoder.MarksDecoder.sbeBlockLength();

    private StatusFrameCheck()
    {
    }

    static FrameVerdict status(final DirectBuffer buffer, final int offset, final int end, final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        if (!isStatusBlock(buffer, block))
        {
            return FrameVerdict.FORM;
        }

        final int held = block + StatusDecoder.BLOCK_LENGTH;
        final int heldCount = heldGroup(buffer, held, end);
        if (heldCount < 0)
        {
            return FrameVerdict.ofFailure(heldCount);
        }

        final int marks = held + GROUP_HEADER_LENGTH + heldCount * HELD_LENGTH;
        final int markCount = markGroup(buffer, marks, end, limits);
        if (markCount < 0)
        {
            return FrameVerdict.ofFailure(markCount);
        }

        return marks + GROUP_HEADER_LENGTH + markCount * MARK_LENGTH == end ? FrameVerdict.OK : FrameVerdict.LENGTH;
    }

    private static boolean isStatusBlock(final DirectBuffer buffer, final int block)
    {
        return isOrdinal(buffer, block + StatusDecoder.incarnationEncodingOffset(), 1) &&
            isOrdinal(buffer, block + StatusDecoder.counterEncodingOffset(), 0) &&
            isOrdinal(buffer, block + StatusDecoder.viewEncodingOffset(), 0) &&
            isOrdinal(buffer, block + StatusDecoder.newViewEncodingOffset(), 0) &&
            isOrdinal(buffer, block + StatusDecoder.stableSequenceEncodingOffset(), 0) &&
            isOrdinal(buffer, block + StatusDecoder.executedSequenceEncodingOffset(), 0) &&
            isOrdinal(buffer, block + StatusDecoder.checkpointSequenceEncodingOffset(), 0) &&
            isOrdinal(buffer, block + StatusDecoder.awaitedSequenceEncodingOffset(), 0) &&
            isOrdinal(buffer, block + StatusDecoder.lackingFromEncodingOffset(), 1) &&
            uint8(buffer, block + StatusDecoder.activeEncodingOffset()) <= 1 &&
            0 == uint8(buffer, block + StatusDecoder.reserved1EncodingOffset()) &&
            0 == uint16(buffer, block + StatusDecoder.reserved2EncodingOffset()) &&
            0 == uint32(buffer, block + StatusDecoder.reserved3EncodingOffset());
    }

    private static int heldGroup(final DirectBuffer buffer, final int position, final int end)
    {
        final int count = Structure.group(buffer, position, end, HELD_LENGTH, FrameLimits.HELD_MAX);
        int entry = position + GROUP_HEADER_LENGTH;
        long lastSequence = 0;
        for (int i = 0; i < count; i++)
        {
            final int sequenceIndex = entry + StatusDecoder.HeldDecoder.sequenceEncodingOffset();
            if (!isOrdinal(buffer, sequenceIndex, lastSequence + 1) ||
                isEmptySet(buffer, entry + StatusDecoder.HeldDecoder.bundlesEncodingOffset()))
            {
                return Structure.FAILED_FORM;
            }
            lastSequence = int64(buffer, sequenceIndex);
            entry += HELD_LENGTH;
        }

        return count;
    }

    private static int markGroup(
        final DirectBuffer buffer, final int position, final int end, final FrameLimits limits)
    {
        final int count = Structure.group(buffer, position, end, MARK_LENGTH, FrameLimits.MARKS_MAX);
        int entry = position + GROUP_HEADER_LENGTH;
        long lastClientId = 0;
        for (int i = 0; i < count; i++)
        {
            final long clientId = uint32(buffer, entry + StatusDecoder.MarksDecoder.clientIdEncodingOffset());
            if (0 == clientId || clientId > limits.clientIdMax())
            {
                return Structure.FAILED_SENDER;
            }
            if (clientId <= lastClientId)
            {
                return Structure.FAILED_FORM;
            }
            lastClientId = clientId;
            entry += MARK_LENGTH;
        }

        return count;
    }

    static FrameVerdict held(final DirectBuffer buffer, final int offset, final int end)
    {
        final int block = offset + HEADER_LENGTH;
        if (block + HeldDecoder.BLOCK_LENGTH != end)
        {
            return FrameVerdict.LENGTH;
        }

        return isOrdinal(buffer, block + HeldDecoder.viewEncodingOffset(), 0) &&
            isOrdinal(buffer, block + HeldDecoder.sequenceEncodingOffset(), 1) &&
            !isEmptySet(buffer, block + HeldDecoder.bundlesEncodingOffset()) ?
            FrameVerdict.OK : FrameVerdict.FORM;
    }

    private static boolean isEmptySet(final DirectBuffer buffer, final int index)
    {
        for (int i = 0; i < HeldDecoder.bundlesLength(); i += Long.BYTES)
        {
            if (0 != int64(buffer, index + i))
            {
                return false;
            }
        }

        return true;
    }
}
