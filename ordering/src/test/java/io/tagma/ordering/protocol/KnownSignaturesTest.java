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

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.CertificateEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KnownSignaturesTest
{
    private final ProtocolParameters parameters = new ProtocolParameters.Builder()
        .clusterId(1).quorums(new Quorums(new int[]{1, 1, 1, 1})).clientCount(1).conclude();
    private final KnownSignatures known = new KnownSignatures(parameters, new CoreCluster.TestHashing());

    private CheckpointEntry signed(final int content, final int signer)
    {
        final CheckpointEntry entry = new CheckpointEntry(parameters);
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[CheckpointEntry.CONTENT_LENGTH]);
        bytes.setMemory(0, bytes.capacity(), (byte)content);
        entry.pending(bytes, 0);
        entry.signature(signature(content, signer), 0);
        entry.signed();
        return entry;
    }

    private static UnsafeBuffer signature(final int content, final int signer)
    {
        final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
        signature.putInt(0, content);
        signature.putInt(Integer.BYTES, signer);
        return signature;
    }

    /** A certificate for a content, under the signature that the first of each pair made, in the name of the second. */
    private CertificateStore certificate(final int content, final int[]... signers)
    {
        final CertificateStore certificate = new CertificateStore(parameters);
        final CertificateEncoder encoder = new CertificateEncoder()
            .wrapAndApplyHeader(certificate.buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(1).epoch(0).sender(0);
        certificate.buffer.setMemory(
            certificate.contentOffset(), CheckpointEntry.CONTENT_LENGTH, (byte)content);
        final CertificateEncoder.SignaturesEncoder signatures =
            encoder.signaturesCount(signers.length);
        for (final int[] signer : signers)
        {
            signatures.next().signer(signer[1]).reserved(0).putSignature(
                signature(content, signer[0]).byteArray(), 0, FrameLayout.SIGNATURE_LENGTH);
        }
        certificate.encoded(FrameLayout.HEADER_LENGTH + encoder.encodedLength());
        return certificate;
    }

    private static int[] own(final int signer)
    {
        return new int[]{signer, signer};
    }

    private void know(final int content, final int... signers)
    {
        for (final int signer : signers)
        {
            known.right(signer, signed(content, signer));
        }
    }

    @Test
    @DisplayName("A certificate of signatures that were all seen is known, whichever quorum signed it")
    void allSeen()
    {
        know(7, 0, 1, 2, 3);
        assertTrue(known.areAllRight(certificate(7, own(0), own(1), own(2))));
        assertTrue(known.areAllRight(certificate(7, own(1), own(2), own(3))));
        assertTrue(known.areAllRight(certificate(7, own(0), own(1), own(2), own(3))));
    }

    @Test
    @DisplayName("One signature that was not seen, and it is to be verified")
    void oneUnseen()
    {
        know(7, 0, 1);
        assertFalse(known.areAllRight(certificate(7, own(0), own(1), own(2))));
    }

    @Test
    @DisplayName("What one replica signed is nothing that another one has signed")
    void ofAnotherSigner()
    {
        know(7, 0, 1, 2);
        assertFalse(known.areAllRight(certificate(7, own(0), new int[]{0, 1}, new int[]{0, 2})));
    }

    @Test
    @DisplayName("A signature seen under one content is unknown under another")
    void ofOtherContent()
    {
        know(7, 0, 1, 2);
        final CertificateStore other = certificate(7, own(0), own(1), own(2));
        other.buffer.putByte(other.contentOffset() + CheckpointEntry.CONTENT_LENGTH - 1, (byte)8);
        assertFalse(known.areAllRight(other));
    }

    @Test
    @DisplayName("Other bytes in place of a signature that was seen are unknown")
    void otherBytes()
    {
        know(7, 0, 1, 2);
        assertFalse(known.areAllRight(certificate(7, own(0), new int[]{2, 1}, own(2))));
    }

    @Test
    @DisplayName("Signatures that were seen, and weigh less than a quorum, make no certificate")
    void lessThanAQuorum()
    {
        know(7, 0, 1);
        assertFalse(known.areAllRight(certificate(7, own(0), own(1))));
    }

    @Test
    @DisplayName("The oldest of a signer goes when there are more than are kept")
    void theOldestGoes()
    {
        know(1, 0, 1, 2);
        for (int content = 2; content <= KnownSignatures.KEPT; content++)
        {
            know(content, 0, 1, 2);
        }
        assertTrue(known.areAllRight(certificate(1, own(0), own(1), own(2))));
        know(KnownSignatures.KEPT + 1, 0, 1, 2);
        assertFalse(known.areAllRight(certificate(1, own(0), own(1), own(2))));
        assertTrue(known.areAllRight(certificate(2, own(0), own(1), own(2))));
    }
}
