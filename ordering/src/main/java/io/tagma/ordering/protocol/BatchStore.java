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
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.PrePrepareEncoder;
import org.agrona.DirectBuffer;

/**
 * The batches in memory: those about to be executed, and after that the last ones that were, until their place is
 * needed. Everything older is in the journal. One place for each of the next {@code batchSlots} sequences, so a batch
 * far ahead can never take the room of one that is due.
 */
final class BatchStore
{
    private static final int LENGTH_FIELD = Integer.BYTES;

    private final BatchSlot[] slots;
    private final int mask;
    private final int bundlesPerBatch;
    private final PrePrepareDecoder prePrepareDecoder = new PrePrepareDecoder();

    BatchStore(final ProtocolParameters parameters)
    {
        slots = new BatchSlot[parameters.batchSlots];
        mask = slots.length - 1;
        bundlesPerBatch = parameters.bundlesPerBatch;
        final int length = FrameLayout.HEADER_LENGTH + PrePrepareEncoder.BLOCK_LENGTH + 2 * LENGTH_FIELD +
            parameters.batchLengthMax;
        for (int i = 0; i < slots.length; i++)
        {
            slots[i] = new BatchSlot(length, parameters.bundlesPerBatch);
        }
    }

    /**
     * The place of a sequence, whatever lies in it.
     */
    BatchSlot place(final long sequence)
    {
        return slots[(int)sequence & mask];
    }

    /**
     * The batch with this sequence and digest, or null if it is not in memory.
     */
    BatchSlot find(final long sequence, final Digest digest)
    {
        final BatchSlot slot = place(sequence);
        return slot.holds(sequence, digest) ? slot : null;
    }

    /**
     * Whether a PRE-PREPARE is no longer than any that a correct primary makes. Frames may be longer than that.
     */
    boolean fits(final int prePrepareLength, final long bundleCount)
    {
        return prePrepareLength <= slots[0].buffer.capacity() && bundleCount <= bundlesPerBatch;
    }

    /**
     * Copies a PRE-PREPARE, a whole message without its tag.
     */
    BatchSlot putPrePrepare(final DirectBuffer buffer, final int offset, final int length)
    {
        final PrePrepareDecoder decoder = prePrepareDecoder;
        decoder.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, PrePrepareDecoder.BLOCK_LENGTH,
            PrePrepareDecoder.SCHEMA_VERSION);
        final BatchSlot slot = place(decoder.sequence());
        slot.begin(decoder.sequence());
        slot.buffer.putBytes(0, buffer, offset, length);
        slot.digest.set(buffer, offset + FrameLayout.HEADER_LENGTH + PrePrepareDecoder.digestEncodingOffset());
        slot.timestampNs = decoder.timestampNs();
        slot.bundleCount = (int)decoder.bundleCount();
        slot.prePrepareLength = length;
        slot.bodiesOffset = FrameLayout.HEADER_LENGTH + PrePrepareDecoder.BLOCK_LENGTH + LENGTH_FIELD;
        slot.bodiesLength = decoder.bodiesLength();
        slot.authenticatorsOffset = slot.bodiesOffset + slot.bodiesLength + LENGTH_FIELD;
        slot.authenticatorsLength = length - slot.authenticatorsOffset;
        return slot;
    }

    /** A view is left: nothing is proposed any more; the batches themselves stay. */
    void leaveView()
    {
        for (final BatchSlot slot : slots)
        {
            slot.prePrepareLength = 0;
        }
    }

    /**
     * Copies the bare bodies of a batch that came by transfer, or lies in the journal as such.
     */
    BatchSlot putBodies(
        final long sequence,
        final long timestampNs,
        final int bundleCount,
        final DirectBuffer digest,
        final int digestOffset,
        final DirectBuffer bodies,
        final int bodiesOffset,
        final int bodiesLength)
    {
        final BatchSlot slot = place(sequence);
        slot.begin(sequence);
        slot.digest.set(digest, digestOffset);
        slot.timestampNs = timestampNs;
        slot.bundleCount = bundleCount;
        slot.bodiesOffset = 0;
        slot.bodiesLength = bodiesLength;
        slot.buffer.putBytes(0, bodies, bodiesOffset, bodiesLength);
        return slot;
    }
}
