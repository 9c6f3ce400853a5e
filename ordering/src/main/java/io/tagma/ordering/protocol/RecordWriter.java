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
import io.tagma.codecs.journal.AmnesiaEndEncoder;
import io.tagma.codecs.journal.CommitMarkEncoder;
import io.tagma.codecs.journal.EntryEncoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.PreparedMarkEncoder;
import io.tagma.codecs.journal.RestartPointEncoder;
import io.tagma.codecs.journal.RestoredSnapshotEncoder;
import io.tagma.codecs.journal.SelectedMarkEncoder;
import io.tagma.codecs.journal.StableCertificateEncoder;
import io.tagma.codecs.journal.StoredBatchEncoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import org.agrona.DirectBuffer;

/**
 * Writes down what this replica is about to say or do. While the journal is replayed it writes nothing: it is all
 * there.
 */
final class RecordWriter
{
    /** Nothing was written: the journal is being replayed. */
    static final long NULL_RECORD = 0;

    private static final int LENGTH_FIELD = Integer.BYTES;
    private static final int VIEW = FrameLayout.HEADER_LENGTH + PrePrepareDecoder.viewEncodingOffset();

    private final Outbound outbound;
    private final ReplicaStatus status;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EntryEncoder entry = new EntryEncoder();
    private final PreparedMarkEncoder preparedMark = new PreparedMarkEncoder();
    private final SelectedMarkEncoder selectedMark = new SelectedMarkEncoder();
    private final CommitMarkEncoder commitMark = new CommitMarkEncoder();
    private final RestoredSnapshotEncoder restoredSnapshot = new RestoredSnapshotEncoder();
    private final RestartPointEncoder restartPoint = new RestartPointEncoder();
    private final StoredBatchEncoder storedBatch = new StoredBatchEncoder();
    private final StableCertificateEncoder stableCertificate = new StableCertificateEncoder();
    private final AmnesiaEndEncoder amnesiaEnd = new AmnesiaEndEncoder();
    private long lastNumber = NULL_RECORD;

    RecordWriter(final Outbound outbound, final ReplicaStatus status)
    {
        this.outbound = outbound;
        this.status = status;
    }

    private long commit()
    {
        lastNumber = outbound.commitRecord();
        return lastNumber;
    }

    /** Of the last record that was written; {@link #NULL_RECORD} before the first: what is replayed lies before it. */
    long lastNumber()
    {
        return lastNumber;
    }

    /** Before PRE-PREPARE or PREPARE: the batch, and that it was proposed or accepted in this view. */
    void entry(
        final long sequence,
        final Digest digest,
        final DirectBuffer prePrepare,
        final int prePrepareOffset,
        final int prePrepareLength)
    {
        if (status.isReplaying())
        {
            return;
        }
        // A batch that was held in a view that is left must be proposed anew before it is accepted.
        final long view = prePrepare.getLong(prePrepareOffset + VIEW, LITTLE_ENDIAN);
        Invariants.verify(view == status.view(), Invariants.ENTRY_IS_OF_ITS_VIEW, status.view(), view);
        final int length = FrameLayout.HEADER_LENGTH + EntryEncoder.BLOCK_LENGTH + LENGTH_FIELD + prePrepareLength;
        entry
            .wrapAndApplyHeader(outbound.claimRecord(length), 0, header)
            .view(status.view())
            .sequence(sequence)
            .putDigest(digest.bytes(), 0, Digest.LENGTH)
            .putPrePrepare(prePrepare, prePrepareOffset, prePrepareLength);
        commit();
    }

    /** Before COMMIT. */
    void preparedMark(final long sequence, final Digest digest)
    {
        if (status.isReplaying())
        {
            return;
        }
        preparedMark
            .wrapAndApplyHeader(
                outbound.claimRecord(FrameLayout.HEADER_LENGTH + PreparedMarkEncoder.BLOCK_LENGTH), 0, header)
            .view(status.view())
            .sequence(sequence)
            .putDigest(digest.bytes(), 0, Digest.LENGTH);
        commit();
    }

    /** Before PREPARE for what a NEW-VIEW selected; the batch is journalled, or is null. */
    void selectedMark(final long view, final long sequence, final Digest digest)
    {
        if (status.isReplaying())
        {
            return;
        }
        selectedMark
            .wrapAndApplyHeader(
                outbound.claimRecord(FrameLayout.HEADER_LENGTH + SelectedMarkEncoder.BLOCK_LENGTH), 0, header)
            .view(view)
            .sequence(sequence)
            .putDigest(digest.bytes(), 0, Digest.LENGTH);
        commit();
    }

    /** Before REPLY, CHECKPOINT, or any statement that it is committed. */
    void commitMark(final long sequence, final Digest digest)
    {
        if (status.isReplaying())
        {
            return;
        }
        commitMark
            .wrapAndApplyHeader(
                outbound.claimRecord(FrameLayout.HEADER_LENGTH + CommitMarkEncoder.BLOCK_LENGTH), 0, header)
            .sequence(sequence)
            .putDigest(digest.bytes(), 0, Digest.LENGTH);
        commit();
    }

    /** Before the first commit mark behind a snapshot that was fetched. */
    void restoredSnapshot(final long sequence, final Digest digest)
    {
        restoredSnapshot
            .wrapAndApplyHeader(
                outbound.claimRecord(FrameLayout.HEADER_LENGTH + RestoredSnapshotEncoder.BLOCK_LENGTH), 0, header)
            .sequence(sequence)
            .putDigest(digest.bytes(), 0, Digest.LENGTH);
        commit();
    }

    /**
     * What a journal may begin with is written; on its way to the device, whatever the durability.
     *
     * @return the record number that must be durable before anything before it goes.
     */
    long restartPoint(final long sequence, final long firstRecordNumber)
    {
        restartPoint
            .wrapAndApplyHeader(
                outbound.claimRecord(FrameLayout.HEADER_LENGTH + RestartPointEncoder.BLOCK_LENGTH), 0, header)
            .sequence(sequence)
            .firstRecordNumber(firstRecordNumber);
        final long recordNumber = commit();
        outbound.requestSync();
        return recordNumber;
    }

    /** Before the commit mark of a batch that is in no entry. */
    void storedBatch(final BatchSlot batch)
    {
        if (status.isReplaying())
        {
            return;
        }
        final int length = FrameLayout.HEADER_LENGTH + StoredBatchEncoder.BLOCK_LENGTH + LENGTH_FIELD +
            batch.bodiesLength;
        storedBatch
            .wrapAndApplyHeader(outbound.claimRecord(length), 0, header)
            .sequence(batch.sequence)
            .timestampNs(batch.timestampNs)
            .putDigest(batch.digest.bytes(), 0, Digest.LENGTH)
            .bundleCount(batch.bundleCount)
            .reserved(0)
            .putBodies(batch.buffer, batch.bodiesOffset, batch.bodiesLength);
        commit();
        batch.isJournalled = true;
    }

    /**
     * Before the window moves to it. On its way to the device, whatever the durability.
     *
     * @return the record number that must be durable first.
     */
    long stableCertificate(final long sequence, final DirectBuffer certificate, final int offset, final int length)
    {
        if (status.isReplaying())
        {
            return NULL_RECORD;
        }
        stableCertificate
            .wrapAndApplyHeader(
                outbound.claimRecord(
                    FrameLayout.HEADER_LENGTH + StableCertificateEncoder.BLOCK_LENGTH + LENGTH_FIELD + length),
                0,
                header)
            .sequence(sequence)
            .putCertificate(certificate, offset, length);
        final long recordNumber = commit();
        outbound.requestSync();
        return recordNumber;
    }

    /**
     * Before an amnesiac votes again. On its way to the device, whatever the durability.
     *
     * @return the record number that must be durable first.
     */
    long amnesiaEnd()
    {
        amnesiaEnd
            .wrapAndApplyHeader(
                outbound.claimRecord(FrameLayout.HEADER_LENGTH + AmnesiaEndEncoder.BLOCK_LENGTH), 0, header)
            .incarnation(status.incarnation())
            .sequence(status.executedSequence());
        final long recordNumber = commit();
        outbound.requestSync();
        return recordNumber;
    }
}
