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

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.DefaultReceiveChannelEndpointSupplier;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.ReceiveChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import org.agrona.BufferUtil;
import org.agrona.LangUtil;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A receiving socket of Aeron's driver that allocates nothing for a datagram, whoever sends: see {@link NativeReceive}.
 * The thread that polls it must be the one that closes it, as in a driver that runs by an invoker.
 */
final class DirectReceiveEndpoint extends ReceiveChannelEndpoint
{
    private final KnownSources sources = new KnownSources();
    private final long sockaddrAddress = sources.sockaddr().addressOffset();
    /** The channel whose descriptor is known. */
    private DatagramChannel channel;
    private FileDescriptor descriptor;

    private DirectReceiveEndpoint(
        final UdpChannel udpChannel,
        final DataPacketDispatcher dispatcher,
        final AtomicCounter statusIndicator,
        final MediaDriver.Context context)
    {
        super(udpChannel, dispatcher, statusIndicator, context);
    }

    /**
     * Makes a driver receive this way, where the JVM allows it; elsewhere it receives as Aeron does.
     *
     * @param context of a driver that is not launched yet and will run by an invoker.
     * @return the context.
     */
    static MediaDriver.Context attachTo(final MediaDriver.Context context)
    {
        return context.receiveChannelEndpointSupplier(
            NativeReceive.isAvailable() ? DirectReceiveEndpoint::new : new DefaultReceiveChannelEndpointSupplier());
    }

    @Override
    public InetSocketAddress receive(final ByteBuffer buffer)
    {
        buffer.clear();
        if (!receiveDatagramChannel.isOpen())
        {
            return null;
        }
        if (receiveDatagramChannel != channel)
        {
            channel = receiveDatagramChannel;
            descriptor = NativeReceive.descriptor(channel);
        }
        try
        {
            final int length = NativeReceive.receive(
                descriptor, BufferUtil.address(buffer), buffer.capacity(), sockaddrAddress);
            if (length < 0)
            {
                return null;
            }
            buffer.position(length);
            return sources.last();
        }
        catch (final IOException ex)
        {
            LangUtil.rethrowUnchecked(ex);
            return null;
        }
    }
}
