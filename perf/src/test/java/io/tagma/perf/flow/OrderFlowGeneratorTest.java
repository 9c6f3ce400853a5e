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
import io.tagma.perf.exchange.codecs.RejectReason;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OrderFlowGeneratorTest
{
    @Test
    void aSeedMeansTheSameBytesOnEveryJava() throws IOException, NoSuchAlgorithmException
    {
        final byte[] bytes = text(1, 50_000).getBytes(StandardCharsets.US_ASCII);
        assertEquals(
            "23c4d566af609029f7dfcbb3b846be63576946bc6e8a44ebb1bee31910aebf61",
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    @Test
    void aLongerFlowBeginsWithTheShorterOne() throws IOException
    {
        assertTrue(text(3, 2000).startsWith(text(3, 1000)));
        assertNotEquals(text(3, 1000), text(4, 1000));
    }

    @Test
    void theFlowLooksLikeARecordedOne()
    {
        final OrderFlow flow = new OrderFlowGenerator(1, 50_000);
        final OrderEvent event = new OrderEvent();
        final OrderRequestEncoder encoder = new OrderRequestEncoder();
        final UnsafeBuffer request = new UnsafeBuffer(new byte[OrderRequestEncoder.REQUEST_LENGTH_MAX]);
        final UnsafeBuffer result = new UnsafeBuffer(new byte[1024]);
        final Exchange exchange = new Exchange();
        final int[] actions = new int[OrderAction.values().length];
        long position = 0;
        long timestampMs = 0;
        while (flow.next(event))
        {
            actions[event.action().ordinal()]++;
            assertFalse(event.timestampMs() < timestampMs);
            timestampMs = event.timestampMs();
            exchange.onMessage(1, ++position, 1, 1, request, 0, encoder.encode(event, request, 0), result);
        }
        assertTrue(actions[OrderAction.CREATED.ordinal()] > 20_000, "created");
        assertTrue(actions[OrderAction.DELETED.ordinal()] > 20_000, "deleted");
        assertTrue(actions[OrderAction.CHANGED.ordinal()] > 300, "changed");
        assertTrue(exchange.counters().fills() > 3_000, "fills " + exchange.counters().fills());
        assertTrue(exchange.counters().rejected(RejectReason.UNKNOWN_ORDER) > 100, "unknown orders");
        assertEquals(0, exchange.counters().rejected(RejectReason.MALFORMED));
        assertEquals(0, exchange.counters().rejected(RejectReason.DUPLICATE_ORDER));
        assertEquals(0, exchange.counters().rejected(RejectReason.BAD_PRICE));
        assertEquals(0, exchange.counters().rejected(RejectReason.BAD_QUANTITY));
        assertTrue(exchange.restingOrders() < 1500, "resting " + exchange.restingOrders());
    }

    private static String text(final long seed, final long events) throws IOException
    {
        final StringBuilder text = new StringBuilder();
        OrderFlowFormat.write(new OrderFlowGenerator(seed, events), text);
        return text.toString();
    }
}
