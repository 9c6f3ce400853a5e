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

import org.agrona.collections.Long2LongHashMap;

/**
 * A limit order book in price-time order: two sides of price levels, each level a queue of orders. Orders lie in a pool
 * of fixed size, linked by index, found by id through an open addressing map: nothing is allocated after construction.
 */
final class OrderBook
{
    /** No slot of the pool. */
    static final int NULL_SLOT = -1;

    private final long[] ids;
    private final long[] prices;
    private final long[] quantities;
    private final boolean[] areBids;
    /** Next in the queue of its level; of a free slot: the next free one. */
    private final int[] next;
    private final int[] previous;
    private final Long2LongHashMap slotById;
    private final BookSide bids;
    private final BookSide asks;
    private int firstFree;
    private int size;

    /**
     * Creates an empty book.
     *
     * @param capacity in resting orders.
     */
    OrderBook(final int capacity)
    {
        ids = new long[capacity];
        prices = new long[capacity];
        quantities = new long[capacity];
        areBids = new boolean[capacity];
        next = new int[capacity];
        previous = new int[capacity];
        // Twice the room and half the load: it never grows, and probes stay short.
        slotById = new Long2LongHashMap(2 * capacity, 0.5f, NULL_SLOT);
        bids = new BookSide(true, capacity);
        asks = new BookSide(false, capacity);
        clear();
    }

    /** Takes all orders out. */
    void clear()
    {
        final int capacity = next.length;
        slotById.clear();
        bids.clear();
        asks.clear();
        size = 0;
        for (int i = 0; i < capacity; i++)
        {
            next[i] = i + 1 < capacity ? i + 1 : NULL_SLOT;
        }
        firstFree = capacity > 0 ? 0 : NULL_SLOT;
    }

    int size()
    {
        return size;
    }

    boolean isFull()
    {
        return NULL_SLOT == firstFree;
    }

    /**
     * Finds a resting order.
     *
     * @param orderId of it.
     * @return its slot, valid until the book changes, or {@link #NULL_SLOT}.
     */
    int slotOf(final long orderId)
    {
        return (int)slotById.get(orderId);
    }

    long id(final int slot)
    {
        return ids[slot];
    }

    long price(final int slot)
    {
        return prices[slot];
    }

    long quantity(final int slot)
    {
        return quantities[slot];
    }

    boolean isBid(final int slot)
    {
        return areBids[slot];
    }

    int nextInLevel(final int slot)
    {
        return next[slot];
    }

    BookSide side(final boolean isBid)
    {
        return isBid ? bids : asks;
    }

    /**
     * Trades an incoming order against the other side, best price first, longest resting first, until it is filled,
     * crosses nothing more, or the fills are full.
     *
     * @return what is left of its quantity.
     */
    long match(final boolean isBid, final long price, final long quantity, final Fills fills)
    {
        final BookSide opposite = side(!isBid);
        long remaining = quantity;
        while (remaining > 0 && !fills.isFull() && opposite.isCrossedBy(price))
        {
            final int slot = opposite.head(opposite.best());
            final long traded = Math.min(remaining, quantities[slot]);
            fills.add(ids[slot], prices[slot], traded);
            remaining -= traded;
            quantities[slot] -= traded;
            if (0 == quantities[slot])
            {
                unlink(slot, opposite, opposite.best());
                free(slot);
            }
        }
        return remaining;
    }

    /**
     * Rests an order behind all others at its price. The book must not be full and must not hold the id.
     */
    void rest(final long orderId, final boolean isBid, final long price, final long quantity)
    {
        final int slot = firstFree;
        firstFree = next[slot];
        ids[slot] = orderId;
        prices[slot] = price;
        quantities[slot] = quantity;
        areBids[slot] = isBid;
        next[slot] = NULL_SLOT;
        previous[slot] = NULL_SLOT;
        slotById.put(orderId, slot);
        size++;

        final BookSide side = side(isBid);
        final int level = side.indexOf(price);
        if (level < 0)
        {
            side.insert(-level - 1, price, slot);
        }
        else
        {
            final int tail = side.tail(level);
            next[tail] = slot;
            previous[slot] = tail;
            side.tail(level, slot);
        }
    }

    /**
     * Sets an order's open quantity without moving it in its queue.
     */
    void resize(final int slot, final long quantity)
    {
        quantities[slot] = quantity;
    }

    /**
     * Takes an order out.
     */
    void remove(final int slot)
    {
        final BookSide side = side(areBids[slot]);
        unlink(slot, side, side.indexOf(prices[slot]));
        free(slot);
    }

    private void unlink(final int slot, final BookSide side, final int level)
    {
        final int before = previous[slot];
        final int after = next[slot];
        if (NULL_SLOT == before && NULL_SLOT == after)
        {
            side.remove(level);
            return;
        }
        if (NULL_SLOT == before)
        {
            side.head(level, after);
        }
        else
        {
            next[before] = after;
        }
        if (NULL_SLOT == after)
        {
            side.tail(level, before);
        }
        else
        {
            previous[after] = before;
        }
    }

    private void free(final int slot)
    {
        slotById.remove(ids[slot]);
        next[slot] = firstFree;
        firstFree = slot;
        size--;
    }
}
