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
package io.tagma.ordering.audit;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.InitDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.codecs.journal.RestartPointDecoder;
import io.tagma.codecs.journal.RestoredSnapshotDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.ControlRecords;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.JournalReader;
import io.tagma.ordering.configuration.GeneratedCluster;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The agreed order as one replica's journal holds it: committed batches by rising sequence number. Works on the journal
 * of a stopped replica and of one that runs, in this process or another. One thread.
 */
public final class OrderedLog implements AutoCloseable
{
    private static final String MANIFEST = "journal.manifest";
    private static final int POLL_LIMIT = 1;

    /**
     * A batch that was proposed, accepted or fetched, and where it lies.
     *
     * @param digest   of the batch.
     * @param position of its record.
     */
    private record Proposed(UnsafeBuffer digest, long position)
    {
    }

    /** What they undid is counted as it is read. */
    final Recoveries recoveries;
    private final JournalReader records;
    private final JournalReader batches;
    private final Long2ObjectHashMap<List<Proposed>> proposed = new Long2ObjectHashMap<>();
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
    private final ExpandableArrayBuffer bodies = new ExpandableArrayBuffer();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);

    private JournalIdentity identity;
    private boolean found;
    /** The greatest sequence that counts of what the record says that is read. */
    private long end;
    private long sequence;
    /** Of the last snapshot that was fetched; 0 before that. */
    private long restoredSequence;
    private long gapSequence;
    private long firstRecordNumber;
    private long lastRecordNumber;
    private long batchPosition;
    /** Where the order begins that a journal still holds whole. */
    private long leadsOnFrom = Long.MAX_VALUE;
    private long timestampNs;
    private long bundleCount;
    private int bodiesLength;

    /**
     * The order in a journal, before its first batch.
     *
     * @param directory of the journal, or of the replica that it is in.
     */
    public OrderedLog(final Path directory)
    {
        final Path journal = journalDirectory(directory);
        recoveries = Recoveries.of(journal);
        records = ChronicleJournal.reader(journal);
        batches = ChronicleJournal.reader(journal);
    }

    /**
     * Where a replica's journal lies.
     *
     * @param directory of the replica, or of the journal itself.
     * @return directory of the journal.
     */
    public static Path journalDirectory(final Path directory)
    {
        final Path inside = directory.resolve(GeneratedCluster.JOURNAL_DIRECTORY);
        return !Files.exists(directory.resolve(MANIFEST)) && Files.exists(inside.resolve(MANIFEST)) ?
            inside : directory;
    }

    /**
     * Goes to the next committed batch.
     *
     * @return false if there is none (yet).
     * @throws LogException if commit marks contradict each other, or one names a batch that was not written before, or
     *                      retention takes what is being read.
     */
    public boolean next()
    {
        found = false;
        while (!found && records.poll(this::onRecord, POLL_LIMIT) > 0)
        {
            Thread.onSpinWait();
        }
        return found;
    }

    private void onRecord(
        final long recordNumber, final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        if (0 == firstRecordNumber)
        {
            firstRecordNumber = recordNumber;
            leadsOnFrom = 1 == recordNumber ? 0 : Long.MAX_VALUE;
        }
        else if (recordNumber > lastRecordNumber + 1)
        {
            throw new LogException(
                "records " + (lastRecordNumber + 1) + " to " + (recordNumber - 1) + " are not there: if the replica " +
                "runs, retention took them while they were read; begin again");
        }
        lastRecordNumber = recordNumber;
        final int block = offset + FrameLayout.HEADER_LENGTH;
        end = recoveries.endAt(recordNumber);
        switch (ControlRecords.templateId(buffer, offset))
        {
            case InitDecoder.TEMPLATE_ID -> identity = JournalIdentity.of(buffer, offset);
            case EntryDecoder.TEMPLATE_ID -> onBatch(
                int64(buffer, block + EntryDecoder.sequenceEncodingOffset()),
                buffer,
                block + EntryDecoder.digestEncodingOffset(),
                position);
            case StoredBatchDecoder.TEMPLATE_ID -> onBatch(
                int64(buffer, block + StoredBatchDecoder.sequenceEncodingOffset()),
                buffer,
                block + StoredBatchDecoder.digestEncodingOffset(),
                position);
            case RestoredSnapshotDecoder.TEMPLATE_ID ->
                onRestored(int64(buffer, block + RestoredSnapshotDecoder.sequenceEncodingOffset()));
            case RecoverDecoder.TEMPLATE_ID -> leadsOnFrom = Long.MAX_VALUE == leadsOnFrom ? leadsOnFrom :
                Math.min(leadsOnFrom, int64(buffer, block + RecoverDecoder.sequenceEncodingOffset()));
            case RestartPointDecoder.TEMPLATE_ID -> onRestartPoint(buffer, block);
            case CommitMarkDecoder.TEMPLATE_ID -> onCommitMark(
                int64(buffer, block + CommitMarkDecoder.sequenceEncodingOffset()),
                buffer,
                block + CommitMarkDecoder.digestEncodingOffset());
            default ->
            {
                // Votes, certificates, barriers: no part of the order.
            }
        }
    }

    private void onBatch(final long ofSequence, final DirectBuffer buffer, final int digestOffset, final long position)
    {
        if (ofSequence > sequence && ofSequence <= end)
        {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
            copy.putBytes(0, buffer, digestOffset, FrameLayout.DIGEST_LENGTH);
            proposed.computeIfAbsent(ofSequence, ignored -> new ArrayList<>()).add(new Proposed(copy, position));
        }
    }

    private void onRestored(final long ofSequence)
    {
        restoredSequence = ofSequence <= end ? ofSequence : restoredSequence;
    }

    /** Of what lies before it in a journal that begins late a part may be gone. */
    private void onRestartPoint(final DirectBuffer buffer, final int block)
    {
        if (Long.MAX_VALUE == leadsOnFrom &&
            int64(buffer, block + RestartPointDecoder.firstRecordNumberEncodingOffset()) >= firstRecordNumber)
        {
            leadsOnFrom = int64(buffer, block + RestartPointDecoder.sequenceEncodingOffset());
        }
    }

    private void onCommitMark(final long ofSequence, final DirectBuffer buffer, final int digestOffset)
    {
        if (ofSequence > end)
        {
            recoveries.undone();
            return;
        }
        if (ofSequence <= leadsOnFrom && leadsOnFrom > 0)
        {
            proposed.remove(ofSequence);
            return;
        }
        if (ofSequence <= sequence && restoredSequence > 0)
        {
            // Executed once more, on a snapshot that had to be fetched once more.
            return;
        }
        if (restoredSequence > sequence && ofSequence == restoredSequence + 1)
        {
            gapSequence = restoredSequence;
        }
        else if (0 != sequence && ofSequence != sequence + 1)
        {
            throw new LogException(
                "the commit mark of sequence " + ofSequence + " follows that of sequence " + sequence);
        }
        digest.putBytes(0, buffer, digestOffset, FrameLayout.DIGEST_LENGTH);
        final List<Proposed> candidates = proposed.remove(ofSequence);
        final long position = positionOf(candidates);
        if (JournalReader.START_POSITION != position)
        {
            sequence = ofSequence;
            batchPosition = position;
            batches.seek(position);
            batches.poll(this::onBatchRead, POLL_LIMIT);
        }
        else
        {
            throw new LogException(
                "sequence " + ofSequence + " is committed, and its batch was not written down before");
        }
    }

    private long positionOf(final List<Proposed> candidates)
    {
        if (null != candidates)
        {
            for (final Proposed candidate : candidates)
            {
                if (candidate.digest().equals(digest))
                {
                    return candidate.position();
                }
            }
        }
        return JournalReader.START_POSITION;
    }

    private void onBatchRead(
        final long recordNumber, final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        if (position != batchPosition)
        {
            throw new LogException(
                "the batch of sequence " + sequence + " is no longer there: retention took it while it was read; " +
                "begin again");
        }
        found = true;
        // A view of the record alone: a length in it that lies is out of bounds, and nothing behind it is read.
        record.wrap(buffer, offset, length);
        final int block = FrameLayout.HEADER_LENGTH;
        if (EntryDecoder.TEMPLATE_ID == ControlRecords.templateId(record, 0))
        {
            final int prePrepare = block + EntryDecoder.BLOCK_LENGTH + Integer.BYTES + FrameLayout.HEADER_LENGTH;
            timestampNs = int64(record, prePrepare + PrePrepareDecoder.timestampNsEncodingOffset());
            bundleCount = uint32(record, prePrepare + PrePrepareDecoder.bundleCountEncodingOffset());
            copyBodies(prePrepare + PrePrepareDecoder.BLOCK_LENGTH);
        }
        else
        {
            timestampNs = int64(record, block + StoredBatchDecoder.timestampNsEncodingOffset());
            bundleCount = uint32(record, block + StoredBatchDecoder.bundleCountEncodingOffset());
            copyBodies(block + StoredBatchDecoder.BLOCK_LENGTH);
        }
    }

    private void copyBodies(final int lengthOffset)
    {
        bodiesLength = (int)uint32(record, lengthOffset);
        record.checkLimit(lengthOffset + Integer.BYTES + bodiesLength);
        bodies.putBytes(0, record, lengthOffset + Integer.BYTES, bodiesLength);
    }

    /**
     * First record that the journal holds; known once {@link #next()} was called.
     *
     * @return its number; more than 1 if retention has taken those before.
     */
    public long firstRecordNumber()
    {
        return firstRecordNumber;
    }

    /**
     * Whose journal it is; known once {@link #next()} was called.
     *
     * @return the identity; null before.
     */
    public JournalIdentity identity()
    {
        return identity;
    }

    /**
     * Of the batch.
     *
     * @return its sequence number; 0 before the first.
     */
    public long sequence()
    {
        return sequence;
    }

    /**
     * Where batches are missing because a snapshot was fetched in their place.
     *
     * @return the last sequence that is missing before the batch; 0 if none is.
     */
    public long gapSequence()
    {
        return gapSequence;
    }

    /**
     * Of the batch, as proposed.
     *
     * @return nanoseconds since the Unix epoch.
     */
    public long timestampNs()
    {
        return timestampNs;
    }

    /**
     * Digest that was agreed on.
     *
     * @return its 32 bytes, until the next batch.
     */
    public DirectBuffer digest()
    {
        return digest;
    }

    /**
     * Bundles in the batch.
     *
     * @return their number, 0 in an idle tick.
     */
    public long bundleCount()
    {
        return bundleCount;
    }

    /**
     * Bundle bodies, as in the client schema, from index 0.
     *
     * @return the buffer that holds them, until the next batch.
     */
    public DirectBuffer bodies()
    {
        return bodies;
    }

    /**
     * Bytes of the bodies.
     *
     * @return their length.
     */
    public int bodiesLength()
    {
        return bodiesLength;
    }

    @Override
    public void close()
    {
        records.close();
        batches.close();
    }

    private static long int64(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private static long uint32(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }
}
