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
package io.tagma.perf.flow;

import io.tagma.perf.exchange.codecs.AmendOrderEncoder;
import io.tagma.perf.exchange.codecs.CancelOrderEncoder;
import io.tagma.perf.exchange.codecs.MessageHeaderEncoder;
import io.tagma.perf.exchange.codecs.NewOrderEncoder;
import io.tagma.perf.exchange.codecs.Side;
import org.agrona.MutableDirectBuffer;

/**
 * Makes the exchange's request of an event: created a new order, changed an amendment, deleted a cancellation.
 * Allocates nothing.
 */
public final class OrderRequestEncoder
{
    /** Bytes of the longest request. */
    public static final int REQUEST_LENGTH_MAX = MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final AmendOrderEncoder amendOrder = new AmendOrderEncoder();
    private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();

    /**
     * Encodes a request.
     *
     * @param event  to encode.
     * @param buffer to write to, at least {@link #REQUEST_LENGTH_MAX} bytes from the offset on.
     * @param offset of the first byte.
     * @return bytes written.
     */
    public int encode(final OrderEvent event, final MutableDirectBuffer buffer, final int offset)
    {
        switch (event.action())
        {
            case CREATED:
                newOrder.wrapAndApplyHeader(buffer, offset, header)
                    .orderId(event.id())
                    .price(event.priceTicks())
                    .quantity(event.volume())
                    .side(event.isBid() ? Side.BID : Side.ASK);
                return newOrder.limit() - offset;

            case CHANGED:
                amendOrder.wrapAndApplyHeader(buffer, offset, header)
                    .orderId(event.id())
                    .price(event.priceTicks())
                    .quantity(event.volume());
                return amendOrder.limit() - offset;

            default:
                cancelOrder.wrapAndApplyHeader(buffer, offset, header).orderId(event.id());
                return cancelOrder.limit() - offset;
        }
    }
}
