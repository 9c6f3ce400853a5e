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
package io.tagma.perf.peer;

import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.TagmaClient;
import io.tagma.perf.cluster.FreePorts;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Server and client on one thread, over real sockets.
 */
class RawEchoTest
{
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int LENGTH = 100;
    private static final int LONGEST = 1 << 14;

    private final List<Long> answered = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final UnsafeBuffer request = new UnsafeBuffer(new byte[LONGEST]);
    private int wrongBytes;
    private RawEchoServer server;
    private RawEchoClient client;

    @BeforeEach
    void connect()
    {
        final int port = FreePorts.run(2);
        server = new RawEchoServer(port, port + 1, null);
        client = new RawEchoClient(port, port + 1, (number, outcome, reason, position, result, offset, length) ->
        {
            assertEquals(Outcome.COMMITTED, outcome);
            answered.add(number);
            lengths.add(length);
            for (int i = Long.BYTES; i < length; i++)
            {
                wrongBytes += result.getByte(offset + i) == (byte)i ? 0 : 1;
            }
        });
        for (int i = 0; i < LONGEST; i++)
        {
            request.putByte(i, (byte)i);
        }
    }

    @AfterEach
    void close()
    {
        client.close();
        server.close();
    }

    @Test
    void everyRequestComesBackOnceInItsOrderAndAsItWas()
    {
        assertFalse(client.isConnected());
        assertEquals(TagmaClient.NOT_CONNECTED, client.offer(request, 0, LENGTH));
        assertEquals("no server takes requests, none answers", client.connectionState());
        runUntil(client::isConnected);
        for (int i = 1; i <= 500; i++)
        {
            final int length = 0 == i % 10 ? LONGEST : LENGTH;
            assertEquals(i, client.offer(request, 0, length));
            final int count = i;
            runUntil(() -> answered.size() == count);
            assertEquals(length, lengths.get(i - 1));
        }
        assertEquals(LongStream.rangeClosed(1, 500).boxed().toList(), answered);
        assertEquals(0, wrongBytes);
    }

    @Test
    void aServerThatDoesNotReadHoldsTheClientBackAndLosesNothing()
    {
        runUntil(client::isConnected);
        long last = 0;
        long number = client.offer(request, 0, LONGEST);
        while (number > 0)
        {
            last = number;
            client.poll();
            number = client.offer(request, 0, LONGEST);
        }
        assertEquals(TagmaClient.BACK_PRESSURED, number);
        assertTrue(last > 1, "some are on their way: " + last);
        final long sent = last;
        runUntil(() -> answered.size() == sent);
        assertEquals(LongStream.rangeClosed(1, sent).boxed().toList(), answered);
        assertEquals(0, wrongBytes);
    }

    private void runUntil(final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            server.doWork();
            client.poll();
            assertTrue(System.nanoTime() - startNs < TIMEOUT_NS, client.connectionState() + ", " + answered.size());
        }
    }
}
