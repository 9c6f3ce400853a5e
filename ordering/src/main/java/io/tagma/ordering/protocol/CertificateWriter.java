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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.CertificateEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;

/**
 * Makes a certificate of checkpoints that agree.
 */
final class CertificateWriter
{
    private final ProtocolParameters parameters;
    private final CertificateEncoder encoder = new CertificateEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    CertificateWriter(final ProtocolParameters parameters)
    {
        this.parameters = parameters;
    }

    /** Gathers the signatures in a log that agree with one entry of it. */
    void write(final CertificateStore certificate, final CheckpointEntry content, final CheckpointLog log)
    {
        int count = 0;
        for (int signer = 0; signer < parameters.quorums.size(); signer++)
        {
            count += log.isSigned(signer, content) ? 1 : 0;
        }
        encoder.wrapAndApplyHeader(certificate.buffer, 0, header);
        encoder.origin()
            .clusterId(parameters.clusterId)
            .epoch(parameters.epoch)
            .sender(parameters.replicaId);
        certificate.buffer.putBytes(certificate.contentOffset(), content.content, 0, CheckpointEntry.CONTENT_LENGTH);
        final CertificateEncoder.SignaturesEncoder signatures = encoder.signaturesCount(count);
        for (int signer = 0; signer < parameters.quorums.size(); signer++)
        {
            if (log.isSigned(signer, content))
            {
                signatures.next()
                    .signer(signer)
                    .reserved(0)
                    .putSignature(log.find(signer, content.sequence()).signature, 0, FrameLayout.SIGNATURE_LENGTH);
            }
        }
        certificate.encoded(FrameLayout.HEADER_LENGTH + encoder.encodedLength());
    }
}
