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

import io.tagma.perf.exchange.Exchange;

import java.io.IOException;

/**
 * The CSV format of an order flow, and how a row is written.
 */
public final class OrderFlowFormat
{
    /** First line of a file. */
    public static final String HEADER = "id,timestamp,exchange.timestamp,price,volume,action,direction";

    /** Ticks of one unit of price: prices have two decimals. */
    public static final int TICKS_PER_UNIT = 100;

    /** Greatest price in ticks. Zero is allowed: it is for the book to reject. */
    public static final long PRICE_TICKS_MAX = Exchange.PRICE_MAX;

    /** Greatest volume. Zero is allowed: a filled order has none left. */
    public static final long VOLUME_MAX = Exchange.QUANTITY_MAX;

    private OrderFlowFormat()
    {
    }

    /**
     * Writes a whole flow with its header.
     *
     * @param flow to write.
     * @param out  to write to.
     * @return rows written.
     * @throws IOException if writing fails.
     */
    public static long write(final OrderFlow flow, final Appendable out) throws IOException
    {
        out.append(HEADER).append('\n');
        final OrderEvent event = new OrderEvent();
        long rows = 0;
        while (flow.next(event))
        {
            writeRow(event, out);
            rows++;
        }
        return rows;
    }

    private static void writeRow(final OrderEvent event, final Appendable out) throws IOException
    {
        final long cents = event.priceTicks() % TICKS_PER_UNIT;
        out.append(Long.toString(event.id())).append(',')
            .append(Long.toString(event.timestampMs())).append(',')
            .append(Long.toString(event.exchangeTimestampMs())).append(',')
            .append(Long.toString(event.priceTicks() / TICKS_PER_UNIT)).append('.')
            .append(cents < 10 ? "0" : "").append(Long.toString(cents)).append(',')
            .append(Long.toString(event.volume())).append(',')
            .append(event.action().text()).append(',')
            .append(event.isBid() ? "bid" : "ask").append('\n');
    }
}
