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
import static io.tagma.codecs.Structure.FAILED_FORM;
import static io.tagma.codecs.Structure.GROUP_HEADER_LENGTH;
import static io.tagma.codecs.Structure.ORDINAL_MAX;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint32;

import org.agrona.DirectBuffer;

import io.tagma.codecs.peer.BatchDecoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointDecoder;
import io.tagma.codecs.peer.ChunkDecoder;
import io.tagma.codecs.peer.CommittedDecoder;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.FetchChunksDecoder;
import io.tagma.codecs.peer.FetchDecoder;
import io.tagma.codecs.peer.FetchStatementsDecoder;
import io.tagma.codecs.peer.HeldDecoder;
import io.tagma.codecs.peer.MessageHeaderDecoder;
import io.tagma.codecs.peer.OriginDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.RelayDecoder;
import io.tagma.codecs.peer.StatementPartDecoder;
import io.tagma.codecs.peer.StatusDecoder;
import io.tagma.codecs.peer.VotesDecoder;

/**
 * Structural check of what replicas say to each other, before any flyweight is wrapped round it. Stateless, allocates
 * nothing, never throws, and reads nothing outside the message that it is given.
 * <p>
 * A message that passes can be decoded without a further look at lengths, counts, enum values or reserved bits. It says
 * nothing of cluster, epoch, tag and digests, nor whether the message makes sense now.
 */
public final class PeerFrameCheck
{
    private static final int SENDER = HEADER_LENGTH + OriginDecoder.senderEncodingOffset();

    private static final int VOTE_LENGTH = VotesDecoder.PreparesDecoder.sbeBlockLength();
    private static final int DIGEST_ENTRY_LENGTH = CommittedDecoder.DigestsDecoder.sbeBlockLength();
    private static final int WANTED_LENGTH = FetchDecoder.WantedDecoder.sbeBlockLength();

    private PeerFrameCheck()
    {
    }

    /**
     * Checks one message of the peer schema.
     *
     * @param buffer that holds it.
     * @param offset of its first byte, that of the message header.
     * @param length in bytes, without the tag.
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
        if (length > limits.messageLengthMax())
        {
            return FrameVerdict.SIZE;
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
        if (uint32(buffer, offset + SENDER) >= limits.replicaCount())
        {
            return FrameVerdict.SENDER;
        }

        return body(templateId, buffer, offset, offset + length, limits);
    }

    private static int blockLength(final int templateId)
    {
        switch (templateId)
        {
            case PrePrepareDecoder.TEMPLATE_ID:
                return PrePrepareDecoder.BLOCK_LENGTH;

            case VotesDecoder.TEMPLATE_ID:
                return VotesDecoder.BLOCK_LENGTH;

            case CheckpointDecoder.TEMPLATE_ID:
                return CheckpointDecoder.BLOCK_LENGTH;

            case CertificateDecoder.TEMPLATE_ID:
                return CertificateDecoder.BLOCK_LENGTH;

            case StatusDecoder.TEMPLATE_ID:
                return StatusDecoder.BLOCK_LENGTH;

            case CommittedDecoder.TEMPLATE_ID:
                return CommittedDecoder.BLOCK_LENGTH;

            case FetchDecoder.TEMPLATE_ID:
                return FetchDecoder.BLOCK_LENGTH;

            case BatchDecoder.TEMPLATE_ID:
                return BatchDecoder.BLOCK_LENGTH;

            case RelayDecoder.TEMPLATE_ID:
                return RelayDecoder.BLOCK_LENGTH;

            case ComplaintsDecoder.TEMPLATE_ID:
                return ComplaintsDecoder.BLOCK_LENGTH;

            case StatementPartDecoder.TEMPLATE_ID:
                return StatementPartDecoder.BLOCK_LENGTH;

            case FetchStatementsDecoder.TEMPLATE_ID:
                return FetchStatementsDecoder.BLOCK_LENGTH;

            case HeldDecoder.TEMPLATE_ID:
                return HeldDecoder.BLOCK_LENGTH;

            case FetchChunksDecoder.TEMPLATE_ID:
                return FetchChunksDecoder.BLOCK_LENGTH;

            case ChunkDecoder.TEMPLATE_ID:
                return ChunkDecoder.BLOCK_LENGTH;

            default:
                return -1;
        }
    }

    private static FrameVerdict body(
        final int templateId,
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        switch (templateId)
        {
            case PrePrepareDecoder.TEMPLATE_ID:
                return BatchFrameCheck.prePrepare(buffer, offset, end, limits);

            case VotesDecoder.TEMPLATE_ID:
                return votes(buffer, offset, end);

            case CheckpointDecoder.TEMPLATE_ID:
                return CheckpointFrameCheck.checkpoint(buffer, offset, end, limits);

            case CertificateDecoder.TEMPLATE_ID:
                return CheckpointFrameCheck.certificate(buffer, offset, end, limits);

            case StatusDecoder.TEMPLATE_ID:
                return StatusFrameCheck.status(buffer, offset, end, limits);

            case CommittedDecoder.TEMPLATE_ID:
                return committed(buffer, offset, end);

            case FetchDecoder.TEMPLATE_ID:
                return fetch(buffer, offset, end);

            case BatchDecoder.TEMPLATE_ID:
                return BatchFrameCheck.batch(buffer, offset, end, limits);

            case RelayDecoder.TEMPLATE_ID:
                return BatchFrameCheck.relay(buffer, offset, end, limits);

            case ComplaintsDecoder.TEMPLATE_ID:
                return ViewFrameCheck.complaints(buffer, offset, end, limits);

            case StatementPartDecoder.TEMPLATE_ID:
                return ViewFrameCheck.statementPart(buffer, offset, end, limits);

            case HeldDecoder.TEMPLATE_ID:
                return StatusFrameCheck.held(buffer, offset, end);

            case FetchChunksDecoder.TEMPLATE_ID:
                return ChunkFrameCheck.fetchChunks(buffer, offset, end);

            case ChunkDecoder.TEMPLATE_ID:
                return ChunkFrameCheck.chunk(buffer, offset, end, limits);

            default:
                return ViewFrameCheck.fetchStatements(buffer, offset, end, limits);
        }
    }

    private static FrameVerdict votes(final DirectBuffer buffer, final int offset, final int end)
    {
        final int block = offset + HEADER_LENGTH;
        if (!isOrdinal(buffer, block + VotesDecoder.viewEncodingOffset(), 0))
        {
            return FrameVerdict.FORM;
        }

        final int prepares = block + VotesDecoder.BLOCK_LENGTH;
        final int prepareCount = voteGroup(buffer, prepares, end);
        if (prepareCount < 0)
        {
            return FrameVerdict.ofFailure(prepareCount);
        }

        final int commits = prepares + GROUP_HEADER_LENGTH + prepareCount * VOTE_LENGTH;
        final int commitCount = voteGroup(buffer, commits, end);
        if (commitCount < 0)
        {
            return FrameVerdict.ofFailure(commitCount);
        }
        if (commits + GROUP_HEADER_LENGTH + commitCount * VOTE_LENGTH != end)
        {
            return FrameVerdict.LENGTH;
        }

        return 0 == prepareCount + commitCount ? FrameVerdict.FORM : FrameVerdict.OK;
    }

    private static int voteGroup(final DirectBuffer buffer, final int position, final int end)
    {
        final int count = Structure.group(buffer, position, end, VOTE_LENGTH, FrameLimits.VOTES_MAX);
        int entry = position + GROUP_HEADER_LENGTH;
        for (int i = 0; i < count; i++)
        {
            if (!isOrdinal(buffer, entry + VotesDecoder.PreparesDecoder.sequenceEncodingOffset(), 1))
            {
                return FAILED_FORM;
            }
            entry += VOTE_LENGTH;
        }

        return count;
    }

    private static FrameVerdict committed(final DirectBuffer buffer, final int offset, final int end)
    {
        final int block = offset + HEADER_LENGTH;
        final int digests = block + CommittedDecoder.BLOCK_LENGTH;
        final int count = Structure.filledGroup(
            buffer, digests, end, DIGEST_ENTRY_LENGTH, FrameLimits.DIGESTS_MAX);
        if (count < 0)
        {
            return FrameVerdict.ofFailure(count);
        }
        if (digests + GROUP_HEADER_LENGTH + count * DIGEST_ENTRY_LENGTH != end)
        {
            return FrameVerdict.LENGTH;
        }

        final long firstSequence = int64(buffer, block + CommittedDecoder.firstSequenceEncodingOffset());

        return firstSequence < 1 || firstSequence > ORDINAL_MAX - count ? FrameVerdict.FORM : FrameVerdict.OK;
    }

    private static FrameVerdict fetch(final DirectBuffer buffer, final int offset, final int end)
    {
        final int wanted = offset + HEADER_LENGTH + FetchDecoder.BLOCK_LENGTH;
        final int count = Structure.filledGroup(buffer, wanted, end, WANTED_LENGTH, FrameLimits.WANTED_MAX);
        if (count < 0)
        {
            return FrameVerdict.ofFailure(count);
        }

        int position = wanted + GROUP_HEADER_LENGTH;
        long lastSequence = 0;
        for (int i = 0; i < count; i++)
        {
            final long sequence = int64(buffer, position + FetchDecoder.WantedDecoder.sequenceEncodingOffset());
            if (sequence <= lastSequence || sequence > ORDINAL_MAX)
            {
                return FrameVerdict.FORM;
            }
            lastSequence = sequence;
            position += WANTED_LENGTH;
        }

        return position == end ? FrameVerdict.OK : FrameVerdict.LENGTH;
    }
}
