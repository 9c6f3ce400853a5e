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

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.Structure.FAILED_FORM;
import static io.tagma.codecs.Structure.GROUP_HEADER_LENGTH;
import static io.tagma.codecs.Structure.ORDINAL_MAX;
import static io.tagma.codecs.Structure.VAR_DATA_HEADER_LENGTH;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint16;
import static io.tagma.codecs.Structure.uint32;
import static io.tagma.codecs.Structure.uint8;

import org.agrona.DirectBuffer;

import io.tagma.codecs.client.MessageHeaderDecoder;
import io.tagma.codecs.client.OriginDecoder;
import io.tagma.codecs.client.RepliesDecoder;
import io.tagma.codecs.client.RequestsDecoder;

/**
 * Structural check of what clients and replicas say to each other, before any flyweight is wrapped round it. Stateless,
 * allocates nothing, never throws, and reads nothing outside the message that it is given.
 * <p>
 * Each road carries one template: a Replies frame on a replica's ingress, or a Requests frame on a client's response
 * channel, is {@link FrameVerdict#TEMPLATE}. So is a bundle's body or authenticator by itself, which is never framed.
 */
public final class ClientFrameCheck
{
    private static final int SENDER = HEADER_LENGTH + OriginDecoder.senderEncodingOffset();
    private static final int RESULT_LENGTH = RepliesDecoder.ResultsDecoder.sbeBlockLength();
    private static final int NUMBER = RepliesDecoder.ResultsDecoder.numberEncodingOffset();
    private static final int POSITION = RepliesDecoder.ResultsDecoder.positionEncodingOffset();
    private static final int OUTCOME = RepliesDecoder.ResultsDecoder.outcomeEncodingOffset();
    private static final int FORM = RepliesDecoder.ResultsDecoder.formEncodingOffset();
    private static final int RESULT_RESERVED = RepliesDecoder.ResultsDecoder.reservedEncodingOffset();

    private static final int COMMITTED = 0;
    private static final int LAST_OUTCOME = 6;
    private static final int FULL = 0;
    private static final int DIGEST = 1;

    private ClientFrameCheck()
    {
    }

    /**
     * Checks one message of the client schema that may travel either way: for tools. A replica uses
     * {@link #checkRequests}, a client {@link #checkReplies}.
     *
     * @param buffer that holds it.
     * @param offset of its first byte, that of the message header.
     * @param length in bytes, without the tag.
     * @param limits to hold it to.
     * @return {@link FrameVerdict#OK}, or why it is refused.
     */
    public static FrameVerdict check(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final FrameLimits limits)
    {
        final boolean isReplies = Structure.isInside(buffer, offset, length) && length >= HEADER_LENGTH &&
            RepliesDecoder.TEMPLATE_ID == Structure.templateId(buffer, offset);

        return isReplies ?
            checkReplies(buffer, offset, length, limits) : checkRequests(buffer, offset, length, limits);
    }

    /**
     * Checks what a replica hears from a client: a Requests message.
     *
     * @param buffer that holds it.
     * @param offset of its first byte, that of the message header.
     * @param length in bytes, without the tag.
     * @param limits to hold it to.
     * @return {@link FrameVerdict#OK}, or why it is refused.
     */
    public static FrameVerdict checkRequests(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final FrameLimits limits)
    {
        final FrameVerdict verdict = checkBlock(
            buffer, offset, length, RequestsDecoder.TEMPLATE_ID, RequestsDecoder.BLOCK_LENGTH, limits);

        return FrameVerdict.OK != verdict ? verdict : requests(buffer, offset, offset + length, limits);
    }

    /**
     * Checks what a client hears from a replica: a Replies message.
     *
     * @param buffer that holds it.
     * @param offset of its first byte, that of the message header.
     * @param length in bytes, without the tag.
     * @param limits to hold it to.
     * @return {@link FrameVerdict#OK}, or why it is refused.
     */
    public static FrameVerdict checkReplies(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final FrameLimits limits)
    {
        final FrameVerdict verdict = checkBlock(
            buffer, offset, length, RepliesDecoder.TEMPLATE_ID, RepliesDecoder.BLOCK_LENGTH, limits);

        return FrameVerdict.OK != verdict ? verdict : replies(buffer, offset, offset + length, limits);
    }

    private static FrameVerdict checkBlock(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int templateId,
        final int blockLength,
        final FrameLimits limits)
    {
        final FrameVerdict header = Structure.header(
            buffer, offset, length, MessageHeaderDecoder.SCHEMA_ID, MessageHeaderDecoder.SCHEMA_VERSION);
        if (FrameVerdict.OK != header)
        {
            return header;
        }
        if (length > limits.messageLengthMax())
        {
            return FrameVerdict.SIZE;
        }

        return Structure.templateId(buffer, offset) != templateId ?
            FrameVerdict.TEMPLATE : Structure.block(buffer, offset, length, blockLength);
    }

    private static FrameVerdict requests(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final long clientId = uint32(buffer, offset + SENDER);
        if (clientId < 1 || clientId > limits.clientIdMax())
        {
            return FrameVerdict.SENDER;
        }

        final int block = offset + HEADER_LENGTH;
        final long sessionId = int64(buffer, block + RequestsDecoder.sessionIdEncodingOffset());
        final long bundleCount = uint32(buffer, block + RequestsDecoder.bundleCountEncodingOffset());
        if (bundleCount > FrameLimits.REQUEST_BUNDLES_MAX)
        {
            return FrameVerdict.SIZE;
        }
        if (sessionId < 0 ||
            sessionId > ORDINAL_MAX ||
            0 == bundleCount ||
            0 == sessionId && 1 != bundleCount ||
            0 != uint32(buffer, block + RequestsDecoder.reservedEncodingOffset()))
        {
            return FrameVerdict.FORM;
        }

        final int bodiesHeader = block + RequestsDecoder.BLOCK_LENGTH;
        final int bodiesLength = Structure.varData(buffer, bodiesHeader, end, limits.messageLengthMax());
        if (bodiesLength < 0)
        {
            return FrameVerdict.ofFailure(bodiesLength);
        }

        final int bodies = bodiesHeader + VAR_DATA_HEADER_LENGTH;
        final int authenticatorsHeader = bodies + bodiesLength;
        final int authenticatorsLength = Structure.varData(
            buffer, authenticatorsHeader, end, (int)bundleCount * limits.authenticatorLength(1));
        if (authenticatorsLength < 0)
        {
            return FrameVerdict.ofFailure(authenticatorsLength);
        }

        final int authenticators = authenticatorsHeader + VAR_DATA_HEADER_LENGTH;
        if (authenticators + authenticatorsLength != end)
        {
            return FrameVerdict.LENGTH;
        }

        final FrameVerdict verdict = BundleCheck.checkBodies(
            buffer, bodies, bodiesLength, (int)bundleCount, limits, clientId, sessionId);

        return FrameVerdict.OK != verdict ? verdict : BundleCheck.checkAuthenticators(
            buffer, authenticators, authenticatorsLength, (int)bundleCount, false, limits);
    }

    private static FrameVerdict replies(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        final long clientId = uint32(buffer, block + RepliesDecoder.clientIdEncodingOffset());
        if (uint32(buffer, offset + SENDER) >= limits.replicaCount() || clientId < 1 || clientId > limits.clientIdMax())
        {
            return FrameVerdict.SENDER;
        }
        if (!isOrdinal(buffer, block + RepliesDecoder.sessionIdEncodingOffset(), 0) ||
            !isOrdinal(buffer, block + RepliesDecoder.viewEncodingOffset(), 0) ||
            0 != uint32(buffer, block + RepliesDecoder.reservedEncodingOffset()))
        {
            return FrameVerdict.FORM;
        }

        final int results = block + RepliesDecoder.BLOCK_LENGTH;
        final int count = Structure.filledGroup(buffer, results, end, RESULT_LENGTH, limits.sessionWindow());
        if (count < 0)
        {
            return FrameVerdict.ofFailure(count);
        }

        int position = results + GROUP_HEADER_LENGTH;
        for (int i = 0; i < count; i++)
        {
            position = result(buffer, position, end, limits);
            if (position < 0)
            {
                return FrameVerdict.ofFailure(position);
            }
        }

        return position == end ? FrameVerdict.OK : FrameVerdict.LENGTH;
    }

    private static int result(final DirectBuffer buffer, final int position, final int end, final FrameLimits limits)
    {
        if (end - position < RESULT_LENGTH)
        {
            return Structure.FAILED_LENGTH;
        }

        final int outcome = uint8(buffer, position + OUTCOME);
        final int form = uint8(buffer, position + FORM);
        if (outcome > LAST_OUTCOME ||
            FULL != form && DIGEST != form ||
            0 != uint16(buffer, position + RESULT_RESERVED) ||
            !isOrdinal(buffer, position + NUMBER, 1) ||
            !isOrdinal(buffer, position + POSITION, 0) ||
            COMMITTED == outcome == (0 == int64(buffer, position + POSITION)))
        {
            return FAILED_FORM;
        }

        final int length = Structure.varData(buffer, position + RESULT_LENGTH, end, limits.resultLengthMax());
        if (length < 0)
        {
            return length;
        }

        return DIGEST == form && DIGEST_LENGTH != length ? FAILED_FORM :
            position + RESULT_LENGTH + VAR_DATA_HEADER_LENGTH + length;
    }
}
