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
import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ExchangeReferenceTest
{
    private static final long SEED = 42;
    private static final int EVENTS = 1_000_000;
    private static final int CAPACITY = 300;

    @Test
    void aMillionRandomRequestsAgreeWithTheNaiveBook()
    {
        final Random random = new Random(SEED);
        final ExchangeFixture exchange = new ExchangeFixture(CAPACITY, 1024);
        final ExchangeFixture twin = new ExchangeFixture(CAPACITY, 1024);
        final ReferenceExchange reference = new ReferenceExchange(CAPACITY);
        for (int i = 0; i < EVENTS; i++)
        {
            final String expected;
            final String actual;
            final long orderId = random.nextInt(600);
            final long price = random.nextInt(500) == 0 ? 0 : 1000 + random.nextInt(60) - 30;
            final long quantity = random.nextInt(500) == 0 ? -1 : 1 + random.nextInt(random.nextInt(50) == 0 ? 900 : 9);
            final int kind = random.nextInt(10);
            if (kind < 6)
            {
                final boolean isBid = random.nextBoolean();
                // Bids lower, asks higher, with an overlap: most rest, some trade, some sweep.
                final long shifted = 0 == price ? 0 : price + (isBid ? -20 : 20);
                expected = reference.newOrder(orderId, isBid, shifted, quantity);
                actual = isBid ? exchange.bid(orderId, shifted, quantity) : exchange.ask(orderId, shifted, quantity);
                assertEquals(
                    actual, isBid ? twin.bid(orderId, shifted, quantity) : twin.ask(orderId, shifted, quantity));
            }
            else if (kind < 8)
            {
                expected = reference.amendOrder(orderId, price, quantity);
                actual = exchange.amend(orderId, price, quantity);
                assertEquals(actual, twin.amend(orderId, price, quantity));
            }
            else
            {
                expected = reference.cancelOrder(orderId);
                actual = exchange.cancel(orderId);
                assertEquals(actual, twin.cancel(orderId));
            }
            if (!expected.equals(actual))
            {
                assertEquals(expected, actual, "seed " + SEED + ", event " + i + ", book " + reference.book());
            }
            if (0 == i % 100_000)
            {
                assertEquals(exchange.digest(), twin.digest(), "seed " + SEED + ", event " + i);
            }
        }
        assertEquals(exchange.digest(), twin.digest());
        final ExchangeCounters counters = exchange.exchange().counters();
        assertTrue(counters.fills() > 10_000, "fills " + counters.fills());
        assertTrue(counters.curtailed() > 10, "curtailed " + counters.curtailed());
        assertTrue(counters.amended() > 10_000, "amended " + counters.amended());
        assertTrue(counters.rejected(RejectReason.BOOK_FULL) > 10, "never full");
    }
}
