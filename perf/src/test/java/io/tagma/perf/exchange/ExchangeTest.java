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

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ExchangeTest
{
    private final ExchangeFixture exchange = new ExchangeFixture();

    @Test
    void goesOnFromASnapshotAsIfItHadExecutedAll()
    {
        final ExchangeFixture one = new ExchangeFixture();
        final ExchangeFixture other = new ExchangeFixture();
        other.bid(77, 5, 5);
        other.ask(78, 9, 5);
        final Random random = new Random(7);
        for (int i = 0; i < 5_000; i++)
        {
            step(random, i, one);
            if (0 == i % 500)
            {
                other.load(one.save());
                assertEquals(one.digest(), other.digest());
                assertArrayEquals(one.save(), other.save());
                final Random again = new Random(i);
                final Random andAgain = new Random(i);
                for (int j = 0; j < 200; j++)
                {
                    final long orderId = 100_000L + i + j;
                    assertEquals(step(again, orderId, one), step(andAgain, orderId, other), "after " + i);
                }
                assertEquals(one.digest(), other.digest());
            }
        }
        assertTrue(one.exchange().restingOrders() > 10);
        assertTrue(one.exchange().counters().fills() > 100);
    }

    private static String step(final Random random, final long orderId, final ExchangeFixture exchange)
    {
        final long price = 95L + random.nextInt(10);
        final long quantity = 1L + random.nextInt(20);
        return switch (random.nextInt(6))
        {
            case 0 -> exchange.cancel(orderId - 1 - random.nextInt(50));
            case 1 -> exchange.amend(orderId - 1 - random.nextInt(50), price, quantity);
            case 2, 3 -> exchange.bid(orderId, price, quantity);
            default -> exchange.ask(orderId, price, quantity);
        };
    }

    @Test
    void anOrderThatCrossesNothingRests()
    {
        assertEquals("1 RESTING NONE 0 10 []", exchange.bid(1, 100, 10));
        assertEquals("2 RESTING NONE 0 10 []", exchange.ask(2, 101, 10));
        assertEquals(2, exchange.exchange().restingOrders());
    }

    @Test
    void theBestPriceTradesFirstAtTheRestingPrice()
    {
        exchange.ask(1, 103, 5);
        exchange.ask(2, 101, 5);
        exchange.ask(3, 102, 5);
        assertEquals("4 RESTING NONE 10 2 [2@101x5, 3@102x5]", exchange.bid(4, 102, 12));
        assertEquals("5 FILLED NONE 2 0 [4@102x2]", exchange.ask(5, 1, 2));
    }

    @Test
    void atOnePriceTheLongestRestingTradesFirst()
    {
        exchange.bid(1, 100, 5);
        exchange.bid(2, 100, 5);
        exchange.bid(3, 100, 5);
        assertEquals("4 FILLED NONE 7 0 [1@100x5, 2@100x2]", exchange.ask(4, 100, 7));
        assertEquals("5 FILLED NONE 8 0 [2@100x3, 3@100x5]", exchange.ask(5, 99, 8));
    }

    @Test
    void aSmallerQuantityAtTheSamePriceKeepsItsPlace()
    {
        exchange.bid(1, 100, 5);
        exchange.bid(2, 100, 5);
        assertEquals("1 RESTING NONE 0 3 []", exchange.amend(1, 100, 3));
        assertEquals("1 RESTING NONE 0 3 []", exchange.amend(1, 100, 3));
        assertEquals("3 FILLED NONE 4 0 [1@100x3, 2@100x1]", exchange.ask(3, 100, 4));
    }

    @Test
    void aGreaterQuantityLosesItsPlace()
    {
        exchange.bid(1, 100, 5);
        exchange.bid(2, 100, 5);
        assertEquals("1 RESTING NONE 0 6 []", exchange.amend(1, 100, 6));
        assertEquals("3 FILLED NONE 7 0 [2@100x5, 1@100x2]", exchange.ask(3, 100, 7));
    }

    @Test
    void anotherPriceLosesItsPlaceAndMayTradeAtOnce()
    {
        exchange.bid(1, 100, 5);
        exchange.ask(2, 105, 4);
        assertEquals("1 RESTING NONE 4 1 [2@105x4]", exchange.amend(1, 106, 5));
        assertEquals("3 FILLED NONE 1 0 [1@106x1]", exchange.ask(3, 106, 1));
    }

    @Test
    void aCancelledOrderIsGoneAndItsIdFree()
    {
        exchange.bid(1, 100, 5);
        assertEquals("1 CANCELLED NONE 0 5 []", exchange.cancel(1));
        assertEquals("1 REJECTED UNKNOWN_ORDER 0 0 []", exchange.cancel(1));
        assertEquals("1 REJECTED UNKNOWN_ORDER 0 0 []", exchange.amend(1, 100, 5));
        assertEquals("1 RESTING NONE 0 7 []", exchange.ask(1, 100, 7));
    }

    @Test
    void anIdThatRestsIsADuplicate()
    {
        exchange.bid(1, 100, 5);
        assertEquals("1 REJECTED DUPLICATE_ORDER 0 0 []", exchange.ask(1, 200, 5));
    }

    @Test
    void pricesAndQuantitiesOutOfRangeAreRejected()
    {
        for (final long price : new long[]{0, -1, Long.MIN_VALUE, Exchange.PRICE_MAX + 1, Long.MAX_VALUE})
        {
            assertEquals("1 REJECTED BAD_PRICE 0 0 []", exchange.bid(1, price, 5));
            assertEquals("1 REJECTED BAD_PRICE 0 0 []", exchange.amend(1, price, 5));
        }
        for (final long quantity : new long[]{0, -1, Long.MIN_VALUE, Exchange.QUANTITY_MAX + 1, Long.MAX_VALUE})
        {
            assertEquals("1 REJECTED BAD_QUANTITY 0 0 []", exchange.ask(1, 5, quantity));
            assertEquals("1 REJECTED BAD_QUANTITY 0 0 []", exchange.amend(1, 5, quantity));
        }
        assertEquals("1 RESTING NONE 0 1 []", exchange.bid(1, 1, 1));
        assertEquals(
            "2 RESTING NONE 0 10000000000000000 []", exchange.ask(2, Exchange.PRICE_MAX, Exchange.QUANTITY_MAX));
    }

    @Test
    void everyOrderIdIsAllowed()
    {
        for (final long orderId : new long[]{0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
        {
            assertEquals(orderId + " RESTING NONE 0 5 []", exchange.bid(orderId, 100, 5));
            assertEquals(orderId + " CANCELLED NONE 0 5 []", exchange.cancel(orderId));
        }
    }

    @Test
    void aFullBookRejectsUntilSomethingLeaves()
    {
        final ExchangeFixture small = new ExchangeFixture(2, 1024);
        small.bid(1, 100, 5);
        small.bid(2, 99, 5);
        assertEquals("3 REJECTED BOOK_FULL 0 0 []", small.ask(3, 100, 5));
        assertEquals("2 RESTING NONE 0 9 []", small.amend(2, 100, 9));
        small.cancel(1);
        assertEquals("3 FILLED NONE 5 0 [2@100x5]", small.ask(3, 100, 5));
    }

    @Test
    void aSweepBeyondWhatAResultHoldsIsCurtailed()
    {
        for (int i = 1; i <= 50; i++)
        {
            exchange.ask(i, 100 + i, 1);
        }
        final String result = exchange.bid(100, 1000, 50);
        assertTrue(result.startsWith("100 CURTAILED NONE 40 10 [1@101x1, "), result);
        assertTrue(result.endsWith(", 40@140x1]"), result);
        assertEquals("100 REJECTED UNKNOWN_ORDER 0 0 []", exchange.cancel(100));
        assertEquals(10, exchange.exchange().restingOrders());
        assertEquals(1, exchange.exchange().counters().curtailed());
    }

    @Test
    void aSweepOfJustWhatAResultHoldsRestsOnceNothingMoreIsCrossed()
    {
        for (int i = 1; i <= 40; i++)
        {
            exchange.ask(i, 100, 1);
        }
        assertTrue(exchange.bid(100, 100, 50).startsWith("100 RESTING NONE 40 10 ["));
    }

    @Test
    void aSmallerGreatestResultHoldsFewerFills()
    {
        final ExchangeFixture narrow = new ExchangeFixture(16, ResultWriter.FIXED_LENGTH + 24 + 23);
        narrow.ask(1, 100, 1);
        narrow.ask(2, 100, 1);
        assertEquals("3 CURTAILED NONE 1 4 [1@100x1]", narrow.bid(3, 100, 5));
        final ExchangeFixture mute = new ExchangeFixture(16, ResultWriter.FIXED_LENGTH - 1);
        assertEquals("", mute.ask(1, 100, 1));
        assertEquals(1, mute.exchange().restingOrders());
    }

    @Test
    void whatIsNotARequestToTheByteIsMalformed()
    {
        final String malformed = "0 REJECTED MALFORMED 0 0 []";
        final byte[] genuine = genuineNewOrder();
        assertEquals("7 RESTING NONE 0 5 []", exchange.raw(genuine));
        exchange.cancel(7);

        for (int length = 0; length < genuine.length; length++)
        {
            assertEquals(malformed, exchange.raw(Arrays.copyOf(genuine, length)), "length " + length);
        }
        assertEquals(malformed, exchange.raw(Arrays.copyOf(genuine, genuine.length + 1)), "one byte more");
        for (int i = 0; i < RequestCheck.HEADER_LENGTH; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                final byte[] changed = genuine.clone();
                changed[i] ^= (byte)(1 << bit);
                assertEquals(malformed, exchange.raw(changed), "byte " + i + " bit " + bit);
            }
        }
        for (final int side : new int[]{0, 3, 127, 255})
        {
            final byte[] changed = genuine.clone();
            changed[genuine.length - 1] = (byte)side;
            assertEquals(malformed, exchange.raw(changed), "side " + side);
        }
        assertEquals(0, exchange.exchange().restingOrders());
    }

    @Test
    void randomPayloadsAreAnsweredNeverThrown()
    {
        final long seed = 20261121;
        final Random random = new Random(seed);
        final byte[] genuine = genuineNewOrder();
        for (int i = 0; i < 200_000; i++)
        {
            final byte[] payload = random.nextBoolean() ? genuine.clone() : new byte[random.nextInt(64)];
            if (payload.length != genuine.length)
            {
                random.nextBytes(payload);
            }
            for (int k = random.nextInt(4); k > 0 && payload.length > 0; k--)
            {
                payload[random.nextInt(payload.length)] = (byte)random.nextInt();
            }
            final String result = exchange.raw(payload);
            assertTrue(result.endsWith("]"), () -> "seed " + seed + ": " + Arrays.toString(payload));
        }
    }

    @Test
    void theDigestIsOfTheBookNotOfHowItCameAbout()
    {
        final ExchangeFixture other = new ExchangeFixture();
        exchange.bid(1, 100, 5);
        exchange.bid(2, 101, 5);
        exchange.cancel(1);
        exchange.bid(1, 100, 5);
        other.bid(2, 101, 5);
        other.bid(9, 7, 1);
        other.cancel(9);
        assertNotEquals(exchange.digest(), other.digest(), "one order is lacking");
        other.bid(1, 100, 5);
        assertEquals(exchange.digest(), other.digest());
        other.amend(1, 100, 5);
        assertNotEquals(exchange.digest(), other.digest(), "counters are state");
    }

    @Test
    void theDigestTellsTimePriorityAndSideApart()
    {
        final ExchangeFixture other = new ExchangeFixture();
        exchange.bid(1, 100, 5);
        exchange.bid(2, 100, 5);
        other.bid(2, 100, 5);
        other.bid(1, 100, 5);
        assertNotEquals(exchange.digest(), other.digest());

        final ExchangeFixture asks = new ExchangeFixture();
        asks.ask(1, 100, 5);
        asks.ask(2, 100, 5);
        assertNotEquals(exchange.digest(), asks.digest());
    }

    @Test
    void aBookOfNoSizeIsRefused()
    {
        assertThrows(IllegalArgumentException.class, () -> new Exchange(0));
        assertThrows(IllegalArgumentException.class, () -> new Exchange((1 << 24) + 1));
    }

    private static byte[] genuineNewOrder()
    {
        final byte[] payload = new byte[33];
        new Requests().newOrder(new UnsafeBuffer(payload), 7, true, 100, 5);
        return payload;
    }
}
