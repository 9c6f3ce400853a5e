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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OrderFlowReaderTest
{
    private static final String GOOD = "7,1430438404518,1430438404000,236.47,200000000,created,bid\n";

    @TempDir
    private Path directory;

    @Test
    void readsARow() throws IOException
    {
        final OrderEvent event = new OrderEvent();
        try (OrderFlow flow = new OrderFlowReader(file(GOOD + "8,2,1,5.5,0,deleted,ask\r\n9,2,1,5,3,changed,ask")))
        {
            assertTrue(flow.next(event));
            assertEquals(7, event.id());
            assertEquals(1430438404518L, event.timestampMs());
            assertEquals(1430438404000L, event.exchangeTimestampMs());
            assertEquals(23647, event.priceTicks());
            assertEquals(200000000, event.volume());
            assertEquals(OrderAction.CREATED, event.action());
            assertTrue(event.isBid());
            assertTrue(flow.next(event));
            assertEquals(550, event.priceTicks());
            assertEquals(OrderAction.DELETED, event.action());
            assertFalse(event.isBid());
            assertTrue(flow.next(event));
            assertEquals(500, event.priceTicks());
            assertEquals(OrderAction.CHANGED, event.action());
            assertFalse(flow.next(event));
        }
    }

    @Test
    void readsWhatItWroteGzippedUnderAnyName() throws IOException
    {
        final StringBuilder text = new StringBuilder();
        assertEquals(5000, OrderFlowFormat.write(new OrderFlowGenerator(1, 5000), text));
        final Path file = directory.resolve("orders");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file)))
        {
            out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        }
        final StringBuilder again = new StringBuilder();
        try (OrderFlow flow = new OrderFlowReader(file))
        {
            OrderFlowFormat.write(flow, again);
        }
        assertEquals(text.toString(), again.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x,1,1,1.00,1,created,bid | id is 'x' and must be a whole number from 1 to 9,223,372,036,854,775,807",
        "0,1,1,1.00,1,created,bid | id is '0' and must be a whole number from 1 to 9,223,372,036,854,775,807",
        "9223372036854775808,1,1,1.00,1,created,bid | id is '9223372036854775808' and must be a whole",
        "99999999999999999999,1,1,1.00,1,created,bid | id is '99999999999999999999' and must be",
        "1,-1,1,1.00,1,created,bid | timestamp is '-1' and must be a whole number from 0 to",
        "1,1,,1.00,1,created,bid | exchange.timestamp is '' and must be",
        "1,1,1,1.001,1,created,bid | price is '1.001' and must be a number from 0 to 10,000,000,000 with at most two",
        "1,1,1,1.,1,created,bid | price is '1.' and must be",
        "1,1,1,.5,1,created,bid | price is '.5' and must be",
        "1,1,1,1.-5,1,created,bid | price is '1.-5' and must be",
        "1,1,1,1e5,1,created,bid | price is '1e5' and must be",
        "1,1,1,10000000000.01,1,created,bid | price is '10000000000.01' and must be",
        "1,1,1,1.00,2e+10,created,bid | volume is '2e+10' and must be a whole number from 0 to 10,000,000,000,000,000",
        "1,1,1,1.00,10000000000000001,created,bid | volume is '10000000000000001' and must be",
        "1,1,1,1.00,1,Created,bid | action is 'Created' and must be created, changed or deleted",
        "1,1,1,1.00,1,created,buy | direction is 'buy' and must be bid or ask",
        "1,1,1,1.00,1,created | has 6 columns instead of 7",
        "1,1,1,1.00,1,created,bid,1 | has 8 columns instead of 7",
        "'' | has 1 columns instead of 7",
    })
    void aBadRowIsRefusedByFileAndLine(final String row, final String expected) throws IOException
    {
        final Path file = file(GOOD + row + "\n");
        try (OrderFlow flow = new OrderFlowReader(file))
        {
            final OrderEvent event = new OrderEvent();
            assertTrue(flow.next(event));
            final String message = assertThrows(OrderFlowException.class, () -> flow.next(event)).getMessage();
            assertTrue(message.startsWith(file + ", line 3: " + expected), message);
        }
    }

    @Test
    void aLineWithoutEndIsRefusedEarly() throws IOException
    {
        try (OrderFlow flow = new OrderFlowReader(file("1".repeat(1_000_000))))
        {
            final OrderEvent event = new OrderEvent();
            final String message = assertThrows(OrderFlowException.class, () -> flow.next(event)).getMessage();
            assertTrue(message.endsWith("line 2: longer than 256 characters"), message);
        }
    }

    @Test
    void aFileThatIsNoFlowIsRefused() throws IOException
    {
        final Path empty = Files.createFile(directory.resolve("empty.csv"));
        assertTrue(refusal(empty).endsWith("empty.csv, line 1: the first line must be " + OrderFlowFormat.HEADER));
        final Path other = Files.writeString(directory.resolve("other.csv"), "a,b,c\n");
        assertTrue(refusal(other).contains("line 1: the first line must be"));
        assertTrue(refusal(directory.resolve("none.csv")).endsWith("none.csv: does not exist"));
        assertTrue(refusal(directory).contains("cannot be read"), refusal(directory));
    }

    @Test
    void aGzipThatEndsEarlyIsRefused() throws IOException
    {
        final Path whole = directory.resolve("whole.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole)))
        {
            out.write((OrderFlowFormat.HEADER + "\n" + GOOD.repeat(1000)).getBytes(StandardCharsets.US_ASCII));
        }
        final byte[] bytes = Files.readAllBytes(whole);
        final Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 20));
        try (OrderFlow flow = new OrderFlowReader(cut))
        {
            final OrderEvent event = new OrderEvent();
            final String message = assertThrows(OrderFlowException.class, () -> drain(flow, event)).getMessage();
            assertTrue(message.contains("the gzip stream is damaged or ends too early"), message);
        }
    }

    private static void drain(final OrderFlow flow, final OrderEvent event)
    {
        long rows = 0;
        while (flow.next(event))
        {
            rows++;
        }
        throw new AssertionError("read " + rows + " rows");
    }

    private static String refusal(final Path file)
    {
        return assertThrows(OrderFlowException.class, () -> new OrderFlowReader(file)).getMessage();
    }

    private Path file(final String rows) throws IOException
    {
        return Files.writeString(directory.resolve("orders.csv"), OrderFlowFormat.HEADER + "\n" + rows);
    }
}
