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
import io.tagma.codecs.peer.FetchChunksDecoder;
import org.agrona.DirectBuffer;

/**
 * Answers those that fetch a snapshot: at a bounded rate for each, and with what the side agent read.
 */
final class SnapshotSource
{
    /** Chunks that one replica is sent in a repair interval. */
    private static final int CHUNKS_PER_INTERVAL = 16;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final SnapshotLog log;
    private final Outbound outbound;
    private final SnapshotMessages messages;
    private final FetchChunksDecoder fetchChunks = new FetchChunksDecoder();
    private final long[] intervalAtNs;
    private final int[] chunkCount;
    private long chunksSent;

    SnapshotSource(final Core core, final SnapshotMessages messages)
    {
        parameters = core.parameters;
        status = core.status;
        log = core.snapshotLog;
        outbound = core.outbound;
        this.messages = messages;
        intervalAtNs = new long[parameters.quorums.size()];
        chunkCount = new int[parameters.quorums.size()];
    }

    Rejection onFetchChunks(final int senderId, final DirectBuffer buffer, final int offset)
    {
        fetchChunks.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, FetchChunksDecoder.BLOCK_LENGTH,
            FetchChunksDecoder.SCHEMA_VERSION);
        final long sequence = fetchChunks.sequence();
        if (sequence > log.certifiedSequence() || sequence > status.executedSequence())
        {
            return Rejection.UNWANTED;
        }
        if (status.nowNs() - intervalAtNs[senderId] > parameters.repairIntervalNs)
        {
            intervalAtNs[senderId] = status.nowNs();
            chunkCount[senderId] = 0;
        }
        final long wanted = fetchChunks.wanted();
        chunkCount[senderId] += Long.bitCount(wanted);
        if (chunkCount[senderId] > CHUNKS_PER_INTERVAL)
        {
            return Rejection.BUDGET;
        }
        return outbound.readChunks(senderId, sequence, (int)fetchChunks.firstChunk(), wanted) ?
            Rejection.NONE : Rejection.BUDGET;
    }

    /** The side agent has read one. */
    void onChunkRead(final int peerId, final DirectBuffer chunk, final int offset, final int length)
    {
        chunksSent++;
        messages.chunkTo(peerId, chunk, offset, length);
    }

    long chunksSent()
    {
        return chunksSent;
    }
}
