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
import static io.tagma.codecs.FrameLayout.compareDigests;
import static io.tagma.codecs.Structure.GROUP_HEADER_LENGTH;
import static io.tagma.codecs.Structure.VAR_DATA_HEADER_LENGTH;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint16;
import static io.tagma.codecs.Structure.uint32;

import org.agrona.DirectBuffer;

import io.tagma.codecs.peer.ComplaintContentDecoder;
import io.tagma.codecs.peer.ComplaintReason;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.FetchStatementsDecoder;
import io.tagma.codecs.peer.FetchStatementsDecoder.WantedDecoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartDecoder;

/**
 * The peer templates about a change of view. {@link PeerFrameCheck} has seen to header and block. What the parts of a
 * statement make together is for {@link StatementCheck}.
 */
final class ViewFrameCheck
{
    private static final int COMPLAINT_LENGTH = ComplaintsDecoder.EntriesDecoder.sbeBlockLength();
    private static final int COMPLAINT_CONTENT = ComplaintsDecoder.EntriesDecoder.contentEncodingOffset();
    private static final int COMPLAINT_VIEW = COMPLAINT_CONTENT + ComplaintContentDecoder.viewEncodingOffset();
    private static final int COMPLAINT_SIGNER = COMPLAINT_CONTENT + ComplaintContentDecoder.signerEncodingOffset();
    private static final int COMPLAINT_REASON = COMPLAINT_CONTENT + ComplaintContentDecoder.reasonEncodingOffset();
    private static final int COMPLAINT_RESERVED = COMPLAINT_CONTENT + ComplaintContentDecoder.reservedEncodingOffset();
    private static final int WANTED_LENGTH = WantedDecoder.sbeBlockLength();

    private ViewFrameCheck()
    {
    }

    static FrameVerdict complaints(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int complaints = offset + HEADER_LENGTH + ComplaintsDecoder.BLOCK_LENGTH;
        final int count = Structure.filledGroup(buffer, complaints, end, COMPLAINT_LENGTH, limits.replicaCount());
        if (count < 0)
        {
            return FrameVerdict.ofFailure(count);
        }

        int position = complaints + GROUP_HEADER_LENGTH;
        long lastSigner = -1;
        for (int i = 0; i < count; i++)
        {
            final long signer = uint32(buffer, position + COMPLAINT_SIGNER);
            final int reason = uint16(buffer, position + COMPLAINT_REASON);
            if (signer >= limits.replicaCount())
            {
                return FrameVerdict.SENDER;
            }
            if (signer <= lastSigner || !isOrdinal(buffer, position + COMPLAINT_VIEW, 0) ||
                reason < ComplaintReason.REQUEST_LATE.value() || reason > ComplaintReason.PRIMARY_SLOW.value() ||
                0 != uint16(buffer, position + COMPLAINT_RESERVED))
            {
                return FrameVerdict.FORM;
            }
            lastSigner = signer;
            position += COMPLAINT_LENGTH;
        }

        return position == end ? FrameVerdict.OK : FrameVerdict.LENGTH;
    }

    static FrameVerdict statementPart(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        if (uint32(buffer, block + StatementPartDecoder.signerEncodingOffset()) >= limits.replicaCount())
        {
            return FrameVerdict.SENDER;
        }
        if (!isOrdinal(buffer, block + StatementPartDecoder.viewEncodingOffset(), 1) ||
            !isKind(buffer, block + StatementPartDecoder.kindEncodingOffset()) ||
            0 != uint32(buffer, block + StatementPartDecoder.reservedEncodingOffset()))
        {
            return FrameVerdict.FORM;
        }

        final long statementLength = uint32(buffer, block + StatementPartDecoder.statementLengthEncodingOffset());
        if (statementLength > limits.statementLengthMax())
        {
            return FrameVerdict.SIZE;
        }

        final int header = block + StatementPartDecoder.BLOCK_LENGTH;
        final int length = Structure.varData(buffer, header, end, limits.partLengthMax());
        if (length < 0)
        {
            return FrameVerdict.ofFailure(length);
        }
        if (header + VAR_DATA_HEADER_LENGTH + length != end)
        {
            return FrameVerdict.LENGTH;
        }

        final int partNumber = uint16(buffer, block + StatementPartDecoder.partNumberEncodingOffset());

        return length > 0 && length == limits.partLength(statementLength, partNumber) ?
            FrameVerdict.OK : FrameVerdict.FORM;
    }

    static FrameVerdict fetchStatements(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int wanted = offset + HEADER_LENGTH + FetchStatementsDecoder.BLOCK_LENGTH;
        final int count = Structure.filledGroup(
            buffer, wanted, end, WANTED_LENGTH, FrameLimits.STATEMENTS_WANTED_MAX);
        if (count < 0)
        {
            return FrameVerdict.ofFailure(count);
        }

        int position = wanted + GROUP_HEADER_LENGTH;
        for (int i = 0; i < count; i++)
        {
            if (uint32(buffer, position + WantedDecoder.signerEncodingOffset()) >= limits.replicaCount())
            {
                return FrameVerdict.SENDER;
            }
            if (!isOrdinal(buffer, position + WantedDecoder.viewEncodingOffset(), 1) ||
                !isKind(buffer, position + WantedDecoder.kindEncodingOffset()) ||
                0 == uint16(buffer, position + WantedDecoder.partCountEncodingOffset()) ||
                0 != uint16(buffer, position + WantedDecoder.reserved1EncodingOffset()) ||
                0 != uint32(buffer, position + WantedDecoder.reserved2EncodingOffset()) ||
                i > 0 && compareWanted(buffer, position - WANTED_LENGTH, position) >= 0)
            {
                return FrameVerdict.FORM;
            }
            position += WANTED_LENGTH;
        }

        return position == end ? FrameVerdict.OK : FrameVerdict.LENGTH;
    }

    private static int compareWanted(final DirectBuffer buffer, final int one, final int other)
    {
        int order = Long.compare(
            uint32(buffer, one + WantedDecoder.signerEncodingOffset()),
            uint32(buffer, other + WantedDecoder.signerEncodingOffset()));
        order = 0 != order ? order : Integer.compare(
            uint16(buffer, one + WantedDecoder.kindEncodingOffset()),
            uint16(buffer, other + WantedDecoder.kindEncodingOffset()));
        order = 0 != order ? order : Long.compare(
            int64(buffer, one + WantedDecoder.viewEncodingOffset()),
            int64(buffer, other + WantedDecoder.viewEncodingOffset()));

        return 0 != order ? order : compareDigests(
            buffer, one + WantedDecoder.digestEncodingOffset(), buffer, other + WantedDecoder.digestEncodingOffset());
    }

    private static boolean isKind(final DirectBuffer buffer, final int index)
    {
        final int kind = uint16(buffer, index);

        return StatementKind.VIEW_CHANGE.value() == kind || StatementKind.NEW_VIEW.value() == kind;
    }
}
