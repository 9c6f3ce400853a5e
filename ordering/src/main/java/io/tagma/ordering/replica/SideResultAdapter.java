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
package io.tagma.ordering.replica;

import io.tagma.ordering.protocol.Replica;

import org.agrona.DirectBuffer;

/**
 * Hands what the side agent answers to the core.
 */
final class SideResultAdapter implements SideResultHandler, ChunkHandler
{
    private final Replica replica;

    SideResultAdapter(final Replica replica)
    {
        this.replica = replica;
    }

    @Override
    public void onSigned(final long token, final DirectBuffer signature, final int offset)
    {
        replica.onSigned(token, signature, offset);
    }

    @Override
    public void onVerified(final long token, final boolean valid)
    {
        replica.onVerified(token, valid);
    }

    @Override
    public void onBatchRead(final int peerId, final DirectBuffer storedBatch, final int offset, final int length)
    {
        replica.onBatchRead(peerId, storedBatch, offset, length);
    }

    @Override
    public void onSnapshotTaken(final long sequence, final DirectBuffer digest, final int offset)
    {
        replica.snapshots().onTaken(sequence, digest, offset);
    }

    @Override
    public void onHistoryRead(
        final int peerId,
        final long firstSequence,
        final int count,
        final DirectBuffer digests,
        final int digestsOffset,
        final DirectBuffer certificate,
        final int certificateOffset,
        final int certificateLength)
    {
        replica.onHistoryRead(
            peerId, firstSequence, count, digests, digestsOffset, certificate, certificateOffset, certificateLength);
    }

    @Override
    public void onChunkRead(final int peerId, final DirectBuffer chunk, final int offset, final int length)
    {
        replica.snapshots().onChunkRead(peerId, chunk, offset, length);
    }

    @Override
    public void onChunkKept(final long sequence, final long snapshotLength, final int chunkNumber)
    {
        replica.snapshots().onChunkKept(sequence, snapshotLength, chunkNumber);
    }

    @Override
    public void onGathered(final long sequence, final boolean isRight, final DirectBuffer snapshot)
    {
        replica.snapshots().onGathered(sequence, isRight, snapshot, 0, isRight ? snapshot.capacity() : 0);
    }
}
