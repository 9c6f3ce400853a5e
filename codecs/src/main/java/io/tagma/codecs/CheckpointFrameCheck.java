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
import static io.tagma.codecs.Structure.FAILED_SENDER;
import static io.tagma.codecs.Structure.GROUP_HEADER_LENGTH;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint32;

import org.agrona.DirectBuffer;

import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.CheckpointDecoder;

/**
 * The peer templates that carry signed tree heads. {@link PeerFrameCheck} has seen to header and block.
 */
final class CheckpointFrameCheck
{
    private static final int CONTENT_SEQUENCE = CheckpointContentDecoder.sequenceEncodingOffset();
    private static final int CONTENT_NEXT_POSITION = CheckpointContentDecoder.nextPositionEncodingOffset();
    private static final int CONTENT_EFFECTIVE_TIME = CheckpointContentDecoder.effectiveTimeNsEncodingOffset();
    private static final int CONTENT_SNAPSHOT_SEQUENCE = CheckpointContentDecoder.snapshotSequenceEncodingOffset();
    private static final int SIGNATURE_ENTRY_LENGTH = CertificateDecoder.SignaturesDecoder.sbeBlockLength();

    private CheckpointFrameCheck()
    {
    }

    static FrameVerdict checkpoint(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        if (block + CheckpointDecoder.BLOCK_LENGTH != end)
        {
            return FrameVerdict.LENGTH;
        }
        if (uint32(buffer, block + CheckpointDecoder.signerEncodingOffset()) >= limits.replicaCount())
        {
            return FrameVerdict.SENDER;
        }

        return 0 == uint32(buffer, block + CheckpointDecoder.reservedEncodingOffset()) &&
            isContent(buffer, block + CheckpointDecoder.contentEncodingOffset()) ? FrameVerdict.OK : FrameVerdict.FORM;
    }

    static FrameVerdict certificate(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        if (!isContent(buffer, block + CertificateDecoder.contentEncodingOffset()))
        {
            return FrameVerdict.FORM;
        }

        final int signatures = block + CertificateDecoder.BLOCK_LENGTH;
        final int count = Structure.filledGroup(
            buffer, signatures, end, SIGNATURE_ENTRY_LENGTH, limits.replicaCount());
        if (count < 0)
        {
            return FrameVerdict.ofFailure(count);
        }

        final int position = signatures(buffer, signatures + GROUP_HEADER_LENGTH, count, limits);
        if (position < 0)
        {
            return FrameVerdict.ofFailure(position);
        }

        return position == end ? FrameVerdict.OK : FrameVerdict.LENGTH;
    }

    private static int signatures(
        final DirectBuffer buffer,
        final int first,
        final int count,
        final FrameLimits limits)
    {
        int position = first;
        long lastSigner = -1;
        for (int i = 0; i < count; i++)
        {
            final long signer =
                uint32(buffer, position + CertificateDecoder.SignaturesDecoder.signerEncodingOffset());
            if (signer >= limits.replicaCount())
            {
                return FAILED_SENDER;
            }
            if (signer <= lastSigner ||
                0 != uint32(buffer, position + CertificateDecoder.SignaturesDecoder.reservedEncodingOffset()))
            {
                return FAILED_FORM;
            }
            lastSigner = signer;
            position += SIGNATURE_ENTRY_LENGTH;
        }

        return position;
    }

    private static boolean isContent(final DirectBuffer buffer, final int content)
    {
        return isOrdinal(buffer, content + CONTENT_SEQUENCE, 1) &&
            isOrdinal(buffer, content + CONTENT_NEXT_POSITION, 1) &&
            isOrdinal(buffer, content + CONTENT_EFFECTIVE_TIME, 0) &&
            isOrdinal(buffer, content + CONTENT_SNAPSHOT_SEQUENCE, 0) &&
            int64(buffer, content + CONTENT_SNAPSHOT_SEQUENCE) <= int64(buffer, content + CONTENT_SEQUENCE);
    }
}
