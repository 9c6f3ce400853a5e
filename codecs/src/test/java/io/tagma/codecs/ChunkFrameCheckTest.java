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
import static io.tagma.codecs.FrameVerdict.FORM;
import static io.tagma.codecs.FrameVerdict.GROUP;
import static io.tagma.codecs.FrameVerdict.LENGTH;
import static io.tagma.codecs.FrameVerdict.OK;
import static io.tagma.codecs.FrameVerdict.SIZE;
import static io.tagma.codecs.SampleFrames.LIMITS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.peer.ChunkDecoder;
import io.tagma.codecs.peer.FetchChunksDecoder;

import java.util.Arrays;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every way to fail of the peer templates that carry snapshots.
 */
class ChunkFrameCheckTest
{
    private static final int BLOCK = HEADER_LENGTH;

    private final Refusals peer = new Refusals(Plane.PEER);

    @Test
    @DisplayName("J04 J05 fields of FetchChunks")
    void fetchChunks()
    {
        final byte[] message = SampleFrames.fetchChunks();
        final int wanted = BLOCK + FetchChunksDecoder.wantedEncodingOffset();
        final int first = BLOCK + FetchChunksDecoder.firstChunkEncodingOffset();

        peer.assertOrdinal(message, BLOCK + FetchChunksDecoder.sequenceEncodingOffset(), 1);
        peer.assertReserved(message, BLOCK + FetchChunksDecoder.reservedEncodingOffset(), 4);
        peer.assertVerdict(OK, Altered.int64(message, wanted, -1));
        peer.assertVerdict(OK, Altered.int64(message, wanted, 1));
        peer.assertVerdict(FORM, Altered.int64(message, wanted, 0));
        peer.assertVerdict(FORM, Altered.int64(message, wanted, -2));
        peer.assertVerdict(OK, Altered.uint32(message, first, FrameLimits.CHUNKS_MAX - 1));
        peer.assertVerdict(SIZE, Altered.uint32(message, first, FrameLimits.CHUNKS_MAX));
        peer.assertVerdict(SIZE, Altered.uint32(message, first, 0xFFFF_FFFFL));
        peer.assertVerdict(LENGTH, Arrays.copyOf(message, message.length + 1));
    }

    @Test
    @DisplayName("J04 J05 G07 fields, path and bytes of Chunk")
    void chunk()
    {
        final byte[] message = SampleFrames.chunk(2, 4_464);
        final int number = BLOCK + ChunkDecoder.chunkNumberEncodingOffset();
        final int path = BLOCK + ChunkDecoder.BLOCK_LENGTH;
        final int bytes = path + 4 + 2 * ChunkDecoder.PathDecoder.sbeBlockLength();

        peer.assertOrdinal(message, BLOCK + ChunkDecoder.sequenceEncodingOffset(), 1);
        peer.assertOrdinal(message, BLOCK + ChunkDecoder.snapshotLengthEncodingOffset(), 1);
        peer.assertReserved(message, BLOCK + ChunkDecoder.reservedEncodingOffset(), 4);
        peer.assertVerdict(OK, Altered.uint32(message, number, FrameLimits.CHUNKS_MAX - 1));
        peer.assertVerdict(SIZE, Altered.uint32(message, number, FrameLimits.CHUNKS_MAX));
        peer.assertVerdict(SIZE, Altered.uint32(message, number, 0xFFFF_FFFFL));
        peer.assertVerdict(GROUP, Altered.uint16(message, path, 31));
        peer.assertVerdict(SIZE, Altered.uint16(message, path + 2, FrameLimits.CHUNK_PATH_MAX + 1));
        peer.assertVerdict(OK, SampleFrames.chunk(FrameLimits.CHUNK_PATH_MAX, 1));
        peer.assertVerdict(SIZE, SampleFrames.chunk(FrameLimits.CHUNK_PATH_MAX + 1, 1));
        peer.assertVarData(message, bytes, LIMITS.chunkLengthMax());
        peer.assertVerdict(FORM, SampleFrames.chunk(2, 0));
        peer.assertVerdict(LENGTH, Arrays.copyOf(message, message.length + 1));
        peer.assertVerdict(OK, SampleFrames.chunk(FrameLimits.CHUNK_PATH_MAX, LIMITS.chunkLengthMax()));
    }

    @Test
    @DisplayName("a chunk with the longest path fits a frame, long or short")
    void chunksFitFrames()
    {
        assertTrue(SampleFrames.chunk(FrameLimits.CHUNK_PATH_MAX, LIMITS.chunkLengthMax()).length <=
            LIMITS.messageLengthMax());
        final FrameLimits longFrames = FrameLimits.builder().frameLengthMax(FrameLimits.GREATEST_FRAME_LENGTH).build();
        assertEquals(FrameLimits.GREATEST_CHUNK_LENGTH, longFrames.chunkLengthMax());
    }
}
