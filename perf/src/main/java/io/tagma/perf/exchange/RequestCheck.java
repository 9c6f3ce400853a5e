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
package io.tagma.perf.exchange;

import io.tagma.perf.exchange.codecs.AmendOrderDecoder;
import io.tagma.perf.exchange.codecs.CancelOrderDecoder;
import io.tagma.perf.exchange.codecs.MessageHeaderDecoder;
import io.tagma.perf.exchange.codecs.NewOrderDecoder;
import io.tagma.perf.exchange.codecs.Side;
import org.agrona.DirectBuffer;

/**
 * Whether a payload is exactly one request of the exchange's schema: the generated decoders themselves look at none of
 * this.
 */
final class RequestCheck
{
    /** What {@link #templateOf} answers for anything else. */
    static final int MALFORMED = -1;

    static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    /**
     * Checks a payload.
     *
     * @param request that holds the payload and nothing else.
     * @return the template id, or {@link #MALFORMED}.
     */
    int templateOf(final DirectBuffer request)
    {
        final int length = request.capacity();
        if (length < HEADER_LENGTH)
        {
            return MALFORMED;
        }
        header.wrap(request, 0);
        final int blockLength = header.blockLength();
        if (NewOrderDecoder.SCHEMA_ID != header.schemaId() ||
            NewOrderDecoder.SCHEMA_VERSION != header.version() ||
            length != HEADER_LENGTH + blockLength)
        {
            return MALFORMED;
        }
        final int templateId = header.templateId();
        return blockLength == blockLengthOf(templateId) && isSideKnown(templateId, request) ? templateId : MALFORMED;
    }

    /**
     * Side of an order that passed the check.
     */
    static boolean isBid(final NewOrderDecoder newOrder)
    {
        return Side.BID.value() == newOrder.sideRaw();
    }

    private static int blockLengthOf(final int templateId)
    {
        switch (templateId)
        {
            case NewOrderDecoder.TEMPLATE_ID:
                return NewOrderDecoder.BLOCK_LENGTH;

            case AmendOrderDecoder.TEMPLATE_ID:
                return AmendOrderDecoder.BLOCK_LENGTH;

            case CancelOrderDecoder.TEMPLATE_ID:
                return CancelOrderDecoder.BLOCK_LENGTH;

            default:
                return MALFORMED;
        }
    }

    private static boolean isSideKnown(final int templateId, final DirectBuffer request)
    {
        if (NewOrderDecoder.TEMPLATE_ID != templateId)
        {
            return true;
        }
        final int side = request.getByte(HEADER_LENGTH + NewOrderDecoder.sideEncodingOffset());
        return Side.BID.value() == side || Side.ASK.value() == side;
    }
}
