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

/**
 * One row of an order flow. Reused by whoever reads one: copy what must outlive the next row.
 */
public final class OrderEvent
{
    private long id;
    private long timestampMs;
    private long exchangeTimestampMs;
    private long priceTicks;
    private long volume;
    private OrderAction action = OrderAction.CREATED;
    private boolean isBid;

    /**
     * Sets every field but the times.
     *
     * @param orderId     of the order.
     * @param orderAction what happened to it.
     * @param bid         whether it buys.
     * @param price       in ticks of a hundredth.
     * @param openVolume  in units of 1e-8.
     */
    public void set(
        final long orderId,
        final OrderAction orderAction,
        final boolean bid,
        final long price,
        final long openVolume)
    {
        id = orderId;
        action = orderAction;
        isBid = bid;
        priceTicks = price;
        volume = openVolume;
    }

    /**
     * Sets the times.
     *
     * @param receivedMs  when the row was recorded, in milliseconds since the Unix epoch.
     * @param exchangedMs when the exchange says it happened, likewise.
     */
    public void times(final long receivedMs, final long exchangedMs)
    {
        timestampMs = receivedMs;
        exchangeTimestampMs = exchangedMs;
    }

    /**
     * Id of the order.
     *
     * @return any long.
     */
    public long id()
    {
        return id;
    }

    /**
     * When the row was recorded.
     *
     * @return milliseconds since the Unix epoch.
     */
    public long timestampMs()
    {
        return timestampMs;
    }

    /**
     * When the exchange says it happened.
     *
     * @return milliseconds since the Unix epoch.
     */
    public long exchangeTimestampMs()
    {
        return exchangeTimestampMs;
    }

    /**
     * Limit price.
     *
     * @return ticks of a hundredth.
     */
    public long priceTicks()
    {
        return priceTicks;
    }

    /**
     * Open volume after the event.
     *
     * @return units of 1e-8.
     */
    public long volume()
    {
        return volume;
    }

    /**
     * What happened.
     *
     * @return never null.
     */
    public OrderAction action()
    {
        return action;
    }

    /**
     * Whether the order buys.
     *
     * @return false if it sells.
     */
    public boolean isBid()
    {
        return isBid;
    }
}
