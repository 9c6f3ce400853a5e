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

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.RestoredSnapshotDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.journal.ControlRecords;
import io.tagma.journal.JournalException;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.JournalScan;
import io.tagma.journal.RecoveryRules;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * What the journal of a replica that is left says about where its cluster can be brought back: whose it is, how far it
 * executed, and its highest certificate. Reads only; what RECOVERs undid does not count.
 */
public final class LeftJournal implements JournalScan.Handler
{
    private final Path directory;
    private final Recoveries recoveries;
    private final RecoveryRules rules;
    private long executedSequence;
    private long certifiedSequence;
    private byte[] certificate = new byte[0];

    private LeftJournal(final Path directory, final Recoveries recoveries, final RecoveryRules rules)
    {
        this.directory = directory;
        this.recoveries = recoveries;
        this.rules = rules;
    }

    /**
     * Reads a journal.
     *
     * @param directory of the journal, or of the replica that it is in.
     * @return what it says.
     * @throws JournalException if there is none, or files of it are missing.
     */
    public static LeftJournal of(final Path directory)
    {
        final JournalScan scan = new JournalScan(OrderedLog.journalDirectory(directory));
        final LeftJournal journal = new LeftJournal(
            directory, Recoveries.of(directory), new RecoveryRules(null, scan.durableRecordNumber()));
        scan.run(journal);
        if (null == journal.rules.found())
        {
            throw new JournalException(
                JournalException.Reason.REFUSED, "The journal " + directory + " does not begin with its Init record.");
        }
        return journal;
    }

    @Override
    public boolean onRecord(
        final long recordNumber, final Object place, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!rules.onRecord(recordNumber, place, buffer, offset, length))
        {
            return false;
        }
        final int block = offset + FrameLayout.HEADER_LENGTH;
        final long end = recoveries.endAt(recordNumber);
        switch (ControlRecords.templateId(buffer, offset))
        {
            case CommitMarkDecoder.TEMPLATE_ID ->
                executed(int64(buffer, block + CommitMarkDecoder.sequenceEncodingOffset()), end);
            case RestoredSnapshotDecoder.TEMPLATE_ID ->
                executed(int64(buffer, block + RestoredSnapshotDecoder.sequenceEncodingOffset()), end);
            case StableCertificateDecoder.TEMPLATE_ID -> onCertificate(buffer, block, end);
            default ->
            {
                // Says nothing of how far it came.
            }
        }
        return true;
    }

    @Override
    public void onDamage(final boolean complete, final Object place)
    {
        rules.onDamage(complete, place);
    }

    private void executed(final long sequence, final long end)
    {
        if (sequence <= end)
        {
            executedSequence = Math.max(executedSequence, sequence);
        }
    }

    private void onCertificate(final DirectBuffer buffer, final int block, final long end)
    {
        final long sequence = int64(buffer, block + StableCertificateDecoder.sequenceEncodingOffset());
        if (sequence > certifiedSequence && sequence <= end)
        {
            certifiedSequence = sequence;
            final int data = block + StableCertificateDecoder.BLOCK_LENGTH;
            certificate = new byte[buffer.getInt(data, ByteOrder.LITTLE_ENDIAN)];
            buffer.getBytes(data + Integer.BYTES, certificate);
        }
    }

    private static long int64(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * How many requests were executed in batches behind a sequence.
     *
     * @param sequence behind which.
     * @return requests in the batches that the journal holds there.
     * @throws LogException if its order contradicts itself.
     */
    public long requestsBehind(final long sequence)
    {
        long count = 0;
        final BundleCursor bundles = new BundleCursor();
        try (OrderedLog log = new OrderedLog(directory))
        {
            while (log.next())
            {
                if (log.sequence() > sequence)
                {
                    for (bundles.wrap(log.bodies(), 0, log.bodiesLength()); bundles.next(); )
                    {
                        count += BundleKind.REQUESTS == bundles.kind() ? bundles.count() : 0;
                    }
                }
            }
        }
        return count;
    }

    /**
     * Whose it is.
     *
     * @return the identity, in the epoch that the journal has come to.
     */
    public JournalIdentity identity()
    {
        return rules.found();
    }

    /**
     * The RECOVERs in it.
     *
     * @return as they lie.
     */
    public Recoveries recoveries()
    {
        return recoveries;
    }

    /**
     * How far the replica executed.
     *
     * @return 0 if nothing.
     */
    public long executedSequence()
    {
        return executedSequence;
    }

    /**
     * Its highest certificate.
     *
     * @return sequence of it, 0 if it has none.
     */
    public long certifiedSequence()
    {
        return certifiedSequence;
    }

    /**
     * Its highest certificate.
     *
     * @return a Certificate message, not verified; empty if it has none.
     */
    public byte[] certificate()
    {
        return certificate.clone();
    }

    /**
     * Whether the replica said at its last start that it may have forgotten votes, and has not taken that back.
     *
     * @return whether it is an amnesiac by its own word.
     */
    public boolean isAmnesiac()
    {
        return rules.isAmnesiaOpen();
    }
}
