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
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.MessageHeaderDecoder;
import io.tagma.codecs.journal.PreparedMarkDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.codecs.journal.RestartPointDecoder;
import io.tagma.codecs.journal.RestoredSnapshotDecoder;
import io.tagma.codecs.journal.SelectedMarkDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.journal.StoredStatementPartDecoder;
import io.tagma.codecs.journal.TargetViewDecoder;
import org.agrona.DirectBuffer;

/**
 * Journal records to the same state, by the same mutators, with nothing sent and nothing written: after it this replica
 * knows every vote it ever said, and contradicts none of them. Of epochs that are over only that counts what was
 * executed up to their ends: nobody will ever be asked for a vote of theirs again.
 */
final class Recovery
{
    private final Core core;
    private final Delivery delivery;
    private final Checkpointing checkpointing;
    private final TakeOver takeOver;
    private final ViewRecovery viewRecovery;
    private final ViewChange viewChange;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EntryDecoder entry = new EntryDecoder();
    private final PreparedMarkDecoder preparedMark = new PreparedMarkDecoder();
    private final SelectedMarkDecoder selectedMark = new SelectedMarkDecoder();
    private final CommitMarkDecoder commitMark = new CommitMarkDecoder();
    private final StoredBatchDecoder storedBatch = new StoredBatchDecoder();
    private final StableCertificateDecoder stableCertificate = new StableCertificateDecoder();
    private final RecoverDecoder recover = new RecoverDecoder();
    private final Digest digest = new Digest();
    private long highestCertificate;
    private boolean isBehindGap;
    /** Epochs that a RECOVER has begun since the first record. */
    private int recoveries;

    Recovery(
        final Core core,
        final Delivery delivery,
        final Checkpointing checkpointing,
        final TakeOver takeOver,
        final ViewChange viewChange)
    {
        this.core = core;
        this.takeOver = takeOver;
        this.viewChange = viewChange;
        viewRecovery = new ViewRecovery(core, viewChange);
        this.delivery = delivery;
        this.checkpointing = checkpointing;
    }

    void onRecord(final DirectBuffer buffer, final int offset)
    {
        header.wrap(buffer, offset);
        final int block = offset + FrameLayout.HEADER_LENGTH;
        if (epoch() < core.parameters.epoch)
        {
            onOldRecord(buffer, block);
            return;
        }
        switch (header.templateId())
        {
            case EntryDecoder.TEMPLATE_ID -> onEntry(buffer, block);
            case PreparedMarkDecoder.TEMPLATE_ID -> onPreparedMark(buffer, block);
            case SelectedMarkDecoder.TEMPLATE_ID -> onSelectedMark(buffer, block);
            case TargetViewDecoder.TEMPLATE_ID -> viewRecovery.onTargetView(buffer, block);
            case StoredStatementPartDecoder.TEMPLATE_ID -> viewRecovery.onPart(buffer, block);
            case CommitMarkDecoder.TEMPLATE_ID -> onCommitMark(buffer, block);
            case StoredBatchDecoder.TEMPLATE_ID -> onStoredBatch(buffer, block);
            case RestoredSnapshotDecoder.TEMPLATE_ID -> onRestoredSnapshot(buffer, block);
            case RestartPointDecoder.TEMPLATE_ID -> onRestartPoint(buffer, block);
            case StableCertificateDecoder.TEMPLATE_ID -> onStableCertificate(buffer, block);
            default ->
            {
                // The journal's own records: identity, starts, barriers, clean marks.
            }
        }
    }

    /** Of the record that is replayed. */
    private int epoch()
    {
        return core.snapshotLog.firstEpoch() + recoveries;
    }

    private void onOldRecord(final DirectBuffer buffer, final int block)
    {
        switch (header.templateId())
        {
            case EntryDecoder.TEMPLATE_ID -> onOldEntry(buffer, block);
            case StoredBatchDecoder.TEMPLATE_ID ->
            {
                if (counts(buffer, block + StoredBatchDecoder.sequenceEncodingOffset()))
                {
                    onStoredBatch(buffer, block);
                }
            }
            case CommitMarkDecoder.TEMPLATE_ID ->
            {
                if (counts(buffer, block + CommitMarkDecoder.sequenceEncodingOffset()))
                {
                    onCommitMark(buffer, block);
                }
            }
            case RestoredSnapshotDecoder.TEMPLATE_ID ->
            {
                if (counts(buffer, block + RestoredSnapshotDecoder.sequenceEncodingOffset()))
                {
                    onRestoredSnapshot(buffer, block);
                }
            }
            case StableCertificateDecoder.TEMPLATE_ID ->
            {
                if (counts(buffer, block + StableCertificateDecoder.sequenceEncodingOffset()))
                {
                    onStableCertificate(buffer, block);
                }
            }
            case RecoverDecoder.TEMPLATE_ID -> onRecover(buffer, block);
            default ->
            {
                // Votes, views and restart points: they ended with their epoch.
            }
        }
    }

    private boolean counts(final DirectBuffer buffer, final int sequenceOffset)
    {
        return buffer.getLong(sequenceOffset, LITTLE_ENDIAN) <= core.parameters.epochs.endOf(epoch());
    }

    private void onOldEntry(final DirectBuffer buffer, final int block)
    {
        entry.wrap(buffer, block, EntryDecoder.BLOCK_LENGTH, EntryDecoder.SCHEMA_VERSION);
        final long sequence = entry.sequence();
        if (counts(buffer, block + EntryDecoder.sequenceEncodingOffset()) && !isOfThePast(sequence) &&
            sequence > core.status.executedSequence())
        {
            core.store.putPrePrepare(
                buffer, block + EntryDecoder.BLOCK_LENGTH + Integer.BYTES, entry.prePrepareLength())
                .isJournalled = true;
        }
    }

    /**
     * The next epoch begins behind the last certificate that counts. Whoever has not executed up to it gets what is
     * missing from others; what is missing where the journal was cut comes with a snapshot.
     */
    private void onRecover(final DirectBuffer buffer, final int block)
    {
        recover.wrap(buffer, block, RecoverDecoder.BLOCK_LENGTH, RecoverDecoder.SCHEMA_VERSION);
        final long handOver = core.parameters.epochs.endOf(epoch());
        recoveries++;
        if (recover.epoch() != epoch() || recover.sequence() != handOver || core.status.stableSequence() != handOver)
        {
            core.status.halted();
            core.outbound.halt(HaltReason.JOURNAL_CONTRADICTION, recover.sequence());
            return;
        }
        core.store.leaveView();
        isBehindGap |= core.status.executedSequence() < core.snapshotLog.leadsOnFrom();
        core.snapshotLog.leadsOnFrom(0);
    }

    private void onEntry(final DirectBuffer buffer, final int block)
    {
        entry.wrap(buffer, block, EntryDecoder.BLOCK_LENGTH, EntryDecoder.SCHEMA_VERSION);
        final long sequence = entry.sequence();
        if (isOfThePast(sequence))
        {
            return;
        }
        final int prePrepareOffset = block + EntryDecoder.BLOCK_LENGTH + Integer.BYTES;
        if (sequence > core.status.executedSequence())
        {
            core.store.putPrePrepare(buffer, prePrepareOffset, entry.prePrepareLength()).isJournalled = true;
        }
        if (core.admission.inWindow(sequence))
        {
            digest.set(buffer, block + EntryDecoder.digestEncodingOffset());
            core.log.slot(sequence).accept(digest);
            core.claims.accepted(sequence, entry.view(), digest);
            core.status.heard(sequence);
            if (core.status.isPrimary())
            {
                core.status.proposedBefore(sequence);
            }
        }
    }

    /** Of this a journal that begins late may hold one half, and the highest certificate in it lies beyond that. */
    private boolean isOfThePast(final long sequence)
    {
        return sequence <= core.snapshotLog.leadsOnFrom();
    }

    private void onPreparedMark(final DirectBuffer buffer, final int block)
    {
        preparedMark.wrap(buffer, block, PreparedMarkDecoder.BLOCK_LENGTH, PreparedMarkDecoder.SCHEMA_VERSION);
        if (core.admission.inWindow(preparedMark.sequence()) && !isOfThePast(preparedMark.sequence()))
        {
            core.log.slot(preparedMark.sequence()).prepared();
            digest.set(buffer, block + PreparedMarkDecoder.digestEncodingOffset());
            core.claims.prepared(preparedMark.sequence(), preparedMark.view(), digest);
        }
    }

    private void onSelectedMark(final DirectBuffer buffer, final int block)
    {
        selectedMark.wrap(buffer, block, SelectedMarkDecoder.BLOCK_LENGTH, SelectedMarkDecoder.SCHEMA_VERSION);
        viewChange.replayMark(selectedMark.view());
        if (core.admission.inWindow(selectedMark.sequence()) && !isOfThePast(selectedMark.sequence()))
        {
            digest.set(buffer, block + SelectedMarkDecoder.digestEncodingOffset());
            core.claims.selected(selectedMark.sequence(), selectedMark.view(), digest);
            takeOver.marked(selectedMark.sequence(), selectedMark.view());
        }
    }

    private void onStoredBatch(final DirectBuffer buffer, final int block)
    {
        storedBatch.wrap(buffer, block, StoredBatchDecoder.BLOCK_LENGTH, StoredBatchDecoder.SCHEMA_VERSION);
        if (storedBatch.sequence() <= core.status.executedSequence() || isOfThePast(storedBatch.sequence()))
        {
            return;
        }
        core.store.putBodies(
            storedBatch.sequence(),
            storedBatch.timestampNs(),
            (int)storedBatch.bundleCount(),
            buffer,
            block + StoredBatchDecoder.digestEncodingOffset(),
            buffer,
            block + StoredBatchDecoder.BLOCK_LENGTH + Integer.BYTES,
            storedBatch.bodiesLength()).isJournalled = true;
    }

    private void onCommitMark(final DirectBuffer buffer, final int block)
    {
        commitMark.wrap(buffer, block, CommitMarkDecoder.BLOCK_LENGTH, CommitMarkDecoder.SCHEMA_VERSION);
        final long sequence = commitMark.sequence();
        digest.set(buffer, block + CommitMarkDecoder.digestEncodingOffset());
        if (sequence <= core.status.executedSequence())
        {
            // The snapshot that this start began with has what it led to.
            if (core.admission.inWindow(sequence))
            {
                core.log.slot(sequence).commit(digest);
            }
            return;
        }
        if (isBehindGap || core.status.executedSequence() < core.snapshotLog.leadsOnFrom())
        {
            return;
        }
        final BatchSlot batch = core.store.find(sequence, digest);
        if (sequence != core.status.executedSequence() + 1 || null == batch)
        {
            core.status.halted();
            core.outbound.halt(HaltReason.JOURNAL_CONTRADICTION, sequence);
            return;
        }
        if (core.admission.inWindow(sequence))
        {
            core.log.slot(sequence).commit(digest);
        }
        delivery.execute(batch);
    }

    /**
     * What follows was executed on a state that was fetched. If that is not what this start began with, then what lies
     * between is not here: votes count, but nothing more is executed until the state is fetched again.
     */
    private void onRestoredSnapshot(final DirectBuffer buffer, final int block)
    {
        isBehindGap = core.status.executedSequence() <
            buffer.getLong(block + RestoredSnapshotDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN);
    }

    private void onRestartPoint(final DirectBuffer buffer, final int block)
    {
        core.retention.replayed(
            buffer.getLong(block + RestartPointDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN),
            buffer.getLong(block + RestartPointDecoder.firstRecordNumberEncodingOffset(), LITTLE_ENDIAN));
    }

    private void onStableCertificate(final DirectBuffer buffer, final int block)
    {
        stableCertificate.wrap(
            buffer, block, StableCertificateDecoder.BLOCK_LENGTH, StableCertificateDecoder.SCHEMA_VERSION);
        highestCertificate = Math.max(highestCertificate, stableCertificate.sequence());
        checkpointing.replay(
            buffer, block + StableCertificateDecoder.BLOCK_LENGTH + Integer.BYTES,
            stableCertificate.certificateLength());
    }

    /**
     * The journal holds no more.
     *
     * @return false if it has not come to the present epoch: then this replica must not take part.
     */
    boolean end()
    {
        viewRecovery.end();
        if (epoch() != core.parameters.epoch)
        {
            core.status.halted();
            core.outbound.halt(HaltReason.JOURNAL_CONTRADICTION, core.parameters.epochs.handOver());
        }
        return epoch() == core.parameters.epoch;
    }

    long highestCertificate()
    {
        return highestCertificate;
    }
}
