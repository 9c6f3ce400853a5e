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
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.PeerFrameCheck;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.StableCertificateEncoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.journal.ControlRecords;
import io.tagma.ordering.configuration.Administrators;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.EpochChain;
import io.tagma.ordering.configuration.RecoveryFile;
import io.tagma.ordering.configuration.Succession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A recovery file that was held against a cluster file: the epoch is the next one, the certificate is one of a quorum,
 * and what administrators sign is the configuration that follows from both.
 *
 * @param before     the configuration of the epoch that ends.
 * @param after      the configuration of the epoch that begins.
 * @param file       that was verified.
 * @param signatures of administrators, rising by their place, each right.
 */
public record RecoveryProof(
    ClusterConfiguration before,
    ClusterConfiguration after,
    RecoveryFile file,
    List<Recoveries.Signed> signatures)
{
    private static final int CONTENT = FrameLayout.HEADER_LENGTH + CertificateDecoder.contentEncodingOffset();

    /**
     * Proposes a recovery.
     *
     * @param cluster     of the epoch that shall end.
     * @param sequence    behind which the next shall begin.
     * @param certificate for it; empty at 0.
     * @return a file that nobody has signed.
     * @throws ConfigurationException if the cluster has no administrators, or the certificate is not right.
     */
    public static RecoveryFile propose(
        final ClusterConfiguration cluster, final long sequence, final byte[] certificate)
    {
        requireAdministrators(cluster);
        requireCertificate(cluster, sequence, certificate);
        final ClusterConfiguration after = Succession.next(cluster, handOver(sequence, certificate));
        return new RecoveryFile(
            cluster.clusterId(), after.epoch(), sequence, certificate, HexFormat.of().formatHex(after.digest()),
            Map.of());
    }

    /**
     * Verifies a recovery file, but for the number of signatures.
     *
     * @param file    to verify.
     * @param cluster the configuration of the epoch that shall end, or already that of the one that shall begin.
     * @return the proof.
     * @throws ConfigurationException if the file is of another cluster or epoch, its certificate is not right, it was
     *                                made with another configuration, or a signature is wrong.
     */
    public static RecoveryProof of(final RecoveryFile file, final ClusterConfiguration cluster)
    {
        requireAdministrators(cluster);
        require(
            file.clusterId() == cluster.clusterId(),
            "it is of cluster " + HexFormat.of().toHexDigits(file.clusterId()) + ", the cluster file of " +
            HexFormat.of().toHexDigits(cluster.clusterId()));
        final boolean isAfter = file.epoch() == cluster.epoch() && null != Succession.before(cluster);
        final ClusterConfiguration before = isAfter ? Succession.before(cluster) : cluster;
        require(
            file.epoch() == before.epoch() + 1,
            "it begins epoch " + file.epoch() + ", and the cluster file is of epoch " + cluster.epoch() +
            ": the next one is " + (cluster.epoch() + 1));
        requireCertificate(before, file.sequence(), file.certificate());
        final ClusterConfiguration after = Succession.next(before, handOver(file.sequence(), file.certificate()));
        require(
            HexFormat.of().formatHex(after.digest()).equals(file.configuration()),
            "it was made with another cluster file than this one: compare their SHA-256");
        final RecoveryProof proof = new RecoveryProof(before, after, file, new ArrayList<>());
        proof.verifySignatures();
        return proof;
    }

    private static EpochChain.HandOver handOver(final long sequence, final byte[] certificate)
    {
        return EpochChain.HandOver.of(sequence, 0 == sequence ? certificate :
            Arrays.copyOfRange(certificate, CONTENT, CONTENT + CheckpointContentDecoder.ENCODED_LENGTH));
    }

    private static void requireAdministrators(final ClusterConfiguration cluster)
    {
        if (cluster.administrators().isEmpty())
        {
            throw new ConfigurationException("The cluster file names no administrators: nobody can bring this " +
                "cluster back. Administrators must be in it when a cluster is made (tagma init --administrators).");
        }
    }

    private static void requireCertificate(
        final ClusterConfiguration cluster, final long sequence, final byte[] certificate)
    {
        require(
            sequence >= cluster.epochs().handOver(),
            "sequence " + sequence + " lies before " + cluster.epochs().handOver() + ", where epoch " +
            cluster.epoch() + " began");
        if (0 == sequence)
        {
            require(0 == certificate.length, "there is no certificate for sequence 0");
            return;
        }
        final UnsafeBuffer message = new UnsafeBuffer(certificate);
        require(
            certificate.length > FrameLayout.HEADER_LENGTH && FrameVerdict.OK ==
            PeerFrameCheck.check(message, 0, certificate.length, cluster.frameLimits()) &&
            CertificateDecoder.TEMPLATE_ID == ControlRecords.templateId(message, 0),
            "its certificate is garbled");
        final UnsafeBuffer record = new UnsafeBuffer(new byte[
            FrameLayout.HEADER_LENGTH + StableCertificateEncoder.BLOCK_LENGTH + Integer.BYTES + certificate.length]);
        encode(record, sequence, certificate);
        final CertificateAudit audit = new CertificateAudit(cluster);
        audit.onCertificate(record, 0, record.capacity());
        require(audit.heads().get(0).sequence() == sequence, "its certificate is not for sequence " + sequence);
        require(LogVerification.Verdict.OK == audit.check().verdict(), audit.check().text());
    }

    /**
     * Encodes the StableCertificate record that a journal gets.
     *
     * @param buffer      to write to, from index 0.
     * @param sequence    that is certified.
     * @param certificate a Certificate message.
     */
    public static void encode(
        final MutableDirectBuffer buffer, final long sequence, final byte[] certificate)
    {
        new StableCertificateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sequence(sequence)
            .putCertificate(certificate, 0, certificate.length);
    }

    private void verifySignatures()
    {
        final Administrators administrators = after.administrators();
        for (int i = 0; i < administrators.members().size(); i++)
        {
            final String name = administrators.members().get(i).name();
            final byte[] signature = file.signatures().get(name);
            if (null != signature)
            {
                final Recoveries.Signed signed = new Recoveries.Signed(i, signature);
                require(1 == Recoveries.signers(List.of(signed), after), "the signature of " + name + " is wrong");
                signatures.add(signed);
            }
        }
    }

    /**
     * Makes sure that enough administrators have signed.
     *
     * @return this.
     * @throws ConfigurationException if fewer have than must.
     */
    public RecoveryProof requireThreshold()
    {
        final int threshold = after.administrators().threshold();
        require(
            signatures.size() >= threshold,
            signatures.size() + " of its administrators have signed it, and " + threshold + " must (tagma recover " +
            "sign)");
        return this;
    }

    private static void require(final boolean holds, final String what)
    {
        if (!holds)
        {
            throw new ConfigurationException("The recovery file is refused: " + what + ".");
        }
    }
}
