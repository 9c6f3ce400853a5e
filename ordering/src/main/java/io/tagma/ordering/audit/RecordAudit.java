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
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.JournalRecordCheck;
import io.tagma.codecs.journal.BarrierDecoder;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.journal.ControlRecords;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.JournalScan;
import io.tagma.journal.RecoveryRules;
import io.tagma.ordering.configuration.ClusterConfiguration;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Goes through a journal's records as they lie on the disk, damage included.
 */
final class RecordAudit implements JournalScan.Handler
{
    /**
     * What the replica proposed or accepted for a sequence last.
     *
     * @param view   in which.
     * @param digest of the batch.
     */
    private record Accepted(long view, UnsafeBuffer digest)
    {
    }

    private final JournalScan scan;
    private final RecoveryRules rules;
    private final ClusterConfiguration cluster;
    private final FrameLimits limits;
    private final CertificateAudit certificates;
    private final Recoveries recoveries;
    private final Long2ObjectHashMap<Accepted> accepted = new Long2ObjectHashMap<>();
    private long barrierCount;
    private long behindDamageCount;
    private boolean damageComplete;
    private String badBarrier;
    private String badForm;
    private String badVote;

    RecordAudit(final Path journal, final ClusterConfiguration cluster)
    {
        this.cluster = cluster;
        scan = new JournalScan(journal);
        rules = new RecoveryRules(null, scan.durableRecordNumber());
        certificates = new CertificateAudit(cluster);
        recoveries = Recoveries.of(journal);
        limits = null == cluster ? null : cluster.frameLimits();
    }

    void run()
    {
        scan.run(this);
    }

    @Override
    public boolean onRecord(
        final long recordNumber, final Object place, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!rules.onRecord(recordNumber, place, buffer, offset, length))
        {
            behindDamageCount++;
            return false;
        }
        if (null != limits && null == badForm)
        {
            final FrameVerdict verdict = JournalRecordCheck.check(buffer, offset, length, limits);
            badForm = FrameVerdict.OK == verdict ? null : "record " + recordNumber + " has a wrong " + verdict;
        }
        final int block = offset + FrameLayout.HEADER_LENGTH;
        switch (ControlRecords.templateId(buffer, offset))
        {
            case BarrierDecoder.TEMPLATE_ID -> onBarrier(
                recordNumber, int64(buffer, block + BarrierDecoder.durableRecordNumberEncodingOffset()));
            case EntryDecoder.TEMPLATE_ID -> onEntry(buffer, block);
            case CommitMarkDecoder.TEMPLATE_ID ->
                accepted.remove(int64(buffer, block + CommitMarkDecoder.sequenceEncodingOffset()));
            case StableCertificateDecoder.TEMPLATE_ID ->
            {
                if (int64(buffer, block + StableCertificateDecoder.sequenceEncodingOffset()) <=
                    recoveries.endAt(recordNumber))
                {
                    certificates.onCertificate(buffer, offset, length);
                }
            }
            case RecoverDecoder.TEMPLATE_ID -> accepted.clear();
            default ->
            {
                // Nothing that could contradict anything.
            }
        }
        return true;
    }

    @Override
    public void onDamage(final boolean complete, final Object place)
    {
        damageComplete |= complete && !rules.isDamaged();
        rules.onDamage(complete, place);
    }

    private void onBarrier(final long recordNumber, final long durable)
    {
        barrierCount++;
        if (durable >= recordNumber && null == badBarrier)
        {
            badBarrier = "the barrier in record " + recordNumber + " names record " + durable +
                ", which is not before it";
        }
    }

    private void onEntry(final DirectBuffer buffer, final int block)
    {
        final long sequence = int64(buffer, block + EntryDecoder.sequenceEncodingOffset());
        final long view = int64(buffer, block + EntryDecoder.viewEncodingOffset());
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        digest.putBytes(0, buffer, block + EntryDecoder.digestEncodingOffset(), FrameLayout.DIGEST_LENGTH);
        final Accepted before = accepted.put(sequence, new Accepted(view, digest));
        if (null != before && before.view() == view && !before.digest().equals(digest) && null == badVote)
        {
            badVote = "two batches were accepted for sequence " + sequence + " in view " + view;
        }
    }

    List<CertifiedHead> certificates()
    {
        return certificates.heads();
    }

    List<LogVerification.Check> checks()
    {
        final List<LogVerification.Check> checks = new ArrayList<>();
        checks.add(identityCheck());
        checks.add(check("records", recordsFailure(), recordsText()));
        checks.add(null == limits ?
            new LogVerification.Check(
                "form", LogVerification.Verdict.NOT_CHECKED, "without the cluster file its limits are not known") :
            check("form", badForm, "every record is of a form that this build knows"));
        checks.add(check("barriers", badBarrier, barrierCount + " of them; all up to record " +
            rules.durableRecordNumber() + " was on the device"));
        checks.add(check("votes", badVote, "no two batches were accepted in one view for one sequence"));
        checks.add(certificates.check());
        return checks;
    }

    private LogVerification.Check identityCheck()
    {
        final JournalIdentity found = rules.found();
        if (null == found)
        {
            return check("identity", "the journal does not begin with its Init record", null);
        }
        if (null == cluster)
        {
            return check("identity", null, found + ", by its own word");
        }
        if (found.replicaId() >= cluster.replicaCount())
        {
            return check("identity", found + " is not in the cluster file", null);
        }
        final String difference = found.differenceTo(new JournalIdentity(
            cluster.clusterId(),
            cluster.epoch(),
            found.replicaId(),
            cluster.replica(found.replicaId()).signingKey().encoded()));
        return check("identity", null == difference ? null : "it is of " + difference, found.toString());
    }

    private String recordsFailure()
    {
        final long last = rules.lastRecordNumber();
        if (last < rules.durableRecordNumber())
        {
            return (rules.isDamaged() ? "record " + (last + 1) + " is damaged (" + rules.damagePlace() + ")" :
                "they end with record " + last) + ", though all up to record " + rules.durableRecordNumber() +
                " was on the device";
        }
        if (rules.isDamaged() && (damageComplete || behindDamageCount > 0))
        {
            return "record " + (last + 1) + " is damaged (" + rules.damagePlace() + "), " + behindDamageCount +
                " whole ones lie behind it";
        }
        return null;
    }

    private String recordsText()
    {
        return "numbers " + rules.firstRecordNumber() + " to " + rules.lastRecordNumber() +
            " without a gap, every checksum right" +
            (rules.isDamaged() ? "; one behind them is incomplete, the next start cuts it" : "");
    }

    private static LogVerification.Check check(final String name, final String failure, final String success)
    {
        return null == failure ?
            new LogVerification.Check(name, LogVerification.Verdict.OK, success) :
            new LogVerification.Check(name, LogVerification.Verdict.FAILED, failure);
    }

    private static long int64(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }
}
