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
package io.tagma.ordering.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.PreparedMarkDecoder;
import io.tagma.codecs.journal.RestartPointDecoder;
import io.tagma.codecs.journal.RestoredSnapshotDecoder;
import io.tagma.codecs.journal.SelectedMarkDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.journal.StoredStatementPartDecoder;
import io.tagma.codecs.journal.TargetViewDecoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.OriginDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads facts for the oracle off the records that a correct replica appends.
 */
final class JournalWitness
{
    static final int CONTENT_OFFSET = FrameLayout.HEADER_LENGTH + OriginDecoder.ENCODED_LENGTH;
    static final int CONTENT_LENGTH = CheckpointContentDecoder.ENCODED_LENGTH;

    /** Whether a signature is right, asked of nothing that is checked. */
    interface SignatureCheck
    {
        /**
         * Verifies a replica's signature.
         *
         * @param replica   whose key.
         * @param message   that is signed.
         * @param signature of it.
         * @return whether it is right.
         */
        boolean isRight(int replica, byte[] message, byte[] signature);
    }

    private final Oracle oracle;
    private final long clusterId;
    private final int epoch;
    private final SignatureCheck signatures;
    private final EntryDecoder entry = new EntryDecoder();
    private final PreparedMarkDecoder preparedMark = new PreparedMarkDecoder();
    private final SelectedMarkDecoder selectedMark = new SelectedMarkDecoder();
    /** By replica, by record: views that it wants to enter. */
    private final Map<Integer, TreeMap<Long, Long>> targets = new HashMap<>();
    /** Replicas that write down again what they wrote before. */
    private final Set<Integer> repeating = new HashSet<>();
    private final Map<Integer, StatementParts> parts = new HashMap<>();
    /** Snapshots that certificates in journals name. */
    private final Map<Long, DigestValue> named = new HashMap<>();
    private final CommitMarkDecoder commitMark = new CommitMarkDecoder();
    private final StoredBatchDecoder storedBatch = new StoredBatchDecoder();
    private final StableCertificateDecoder stableCertificate = new StableCertificateDecoder();
    private final PrePrepareDecoder prePrepare = new PrePrepareDecoder();
    private final CertificateDecoder certificate = new CertificateDecoder();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    JournalWitness(final Oracle oracle, final long clusterId, final int epoch, final SignatureCheck signatures)
    {
        this.oracle = oracle;
        this.clusterId = clusterId;
        this.epoch = epoch;
        this.signatures = signatures;
    }

    /**
     * A replica appended a record.
     *
     * @param replica it.
     * @param record  number of the record.
     * @param buffer  that holds the message.
     * @param offset  of its header.
     */
    void onAppended(final int replica, final long record, final DirectBuffer buffer, final int offset)
    {
        final int body = offset + FrameLayout.HEADER_LENGTH;
        final int blockLength = buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
        final int version = buffer.getShort(offset + 6, LITTLE_ENDIAN) & 0xFFFF;
        switch (buffer.getShort(offset + 2, LITTLE_ENDIAN))
        {
            case EntryDecoder.TEMPLATE_ID ->
                onEntry(replica, record, entry.wrap(buffer, body, blockLength, version));
            case PreparedMarkDecoder.TEMPLATE_ID ->
            {
                preparedMark.wrap(buffer, body, blockLength, version);
                oracle.preparedAppended(
                    replica, record, preparedMark.view(), preparedMark.sequence(),
                    DigestValue.at(buffer, body + PreparedMarkDecoder.digestEncodingOffset()));
            }
            case CommitMarkDecoder.TEMPLATE_ID ->
            {
                commitMark.wrap(buffer, body, blockLength, version);
                oracle.committedAppended(
                    replica, record, commitMark.sequence(),
                    DigestValue.at(buffer, body + CommitMarkDecoder.digestEncodingOffset()));
            }
            case SelectedMarkDecoder.TEMPLATE_ID ->
            {
                selectedMark.wrap(buffer, body, blockLength, version);
                oracle.selectedAppended(
                    replica, record, selectedMark.view(), selectedMark.sequence(),
                    DigestValue.at(buffer, body + SelectedMarkDecoder.digestEncodingOffset()));
            }
            case TargetViewDecoder.TEMPLATE_ID ->
                onTarget(
                    replica, record, buffer.getLong(body + TargetViewDecoder.viewEncodingOffset(), LITTLE_ENDIAN));
            case StoredStatementPartDecoder.TEMPLATE_ID ->
                onPart(replica, record, buffer, body + blockLength + Integer.BYTES);
            case RestartPointDecoder.TEMPLATE_ID -> repeating.remove(replica);
            case StoredBatchDecoder.TEMPLATE_ID ->
                onStoredBatch(replica, storedBatch.wrap(buffer, body, blockLength, version));
            case StableCertificateDecoder.TEMPLATE_ID ->
                onCertificate(replica, record, stableCertificate.wrap(buffer, body, blockLength, version));
            case RestoredSnapshotDecoder.TEMPLATE_ID ->
            {
                final long sequence = buffer.getLong(
                    body + RestoredSnapshotDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN);
                oracle.snapshotFetched(
                    replica, record, sequence,
                    DigestValue.at(buffer, body + RestoredSnapshotDecoder.digestEncodingOffset()).equals(
                        named.get(sequence)));
            }
            default ->
            {
                // The shell's own records say nothing of votes.
            }
        }
    }

    /** A view that is left already: a restart point repeats what was said of it. */
    private void onTarget(final int replica, final long record, final long target)
    {
        final TreeMap<Long, Long> before = targets.computeIfAbsent(replica, key -> new TreeMap<>());
        if (before.isEmpty() || before.lastEntry().getValue() != target)
        {
            before.put(record, target);
            oracle.targetAppended(replica, record, target);
        }
        else
        {
            repeating.add(replica);
        }
    }

    /** A replica starts again: what lay behind the last record is lost. */
    void onRestarted(final int replica, final long lastRecord)
    {
        targets.computeIfAbsent(replica, key -> new TreeMap<>()).tailMap(lastRecord, false).clear();
        repeating.remove(replica);
    }

    private void onPart(final int replica, final long record, final DirectBuffer buffer, final int message)
    {
        final byte[] statement = parts.computeIfAbsent(replica, key -> new StatementParts()).add(buffer, message);
        if (null != statement && !repeating.contains(replica))
        {
            oracle.statementAppended(replica, record, StatementParts.digestOf(buffer, message), statement);
        }
    }

    static boolean isStoredBatch(final DirectBuffer message)
    {
        return StoredBatchDecoder.TEMPLATE_ID == message.getShort(2, LITTLE_ENDIAN);
    }

    static boolean isCertificate(final DirectBuffer message)
    {
        return StableCertificateDecoder.TEMPLATE_ID == message.getShort(2, LITTLE_ENDIAN);
    }

    private void onEntry(final int replica, final long record, final EntryDecoder decoder)
    {
        final DigestValue digest =
            DigestValue.at(decoder.buffer(), decoder.offset() + EntryDecoder.digestEncodingOffset());
        final long entryView = decoder.view();
        final long sequence = decoder.sequence();
        decoder.wrapPrePrepare(view);
        prePrepare.wrap(view, FrameLayout.HEADER_LENGTH, PrePrepareDecoder.BLOCK_LENGTH, 1);
        final long timestampNs = prePrepare.timestampNs();
        final int offset = prePrepare.limit() + PrePrepareDecoder.bodiesHeaderLength();
        final BatchContent batch =
            BatchContent.of(prePrepare.sequence(), timestampNs, view, offset, prePrepare.bodiesLength());
        oracle.entryAppended(replica, record, entryView, sequence, digest, batch, batch.digest(clusterId, epoch));
    }

    private void onStoredBatch(final int replica, final StoredBatchDecoder decoder)
    {
        final DigestValue digest =
            DigestValue.at(decoder.buffer(), decoder.offset() + StoredBatchDecoder.digestEncodingOffset());
        final int offset = decoder.limit() + StoredBatchDecoder.bodiesHeaderLength();
        final BatchContent batch = BatchContent.of(
            decoder.sequence(), decoder.timestampNs(), decoder.buffer(), offset, decoder.bodiesLength());
        oracle.batchAppended(replica, digest, batch, batch.digest(clusterId, epoch));
    }

    private void onCertificate(final int replica, final long record, final StableCertificateDecoder decoder)
    {
        final long sequence = decoder.sequence();
        decoder.wrapCertificate(view);
        final long signers = signersOf(certificate, view, oracle.cluster().replicaCount, signatures);
        named.put(
            certificate.content().snapshotSequence(),
            DigestValue.at(view, CONTENT_OFFSET + CheckpointContentDecoder.snapshotDigestEncodingOffset()));
        final boolean names = certificate.content().sequence() == sequence;
        oracle.certificateAppended(
            replica,
            record,
            sequence,
            DigestValue.at(view, CONTENT_OFFSET + CheckpointContentDecoder.rootEncodingOffset()),
            names ? signers : 0);
    }

    /**
     * Whose right signatures a Certificate message bears.
     *
     * @return bit i: replica i's.
     */
    static long signersOf(
        final CertificateDecoder decoder,
        final DirectBuffer buffer,
        final int replicaCount,
        final SignatureCheck signatures)
    {
        decoder.wrap(
            buffer, FrameLayout.HEADER_LENGTH, CertificateDecoder.BLOCK_LENGTH, CertificateDecoder.SCHEMA_VERSION);
        final byte[] message =
            signedBytes(buffer, CONTENT_OFFSET, SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH);
        long signers = 0;
        for (final CertificateDecoder.SignaturesDecoder signature : decoder.signatures())
        {
            final byte[] bytes = new byte[FrameLayout.SIGNATURE_LENGTH];
            final int signer = (int)signature.signer();
            signature.getSignature(bytes, 0, bytes.length);
            if (signer >= 0 && signer < replicaCount && signatures.isRight(signer, message, bytes))
            {
                signers |= 1L << signer;
            }
        }
        return signers;
    }

    /** What a replica signs when it signs a checkpoint's content. */
    static byte[] signedBytes(final DirectBuffer buffer, final int contentOffset, final long clusterId, final int epoch)
    {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[FrameLayout.DOMAIN_PREFIX_LENGTH + CONTENT_LENGTH]);
        FrameLayout.putDomainPrefix(message, 0, "tagma/ckpt/1", clusterId, epoch);
        message.putBytes(FrameLayout.DOMAIN_PREFIX_LENGTH, buffer, contentOffset, CONTENT_LENGTH);
        return message.byteArray();
    }
}
