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

import io.tagma.perf.exchange.codecs.AmendOrderEncoder;
import io.tagma.perf.exchange.codecs.CancelOrderEncoder;
import io.tagma.perf.exchange.codecs.MessageHeaderEncoder;
import io.tagma.perf.exchange.codecs.NewOrderEncoder;
import io.tagma.perf.exchange.codecs.Side;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes requests for the tests.
 */
final class Requests
{
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final AmendOrderEncoder amendOrder = new AmendOrderEncoder();
    private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();

    int newOrder(
        final MutableDirectBuffer buffer,
        final long orderId,
        final boolean isBid,
        final long price,
        final long quantity)
    {
        newOrder.wrapAndApplyHeader(buffer, 0, header)
            .orderId(orderId)
            .price(price)
            .quantity(quantity)
            .side(isBid ? Side.BID : Side.ASK);
        return MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH;
    }

    int amendOrder(final MutableDirectBuffer buffer, final long orderId, final long price, final long quantity)
    {
        amendOrder.wrapAndApplyHeader(buffer, 0, header).orderId(orderId).price(price).quantity(quantity);
        return MessageHeaderEncoder.ENCODED_LENGTH + AmendOrderEncoder.BLOCK_LENGTH;
    }

    int cancelOrder(final MutableDirectBuffer buffer, final long orderId)
    {
        cancelOrder.wrapAndApplyHeader(buffer, 0, header).orderId(orderId);
        return MessageHeaderEncoder.ENCODED_LENGTH + CancelOrderEncoder.BLOCK_LENGTH;
    }
}
