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

import io.tagma.perf.exchange.codecs.MessageHeaderEncoder;
import io.tagma.perf.exchange.codecs.OrderResultEncoder;
import io.tagma.perf.exchange.codecs.OrderStatus;
import io.tagma.perf.exchange.codecs.RejectReason;
import org.agrona.MutableDirectBuffer;

/**
 * Writes results.
 */
final class ResultWriter
{
    /** Fills in one result at most: it then has 998 bytes, and 1,024 is the default limit of a result. */
    static final int FILLS_MAX = 40;

    /** Bytes of a result without fills. */
    static final int FIXED_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + OrderResultEncoder.BLOCK_LENGTH +
        OrderResultEncoder.FillsEncoder.sbeHeaderSize();

    private static final int FILL_LENGTH = OrderResultEncoder.FillsEncoder.sbeBlockLength();

    private static final Fills NO_FILLS = new Fills(0);

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderResultEncoder encoder = new OrderResultEncoder();
    private MutableDirectBuffer result;

    /**
     * How many fills a result can hold. A function of configuration that all replicas share, so they agree on it.
     *
     * @param capacity of the result in bytes.
     * @return from 0 to {@link #FILLS_MAX}.
     */
    static int fillsThatFit(final int capacity)
    {
        return Math.max(0, Math.min(FILLS_MAX, (capacity - FIXED_LENGTH) / FILL_LENGTH));
    }

    void wrap(final MutableDirectBuffer buffer)
    {
        result = buffer;
    }

    int reject(final long orderId, final RejectReason reason)
    {
        return write(orderId, 0, 0, OrderStatus.REJECTED, reason, NO_FILLS);
    }

    int write(
        final long orderId,
        final long filledQuantity,
        final long remainingQuantity,
        final OrderStatus status,
        final Fills fills)
    {
        return write(orderId, filledQuantity, remainingQuantity, status, RejectReason.NONE, fills);
    }

    private int write(
        final long orderId,
        final long filledQuantity,
        final long remainingQuantity,
        final OrderStatus status,
        final RejectReason reason,
        final Fills fills)
    {
        if (result.capacity() < FIXED_LENGTH)
        {
            // Configured too small for any answer: the order counts all the same, on every replica alike.
            return 0;
        }
        encoder.wrapAndApplyHeader(result, 0, header)
            .orderId(orderId)
            .filledQuantity(filledQuantity)
            .remainingQuantity(remainingQuantity)
            .status(status)
            .rejectReason(reason);
        final OrderResultEncoder.FillsEncoder group = encoder.fillsCount(fills.size());
        for (int i = 0; i < fills.size(); i++)
        {
            group.next()
                .restingOrderId(fills.restingOrderId(i))
                .price(fills.price(i))
                .quantity(fills.quantity(i));
        }
        return encoder.limit();
    }
}
