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
import io.tagma.codecs.peer.CertificateEncoder;
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of one certificate: a Certificate message without its tag.
 */
final class CertificateStore
{
    static final int CONTENT_OFFSET =
        FrameLayout.HEADER_LENGTH + CertificateEncoder.contentEncodingOffset();

    final UnsafeBuffer buffer;
    private final CertificateDecoder decoder = new CertificateDecoder();
    private int length;
    /** Of the content; 0 if there is none. */
    private long sequence;
    private long stamp;

    CertificateStore(final ProtocolParameters parameters)
    {
        buffer = new UnsafeBuffer(new byte[
            FrameLayout.HEADER_LENGTH + CertificateEncoder.BLOCK_LENGTH + GroupSizeEncodingEncoder.ENCODED_LENGTH +
            parameters.quorums.size() * CertificateEncoder.SignaturesEncoder.sbeBlockLength()]);
    }

    void set(final DirectBuffer source, final int offset, final int sourceLength)
    {
        buffer.putBytes(0, source, offset, sourceLength);
        encoded(sourceLength);
    }

    void set(final CertificateStore other)
    {
        set(other.buffer, 0, other.length);
    }

    /** The bytes were encoded in place. */
    void encoded(final int encodedLength)
    {
        length = encodedLength;
        sequence = wrapped().content().sequence();
        stamp++;
    }

    void clear()
    {
        length = 0;
        sequence = 0;
        stamp++;
    }

    boolean isPresent()
    {
        return length > 0;
    }

    int length()
    {
        return length;
    }

    long stamp()
    {
        return stamp;
    }

    DirectBuffer content()
    {
        return buffer;
    }

    long snapshotSequence()
    {
        return CheckpointContent.snapshotSequence(buffer, CONTENT_OFFSET);
    }

    int snapshotDigestOffset()
    {
        return CheckpointContent.snapshotDigestOffset(CONTENT_OFFSET);
    }

    int contentOffset()
    {
        return CONTENT_OFFSET;
    }

    long sequence()
    {
        return sequence;
    }

    /** A decoder before the group of signatures. */
    CertificateDecoder wrapped()
    {
        return decoder.wrap(
            buffer, FrameLayout.HEADER_LENGTH, CertificateDecoder.BLOCK_LENGTH, CertificateDecoder.SCHEMA_VERSION);
    }

    /** Offset of the entry of the group that {@link #wrapped()} has gone to. */
    int entryOffset()
    {
        return decoder.limit() - CertificateDecoder.SignaturesDecoder.sbeBlockLength();
    }

    /** Weight of the signers; that they are distinct, because strictly rising, was checked with the frame. */
    int weight(final Quorums quorums)
    {
        int weight = 0;
        for (final CertificateDecoder.SignaturesDecoder signatures = wrapped().signatures(); signatures.hasNext(); )
        {
            final int signer = (int)signatures.next().signer();
            weight += signer < quorums.size() ? quorums.weight(signer) : 0;
        }
        return weight;
    }
}
