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
import static io.tagma.codecs.Structure.VAR_DATA_HEADER_LENGTH;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint32;

import org.agrona.DirectBuffer;

import io.tagma.codecs.peer.ChunkDecoder;
import io.tagma.codecs.peer.FetchChunksDecoder;

/**
 * The peer templates that carry snapshots from one replica to another. {@link PeerFrameCheck} has seen to header and
 * block.
 */
final class ChunkFrameCheck
{
    private static final int STEP_LENGTH = ChunkDecoder.PathDecoder.sbeBlockLength();

    private ChunkFrameCheck()
    {
    }

    static FrameVerdict fetchChunks(final DirectBuffer buffer, final int offset, final int end)
    {
        final int block = offset + HEADER_LENGTH;
        if (block + FetchChunksDecoder.BLOCK_LENGTH != end)
        {
            return FrameVerdict.LENGTH;
        }
        if (uint32(buffer, block + FetchChunksDecoder.firstChunkEncodingOffset()) >= FrameLimits.CHUNKS_MAX)
        {
            return FrameVerdict.SIZE;
        }

        return isOrdinal(buffer, block + FetchChunksDecoder.sequenceEncodingOffset(), 1) &&
            0 != (int64(buffer, block + FetchChunksDecoder.wantedEncodingOffset()) & 1) &&
            0 == uint32(buffer, block + FetchChunksDecoder.reservedEncodingOffset()) ?
            FrameVerdict.OK : FrameVerdict.FORM;
    }

    static FrameVerdict chunk(
        final DirectBuffer buffer, final int offset, final int end, final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        if (uint32(buffer, block + ChunkDecoder.chunkNumberEncodingOffset()) >= FrameLimits.CHUNKS_MAX)
        {
            return FrameVerdict.SIZE;
        }
        if (!isOrdinal(buffer, block + ChunkDecoder.sequenceEncodingOffset(), 1) ||
            !isOrdinal(buffer, block + ChunkDecoder.snapshotLengthEncodingOffset(), 1) ||
            0 != uint32(buffer, block + ChunkDecoder.reservedEncodingOffset()))
        {
            return FrameVerdict.FORM;
        }

        final int path = block + ChunkDecoder.BLOCK_LENGTH;
        final int steps = Structure.group(buffer, path, end, STEP_LENGTH, FrameLimits.CHUNK_PATH_MAX);
        if (steps < 0)
        {
            return FrameVerdict.ofFailure(steps);
        }

        final int bytes = path + GROUP_HEADER_LENGTH + steps * STEP_LENGTH;
        final int length = Structure.varData(buffer, bytes, end, limits.chunkLengthMax());
        if (length < 0)
        {
            return FrameVerdict.ofFailure(length);
        }
        if (bytes + VAR_DATA_HEADER_LENGTH + length != end)
        {
            return FrameVerdict.LENGTH;
        }

        return 0 == length ? FrameVerdict.FORM : FrameVerdict.OK;
    }
}
