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
package io.tagma.ordering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Datagrams of several senders in turn, over real sockets.
 */
@Timeout(60)
class DirectReceiveEndpointTest
{
    private static final int SENDERS = 3;
    private static final int STREAM = 1;
    private static final int ROUNDS = 5_000;
    private static final int RUNS = 6;

    private final Set<String> sources = new HashSet<>();
    private int received;

    @Test
    void thisJvmAllowsIt()
    {
        assertTrue(NativeReceive.isAvailable(), "the flags in jvm.flags open what it needs");
    }

    @Test
    void allocatesNothingWhoeverSends() throws IOException
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final List<DatagramChannel> senders = new ArrayList<>();
        try (DatagramChannel receiver = bound())
        {
            receiver.configureBlocking(false);
            for (int i = 0; i < SENDERS; i++)
            {
                senders.add(bound());
            }
            final ByteBuffer out = ByteBuffer.allocateDirect(32);
            final ByteBuffer in = BufferUtil.allocateDirectAligned(2_048, 64);
            final KnownSources known = new KnownSources();
            final long sockaddr = known.sockaddr().addressOffset();
            long least = Long.MAX_VALUE;
            for (int run = 0; run < RUNS; run++)
            {
                long allocated = 0;
                for (int i = 0; i < ROUNDS; i++)
                {
                    final DatagramChannel sender = senders.get(i % SENDERS);
                    out.clear();
                    sender.send(out, receiver.getLocalAddress());
                    final long before = threads.getCurrentThreadAllocatedBytes();
                    int length;
                    do
                    {
                        length = NativeReceive.receive(
                            NativeReceive.descriptor(receiver), BufferUtil.address(in), in.capacity(), sockaddr);
                    }
                    while (length < 0);
                    final InetSocketAddress source = known.last();
                    allocated += threads.getCurrentThreadAllocatedBytes() - before;
                    assertEquals(32, length);
                    assertEquals(sender.getLocalAddress(), source);
                }
                least = Math.min(least, allocated);
            }
            assertEquals(0, least, "bytes allocated for " + ROUNDS + " datagrams");
        }
        finally
        {
            CloseHelper.closeAll(senders);
        }
    }

    private static DatagramChannel bound() throws IOException
    {
        return DatagramChannel.open(java.net.StandardProtocolFamily.INET)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Each driver sends from a port of its own; all of its stream comes through, many windows of it. */
    @Test
    void streamsOfSeveralSendersComeThroughOneEndpoint()
    {
        final List<EmbeddedDriver> drivers = new ArrayList<>();
        try
        {
            for (int i = 0; i <= SENDERS; i++)
            {
                drivers.add(driver());
            }
            final EmbeddedDriver receiver = drivers.get(SENDERS);
            final Subscription subscription =
                receiver.aeron().addSubscription("aeron:udp?endpoint=localhost:0", STREAM);
            while (null == subscription.resolvedEndpoint())
            {
                receiver.doWork();
            }
            final String channel = "aeron:udp?endpoint=" + subscription.resolvedEndpoint();
            final List<Publication> publications = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++)
            {
                publications.add(drivers.get(i).aeron().addPublication(channel, STREAM));
            }
            sendInTurn(drivers, publications, subscription);
        }
        finally
        {
            CloseHelper.closeAll(drivers);
        }
        assertEquals(SENDERS, sources.size(), sources::toString);
        assertEquals(SENDERS * ROUNDS, received);
    }

    @Test
    void oneDutyCycleTakesAllThatWaits()
    {
        final int count = 5;
        try (EmbeddedDriver sender = driver(); EmbeddedDriver receiver = driver())
        {
            final Subscription subscription =
                receiver.aeron().addSubscription("aeron:udp?endpoint=localhost:0", STREAM);
            while (null == subscription.resolvedEndpoint())
            {
                receiver.doWork();
            }
            final Publication publication = sender.aeron().addPublication(
                "aeron:udp?endpoint=" + subscription.resolvedEndpoint(), STREAM);
            while (!publication.isConnected())
            {
                sender.doWork();
                receiver.doWork();
            }
            final UnsafeBuffer message = new UnsafeBuffer(new byte[publication.maxPayloadLength()]);
            for (int i = 0; i < count; i++)
            {
                assertTrue(publication.offer(message) > 0, "a window of datagrams of their own");
                sender.doWork();
            }
            for (int i = 0; i < count; i++)
            {
                sender.doWork();
            }
            receiver.doWork();
            while (subscription.poll(this::onFragment, 16) > 0)
            {
                Thread.onSpinWait();
            }
        }
        assertEquals(count, received);
    }

    private static EmbeddedDriver driver()
    {
        return new EmbeddedDriver(null, EmbeddedDriver.LOOPBACK_MTU_LENGTH, 8, error ->
        {
            throw new AssertionError(error);
        });
    }

    private void sendInTurn(
        final List<EmbeddedDriver> drivers, final List<Publication> publications, final Subscription subscription)
    {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[1_000]);
        int sent = 0;
        while (received < SENDERS * ROUNDS)
        {
            if (sent < SENDERS * ROUNDS && publications.get(sent % SENDERS).offer(message) > 0)
            {
                sent++;
            }
            for (final EmbeddedDriver driver : drivers)
            {
                driver.doWork();
            }
            subscription.poll(this::onFragment, 16);
        }
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        received++;
        sources.add(((io.aeron.Image)header.context()).sourceIdentity());
    }
}
