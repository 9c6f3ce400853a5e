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

/**
 * The fills of one incoming order, in the order in which they happened; reused for the next one.
 */
final class Fills
{
    private final long[] restingOrderIds;
    private final long[] prices;
    private final long[] quantities;
    private int limit;
    private int size;

    Fills(final int capacity)
    {
        restingOrderIds = new long[capacity];
        prices = new long[capacity];
        quantities = new long[capacity];
    }

    /**
     * Forgets what it holds.
     *
     * @param newLimit how many it may hold until the next call; more than its capacity means its capacity.
     */
    void clear(final int newLimit)
    {
        limit = Math.min(newLimit, restingOrderIds.length);
        size = 0;
    }

    void add(final long restingOrderId, final long price, final long quantity)
    {
        restingOrderIds[size] = restingOrderId;
        prices[size] = price;
        quantities[size] = quantity;
        size++;
    }

    boolean isFull()
    {
        return size >= limit;
    }

    int size()
    {
        return size;
    }

    long restingOrderId(final int index)
    {
        return restingOrderIds[index];
    }

    long price(final int index)
    {
        return prices[index];
    }

    long quantity(final int index)
    {
        return quantities[index];
    }
}
