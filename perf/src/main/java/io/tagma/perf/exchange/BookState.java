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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The state of an exchange for snapshots: the counters, then each side, bids first: how many orders, and each of them
 * (id, price, quantity), worst price first, longest resting first, so that each is entered behind those before it. All
 * numbers are eight bytes, little endian. Where an order lies in the pool leaves no trace.
 */
final class BookState
{
    private BookState()
    {
    }

    static int save(
        final OrderBook book, final ExchangeCounters counters, final MutableDirectBuffer buffer, final int offset)
    {
        int end = counters.save(buffer, offset);
        end = saveSide(book, true, buffer, end);
        return saveSide(book, false, buffer, end) - offset;
    }

    private static int saveSide(
        final OrderBook book, final boolean isBid, final MutableDirectBuffer buffer, final int offset)
    {
        final BookSide side = book.side(isBid);
        int end = offset + Long.BYTES;
        long orders = 0;
        for (int level = 0; level < side.size(); level++)
        {
            for (int slot = side.head(level); OrderBook.NULL_SLOT != slot; slot = book.nextInLevel(slot))
            {
                buffer.putLong(end, book.id(slot), LITTLE_ENDIAN);
                buffer.putLong(end + 8, book.price(slot), LITTLE_ENDIAN);
                buffer.putLong(end + 16, book.quantity(slot), LITTLE_ENDIAN);
                end += 24;
                orders++;
            }
        }
        buffer.putLong(offset, orders, LITTLE_ENDIAN);
        return end;
    }

    static void load(
        final OrderBook book, final ExchangeCounters counters, final DirectBuffer buffer, final int offset)
    {
        book.clear();
        int at = counters.load(buffer, offset);
        at = loadSide(book, true, buffer, at);
        loadSide(book, false, buffer, at);
    }

    private static int loadSide(
        final OrderBook book, final boolean isBid, final DirectBuffer buffer, final int offset)
    {
        int at = offset + Long.BYTES;
        for (long left = buffer.getLong(offset, LITTLE_ENDIAN); left > 0; left--)
        {
            book.rest(
                buffer.getLong(at, LITTLE_ENDIAN), isBid, buffer.getLong(at + 8, LITTLE_ENDIAN),
                buffer.getLong(at + 16, LITTLE_ENDIAN));
            at += 24;
        }
        return at;
    }
}
