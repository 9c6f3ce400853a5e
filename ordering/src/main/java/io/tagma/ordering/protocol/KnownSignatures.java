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

/**
 * The last signatures of checkpoints that were found right here, or made here. When a view changes everybody shows a
 * certificate that is made of these: it need not be verified all over again while nobody is served. A signature is
 * known by its signer, the content and its bytes: of another one nothing is known.
 * <p>
 * Written by {@link Checkpointing}; passive.
 */
final class KnownSignatures
{
    /** Of each signer. */
    static final int KEPT = 8;

    private final Quorums quorums;
    private final Hashing hashing;
    /** By signer; the oldest goes. */
    private final Digest[][] known;
    private final int[] next;
    private final Digest wanted = new Digest();

    KnownSignatures(final ProtocolParameters parameters, final Hashing hashing)
    {
        quorums = parameters.quorums;
        this.hashing = hashing;
        known = new Digest[quorums.size()][KEPT];
        next = new int[quorums.size()];
        for (final Digest[] ofSigner : known)
        {
            for (int i = 0; i < KEPT; i++)
            {
                ofSigner[i] = new Digest();
            }
        }
    }

    /** The signature of a checkpoint is right: verified, or made here. */
    void right(final int signer, final CheckpointEntry entry)
    {
        name(entry.content, 0, entry.signature, 0);
        known[signer][next[signer]].set(wanted);
        next[signer] = (next[signer] + 1) % KEPT;
    }

    /** Whether the signers of a certificate weigh a quorum, and each of their signatures is known. */
    boolean areAllRight(final CertificateStore certificate)
    {
        if (certificate.weight(quorums) < quorums.quorum())
        {
            return false;
        }
        for (final CertificateDecoder.SignaturesDecoder signatures = certificate.wrapped().signatures();
            signatures.hasNext(); )
        {
            final int signer = (int)signatures.next().signer();
            name(
                certificate.content(), certificate.contentOffset(), certificate.buffer,
                certificate.entryOffset() + CertificateDecoder.SignaturesDecoder.signatureEncodingOffset());
            if (signer >= known.length || !isKnown(signer))
            {
                return false;
            }
        }
        return true;
    }

    private boolean isKnown(final int signer)
    {
        for (final Digest digest : known[signer])
        {
            if (digest.is(wanted))
            {
                return true;
            }
        }
        return false;
    }

    private void name(
        final DirectBuffer content, final int contentOffset, final DirectBuffer signature, final int signatureOffset)
    {
        hashing.sha256(
            content, contentOffset, CheckpointEntry.CONTENT_LENGTH, signature, signatureOffset,
            FrameLayout.SIGNATURE_LENGTH, wanted.bytes(), 0);
        wanted.present();
    }
}
