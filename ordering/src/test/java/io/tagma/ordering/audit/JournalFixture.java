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
import io.tagma.codecs.client.BundleAuthenticatorEncoder;
import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.journal.CommitMarkEncoder;
import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.EntryEncoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.RestartPointEncoder;
import io.tagma.codecs.journal.RestoredSnapshotEncoder;
import io.tagma.codecs.journal.StableCertificateEncoder;
import io.tagma.codecs.journal.StoredBatchEncoder;
import io.tagma.codecs.peer.CertificateEncoder;
import io.tagma.codecs.peer.CheckpointContentEncoder;
import io.tagma.codecs.peer.PrePrepareEncoder;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.JournalContext;
import io.tagma.journal.JournalIdentity;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.authentication.SignatureDomain;
import io.tagma.ordering.authentication.Signatures;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.protocol.MerkleFrontier;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the journals that the replicas of a cluster would have written, with real digests and real signatures.
 */
public final class JournalFixture implements AutoCloseable
{
    private static final int BODY_LENGTH = BundleBodyEncoder.BLOCK_LENGTH + FrameLayout.PAYLOAD_HEADER_LENGTH + 100;
    private static final int SESSION = 5;
    private static final int BLOCK_LENGTH = 2 * 1024 * 1024;

    private final GeneratedCluster cluster;
    private final ClusterConfiguration configuration;
    private final ChronicleJournal journal;
    private final Path directory;
    private final MerkleFrontier tree = new MerkleFrontier(new Sha256());
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[4096]);
    private final UnsafeBuffer bodies = new UnsafeBuffer(new byte[BODY_LENGTH]);
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
    private final UnsafeBuffer certificate = new UnsafeBuffer(new byte[4096]);

    /**
     * Starts the journal of one replica.
     *
     * @param cluster   that it is of, already stored.
     * @param root      directory of the cluster.
     * @param replicaId of the replica.
     */
    public JournalFixture(final GeneratedCluster cluster, final Path root, final int replicaId)
    {
        this(cluster, root, replicaId, JournalContext.DEFAULT_SEGMENT_LENGTH);
    }

    /**
     * Starts the journal of one replica.
     *
     * @param cluster       that it is of, already stored.
     * @param root          directory of the cluster.
     * @param replicaId     of the replica.
     * @param segmentLength of the journal, in bytes.
     */
    public JournalFixture(
        final GeneratedCluster cluster, final Path root, final int replicaId, final long segmentLength)
    {
        this.cluster = cluster;
        configuration = cluster.configuration();
        directory = GeneratedCluster.replicaDirectory(root, replicaId);
        final JournalContext context = new JournalContext()
            .directory(directory.resolve(GeneratedCluster.JOURNAL_DIRECTORY))
            .minimumFreeSpace(0)
            .segmentLength(segmentLength)
            .blockLength(BLOCK_LENGTH)
            .identity(new JournalIdentity(
                configuration.clusterId(),
                configuration.epoch(),
                replicaId,
                configuration.replica(replicaId).signingKey().encoded()));
        ChronicleJournal.create(context);
        journal = ChronicleJournal.open(context).start(Durability.PROCESS, false, 0);
    }

    /**
     * Directory of the replica.
     *
     * @return its directory.
     */
    public Path directory()
    {
        return directory;
    }

    /**
     * Commits a run of batches, every third by transfer, every fifth an idle tick, with an abandoned rival before.
     *
     * @param first sequence.
     * @param last  sequence.
     */
    public void commit(final long first, final long last)
    {
        for (long sequence = first; sequence <= last; sequence++)
        {
            commit(sequence, (byte)sequence);
        }
    }

    /**
     * Commits one batch.
     *
     * @param sequence of the batch.
     * @param filling  of its payload.
     */
    public void commit(final long sequence, final byte filling)
    {
        final boolean idle = 0 == sequence % 5;
        fillBody(sequence, filling);
        final int length = idle ? 0 : BODY_LENGTH;
        computeDigest(sequence, length);
        if (0 == sequence % 3)
        {
            storedBatch(sequence, length);
        }
        else
        {
            entry(sequence, length);
        }
        final int commitLength = MessageHeaderEncoder.ENCODED_LENGTH + CommitMarkEncoder.BLOCK_LENGTH;
        new CommitMarkEncoder()
            .wrapAndApplyHeader(journal.claim(commitLength), 0, new MessageHeaderEncoder())
            .sequence(sequence)
            .putDigest(digest, 0, FrameLayout.DIGEST_LENGTH);
        journal.commit();
        tree.append(digest, 0);
    }

    /**
     * A batch that was accepted, and never committed.
     *
     * @param sequence of the batch.
     * @param filling  of its payload.
     */
    public void accept(final long sequence, final byte filling)
    {
        fillBody(sequence, filling);
        computeDigest(sequence, BODY_LENGTH);
        entry(sequence, BODY_LENGTH);
    }

    /**
     * Says that the state goes on from a snapshot that was fetched.
     *
     * @param sequence of the snapshot.
     */
    public void restore(final long sequence)
    {
        new RestoredSnapshotEncoder()
            .wrapAndApplyHeader(
                journal.claim(FrameLayout.HEADER_LENGTH + RestoredSnapshotEncoder.BLOCK_LENGTH), 0,
                new MessageHeaderEncoder())
            .sequence(sequence)
            .putDigest(digest, 0, FrameLayout.DIGEST_LENGTH);
        journal.commit();
    }

    /**
     * Says that the journal may begin with a certificate.
     *
     * @param sequence          that it leads on from then.
     * @param firstRecordNumber of the certificate.
     */
    public void restartPoint(final long sequence, final long firstRecordNumber)
    {
        new RestartPointEncoder()
            .wrapAndApplyHeader(
                journal.claim(FrameLayout.HEADER_LENGTH + RestartPointEncoder.BLOCK_LENGTH), 0,
                new MessageHeaderEncoder())
            .sequence(sequence)
            .firstRecordNumber(firstRecordNumber);
        journal.commit();
    }

    /**
     * Has segments deleted that hold nothing from a record on.
     *
     * @param recordNumber of the first record that is needed.
     */
    public void cut(final long recordNumber)
    {
        journal.requestSync();
        journal.retainFrom(recordNumber);
        while (journal.syncer().doWork() > 0)
        {
            journal.doWork();
        }
    }

    private void fillBody(final long sequence, final byte filling)
    {
        new BundleBodyEncoder().wrap(bodies, 0)
            .kind(BundleKind.REQUESTS)
            .count(1)
            .bodyLength(BODY_LENGTH)
            .clientId(1)
            .reserved(0)
            .sessionId(SESSION)
            .firstNumber(sequence);
        final int payload = BundleBodyEncoder.BLOCK_LENGTH + FrameLayout.PAYLOAD_HEADER_LENGTH;
        bodies.putInt(BundleBodyEncoder.BLOCK_LENGTH, BODY_LENGTH - payload, ByteOrder.LITTLE_ENDIAN);
        bodies.setMemory(payload, BODY_LENGTH - payload, filling);
    }

    private void computeDigest(final long sequence, final int length)
    {
        FrameLayout.putDomainPrefix(
            scratch, 0, FrameLayout.BATCH_DOMAIN, configuration.clusterId(), configuration.epoch());
        scratch.putLong(FrameLayout.DOMAIN_PREFIX_LENGTH, sequence, ByteOrder.LITTLE_ENDIAN);
        scratch.putLong(FrameLayout.DOMAIN_PREFIX_LENGTH + 8, timestamp(sequence), ByteOrder.LITTLE_ENDIAN);
        new Sha256().sha256(scratch, 0, FrameLayout.DOMAIN_PREFIX_LENGTH + 16, bodies, 0, length, digest, 0);
    }

    private static long timestamp(final long sequence)
    {
        return 1_800_000_000_000_000_000L + sequence * 1_000_000;
    }

    private void storedBatch(final long sequence, final int length)
    {
        final int recordLength =
            MessageHeaderEncoder.ENCODED_LENGTH + StoredBatchEncoder.BLOCK_LENGTH + Integer.BYTES + length;
        new StoredBatchEncoder()
            .wrapAndApplyHeader(journal.claim(recordLength), 0, new MessageHeaderEncoder())
            .sequence(sequence)
            .timestampNs(timestamp(sequence))
            .putDigest(digest, 0, FrameLayout.DIGEST_LENGTH)
            .bundleCount(0 == length ? 0 : 1)
            .reserved(0)
            .putBodies(bodies, 0, length);
        journal.commit();
    }

    private void entry(final long sequence, final int length)
    {
        final int authenticatorLength = 0 == length ? 0 :
            BundleAuthenticatorEncoder.BLOCK_LENGTH + configuration.replicaCount() * FrameLayout.TAG_LENGTH;
        scratch.setMemory(0, scratch.capacity(), (byte)0);
        final PrePrepareEncoder prePrepare = new PrePrepareEncoder();
        prePrepare.wrapAndApplyHeader(scratch, 0, new io.tagma.codecs.peer.MessageHeaderEncoder());
        prePrepare.origin()
            .clusterId(configuration.clusterId()).epoch(configuration.epoch()).sender(0);
        final UnsafeBuffer authenticator = new UnsafeBuffer(new byte[Math.max(authenticatorLength, 8)]);
        new BundleAuthenticatorEncoder().wrap(authenticator, 0)
            .tagCount(configuration.replicaCount()).signatureCount(0).reserved(0);
        prePrepare
            .view(0)
            .sequence(sequence)
            .timestampNs(timestamp(sequence))
            .putDigest(digest, 0, FrameLayout.DIGEST_LENGTH)
            .putAuthenticatorsDigest(digest, 0, FrameLayout.DIGEST_LENGTH)
            .bundleCount(0 == length ? 0 : 1)
            .reserved(0)
            .putBodies(bodies, 0, length)
            .putAuthenticators(authenticator, 0, authenticatorLength);
        final int messageLength = prePrepare.limit();
        final int recordLength =
            MessageHeaderEncoder.ENCODED_LENGTH + EntryEncoder.BLOCK_LENGTH + Integer.BYTES + messageLength;
        new EntryEncoder()
            .wrapAndApplyHeader(journal.claim(recordLength), 0, new MessageHeaderEncoder())
            .view(0)
            .sequence(sequence)
            .putDigest(digest, 0, FrameLayout.DIGEST_LENGTH)
            .putPrePrepare(scratch, 0, messageLength);
        journal.commit();
    }

    /**
     * Certifies the tree as it is now, signed by the first replicas.
     *
     * @param sequence  of the last batch.
     * @param signers   number of signatures.
     * @param forged    whether the last of them is wrong.
     * @param otherRoot whether what they sign is another tree's head.
     * @return number of the record.
     */
    public long certify(final long sequence, final int signers, final boolean forged, final boolean otherRoot)
    {
        final CertificateEncoder encoder = new CertificateEncoder();
        encoder.wrapAndApplyHeader(certificate, 0, new io.tagma.codecs.peer.MessageHeaderEncoder());
        encoder.origin().clusterId(configuration.clusterId()).epoch(configuration.epoch()).sender(0);
        final byte[] zero = new byte[FrameLayout.DIGEST_LENGTH];
        final UnsafeBuffer root = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        tree.root(root, 0);
        if (otherRoot)
        {
            root.putByte(0, (byte)~root.getByte(0));
        }
        final CheckpointContentEncoder content = encoder.content();
        content.sequence(sequence).nextPosition(sequence).effectiveTimeNs(timestamp(sequence)).snapshotSequence(0);
        for (int i = 0; i < FrameLayout.DIGEST_LENGTH; i++)
        {
            content.root(i, (short)(root.getByte(i) & 0xFF));
            content.snapshotDigest(i, zero[i]);
            content.nextConfigurationDigest(i, zero[i]);
        }
        final int contentOffset = content.offset();
        final Signatures signatures = new Signatures(configuration.clusterId(), configuration.epoch());
        final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
        final CertificateEncoder.SignaturesEncoder group = encoder.signaturesCount(signers);
        for (int signer = 0; signer < signers; signer++)
        {
            signatures.sign(
                SignatureDomain.CHECKPOINT, cluster.replicaKeys(signer).signing(), certificate, contentOffset,
                CheckpointContentEncoder.ENCODED_LENGTH, signature, 0);
            if (forged && signer == signers - 1)
            {
                signature.putByte(7, (byte)~signature.getByte(7));
            }
            group.next().signer(signer).reserved(0).putSignature(signature, 0, FrameLayout.SIGNATURE_LENGTH);
        }
        final int length = encoder.limit();
        final int recordLength =
            MessageHeaderEncoder.ENCODED_LENGTH + StableCertificateEncoder.BLOCK_LENGTH + Integer.BYTES + length;
        new StableCertificateEncoder()
            .wrapAndApplyHeader(journal.claim(recordLength), 0, new MessageHeaderEncoder())
            .sequence(sequence)
            .putCertificate(certificate, 0, length);
        final long recordNumber = journal.commit();
        journal.requestSync();
        journal.syncer().doWork();
        journal.doWork();
        return recordNumber;
    }

    /**
     * The journal, as the replica holds it.
     *
     * @return it, open.
     */
    public ChronicleJournal journal()
    {
        return journal;
    }

    @Override
    public void close()
    {
        journal.close();
    }
}
