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
package io.tagma.perf;

import io.tagma.ordering.service.OrderedService;
import io.tagma.perf.echo.EchoService;
import io.tagma.perf.exchange.Exchange;
import io.tagma.perf.exchange.codecs.AmendOrderEncoder;
import io.tagma.perf.exchange.codecs.CancelOrderEncoder;
import io.tagma.perf.exchange.codecs.MessageHeaderEncoder;
import io.tagma.perf.exchange.codecs.NewOrderEncoder;
import io.tagma.perf.exchange.codecs.Side;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WorkloadAllocationTest
{
    private static final int REQUESTS = 200_000;

    private final UnsafeBuffer request = new UnsafeBuffer(new byte[128]);
    private final UnsafeBuffer result = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final AmendOrderEncoder amendOrder = new AmendOrderEncoder();
    private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();
    private long state = 1;

    @Test
    void echoAllocatesNothing()
    {
        final OrderedService echo = new EchoService();
        assertEquals(0, AllocatedBytes.leastOf(() -> echoes(echo)));
    }

    @Test
    void theExchangeAllocatesNothing()
    {
        final Exchange exchange = new Exchange(4096);
        assertEquals(0, AllocatedBytes.leastOf(() -> orders(exchange)));
        assertTrue(exchange.counters().fills() > REQUESTS / 10, "traded " + exchange.counters().fills());
        assertTrue(exchange.counters().rejected() > 0, "some were rejected");
    }

    private void echoes(final OrderedService echo)
    {
        for (int i = 0; i < REQUESTS; i++)
        {
            echo.onMessage(1, i, i, i, request, 0, 100, result);
        }
    }

    private void orders(final Exchange exchange)
    {
        for (int i = 0; i < REQUESTS; i++)
        {
            final long orderId = next(8000);
            final long price = 1000 + next(100);
            final long quantity = 1 + next(20);
            final int length;
            final long kind = next(8);
            if (kind < 5)
            {
                newOrder.wrapAndApplyHeader(request, 0, header)
                    .orderId(orderId).price(price).quantity(quantity).side(0 == next(2) ? Side.BID : Side.ASK);
                length = newOrder.limit();
            }
            else if (kind < 6)
            {
                amendOrder.wrapAndApplyHeader(request, 0, header).orderId(orderId).price(price).quantity(quantity);
                length = amendOrder.limit();
            }
            else
            {
                cancelOrder.wrapAndApplyHeader(request, 0, header).orderId(orderId);
                length = cancelOrder.limit();
            }
            exchange.onMessage(1, i, i, i, request, 0, length, result);
        }
    }

    private long next(final int bound)
    {
        state = state * 6364136223846793005L + 1442695040888963407L;
        return (state >>> 33) % bound;
    }
}
