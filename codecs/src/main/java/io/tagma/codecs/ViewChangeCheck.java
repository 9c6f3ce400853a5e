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

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.compareDigests;
import static io.tagma.codecs.Structure.FAILED_FORM;
import static io.tagma.codecs.Structure.FAILED_LENGTH;
import static io.tagma.codecs.Structure.FAILED_VAR_DATA;
import static io.tagma.codecs.Structure.GROUP_HEADER_LENGTH;
import static io.tagma.codecs.Structure.VAR_DATA_HEADER_LENGTH;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint16;
import static io.tagma.codecs.Structure.uint32;
import static io.tagma.codecs.Structure.uint8;

import org.agrona.DirectBuffer;

import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.statement.ViewChangeDecoder;

/**
 * The statement that carries claims. {@link StatementCheck} has seen to header, block and sender.
 */
final class ViewChangeCheck
{
    static final int RUN_LENGTH = ViewChangeDecoder.RunsDecoder.sbeBlockLength();
    static final int ACCEPTED_LENGTH = ViewChangeDecoder.RunsDecoder.AcceptedDecoder.sbeBlockLength();

    private static final int FIRST_SEQUENCE = ViewChangeDecoder.RunsDecoder.firstSequenceEncodingOffset();
    private static final int PREPARED_VIEW = ViewChangeDecoder.RunsDecoder.preparedViewEncodingOffset();
    private static final int SEQUENCE_COUNT = ViewChangeDecoder.RunsDecoder.sequenceCountEncodingOffset();
    private static final int PREPARED = ViewChangeDecoder.RunsDecoder.preparedEncodingOffset();
    private static final int RESERVED_1 = ViewChangeDecoder.RunsDecoder.reserved1EncodingOffset();
    private static final int RESERVED_2 = ViewChangeDecoder.RunsDecoder.reserved2EncodingOffset();
    private static final int CERTIFIED_SEQUENCE = HEADER_LENGTH + CertificateDecoder.contentEncodingOffset() +
        CheckpointContentDecoder.sequenceEncodingOffset();

    private ViewChangeCheck()
    {
    }

    static FrameVerdict check(final DirectBuffer buffer, final int offset, final int end, final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        if (!isOrdinal(buffer, block + ViewChangeDecoder.viewEncodingOffset(), 1) ||
            !isOrdinal(buffer, block + ViewChangeDecoder.stableSequenceEncodingOffset(), 0))
        {
            return FrameVerdict.FORM;
        }

        final int runs = block + ViewChangeDecoder.BLOCK_LENGTH;
        final int count = Structure.group(buffer, runs, end, RUN_LENGTH, limits.window());
        if (count < 0)
        {
            return FrameVerdict.ofFailure(count);
        }

        final long view = int64(buffer, block + ViewChangeDecoder.viewEncodingOffset());
        final long stable = int64(buffer, block + ViewChangeDecoder.stableSequenceEncodingOffset());
        int position = runs + GROUP_HEADER_LENGTH;
        int before = position;
        long lastSequence = stable;
        for (int i = 0; i < count; i++)
        {
            final int next = run(buffer, position, end, lastSequence, stable + limits.window(), view);
            if (next < 0)
            {
                return FrameVerdict.ofFailure(next);
            }
            if (i > 0 && lastSequence + 1 == firstSequence(buffer, position) && isEqualShape(buffer, before, position))
            {
                return FrameVerdict.FORM;
            }
            lastSequence = firstSequence(buffer, position) + uint32(buffer, position + SEQUENCE_COUNT) - 1;
            before = position;
            position = next;
        }

        return certificate(buffer, position, end, stable, limits);
    }

    /**
     * Checks one run.
     *
     * @return where it ends, or a negated verdict.
     */
    private static int run(
        final DirectBuffer buffer,
        final int position,
        final int end,
        final long lastSequence,
        final long highWatermark,
        final long view)
    {
        if (end - position < RUN_LENGTH)
        {
            return FAILED_LENGTH;
        }

        final long firstSequence = firstSequence(buffer, position);
        final long sequenceCount = uint32(buffer, position + SEQUENCE_COUNT);
        final int prepared = uint8(buffer, position + PREPARED);
        if (firstSequence <= lastSequence || firstSequence > highWatermark ||
            sequenceCount < 1 || sequenceCount > highWatermark - firstSequence + 1 ||
            prepared > 1 ||
            !isViewBelow(buffer, position + PREPARED_VIEW, 0 == prepared ? 1 : view) ||
            0 != uint8(buffer, position + RESERVED_1) ||
            0 != uint16(buffer, position + RESERVED_2))
        {
            return FAILED_FORM;
        }

        final int accepted = position + RUN_LENGTH;
        final int acceptedCount = Structure.group(
            buffer, accepted, end, ACCEPTED_LENGTH, FrameLimits.CLAIMED_DIGESTS_MAX);
        if (acceptedCount < 0)
        {
            return acceptedCount;
        }
        if (0 == prepared + acceptedCount || !areViews(buffer, accepted + GROUP_HEADER_LENGTH, acceptedCount, view))
        {
            return FAILED_FORM;
        }

        final int stride = (prepared + acceptedCount) * DIGEST_LENGTH;
        final int digestsHeader = accepted + GROUP_HEADER_LENGTH + acceptedCount * ACCEPTED_LENGTH;
        final int digestsLength = Structure.varData(buffer, digestsHeader, end, Integer.MAX_VALUE);
        if (digestsLength < 0)
        {
            return digestsLength;
        }
        if (digestsLength != sequenceCount * stride)
        {
            return FAILED_VAR_DATA;
        }

        final int digestsEnd = digestsHeader + VAR_DATA_HEADER_LENGTH + digestsLength;
        for (int digests = digestsEnd - digestsLength; digests < digestsEnd; digests += stride)
        {
            if (!areDigests(buffer, position, digests, 1 == prepared, acceptedCount))
            {
                return FAILED_FORM;
            }
        }

        return digestsEnd;
    }

    private static boolean isViewBelow(final DirectBuffer buffer, final int index, final long view)
    {
        final long value = int64(buffer, index);

        return value >= 0 && value < view;
    }

    private static boolean areViews(final DirectBuffer buffer, final int first, final int count, final long view)
    {
        for (int i = 0; i < count; i++)
        {
            final int index = first + i * ACCEPTED_LENGTH;
            if (!isViewBelow(buffer, index, view) ||
                i > 0 && int64(buffer, index) > int64(buffer, index - ACCEPTED_LENGTH))
            {
                return false;
            }
        }

        return true;
    }

    /**
     * Whether the digests of one sequence differ, those of equal view rise, and the prepared one is not repeated.
     */
    private static boolean areDigests(
        final DirectBuffer buffer,
        final int run,
        final int digests,
        final boolean isPrepared,
        final int acceptedCount)
    {
        final int firstView = run + RUN_LENGTH + GROUP_HEADER_LENGTH;
        final int firstAccepted = isPrepared ? digests + DIGEST_LENGTH : digests;
        boolean isPreparedAccepted = false;
        for (int i = 0; i < acceptedCount; i++)
        {
            final int digest = firstAccepted + i * DIGEST_LENGTH;
            final long view = int64(buffer, firstView + i * ACCEPTED_LENGTH);
            for (int j = 0; j < i; j++)
            {
                final int order = compareDigests(buffer, firstAccepted + j * DIGEST_LENGTH, buffer, digest);
                if (0 == order || order > 0 && view == int64(buffer, firstView + j * ACCEPTED_LENGTH))
                {
                    return false;
                }
            }
            if (isPrepared && 0 == compareDigests(buffer, digests, buffer, digest))
            {
                if (view <= int64(buffer, run + PREPARED_VIEW))
                {
                    return false;
                }
                isPreparedAccepted = true;
            }
        }

        return !isPrepared || isPreparedAccepted || acceptedCount < FrameLimits.CLAIMED_DIGESTS_MAX;
    }

    /**
     * Whether two runs say the same of their sequences, so that they should have been one.
     */
    private static boolean isEqualShape(final DirectBuffer buffer, final int one, final int other)
    {
        final int count = uint16(buffer, one + RUN_LENGTH + 2);
        if (uint8(buffer, one + PREPARED) != uint8(buffer, other + PREPARED) ||
            int64(buffer, one + PREPARED_VIEW) != int64(buffer, other + PREPARED_VIEW) ||
            count != uint16(buffer, other + RUN_LENGTH + 2))
        {
            return false;
        }

        final int oneViews = one + RUN_LENGTH + GROUP_HEADER_LENGTH;
        final int otherViews = other + RUN_LENGTH + GROUP_HEADER_LENGTH;
        for (int i = 0; i < count; i++)
        {
            if (int64(buffer, oneViews + i * ACCEPTED_LENGTH) != int64(buffer, otherViews + i * ACCEPTED_LENGTH))
            {
                return false;
            }
        }

        return true;
    }

    private static FrameVerdict certificate(
        final DirectBuffer buffer,
        final int header,
        final int end,
        final long stable,
        final FrameLimits limits)
    {
        final int length = Structure.varData(buffer, header, end, limits.messageLengthMax());
        if (length < 0)
        {
            return FrameVerdict.ofFailure(length);
        }
        final int message = header + VAR_DATA_HEADER_LENGTH;
        if (message + length != end)
        {
            return FrameVerdict.LENGTH;
        }
        if (0 == length || 0 == stable)
        {
            return 0 == length && 0 == stable ? FrameVerdict.OK : FrameVerdict.FORM;
        }

        final FrameVerdict verdict = PeerFrameCheck.check(buffer, message, length, limits);
        if (FrameVerdict.OK != verdict)
        {
            return verdict;
        }
        if (CertificateDecoder.TEMPLATE_ID != Structure.templateId(buffer, message))
        {
            return FrameVerdict.TEMPLATE;
        }

        return stable == int64(buffer, message + CERTIFIED_SEQUENCE) ? FrameVerdict.OK : FrameVerdict.FORM;
    }

    private static long firstSequence(final DirectBuffer buffer, final int run)
    {
        return int64(buffer, run + FIRST_SEQUENCE);
    }
}
