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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.ComplaintContentDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One replica's wish to leave a view: the bytes that it signs, behind their domain prefix, and the signature.
 */
final class Complaint
{
    static final int CONTENT_LENGTH = ComplaintContentDecoder.ENCODED_LENGTH;
    /** None: below every view. */
    static final long NULL_VIEW = -1;

    private static final int VIEW = FrameLayout.DOMAIN_PREFIX_LENGTH + ComplaintContentDecoder.viewEncodingOffset();
    private static final int SIGNER = FrameLayout.DOMAIN_PREFIX_LENGTH + ComplaintContentDecoder.signerEncodingOffset();

    final UnsafeBuffer signed = new UnsafeBuffer(new byte[FrameLayout.DOMAIN_PREFIX_LENGTH + CONTENT_LENGTH]);
    final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
    private boolean isPresent;
    private long stamp;

    Complaint(final ProtocolParameters parameters)
    {
        FrameLayout.putDomainPrefix(
            signed, 0, FrameLayout.COMPLAINT_DOMAIN, parameters.clusterId, parameters.epoch);
    }

    void set(final DirectBuffer content, final int offset)
    {
        signed.putBytes(FrameLayout.DOMAIN_PREFIX_LENGTH, content, offset, CONTENT_LENGTH);
        isPresent = true;
        stamp++;
    }

    void signature(final DirectBuffer buffer, final int offset)
    {
        signature.putBytes(0, buffer, offset, FrameLayout.SIGNATURE_LENGTH);
    }

    void set(final Complaint other)
    {
        set(other.signed, FrameLayout.DOMAIN_PREFIX_LENGTH);
        signature(other.signature, 0);
    }

    void clear()
    {
        isPresent = false;
        stamp++;
    }

    boolean isPresent()
    {
        return isPresent;
    }

    long view()
    {
        return isPresent ? signed.getLong(VIEW, LITTLE_ENDIAN) : NULL_VIEW;
    }

    int signer()
    {
        return signed.getInt(SIGNER, LITTLE_ENDIAN);
    }

    long stamp()
    {
        return stamp;
    }
}
