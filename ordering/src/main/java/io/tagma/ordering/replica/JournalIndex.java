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

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.MessageHeaderDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.journal.JournalReader;
import io.tagma.journal.RecordHandler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.agrona.DirectBuffer;

/**
 * Where in the journal sequences begin, sparsely, and where the certificates are. Grown only when somebody asks, by
 * reading on from where it ended last: in normal operation it costs nothing. Holds a fixed number of the newest.
 */
final class JournalIndex
{
    static final long NULL_POSITION = -1;

    private static final int SEQUENCES_PER_BLOCK = 64;
    private static final int BLOCKS = 1 << 17;
    private static final int CERTIFICATES = 1 << 13;
    private static final long NULL_BLOCK = -1;

    private final JournalReader reader;
    private final RecordHandler handler = this::onRecord;
    /** Of each block of sequences: its number, and where the first record that belongs to it lies. */
    private final long[] blockNumbers = new long[BLOCKS];
    private final long[] blockPositions = new long[BLOCKS];
    private final long[] certificateSequences = new long[CERTIFICATES];
    private final long[] certificatePositions = new long[CERTIFICATES];
    private long certificateCount;
    private long scannedLength;
    /** Of each RECOVER: its record number, and behind which sequence nothing counts that lies before it. */
    private final List<long[]> recoveries = new ArrayList<>();

    JournalIndex(final JournalReader reader)
    {
        this.reader = reader;
        reader.onlyHeads(true);
        Arrays.fill(blockNumbers, NULL_BLOCK);
    }

    /**
     * Reads on.
     *
     * @return records read; 0 when the index is complete.
     */
    int extend(final int limit)
    {
        return reader.poll(handler, limit);
    }

    private void onRecord(
        final long recordNumber,
        final long position,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        scannedLength += Math.min(length, JournalReader.HEAD_LENGTH);
        switch (templateId(buffer, offset))
        {
            case EntryDecoder.TEMPLATE_ID:
                onBatch(int64(buffer, offset + EntryDecoder.sequenceEncodingOffset()), position);
                break;

            case StoredBatchDecoder.TEMPLATE_ID:
                onBatch(int64(buffer, offset + StoredBatchDecoder.sequenceEncodingOffset()), position);
                break;

            case StableCertificateDecoder.TEMPLATE_ID:
                final int slot = (int)certificateCount++ & (CERTIFICATES - 1);
                certificateSequences[slot] =
                    int64(buffer, offset + StableCertificateDecoder.sequenceEncodingOffset());
                certificatePositions[slot] = position;
                break;

            case RecoverDecoder.TEMPLATE_ID:
                onRecover(recordNumber, int64(buffer, offset + RecoverDecoder.sequenceEncodingOffset()));
                break;

            default:
                break;
        }
    }

    private void onRecover(final long recordNumber, final long end)
    {
        recoveries.add(new long[]{recordNumber, end});
        for (int i = 0; i < BLOCKS; i++)
        {
            blockNumbers[i] = blockNumbers[i] > end / SEQUENCES_PER_BLOCK ? NULL_BLOCK : blockNumbers[i];
        }
        for (int i = 0; i < CERTIFICATES; i++)
        {
            certificateSequences[i] = certificateSequences[i] > end ? 0 : certificateSequences[i];
        }
    }

    /** The greatest sequence that counts of what a record says: a RECOVER behind it may have undone the rest. */
    long endAt(final long recordNumber)
    {
        for (final long[] recovery : recoveries)
        {
            if (recordNumber < recovery[0])
            {
                return recovery[1];
            }
        }
        return Long.MAX_VALUE;
    }

    private void onBatch(final long sequence, final long position)
    {
        final long block = sequence / SEQUENCES_PER_BLOCK;
        final int slot = (int)block & (BLOCKS - 1);
        if (block > blockNumbers[slot])
        {
            blockNumbers[slot] = block;
            blockPositions[slot] = position;
        }
    }

    /**
     * Where to begin to look for what belongs to a sequence.
     *
     * @return a position, or {@link #NULL_POSITION} if it is not known.
     */
    long positionBefore(final long sequence)
    {
        final long block = sequence / SEQUENCES_PER_BLOCK;
        final int slot = (int)block & (BLOCKS - 1);
        return block == blockNumbers[slot] ? blockPositions[slot] : NULL_POSITION;
    }

    /**
     * Where the lowest certificate at or above a sequence lies.
     *
     * @return a position, or {@link #NULL_POSITION} if there is none.
     */
    long certificateAtOrAbove(final long sequence)
    {
        final long oldest = Math.max(0, certificateCount - CERTIFICATES);
        long lowest = Long.MAX_VALUE;
        long position = NULL_POSITION;
        for (long i = certificateCount - 1; i >= oldest; i--)
        {
            final int slot = (int)i & (CERTIFICATES - 1);
            if (certificateSequences[slot] >= sequence && certificateSequences[slot] < lowest)
            {
                lowest = certificateSequences[slot];
                position = certificatePositions[slot];
            }
        }
        return position;
    }

    /** Bytes that were read since this was asked last. */
    long takeScannedLength()
    {
        final long length = scannedLength;
        scannedLength = 0;
        return length;
    }

    void close()
    {
        reader.close();
    }

    static int templateId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), LITTLE_ENDIAN) & 0xFFFF;
    }

    static long uint32(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /** A field of the block behind the header. */
    private static long int64(final DirectBuffer buffer, final int blockFieldOffset)
    {
        return buffer.getLong(HEADER_LENGTH + blockFieldOffset, LITTLE_ENDIAN);
    }
}
