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

import java.util.Arrays;

/**
 * The price levels of one side of a book: a sorted array with the best price last. What enters and leaves a book does
 * so near the best price, so that little is moved; at worst, levels at the far end of a full book, it is one copy
 * within an array of the book's capacity.
 */
final class BookSide
{
    /** Prices of the levels, negated on the side where the lowest is the best. Ascending: the best is the last. */
    private final long[] keys;
    private final int[] heads;
    private final int[] tails;
    private final int sign;
    private int size;

    /**
     * Creates an empty side.
     *
     * @param isBid    whether the highest price is the best.
     * @param capacity in levels.
     */
    BookSide(final boolean isBid, final int capacity)
    {
        keys = new long[capacity];
        heads = new int[capacity];
        tails = new int[capacity];
        sign = isBid ? 1 : -1;
    }

    void clear()
    {
        size = 0;
    }

    int size()
    {
        return size;
    }

    /** The best level, or -1 if there is none. */
    int best()
    {
        return size - 1;
    }

    long price(final int level)
    {
        return sign * keys[level];
    }

    int head(final int level)
    {
        return heads[level];
    }

    void head(final int level, final int slot)
    {
        heads[level] = slot;
    }

    int tail(final int level)
    {
        return tails[level];
    }

    void tail(final int level, final int slot)
    {
        tails[level] = slot;
    }

    /**
     * Whether an order of the other side with this limit trades with the best level.
     */
    boolean isCrossedBy(final long price)
    {
        return size > 0 && sign * price <= keys[size - 1];
    }

    /**
     * Finds a level.
     *
     * @param price of it.
     * @return its index, or, if there is none, -(index at which to insert it) - 1.
     */
    int indexOf(final long price)
    {
        return Arrays.binarySearch(keys, 0, size, sign * price);
    }

    void insert(final int level, final long price, final int slot)
    {
        final int moved = size - level;
        System.arraycopy(keys, level, keys, level + 1, moved);
        System.arraycopy(heads, level, heads, level + 1, moved);
        System.arraycopy(tails, level, tails, level + 1, moved);
        keys[level] = sign * price;
        heads[level] = slot;
        tails[level] = slot;
        size++;
    }

    void remove(final int level)
    {
        final int moved = size - level - 1;
        System.arraycopy(keys, level + 1, keys, level, moved);
        System.arraycopy(heads, level + 1, heads, level, moved);
        System.arraycopy(tails, level + 1, tails, level, moved);
        size--;
    }
}
