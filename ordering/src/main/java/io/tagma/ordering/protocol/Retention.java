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

/**
 * Which part of the journal can be done without. With each certificate that names a newer snapshot the journal gets a
 * {@code RestartPoint}: behind the certificate once more what a start must know of the present view. All that was ever
 * said of a batch beyond the end of the window of such a certificate lies behind it: before it was written no window
 * reached further. So once the second newest certified snapshot lies at or beyond that end, a start needs nothing that
 * lies before the certificate: not to execute, not to vote as it did, and not to bring along what it must into a new
 * view. Written by {@link Checkpointing}, and by {@link Recovery} on replay.
 */
final class Retention
{
    private static final int POINTS_MAX = 16;

    private final ReplicaStatus status;
    private final ProtocolParameters parameters;
    private final RecordWriter records;
    private final SnapshotLog snapshots;
    private final Outbound outbound;
    /** The last few, oldest first. */
    private final long[] sequences = new long[POINTS_MAX];
    private final long[] firstRecordNumbers = new long[POINTS_MAX];
    private final long[] lastRecordNumbers = new long[POINTS_MAX];
    private int count;
    private PresentView view;

    Retention(
        final ProtocolParameters parameters,
        final ReplicaStatus status,
        final RecordWriter records,
        final SnapshotLog snapshots,
        final Outbound outbound)
    {
        this.parameters = parameters;
        this.status = status;
        this.records = records;
        this.snapshots = snapshots;
        this.outbound = outbound;
    }

    /** Once, by {@link ViewChange}, which knows what a start must know of views. */
    void connect(final PresentView presentView)
    {
        view = presentView;
    }

    /**
     * A certificate was just written. If it names a newer snapshot, and no view is about to be left or entered, the
     * journal may one day begin with it.
     *
     * @return the record number that must be durable before the window moves to the certificate.
     */
    long onJournalled(final CertificateStore certificate, final long recordNumber)
    {
        if (certificate.snapshotSequence() <= snapshots.certifiedSequence() || !view.isSettled())
        {
            return recordNumber;
        }
        view.journal();
        final long sequence = certificate.sequence() + parameters.window;
        final long last = records.restartPoint(sequence, recordNumber);
        add(sequence, recordNumber, last);
        return last;
    }

    /** From our own journal. */
    void replayed(final long sequence, final long firstRecordNumber)
    {
        add(sequence, firstRecordNumber, RecordWriter.NULL_RECORD);
    }

    private void add(final long sequence, final long firstRecordNumber, final long lastRecordNumber)
    {
        if (POINTS_MAX == count)
        {
            drop(1);
        }
        sequences[count] = sequence;
        firstRecordNumbers[count] = firstRecordNumber;
        lastRecordNumbers[count] = lastRecordNumber;
        count++;
    }

    private void drop(final int oldest)
    {
        count -= oldest;
        System.arraycopy(sequences, oldest, sequences, 0, count);
        System.arraycopy(firstRecordNumbers, oldest, firstRecordNumbers, 0, count);
        System.arraycopy(lastRecordNumbers, oldest, lastRecordNumbers, 0, count);
    }

    /**
     * A newer snapshot is certified: snapshots that are older than the one certified before it, and what the journal
     * holds for those alone, are not needed again.
     *
     * @param durableRecordNumber up to which records are on the device.
     */
    void onCertified(final long durableRecordNumber)
    {
        if (status.isReplaying() || !snapshots.isOldestHeld(durableRecordNumber))
        {
            return;
        }
        outbound.retainSnapshots(snapshots.oldestNeeded());
        int usable = 0;
        while (usable < count && sequences[usable] <= snapshots.oldestNeeded() &&
            lastRecordNumbers[usable] <= durableRecordNumber)
        {
            usable++;
        }
        if (usable > 0)
        {
            outbound.retainRecords(firstRecordNumbers[usable - 1]);
            drop(usable);
        }
    }
}
