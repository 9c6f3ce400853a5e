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

import io.tagma.perf.exchange.codecs.RejectReason;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The digest of an exchange's state: SHA-256 over "tagma/exchange/1", the counters, then each side, bids first: its
 * orders (id, price, quantity), best price first, longest resting first, and three zeros, which are no order. All
 * numbers are eight bytes, little endian. Where an order lies in the pool, or a level in its array, leaves no trace.
 */
final class BookDigest
{
    private static final String DOMAIN = "tagma/exchange/1";

    private final MessageDigest sha256;
    private final ByteBuffer scratch = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);

    private BookDigest()
    {
        try
        {
            sha256 = MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    static void compute(
        final OrderBook book,
        final ExchangeCounters counters,
        final MutableDirectBuffer digest,
        final int offset)
    {
        final BookDigest computation = new BookDigest();
        computation.scratch.put(DOMAIN.getBytes(StandardCharsets.US_ASCII));
        computation.putCounters(counters);
        computation.putSide(book, true);
        computation.putSide(book, false);
        computation.flush();
        digest.putBytes(offset, computation.sha256.digest());
    }

    private void putCounters(final ExchangeCounters counters)
    {
        putLong(counters.entered());
        putLong(counters.amended());
        putLong(counters.cancelled());
        putLong(counters.curtailed());
        putLong(counters.fills());
        putLong(counters.tradedQuantity());
        for (final RejectReason reason : RejectReason.values())
        {
            if (RejectReason.NONE != reason && RejectReason.NULL_VAL != reason && RejectReason.SBE_UNKNOWN != reason)
            {
                putLong(counters.rejected(reason));
            }
        }
    }

    private void putSide(final OrderBook book, final boolean isBid)
    {
        final BookSide side = book.side(isBid);
        for (int level = side.best(); level >= 0; level--)
        {
            for (int slot = side.head(level); OrderBook.NULL_SLOT != slot; slot = book.nextInLevel(slot))
            {
                putOrder(book.id(slot), book.price(slot), book.quantity(slot));
            }
        }
        putOrder(0, 0, 0);
    }

    private void putOrder(final long id, final long price, final long quantity)
    {
        putLong(id);
        putLong(price);
        putLong(quantity);
    }

    private void putLong(final long value)
    {
        if (scratch.remaining() < Long.BYTES)
        {
            flush();
        }
        scratch.putLong(value);
    }

    private void flush()
    {
        sha256.update(scratch.array(), 0, scratch.position());
        scratch.clear();
    }
}
