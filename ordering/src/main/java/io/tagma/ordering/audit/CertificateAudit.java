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
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.ordering.authentication.SignatureDomain;
import io.tagma.ordering.authentication.Signatures;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.protocol.Quorums;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whether each certificate in a journal carries right signatures of replicas that weigh a quorum.
 */
final class CertificateAudit
{
    private static final Comparator<CertifiedHead> BY_SEQUENCE = Comparator.comparingLong(CertifiedHead::sequence);

    private final ClusterConfiguration cluster;
    private final Quorums quorums;
    private Signatures signatures;
    private int epoch;
    private final CertificateDecoder decoder = new CertificateDecoder();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private final List<CertifiedHead> heads = new ArrayList<>();
    private long signatureCount;
    private String failure;

    CertificateAudit(final ClusterConfiguration cluster)
    {
        this.cluster = cluster;
        quorums = null == cluster ? null : new Quorums(cluster.weights(), cluster.faultyWeight());
    }

    /**
     * A StableCertificate record.
     *
     * @param buffer that holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     */
    void onCertificate(final DirectBuffer buffer, final int offset, final int length)
    {
        record.wrap(buffer, offset, length);
        final int certificate = FrameLayout.HEADER_LENGTH + StableCertificateDecoder.BLOCK_LENGTH + Integer.BYTES;
        decoder.wrap(
            record,
            certificate + FrameLayout.HEADER_LENGTH,
            CertificateDecoder.BLOCK_LENGTH,
            CertificateDecoder.SCHEMA_VERSION);
        final int content =
            certificate + FrameLayout.HEADER_LENGTH + CertificateDecoder.contentEncodingOffset();
        final long sequence = decoder.content().sequence();
        final UnsafeBuffer root = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        root.putBytes(0, record, content + CheckpointContentDecoder.rootEncodingOffset(), FrameLayout.DIGEST_LENGTH);
        heads.add(new CertifiedHead(sequence, root));
        if (null != cluster && null == failure)
        {
            verify(sequence, content);
        }
    }

    private void verify(final long sequence, final int content)
    {
        if (null == signatures || epoch != cluster.epochs().of(sequence))
        {
            epoch = cluster.epochs().of(sequence);
            signatures = new Signatures(cluster.clusterId(), epoch);
        }
        long signers = 0;
        int weight = 0;
        for (final CertificateDecoder.SignaturesDecoder signature = decoder.signatures(); signature.hasNext(); )
        {
            final int entry = decoder.limit();
            final long signer = signature.next().signer();
            if (signer >= quorums.size() || 0 != (signers & (1L << signer)))
            {
                failure = "the certificate for sequence " + sequence + " names replica " + signer +
                    ", which is unknown or named twice";
                return;
            }
            signers |= 1L << signer;
            if (!signatures.verify(
                SignatureDomain.CHECKPOINT,
                cluster.replica((int)signer).signingKey(),
                record,
                content,
                CheckpointContentDecoder.ENCODED_LENGTH,
                record,
                entry + CertificateDecoder.SignaturesDecoder.signatureEncodingOffset()))
            {
                failure = "the certificate for sequence " + sequence + " has a wrong signature of replica " + signer;
                return;
            }
            weight += quorums.weight((int)signer);
            signatureCount++;
        }
        if (weight < quorums.quorum())
        {
            failure = "the certificate for sequence " + sequence + " has signatures that weigh " + weight +
                ", not the quorum of " + quorums.quorum();
        }
    }

    List<CertifiedHead> heads()
    {
        heads.sort(BY_SEQUENCE);
        return heads;
    }

    LogVerification.Check check()
    {
        if (null == cluster)
        {
            return new LogVerification.Check(
                "certificates",
                LogVerification.Verdict.NOT_CHECKED,
                heads.size() + " of them; without the cluster file nobody's signature can be verified");
        }
        return null == failure ?
            new LogVerification.Check(
                "certificates",
                LogVerification.Verdict.OK,
                heads.size() + " of them, " + signatureCount + " signatures, each of a quorum") :
            new LogVerification.Check("certificates", LogVerification.Verdict.FAILED, failure);
    }
}
