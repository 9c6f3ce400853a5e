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
package io.tagma.codecs;

import static io.tagma.codecs.FrameLayout.PAYLOAD_HEADER_LENGTH;
import static io.tagma.codecs.Structure.FAILED_FORM;
import static io.tagma.codecs.Structure.FAILED_SENDER;
import static io.tagma.codecs.Structure.FAILED_SIZE;
import static io.tagma.codecs.Structure.FAILED_VAR_DATA;
import static io.tagma.codecs.Structure.ORDINAL_MAX;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isInside;
import static io.tagma.codecs.Structure.uint16;
import static io.tagma.codecs.Structure.uint32;

import org.agrona.DirectBuffer;

import io.tagma.codecs.client.BundleAuthenticatorDecoder;
import io.tagma.codecs.client.BundleBodyDecoder;
import io.tagma.codecs.client.ResolveDecoder;

/**
 * Structural check of bundle bodies and of the authenticators beside them. Stateless, allocates nothing, never throws,
 * and reads nothing outside the run of bytes that it is given.
 */
public final class BundleCheck
{
    private static final int BODY_BLOCK_LENGTH = BundleBodyDecoder.BLOCK_LENGTH;
    private static final int KIND = BundleBodyDecoder.kindEncodingOffset();
    private static final int COUNT = BundleBodyDecoder.countEncodingOffset();
    private static final int BODY_LENGTH = BundleBodyDecoder.bodyLengthEncodingOffset();
    private static final int CLIENT_ID = BundleBodyDecoder.clientIdEncodingOffset();
    private static final int BODY_RESERVED = BundleBodyDecoder.reservedEncodingOffset();
    private static final int SESSION_ID = BundleBodyDecoder.sessionIdEncodingOffset();
    private static final int FIRST_NUMBER = BundleBodyDecoder.firstNumberEncodingOffset();

    private static final int AUTHENTICATOR_BLOCK_LENGTH = BundleAuthenticatorDecoder.BLOCK_LENGTH;
    private static final int TAG_COUNT = BundleAuthenticatorDecoder.tagCountEncodingOffset();
    private static final int SIGNATURE_COUNT = BundleAuthenticatorDecoder.signatureCountEncodingOffset();
    private static final int AUTHENTICATOR_RESERVED = BundleAuthenticatorDecoder.reservedEncodingOffset();

    private static final int REQUESTS = 1;
    private static final int OPEN = 2;
    private static final int KEEP_ALIVE = 3;
    private static final int CLOSE = 4;
    private static final int RESOLVE = 5;

    private static final long ANY = -1;

    private BundleCheck()
    {
    }

    /**
     * Checks one bundle body that fills a run of bytes.
     *
     * @param buffer that holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     * @param limits to hold it to.
     * @return {@link FrameVerdict#OK}, or why it is refused.
     */
    public static FrameVerdict checkBody(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final FrameLimits limits)
    {
        return checkBodies(buffer, offset, length, 1, limits);
    }

    /**
     * Checks bundle bodies that fill a run of bytes, one behind the other.
     *
     * @param buffer      that holds them.
     * @param offset      of the first byte.
     * @param length      in bytes.
     * @param bundleCount that the run must hold; 0 for an empty run.
     * @param limits      to hold them to.
     * @return {@link FrameVerdict#OK}, or why they are refused.
     */
    public static FrameVerdict checkBodies(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int bundleCount,
        final FrameLimits limits)
    {
        return checkBodies(buffer, offset, length, bundleCount, limits, ANY, ANY);
    }

    /**
     * Checks the authenticators of bundles: one for each, that fill a run of bytes one behind the other.
     *
     * @param buffer            that holds them.
     * @param offset            of the first byte.
     * @param length            in bytes.
     * @param bundleCount       that the run must serve.
     * @param signatureRequired whether each must carry the client's signature.
     * @param limits            to hold them to.
     * @return {@link FrameVerdict#OK}, or why they are refused.
     */
    public static FrameVerdict checkAuthenticators(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int bundleCount,
        final boolean signatureRequired,
        final FrameLimits limits)
    {
        if (!isInside(buffer, offset, length))
        {
            return FrameVerdict.LENGTH;
        }

        final int end = offset + length;
        final int leastSignatures = signatureRequired ? 1 : 0;
        int position = offset;
        for (int i = 0; i < bundleCount; i++)
        {
            if (end - position < AUTHENTICATOR_BLOCK_LENGTH)
            {
                return FrameVerdict.VAR_DATA;
            }

            final int signatureCount = uint16(buffer, position + SIGNATURE_COUNT);
            if (uint16(buffer, position + TAG_COUNT) != limits.replicaCount() ||
                signatureCount > 1 ||
                signatureCount < leastSignatures ||
                0 != uint32(buffer, position + AUTHENTICATOR_RESERVED))
            {
                return FrameVerdict.FORM;
            }

            final int authenticatorLength = limits.authenticatorLength(signatureCount);
            if (end - position < authenticatorLength)
            {
                return FrameVerdict.VAR_DATA;
            }
            position += authenticatorLength;
        }

        return position == end ? FrameVerdict.OK : FrameVerdict.VAR_DATA;
    }

    /**
     * As above; each bundle must also be of one client and session, unless these are negative.
     */
    static FrameVerdict checkBodies(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int bundleCount,
        final FrameLimits limits,
        final long clientId,
        final long sessionId)
    {
        if (!isInside(buffer, offset, length))
        {
            return FrameVerdict.LENGTH;
        }

        final int end = offset + length;
        int position = offset;
        for (int i = 0; i < bundleCount; i++)
        {
            final int bodyLength = body(buffer, position, end, limits);
            if (bodyLength < 0)
            {
                return FrameVerdict.ofFailure(bodyLength);
            }
            if (ANY != clientId && clientId != uint32(buffer, position + CLIENT_ID))
            {
                return FrameVerdict.SENDER;
            }
            if (ANY != sessionId && sessionId != int64(buffer, position + SESSION_ID))
            {
                return FrameVerdict.FORM;
            }
            position += bodyLength;
        }

        return position == end ? FrameVerdict.OK : FrameVerdict.VAR_DATA;
    }

    /**
     * Checks var-data that ends a message and holds the bodies of a batch.
     */
    static FrameVerdict checkLastBodies(
        final DirectBuffer buffer,
        final int position,
        final int end,
        final long bundleCount,
        final FrameLimits limits)
    {
        if (bundleCount > FrameLimits.BUNDLES_MAX)
        {
            return FrameVerdict.SIZE;
        }

        final int length = Structure.varData(buffer, position, end, limits.batchLengthMax());
        if (length < 0)
        {
            return FrameVerdict.ofFailure(length);
        }

        final int bodies = position + Structure.VAR_DATA_HEADER_LENGTH;

        return bodies + length != end ? FrameVerdict.LENGTH :
            checkBodies(buffer, bodies, length, (int)bundleCount, limits);
    }

    private static int body(final DirectBuffer buffer, final int position, final int end, final FrameLimits limits)
    {
        if (end - position < BODY_BLOCK_LENGTH)
        {
            return FAILED_VAR_DATA;
        }

        final long bodyLength = uint32(buffer, position + BODY_LENGTH);
        final int count = uint16(buffer, position + COUNT);
        if (bodyLength > limits.bundleLengthMax() || count > limits.sessionWindow())
        {
            return FAILED_SIZE;
        }
        if (bodyLength < BODY_BLOCK_LENGTH || bodyLength > end - position)
        {
            return FAILED_VAR_DATA;
        }

        final long clientId = uint32(buffer, position + CLIENT_ID);
        if (clientId < 1 || clientId > limits.clientIdMax())
        {
            return FAILED_SENDER;
        }

        final long firstNumber = int64(buffer, position + FIRST_NUMBER);
        if (0 == count ||
            0 != uint32(buffer, position + BODY_RESERVED) ||
            firstNumber < 1 ||
            firstNumber > ORDINAL_MAX - count)
        {
            return FAILED_FORM;
        }

        final int failure = payloads(
            buffer, position, position + (int)bodyLength, uint16(buffer, position + KIND), count, limits);

        return failure < 0 ? failure : (int)bodyLength;
    }

    private static int payloads(
        final DirectBuffer buffer,
        final int position,
        final int end,
        final int kind,
        final int count,
        final FrameLimits limits)
    {
        final long sessionId = int64(buffer, position + SESSION_ID);
        final int first = position + BODY_BLOCK_LENGTH;
        switch (kind)
        {
            case REQUESTS:
                return sessionId < 1 || sessionId > ORDINAL_MAX ? FAILED_FORM :
                    payloads(buffer, first, end, count, limits.payloadLengthMax());

            case OPEN:
                return 0 != sessionId || 1 != count ? FAILED_FORM : channel(buffer, first, end);

            case KEEP_ALIVE:
            case CLOSE:
                return sessionId < 1 || sessionId > ORDINAL_MAX || 1 != count ? FAILED_FORM :
                    emptyPayload(buffer, first, end);

            case RESOLVE:
                return sessionId < 1 || sessionId > ORDINAL_MAX || 1 != count ? FAILED_FORM :
                    resolve(buffer, first, end, sessionId);

            default:
                return FAILED_FORM;
        }
    }

    private static int payloads(
        final DirectBuffer buffer,
        final int first,
        final int end,
        final int count,
        final int lengthMax)
    {
        int position = first;
        for (int i = 0; i < count; i++)
        {
            if (end - position < PAYLOAD_HEADER_LENGTH)
            {
                return FAILED_VAR_DATA;
            }

            final long payloadLength = uint32(buffer, position);
            position += PAYLOAD_HEADER_LENGTH;
            if (payloadLength > lengthMax)
            {
                return FAILED_SIZE;
            }
            if (payloadLength > end - position)
            {
                return FAILED_VAR_DATA;
            }
            position += (int)payloadLength;
        }

        return position == end ? 0 : FAILED_VAR_DATA;
    }

    private static int emptyPayload(final DirectBuffer buffer, final int position, final int end)
    {
        if (end - position != PAYLOAD_HEADER_LENGTH)
        {
            return FAILED_VAR_DATA;
        }

        return 0 == uint32(buffer, position) ? 0 : FAILED_FORM;
    }

    /** It names a request of another session than its own. */
    private static int resolve(final DirectBuffer buffer, final int position, final int end, final long ownSessionId)
    {
        if (end - position != PAYLOAD_HEADER_LENGTH + ResolveDecoder.BLOCK_LENGTH)
        {
            return FAILED_VAR_DATA;
        }

        final int block = position + PAYLOAD_HEADER_LENGTH;
        final long sessionId = int64(buffer, block + ResolveDecoder.sessionIdEncodingOffset());
        final long number = int64(buffer, block + ResolveDecoder.numberEncodingOffset());
        return ResolveDecoder.BLOCK_LENGTH == uint32(buffer, position) &&
            sessionId >= 1 && sessionId <= ORDINAL_MAX && sessionId != ownSessionId &&
            number >= 1 && number <= ORDINAL_MAX ? 0 : FAILED_FORM;
    }

    private static int channel(final DirectBuffer buffer, final int position, final int end)
    {
        final int failure = payloads(buffer, position, end, 1, FrameLimits.CHANNEL_LENGTH_MAX);
        if (failure < 0)
        {
            return failure;
        }

        final int channelOffset = position + PAYLOAD_HEADER_LENGTH;

        return ResponseChannel.isPlausible(buffer, channelOffset, end - channelOffset) ? 0 : FAILED_FORM;
    }
}
