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
import io.tagma.codecs.peer.CertificateDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Verifies the signatures of one certificate at a time, on the side agent; all must be right.
 */
final class CertificateCheck
{
    private final ProtocolParameters parameters;
    private final Outbound outbound;
    private final int tokenKind;
    private final CertificateStore candidate;
    private final UnsafeBuffer signed =
        new UnsafeBuffer(new byte[FrameLayout.DOMAIN_PREFIX_LENGTH + CheckpointEntry.CONTENT_LENGTH]);
    private int awaited;
    private int senderId;
    private long startedAtNs;
    /** By sender: since when it is not listened to, because a certificate that it sent was false; 0 if it is. */
    private final long[] falseAtNs;

    CertificateCheck(final ProtocolParameters parameters, final Outbound outbound, final int tokenKind)
    {
        this.tokenKind = tokenKind;
        this.parameters = parameters;
        this.outbound = outbound;
        candidate = new CertificateStore(parameters);
        falseAtNs = new long[parameters.quorums.size()];
        FrameLayout.putDomainPrefix(
            signed, 0, FrameLayout.CHECKPOINT_DOMAIN, parameters.clusterId, parameters.epoch);
    }

    /**
     * Whether a sender must wait: another certificate is under check, which gives way after a while if it is never
     * answered, or its own last one was false. (Else one forger could keep the check from everybody.)
     */
    boolean isBusyFor(final int peerId, final long nowNs)
    {
        final long patienceNs = 10 * parameters.statusIntervalNs;
        return awaited > 0 && nowNs - startedAtNs < patienceNs ||
            0 != falseAtNs[peerId] && nowNs - falseAtNs[peerId] < patienceNs;
    }

    /** Starts the check of a certificate whose signers weigh a quorum. */
    Rejection begin(
        final int peerId, final DirectBuffer certificate, final int offset, final int length, final long nowNs)
    {
        candidate.set(certificate, offset, length);
        senderId = peerId;
        awaited = 0;
        startedAtNs = nowNs;
        if (candidate.weight(parameters.quorums) < parameters.quorums.quorum())
        {
            return Rejection.CERTIFICATE_WEIGHT;
        }
        FrameLayout.putEpoch(signed, 0, parameters.epochs.of(candidate.sequence()));
        signed.putBytes(
            FrameLayout.DOMAIN_PREFIX_LENGTH, candidate.content(), candidate.contentOffset(),
            CheckpointEntry.CONTENT_LENGTH);
        for (final CertificateDecoder.SignaturesDecoder signatures = candidate.wrapped().signatures();
            signatures.hasNext(); )
        {
            final int signer = (int)signatures.next().signer();
            if (signer >= parameters.quorums.size() ||
                !outbound.verifyReplica(
                    Token.of(tokenKind, signer, candidate.stamp(), candidate.sequence()),
                    signer,
                    signed,
                    0,
                    signed.capacity(),
                    candidate.buffer,
                    candidate.entryOffset() + CertificateDecoder.SignaturesDecoder.signatureEncodingOffset()))
            {
                awaited = 0;
                candidate.clear();
                return Rejection.BUDGET;
            }
            awaited++;
        }
        return Rejection.NONE;
    }

    /**
     * The side agent has answered for one signature.
     *
     * @return whether the candidate is now known to be good: {@link #candidate()}.
     */
    boolean onVerified(final long token, final boolean isValid)
    {
        if (0 == awaited || !Token.isOf(token, candidate.stamp(), candidate.sequence()))
        {
            return false;
        }
        if (!isValid)
        {
            falseAtNs[senderId] = startedAtNs;
            awaited = 0;
            candidate.clear();
            return false;
        }
        awaited--;
        return 0 == awaited;
    }

    /** Whether an answer is about the certificate under check. */
    boolean isAsked(final long token)
    {
        return awaited > 0 && Token.isOf(token, candidate.stamp(), candidate.sequence());
    }

    CertificateStore candidate()
    {
        return candidate;
    }
}
