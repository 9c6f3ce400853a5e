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
import static io.tagma.codecs.Structure.VAR_DATA_HEADER_LENGTH;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint32;
import static io.tagma.codecs.Structure.uint8;

import org.agrona.DirectBuffer;

import io.tagma.codecs.journal.AmnesiaEndDecoder;
import io.tagma.codecs.journal.BarrierDecoder;
import io.tagma.codecs.journal.CleanMarkDecoder;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.InitDecoder;
import io.tagma.codecs.journal.MessageHeaderDecoder;
import io.tagma.codecs.journal.PreparedMarkDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.codecs.journal.RestartPointDecoder;
import io.tagma.codecs.journal.RestoredSnapshotDecoder;
import io.tagma.codecs.journal.SelectedMarkDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.journal.StartDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.journal.StoredStatementPartDecoder;
import io.tagma.codecs.journal.TargetViewDecoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.StatementPartDecoder;

/**
 * Structural check of journal records, the message without its record header. A checksum says that a record is what was
 * written; this says that it is what this build can read. Stateless, allocates nothing, never throws, and reads nothing
 * outside the record that it is given.
 */
public final class JournalRecordCheck
{
    private static final int CERTIFIED_SEQUENCE = HEADER_LENGTH + CertificateDecoder.contentEncodingOffset() +
        CheckpointContentDecoder.sequenceEncodingOffset();

    private JournalRecordCheck()
    {
    }

    /**
     * Checks one message of the journal schema.
     *
     * @param buffer that holds it.
     * @param offset of its first byte, that of the message header.
     * @param length in bytes, without the record header.
     * @param limits to hold it to.
     * @return {@link FrameVerdict#OK}, or why it is refused.
     */
    public static FrameVerdict check(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final FrameLimits limits)
    {
        final FrameVerdict header = Structure.header(
            buffer, offset, length, MessageHeaderDecoder.SCHEMA_ID, MessageHeaderDecoder.SCHEMA_VERSION);
        if (FrameVerdict.OK != header)
        {
            return header;
        }

        final int templateId = Structure.templateId(buffer, offset);
        final int blockLength = blockLength(templateId);
        if (blockLength < 0)
        {
            return FrameVerdict.TEMPLATE;
        }

        final FrameVerdict block = Structure.block(buffer, offset, length, blockLength);
        if (FrameVerdict.OK != block)
        {
            return block;
        }

        return body(templateId, buffer, offset + HEADER_LENGTH, offset + length, limits);
    }

    private static int blockLength(final int templateId)
    {
        switch (templateId)
        {
            case InitDecoder.TEMPLATE_ID:
                return InitDecoder.BLOCK_LENGTH;

            case StartDecoder.TEMPLATE_ID:
                return StartDecoder.BLOCK_LENGTH;

            case BarrierDecoder.TEMPLATE_ID:
                return BarrierDecoder.BLOCK_LENGTH;

            case CleanMarkDecoder.TEMPLATE_ID:
                return CleanMarkDecoder.BLOCK_LENGTH;

            case AmnesiaEndDecoder.TEMPLATE_ID:
                return AmnesiaEndDecoder.BLOCK_LENGTH;

            case EntryDecoder.TEMPLATE_ID:
                return EntryDecoder.BLOCK_LENGTH;

            case PreparedMarkDecoder.TEMPLATE_ID:
                return PreparedMarkDecoder.BLOCK_LENGTH;

            case CommitMarkDecoder.TEMPLATE_ID:
                return CommitMarkDecoder.BLOCK_LENGTH;

            case StoredBatchDecoder.TEMPLATE_ID:
                return StoredBatchDecoder.BLOCK_LENGTH;

            case StableCertificateDecoder.TEMPLATE_ID:
                return StableCertificateDecoder.BLOCK_LENGTH;

            case TargetViewDecoder.TEMPLATE_ID:
                return TargetViewDecoder.BLOCK_LENGTH;

            case StoredStatementPartDecoder.TEMPLATE_ID:
                return StoredStatementPartDecoder.BLOCK_LENGTH;

            case SelectedMarkDecoder.TEMPLATE_ID:
                return SelectedMarkDecoder.BLOCK_LENGTH;

            case RestoredSnapshotDecoder.TEMPLATE_ID:
                return RestoredSnapshotDecoder.BLOCK_LENGTH;

            case RestartPointDecoder.TEMPLATE_ID:
                return RestartPointDecoder.BLOCK_LENGTH;

            case RecoverDecoder.TEMPLATE_ID:
                return RecoverDecoder.BLOCK_LENGTH;

            default:
                return -1;
        }
    }

    private static FrameVerdict body(
        final int templateId,
        final DirectBuffer buffer,
        final int block,
        final int end,
        final FrameLimits limits)
    {
        switch (templateId)
        {
            case EntryDecoder.TEMPLATE_ID:
                return entry(buffer, block, end, limits);

            case StoredBatchDecoder.TEMPLATE_ID:
                return storedBatch(buffer, block, end, limits);

            case StableCertificateDecoder.TEMPLATE_ID:
                return stableCertificate(buffer, block, end, limits);

            case TargetViewDecoder.TEMPLATE_ID:
                return targetView(buffer, block, end, limits);

            case StoredStatementPartDecoder.TEMPLATE_ID:
                return storedStatementPart(buffer, block, end, limits);

            case RecoverDecoder.TEMPLATE_ID:
                return RecoverRecordCheck.check(buffer, block, end);

            default:
                return block + blockLength(templateId) == end ?
                    fixed(templateId, buffer, block, limits) : FrameVerdict.LENGTH;
        }
    }

    /**
     * Checks a record that is nothing but its block.
     */
    private static FrameVerdict fixed(
        final int templateId,
        final DirectBuffer buffer,
        final int block,
        final FrameLimits limits)
    {
        switch (templateId)
        {
            case InitDecoder.TEMPLATE_ID:
                return uint32(buffer, block + InitDecoder.replicaIdEncodingOffset()) < limits.replicaCount() ?
                    FrameVerdict.OK : FrameVerdict.SENDER;

            case StartDecoder.TEMPLATE_ID:
                return formal(
                    isOrdinal(buffer, block + StartDecoder.incarnationEncodingOffset(), 1) &&
                    isOrdinal(buffer, block + StartDecoder.awaitedSequenceEncodingOffset(), 0) &&
                    uint8(buffer, block + StartDecoder.durabilityEncodingOffset()) <= 1 &&
                    uint8(buffer, block + StartDecoder.amnesiacEncodingOffset()) <= 1);

            case BarrierDecoder.TEMPLATE_ID:
                return formal(isOrdinal(buffer, block + BarrierDecoder.durableRecordNumberEncodingOffset(), 1));

            case CleanMarkDecoder.TEMPLATE_ID:
                return formal(isOrdinal(buffer, block + CleanMarkDecoder.incarnationEncodingOffset(), 0));

            case AmnesiaEndDecoder.TEMPLATE_ID:
                return formal(
                    isOrdinal(buffer, block + AmnesiaEndDecoder.incarnationEncodingOffset(), 1) &&
                    isOrdinal(buffer, block + AmnesiaEndDecoder.sequenceEncodingOffset(), 1));

            case PreparedMarkDecoder.TEMPLATE_ID:
                return formal(
                    isOrdinal(buffer, block + PreparedMarkDecoder.viewEncodingOffset(), 0) &&
                    isOrdinal(buffer, block + PreparedMarkDecoder.sequenceEncodingOffset(), 1));

            case SelectedMarkDecoder.TEMPLATE_ID:
                return formal(
                    isOrdinal(buffer, block + SelectedMarkDecoder.viewEncodingOffset(), 1) &&
                    isOrdinal(buffer, block + SelectedMarkDecoder.sequenceEncodingOffset(), 1));

            case RestoredSnapshotDecoder.TEMPLATE_ID:
                return formal(isOrdinal(buffer, block + RestoredSnapshotDecoder.sequenceEncodingOffset(), 1));

            case RestartPointDecoder.TEMPLATE_ID:
                return formal(
                    isOrdinal(buffer, block + RestartPointDecoder.sequenceEncodingOffset(), 1) &&
                    isOrdinal(buffer, block + RestartPointDecoder.firstRecordNumberEncodingOffset(), 1));

            default:
                return formal(isOrdinal(buffer, block + CommitMarkDecoder.sequenceEncodingOffset(), 1));
        }
    }

    private static FrameVerdict formal(final boolean isCanonical)
    {
        return isCanonical ? FrameVerdict.OK : FrameVerdict.FORM;
    }

    private static FrameVerdict entry(
        final DirectBuffer buffer,
        final int block,
        final int end,
        final FrameLimits limits)
    {
        final int header = block + EntryDecoder.BLOCK_LENGTH;
        final int length = Structure.varData(buffer, header, end, limits.messageLengthMax());
        final int message = header + VAR_DATA_HEADER_LENGTH;
        final FrameVerdict verdict = nested(
            buffer, message, length, end, PrePrepareDecoder.TEMPLATE_ID, limits);
        if (FrameVerdict.OK != verdict)
        {
            return verdict;
        }

        final int inner = message + HEADER_LENGTH;

        return formal(
            int64(buffer, block + EntryDecoder.viewEncodingOffset()) ==
            int64(buffer, inner + PrePrepareDecoder.viewEncodingOffset()) &&
            int64(buffer, block + EntryDecoder.sequenceEncodingOffset()) ==
            int64(buffer, inner + PrePrepareDecoder.sequenceEncodingOffset()) &&
            isEqualDigest(
                buffer,
                block + EntryDecoder.digestEncodingOffset(),
                inner + PrePrepareDecoder.digestEncodingOffset()));
    }

    private static FrameVerdict storedBatch(
        final DirectBuffer buffer,
        final int block,
        final int end,
        final FrameLimits limits)
    {
        if (!isOrdinal(buffer, block + StoredBatchDecoder.sequenceEncodingOffset(), 1) ||
            !isOrdinal(buffer, block + StoredBatchDecoder.timestampNsEncodingOffset(), 0) ||
            0 != uint32(buffer, block + StoredBatchDecoder.reservedEncodingOffset()))
        {
            return FrameVerdict.FORM;
        }

        return BundleCheck.checkLastBodies(
            buffer,
            block + StoredBatchDecoder.BLOCK_LENGTH,
            end,
            uint32(buffer, block + StoredBatchDecoder.bundleCountEncodingOffset()),
            limits);
    }

    private static FrameVerdict stableCertificate(
        final DirectBuffer buffer,
        final int block,
        final int end,
        final FrameLimits limits)
    {
        final int header = block + StableCertificateDecoder.BLOCK_LENGTH;
        final int length = Structure.varData(buffer, header, end, limits.messageLengthMax());
        final int message = header + VAR_DATA_HEADER_LENGTH;
        final FrameVerdict verdict = nested(
            buffer, message, length, end, CertificateDecoder.TEMPLATE_ID, limits);
        if (FrameVerdict.OK != verdict)
        {
            return verdict;
        }

        return formal(
            int64(buffer, block + StableCertificateDecoder.sequenceEncodingOffset()) ==
            int64(buffer, message + CERTIFIED_SEQUENCE));
    }

    private static FrameVerdict targetView(
        final DirectBuffer buffer,
        final int block,
        final int end,
        final FrameLimits limits)
    {
        if (!isOrdinal(buffer, block + TargetViewDecoder.viewEncodingOffset(), 1))
        {
            return FrameVerdict.FORM;
        }

        final int header = block + TargetViewDecoder.BLOCK_LENGTH;
        final int length = Structure.varData(buffer, header, end, limits.messageLengthMax());
        final int message = header + VAR_DATA_HEADER_LENGTH;

        return 0 == length && message == end ?
            FrameVerdict.OK : nested(buffer, message, length, end, ComplaintsDecoder.TEMPLATE_ID, limits);
    }

    private static FrameVerdict storedStatementPart(
        final DirectBuffer buffer,
        final int block,
        final int end,
        final FrameLimits limits)
    {
        final int header = block + StoredStatementPartDecoder.BLOCK_LENGTH;
        final int length = Structure.varData(buffer, header, end, limits.messageLengthMax());

        return nested(
            buffer, header + VAR_DATA_HEADER_LENGTH, length, end, StatementPartDecoder.TEMPLATE_ID, limits);
    }

    /**
     * Checks a peer message that ends a record as var-data.
     */
    private static FrameVerdict nested(
        final DirectBuffer buffer,
        final int message,
        final int length,
        final int end,
        final int templateId,
        final FrameLimits limits)
    {
        if (length < 0)
        {
            return FrameVerdict.ofFailure(length);
        }
        if (message + length != end)
        {
            return FrameVerdict.LENGTH;
        }

        final FrameVerdict verdict = PeerFrameCheck.check(buffer, message, length, limits);
        if (FrameVerdict.OK != verdict)
        {
            return verdict;
        }

        return Structure.templateId(buffer, message) == templateId ? FrameVerdict.OK : FrameVerdict.TEMPLATE;
    }

    private static boolean isEqualDigest(final DirectBuffer buffer, final int first, final int second)
    {
        for (int i = 0; i < DIGEST_LENGTH; i += Long.BYTES)
        {
            if (int64(buffer, first + i) != int64(buffer, second + i))
            {
                return false;
            }
        }
        return true;
    }
}
