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
package io.tagma.ordering.cli;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.GroupSizeEncodingEncoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.RecoverEncoder;
import io.tagma.codecs.journal.StableCertificateEncoder;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.Journal;
import io.tagma.journal.JournalContext;
import io.tagma.journal.JournalException;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.OpenedJournal;
import io.tagma.journal.SnapshotStore;
import io.tagma.ordering.audit.LeftJournal;
import io.tagma.ordering.audit.Recoveries;
import io.tagma.ordering.audit.RecoveryProof;
import io.tagma.ordering.configuration.ClusterConfiguration;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;

/**
 * Appends a RECOVER to a replica's journal, as a start of its own: the certificate first, so that there is never a
 * RECOVER without, then the record that makes the next epoch; both are on the device when this returns.
 */
public final class RecoveryJournal
{
    private RecoveryJournal()
    {
    }

    static int apply(final RecoveryProof proof, final int replicaId, final Path journal, final LeftJournal left)
    {
        final ClusterConfiguration before = proof.before();
        final JournalContext context = new JournalContext()
            .directory(journal)
            .identity(new JournalIdentity(
                before.clusterId(), before.epoch(), replicaId, before.replica(replicaId).signingKey().encoded()))
            .conclude();
        try (OpenedJournal opened = ChronicleJournal.open(context))
        {
            append(opened, proof, left.certifiedSequence() + 2L * before.limits().checkpointInterval());
        }
        try
        {
            return new SnapshotStore(journal, FileChannel::force).deleteAbove(proof.file().sequence());
        }
        catch (final IOException ex)
        {
            throw new JournalException(
                JournalException.Reason.FAILED,
                "The recovery is in the journal " + journal + ", but snapshots that it made void cannot be deleted (" +
                ex.getMessage() + "): they are never gone on from; delete those behind sequence " +
                proof.file().sequence() + ".",
                ex);
        }
    }

    /**
     * Appends the records.
     *
     * @param opened       journal, in the epoch that ends.
     * @param proof        that enough administrators signed.
     * @param highestEnd   the end of the window of the highest certificate in the journal, in sequences: votes up to
     *                     there may be forgotten if its tail is.
     */
    public static void append(final OpenedJournal opened, final RecoveryProof proof, final long highestEnd)
    {
        final boolean isAmnesiac = opened.isTailAmnesia() || opened.isAmnesiaOpen();
        final long awaited = isAmnesiac ?
            Math.max(opened.awaitedSequence(), opened.isTailAmnesia() ? highestEnd : 0) : 0;
        // What this start writes is synced before it says that it is done: it forgets nothing.
        try (Journal journal = opened.start(Durability.POWER, isAmnesiac, awaited))
        {
            if (proof.file().sequence() > 0)
            {
                appendCertificate(journal, proof);
            }
            appendRecover(journal, proof);
        }
    }

    private static void appendCertificate(final Journal journal, final RecoveryProof proof)
    {
        final byte[] certificate = proof.file().certificate();
        RecoveryProof.encode(
            journal.claim(FrameLayout.HEADER_LENGTH + StableCertificateEncoder.BLOCK_LENGTH + Integer.BYTES +
                certificate.length),
            proof.file().sequence(),
            certificate);
        journal.commit();
    }

    private static void appendRecover(final Journal journal, final RecoveryProof proof)
    {
        final MutableDirectBuffer record = journal.claim(
            FrameLayout.HEADER_LENGTH + RecoverEncoder.BLOCK_LENGTH + GroupSizeEncodingEncoder.ENCODED_LENGTH +
            proof.signatures().size() * RecoverEncoder.SignaturesEncoder.sbeBlockLength());
        final RecoverEncoder.SignaturesEncoder signatures =
            new RecoverEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder())
                .sequence(proof.file().sequence())
                .epoch(proof.after().epoch())
                .reserved(0)
                .putConfiguration(proof.after().digest(), 0, FrameLayout.DIGEST_LENGTH)
                .signaturesCount(proof.signatures().size());
        for (final Recoveries.Signed signed : proof.signatures())
        {
            signatures.next()
                .administrator(signed.administrator())
                .reserved(0)
                .putSignature(signed.signature(), 0, FrameLayout.SIGNATURE_LENGTH);
        }
        journal.commit();
    }
}
