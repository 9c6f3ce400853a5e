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
package io.tagma.ordering.protocol;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.ChunkEncoder;
import io.tagma.codecs.peer.FetchChunksEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.OriginEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the messages that carry snapshots from one replica to another. None of them is a vote.
 */
final class SnapshotMessages
{
    private final ProtocolParameters parameters;
    private final Outbound outbound;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final FetchChunksEncoder fetchChunks = new FetchChunksEncoder();
    private final OriginEncoder origin = new OriginEncoder();

    SnapshotMessages(final Core core)
    {
        parameters = core.parameters;
        outbound = core.outbound;
    }

    /** Asks one replica for chunks: bit i stands for chunk first + i. */
    void fetchChunksTo(final int peerId, final long sequence, final int firstChunk, final long wanted)
    {
        final int length = FrameLayout.HEADER_LENGTH + FetchChunksEncoder.BLOCK_LENGTH;
        fetchChunks.wrapAndApplyHeader(outbound.claimMessage(length), 0, header);
        putOrigin(fetchChunks.origin());
        fetchChunks.sequence(sequence).wanted(wanted).firstChunk(firstChunk).reserved(0);
        outbound.sendTo(peerId);
    }

    /** Sends a chunk that the side agent read, a Chunk message, under our own name. */
    void chunkTo(final int peerId, final DirectBuffer chunk, final int offset, final int length)
    {
        final MutableDirectBuffer buffer = outbound.claimMessage(length);
        buffer.putBytes(0, chunk, offset, length);
        putOrigin(origin.wrap(buffer, FrameLayout.HEADER_LENGTH + ChunkEncoder.originEncodingOffset()));
        outbound.sendTo(peerId);
    }

    private void putOrigin(final OriginEncoder encoder)
    {
        encoder.clusterId(parameters.clusterId).epoch(parameters.epoch).sender(parameters.replicaId);
    }
}
