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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

import io.aeron.driver.DefaultReceiveChannelEndpointSupplier;
import io.aeron.driver.DefaultSendChannelEndpointSupplier;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ReceiveChannelEndpointSupplier;
import io.aeron.driver.SendChannelEndpointSupplier;
import io.aeron.driver.media.UdpChannelTransport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Idles until a datagram comes in at any socket of an embedded media driver. Yields a few times first, since sleeping
 * and waking cost more than a short pause; then sleeps in the kernel, a millisecond at most at a time, for timers have
 * no socket. A thread that sleeps is run at once when it is woken, also where others keep the processors busy; one that
 * yields stands behind each of them in turn.
 * <p>
 * For the thread that runs the driver's invoker; {@link #wake()} for any thread. Allocates nothing while sockets stay
 * the same.
 */
public final class SocketWait implements IdleStrategy, AutoCloseable
{
    private static final int YIELDS = 20;
    private static final long TIMEOUT_MS = 1;

    private final Selector selector;
    /** Of sockets that the driver has made since they were last looked at. */
    private final List<UdpChannelTransport> newTransports = new ArrayList<>();
    private final int yields;
    private final long timeoutMs;
    private int idleCount;

    /**
     * Waits for nothing yet: see {@link #attachTo(MediaDriver.Context)}.
     */
    public SocketWait()
    {
        this(YIELDS, TIMEOUT_MS);
    }

    SocketWait(final int yields, final long timeoutMs)
    {
        this.yields = yields;
        this.timeoutMs = timeoutMs;
        try
        {
            selector = Selector.open();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("no selector can be opened", ex);
        }
    }

    /**
     * Hears of each socket that the driver makes, by the suppliers that the context has so far.
     *
     * @param context of a driver that is not launched yet and will run by an invoker.
     * @return the context.
     */
    public MediaDriver.Context attachTo(final MediaDriver.Context context)
    {
        final ReceiveChannelEndpointSupplier receivers = null == context.receiveChannelEndpointSupplier() ?
            new DefaultReceiveChannelEndpointSupplier() : context.receiveChannelEndpointSupplier();
        final SendChannelEndpointSupplier senders = null == context.sendChannelEndpointSupplier() ?
            new DefaultSendChannelEndpointSupplier() : context.sendChannelEndpointSupplier();
        return context
            .receiveChannelEndpointSupplier((channel, dispatcher, status, driver) ->
                added(receivers.newInstance(channel, dispatcher, status, driver)))
            .sendChannelEndpointSupplier((channel, status, driver) ->
                added(senders.newInstance(channel, status, driver)));
    }

    private <T extends UdpChannelTransport> T added(final T transport)
    {
        newTransports.add(transport);
        return transport;
    }

    /**
     * Ends a wait, or the next one if there is none. Any thread.
     */
    public void wake()
    {
        selector.wakeup();
    }

    /**
     * How many sockets it listens to.
     *
     * @return their number; closed ones count until the next wait.
     */
    public int socketCount()
    {
        return selector.keys().size();
    }

    @Override
    public void idle(final int workCount)
    {
        if (workCount > 0)
        {
            idleCount = 0;
        }
        else
        {
            idle();
        }
    }

    @Override
    public void idle()
    {
        if (idleCount < yields)
        {
            idleCount++;
            Thread.yield();
            return;
        }
        try
        {
            if (!newTransports.isEmpty())
            {
                registerNew();
            }
            selector.select(SocketWait::onReadable, timeoutMs);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the wait for datagrams failed", ex);
        }
    }

    /** The driver's own poll, in the next duty cycle, is what reads. */
    private static void onReadable(final SelectionKey key)
    {
        assert key.isValid();
    }

    /** The driver opened them in the duty cycle that made them; one that it could not open has no channel. */
    private void registerNew()
    {
        for (final UdpChannelTransport transport : newTransports)
        {
            final DatagramChannel channel = transport.receiveDatagramChannel();
            if (null != channel && channel.isOpen())
            {
                register(channel);
            }
        }
        newTransports.clear();
    }

    private void register(final DatagramChannel channel)
    {
        try
        {
            channel.register(selector, SelectionKey.OP_READ);
        }
        catch (final ClosedChannelException ex)
        {
            // Gone as fast as it came: nothing will be read there.
            selector.wakeup();
        }
    }

    @Override
    public void reset()
    {
        idleCount = 0;
    }

    @Override
    public void close()
    {
        try
        {
            selector.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the selector cannot be closed", ex);
        }
    }
}
