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
package io.tagma.ordering.client;

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.SIGNATURE_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.MutableDirectBuffer;

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.client.BundleAuthenticatorEncoder;
import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.MessageHeaderEncoder;
import io.tagma.codecs.client.RequestsEncoder;
import io.tagma.ordering.authentication.Authenticator;

/**
 * Encodes one bundle and the Requests frame around it in one region, so that what is kept for a resend is what is sent:
 * <pre>
 * header, block of Requests | length, body (block, then length and payload of each request) | length, authenticator
 * </pre>
 * Payloads are written first, straight behind the place of the body's block; the rest once their number is known.
 */
final class BundleWriter
{
    private static final int LENGTH_FIELD = 4;
    private static final int BODY_OFFSET = HEADER_LENGTH + RequestsEncoder.BLOCK_LENGTH + LENGTH_FIELD;
    private static final int SIGNATURE_COUNT_OFFSET = BundleAuthenticatorEncoder.signatureCountEncodingOffset();

    private final ClientParameters parameters;
    private final int replicaCount;
    private final ClientKeys keys;
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final RequestsEncoder requestsEncoder = new RequestsEncoder();
    private final BundleBodyEncoder bodyEncoder = new BundleBodyEncoder();
    private final BundleAuthenticatorEncoder authenticatorEncoder = new BundleAuthenticatorEncoder();

    BundleWriter(final ClientParameters parameters, final ClientKeys keys)
    {
        this.parameters = parameters;
        this.replicaCount = parameters.quorums.size();
        this.keys = keys;
    }

    /** Bytes of the region of the longest bundle: its message with signature, without the frame's tag. */
    static int regionLength(final FrameLimits limits)
    {
        return messageLength(limits.bundleLengthMax(), limits.replicaCount()) + SIGNATURE_LENGTH;
    }

    private static int messageLength(final int bodyLength, final int replicaCount)
    {
        return BODY_OFFSET + bodyLength + LENGTH_FIELD +
            BundleAuthenticatorEncoder.BLOCK_LENGTH + replicaCount * TAG_LENGTH;
    }

    /** Bytes of a body before its first payload. */
    static int emptyBodyLength()
    {
        return BundleBodyEncoder.BLOCK_LENGTH;
    }

    /** Where the next payload goes, its length field first, in a region whose body has the given length. */
    static int payloadOffset(final int regionOffset, final int bodyLength)
    {
        return regionOffset + BODY_OFFSET + bodyLength;
    }

    static void putPayloadLength(final MutableDirectBuffer buffer, final int payloadOffset, final int length)
    {
        buffer.putInt(payloadOffset, length, LITTLE_ENDIAN);
    }

    /**
     * Writes everything but payloads and signature.
     *
     * @return length of the message.
     */
    int seal(
        final MutableDirectBuffer buffer,
        final int offset,
        final BundleKind kind,
        final int count,
        final int bodyLength,
        final long sessionId,
        final long firstNumber,
        final Authenticator[] toReplicas)
    {
        requestsEncoder.wrapAndApplyHeader(buffer, offset, headerEncoder);
        requestsEncoder.origin()
            .clusterId(parameters.clusterId).epoch(parameters.epoch).sender(parameters.clientId);
        requestsEncoder.sessionId(sessionId).bundleCount(1).reserved(0);

        final int bodyOffset = offset + BODY_OFFSET;
        buffer.putInt(bodyOffset - LENGTH_FIELD, bodyLength, LITTLE_ENDIAN);
        bodyEncoder.wrap(buffer, bodyOffset).kind(kind).count(count).bodyLength(bodyLength)
            .clientId(parameters.clientId).reserved(0).sessionId(sessionId).firstNumber(firstNumber);

        final int authenticatorOffset = bodyOffset + bodyLength + LENGTH_FIELD;
        buffer.putInt(authenticatorOffset - LENGTH_FIELD,
            BundleAuthenticatorEncoder.BLOCK_LENGTH + replicaCount * TAG_LENGTH, LITTLE_ENDIAN);
        authenticatorEncoder.wrap(buffer, authenticatorOffset).tagCount(replicaCount).signatureCount(0).reserved(0);
        int tagOffset = authenticatorOffset + BundleAuthenticatorEncoder.BLOCK_LENGTH;
        for (int i = 0; i < replicaCount; i++)
        {
            toReplicas[i].tag(buffer, bodyOffset, bodyLength, buffer, tagOffset);
            tagOffset += TAG_LENGTH;
        }
        return messageLength(bodyLength, replicaCount);
    }

    /**
     * Adds the client's signature over the body to a sealed bundle that has none.
     *
     * @return length of the message now.
     */
    int sign(final MutableDirectBuffer buffer, final int offset, final int bodyLength)
    {
        final int bodyOffset = offset + BODY_OFFSET;
        final int authenticatorOffset = bodyOffset + bodyLength + LENGTH_FIELD;
        final int signatureOffset =
            authenticatorOffset + BundleAuthenticatorEncoder.BLOCK_LENGTH + replicaCount * TAG_LENGTH;
        keys.sign(buffer, bodyOffset, bodyLength, buffer, signatureOffset);
        buffer.putInt(authenticatorOffset - LENGTH_FIELD,
            BundleAuthenticatorEncoder.BLOCK_LENGTH + replicaCount * TAG_LENGTH + SIGNATURE_LENGTH, LITTLE_ENDIAN);
        buffer.putShort(authenticatorOffset + SIGNATURE_COUNT_OFFSET, (short)1, LITTLE_ENDIAN);
        return messageLength(bodyLength, replicaCount) + SIGNATURE_LENGTH;
    }
}
