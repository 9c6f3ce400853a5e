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

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.journal.StoredBatchEncoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.journal.JournalReader;
import io.tagma.journal.RecordHandler;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds batches and executed digests in the journal, for replicas that fell behind. A batch is found by its digest,
 * executed or not; what was executed is what a CommitMark names. Works in slices, so that whoever runs it stays
 * responsive. One thread.
 */
final class JournalLookup
{
    private static final int SLICE = 64;
    /** Records that one look-up reads at most; more would mean that the journal does not hold it where it must be. */
    private static final int SCAN_MAX = 1 << 16;
    /** So far behind the last one what is looked for is looked for from there. */
    private static final int NEXT_MAX = 64;
    private static final long NULL_SEQUENCE = -1;
    private static final int VAR_DATA_HEADER_LENGTH = Integer.BYTES;
    private static final int STORED_BODIES_OFFSET =
        HEADER_LENGTH + StoredBatchDecoder.BLOCK_LENGTH + VAR_DATA_HEADER_LENGTH;

    private final JournalIndex index;
    private final JournalReader reader;
    private final RecordHandler scanHandler = this::onScanned;
    private final RecordHandler batchHandler = this::onBatch;
    private final RecordHandler certificateHandler = this::onCertificate;
    private final UnsafeBuffer wantedDigest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
    private final UnsafeBuffer digests;
    private final UnsafeBuffer storedBatch;
    private final UnsafeBuffer certificate;
    private final StoredBatchEncoder storedBatchEncoder = new StoredBatchEncoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();

    private long firstSequence;
    private int wantedCount;
    private boolean isBatchWanted;
    private long candidatePosition;
    /** The batch that was found last, and where: what comes next is mostly looked for next, and lies behind it. */
    private long lastSequence = NULL_SEQUENCE;
    private long lastPosition;
    /** Whether this look-up began there, and not where the index says. */
    private boolean isBehindLast;
    private long scannedLength;
    private long certificatePosition;
    private int foundCount;
    private int scanned;
    private boolean isStarted;
    /** What was executed is marked in order: behind the mark of a later sequence there is no more to be found. */
    private boolean isPassed;
    private int storedBatchLength;
    private int certificateLength;

    /**
     * A look-up over two readers of one journal.
     *
     * @param indexReader      for the index.
     * @param reader           for what is looked up.
     * @param messageLengthMax of a peer message.
     * @param digestsMax       greatest number of digests looked up at once.
     */
    JournalLookup(
        final JournalReader indexReader,
        final JournalReader reader,
        final int messageLengthMax,
        final int digestsMax)
    {
        index = new JournalIndex(indexReader);
        this.reader = reader;
        digests = new UnsafeBuffer(new byte[digestsMax * DIGEST_LENGTH]);
        storedBatch = new UnsafeBuffer(new byte[messageLengthMax]);
        certificate = new UnsafeBuffer(new byte[messageLengthMax]);
    }

    void startBatch(final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        start(sequence, 1, true);
        wantedDigest.putBytes(0, digest, digestOffset, DIGEST_LENGTH);
    }

    void startHistory(final long sequence, final int count)
    {
        start(sequence, Math.min(count, digests.capacity() / DIGEST_LENGTH), false);
    }

    private void start(final long sequence, final int count, final boolean batch)
    {
        firstSequence = sequence;
        wantedCount = count;
        isBatchWanted = batch;
        candidatePosition = JournalIndex.NULL_POSITION;
        foundCount = 0;
        scanned = 0;
        isStarted = false;
        isPassed = false;
        storedBatchLength = 0;
        certificateLength = 0;
    }

    /**
     * Does a slice of the work.
     *
     * @return true once it is finished: see {@link #storedBatchLength()}, {@link #foundCount()}.
     */
    boolean advance()
    {
        if (!isStarted)
        {
            if (index.extend(SLICE) > 0)
            {
                return false;
            }
            final long position = index.positionBefore(firstSequence);
            if (JournalIndex.NULL_POSITION == position)
            {
                return true;
            }
            isBehindLast = isNextToLast();
            reader.onlyHeads(true);
            reader.seek(isBehindLast ? lastPosition : position);
            isStarted = true;
        }
        final int count = reader.poll(scanHandler, Math.min(SLICE, wantedCount * 4 + 8));
        scanned += count;
        if (foundCount < wantedCount && !isPassed && count > 0 && scanned < SCAN_MAX)
        {
            return false;
        }
        if (isBehindLast && 0 == foundCount)
        {
            // Accepted before the one that it comes behind.
            lastSequence = NULL_SEQUENCE;
            isStarted = false;
            isPassed = false;
            scanned = 0;
            return false;
        }
        if (!isBatchWanted && foundCount > 0)
        {
            readCertificate();
        }
        return true;
    }

    private boolean isNextToLast()
    {
        return isBatchWanted && NULL_SEQUENCE != lastSequence && firstSequence >= lastSequence &&
            firstSequence - lastSequence <= NEXT_MAX;
    }

    private void onScanned(
        final long recordNumber,
        final long position,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        scannedLength += Math.min(length, JournalReader.HEAD_LENGTH);
        if (foundCount == wantedCount)
        {
            return;
        }
        final int block = offset + HEADER_LENGTH;
        switch (JournalIndex.templateId(buffer, offset))
        {
            case EntryDecoder.TEMPLATE_ID:
                onCandidate(position, buffer, block + EntryDecoder.sequenceEncodingOffset(),
                    block + EntryDecoder.digestEncodingOffset());
                break;

            case StoredBatchDecoder.TEMPLATE_ID:
                onCandidate(position, buffer, block + StoredBatchDecoder.sequenceEncodingOffset(),
                    block + StoredBatchDecoder.digestEncodingOffset());
                break;

            case CommitMarkDecoder.TEMPLATE_ID:
                onCommitMark(recordNumber, buffer, block);
                break;

            default:
                break;
        }
    }

    private void onCandidate(
        final long position,
        final DirectBuffer buffer,
        final int sequenceOffset,
        final int digestOffset)
    {
        if (isBatchWanted && buffer.getLong(sequenceOffset, LITTLE_ENDIAN) == firstSequence &&
            0 == compare(buffer, digestOffset, wantedDigest, 0))
        {
            candidatePosition = position;
            lastSequence = firstSequence;
            lastPosition = position;
            foundCount = 1;
        }
    }

    private void onCommitMark(final long recordNumber, final DirectBuffer buffer, final int block)
    {
        final long sequence = buffer.getLong(block + CommitMarkDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN);
        if (sequence > index.endAt(recordNumber))
        {
            return;
        }
        isPassed |= sequence >= firstSequence + wantedCount;
        if (isBatchWanted || sequence != firstSequence + foundCount)
        {
            return;
        }
        digests.putBytes(
            foundCount * DIGEST_LENGTH, buffer, block + CommitMarkDecoder.digestEncodingOffset(), DIGEST_LENGTH);
        foundCount++;
    }

    /**
     * Reads the batch that was found.
     *
     * @return false if the journal does not hold the batch, or no longer: retention may have taken it meanwhile.
     */
    boolean readBatch()
    {
        if (JournalIndex.NULL_POSITION == candidatePosition)
        {
            return false;
        }
        reader.onlyHeads(false);
        reader.seek(candidatePosition);
        reader.poll(batchHandler, 1);
        return storedBatchLength > 0;
    }

    private static int compare(final DirectBuffer a, final int aOffset, final DirectBuffer b, final int bOffset)
    {
        for (int i = 0; i < DIGEST_LENGTH; i++)
        {
            if (a.getByte(aOffset + i) != b.getByte(bOffset + i))
            {
                return 1;
            }
        }
        return 0;
    }

    private void onBatch(
        final long recordNumber,
        final long position,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        if (position != candidatePosition)
        {
            return;
        }
        if (StoredBatchDecoder.TEMPLATE_ID == JournalIndex.templateId(buffer, offset))
        {
            storedBatch.putBytes(0, buffer, offset, length);
            storedBatchLength = length;
            return;
        }
        final int message = offset + HEADER_LENGTH + EntryDecoder.BLOCK_LENGTH + VAR_DATA_HEADER_LENGTH;
        final int block = message + HEADER_LENGTH;
        final int bodiesHeader = block + PrePrepareDecoder.BLOCK_LENGTH;
        final int bodiesLength = buffer.getInt(bodiesHeader, LITTLE_ENDIAN);
        storedBatchEncoder.wrapAndApplyHeader(storedBatch, 0, headerEncoder)
            .sequence(buffer.getLong(block + PrePrepareDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN))
            .timestampNs(buffer.getLong(block + PrePrepareDecoder.timestampNsEncodingOffset(), LITTLE_ENDIAN))
            .putDigest(buffer, block + PrePrepareDecoder.digestEncodingOffset(), DIGEST_LENGTH)
            .bundleCount(buffer.getInt(block + PrePrepareDecoder.bundleCountEncodingOffset(), LITTLE_ENDIAN))
            .reserved(0)
            .putBodies(buffer, bodiesHeader + VAR_DATA_HEADER_LENGTH, bodiesLength);
        storedBatchLength = STORED_BODIES_OFFSET + bodiesLength;
    }

    private void readCertificate()
    {
        certificatePosition = index.certificateAtOrAbove(firstSequence);
        if (JournalIndex.NULL_POSITION != certificatePosition)
        {
            reader.onlyHeads(false);
            reader.seek(certificatePosition);
            reader.poll(certificateHandler, 1);
        }
    }

    private void onCertificate(
        final long recordNumber,
        final long position,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        if (position == certificatePosition)
        {
            final int dataHeader = offset + HEADER_LENGTH + StableCertificateDecoder.BLOCK_LENGTH;
            certificateLength = buffer.getInt(dataHeader, LITTLE_ENDIAN);
            certificate.putBytes(0, buffer, dataHeader + VAR_DATA_HEADER_LENGTH, certificateLength);
        }
    }

    void close()
    {
        index.close();
        reader.close();
    }

    /** Bytes that were read to find things, since this was asked last. */
    long takeScannedLength()
    {
        final long length = scannedLength + index.takeScannedLength();
        scannedLength = 0;
        return length;
    }

    DirectBuffer storedBatch()
    {
        return storedBatch;
    }

    int storedBatchLength()
    {
        return storedBatchLength;
    }

    DirectBuffer digests()
    {
        return digests;
    }

    int foundCount()
    {
        return foundCount;
    }

    DirectBuffer certificate()
    {
        return certificate;
    }

    int certificateLength()
    {
        return certificateLength;
    }
}
