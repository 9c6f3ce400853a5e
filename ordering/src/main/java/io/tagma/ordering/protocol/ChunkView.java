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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.ChunkDecoder;
import io.tagma.codecs.peer.ChunkEncoder;
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A look at a Chunk message, whose structure was checked, and the way to write one. Borrows the buffer. One thread.
 */
public final class ChunkView
{
    private static final int BLOCK = FrameLayout.HEADER_LENGTH;
    private static final int STEPS = BLOCK + ChunkDecoder.BLOCK_LENGTH + GroupSizeEncodingEncoder.ENCODED_LENGTH;

    private final ChunkDecoder decoder = new ChunkDecoder();
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private DirectBuffer buffer;
    private int offset;
    private int stepCount;
    private int bytesLength;

    /**
     * Looks at a message.
     *
     * @param message       that holds it.
     * @param messageOffset of its header.
     * @return this.
     */
    public ChunkView wrap(final DirectBuffer message, final int messageOffset)
    {
        buffer = message;
        offset = messageOffset;
        decoder.wrap(message, messageOffset + BLOCK, ChunkDecoder.BLOCK_LENGTH, ChunkDecoder.SCHEMA_VERSION);
        stepCount = decoder.path().count();
        bytesLength = message.getInt(messageOffset + STEPS + stepCount * Digest.LENGTH, LITTLE_ENDIAN);
        return this;
    }

    /**
     * Writes a message without its origin, which the core fills in, around bytes that come next.
     *
     * @param target         to write to.
     * @param index          of the header.
     * @param sequence       of the snapshot.
     * @param snapshotLength in bytes.
     * @param chunkNumber    from 0.
     * @param tree           over the snapshot.
     * @param length         of the chunk's bytes.
     * @return where those go.
     */
    public int encode(
        final MutableDirectBuffer target,
        final int index,
        final long sequence,
        final long snapshotLength,
        final int chunkNumber,
        final SnapshotTree tree,
        final int length)
    {
        encoder.wrapAndApplyHeader(target, index, header);
        encoder.origin().clusterId(0).epoch(0).sender(0);
        encoder.sequence(sequence).snapshotLength(snapshotLength).chunkNumber(chunkNumber).reserved(0);
        final int steps = tree.stepCount(chunkNumber);
        encoder.pathCount(steps);
        tree.path(chunkNumber, target, index + STEPS);
        final int bytes = index + STEPS + steps * Digest.LENGTH;
        target.putInt(bytes, length, LITTLE_ENDIAN);
        return bytes + Integer.BYTES;
    }

    /**
     * How long a message is.
     *
     * @param stepCount of its path.
     * @param length    of the chunk's bytes.
     * @return in bytes, without the tag.
     */
    public static int messageLength(final int stepCount, final int length)
    {
        return STEPS + stepCount * Digest.LENGTH + Integer.BYTES + length;
    }

    /** @return length of the message in bytes. */
    public int messageLength()
    {
        return messageLength(stepCount, bytesLength);
    }

    /** @return sequence of the snapshot. */
    public long sequence()
    {
        return decoder.sequence();
    }

    /** @return bytes of the snapshot. */
    public long snapshotLength()
    {
        return decoder.snapshotLength();
    }

    /** @return number of the chunk, from 0. */
    public int chunkNumber()
    {
        return (int)decoder.chunkNumber();
    }

    /** @return bytes of the chunk. */
    public int bytesLength()
    {
        return bytesLength;
    }

    /** @return where they are in {@link #buffer()}. */
    public int bytesOffset()
    {
        return offset + STEPS + stepCount * Digest.LENGTH + Integer.BYTES;
    }

    /** @return the buffer that holds the message. */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    int stepCount()
    {
        return stepCount;
    }

    int stepOffset(final int step)
    {
        return offset + STEPS + step * Digest.LENGTH;
    }
}
