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
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.SetupFlyweight;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A receiving socket of Aeron's driver that allocates nothing for a datagram, whoever sends: see {@link NativeReceive}.
 * It takes what waits, {@link #BURST} datagrams at most, where the driver would take one a duty cycle: on a thread
 * that has other things to do, the cycle costs more than the datagram, and who hears more at once answers with less.
 * <p>
 * The thread that polls it must be the one that closes it, as in a driver that runs by an invoker.
 */
final class DirectReceiveEndpoint extends ReceiveChannelEndpoint
{
    /** Datagrams taken in one duty cycle, at most: a flood must not keep the thread from its other work. */
    static final int BURST = 16;
    /** Sockets of a channel without destinations have one transport. */
    private static final int TRANSPORT_INDEX = 0;

    private final KnownSources sources = new KnownSources();
    private final long sockaddrAddress = sources.sockaddr().addressOffset();
    /** The driver's buffer, as it was handed over last, and how the driver looks at it. */
    private final UnsafeBuffer datagram = new UnsafeBuffer();
    private final DataHeaderFlyweight dataHeader = new DataHeaderFlyweight();
    private final SetupFlyweight setup = new SetupFlyweight();
    private final RttMeasurementFlyweight rttMeasurement = new RttMeasurementFlyweight();
    private UnsafeBuffer nextDatagram = new UnsafeBuffer();
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
            return receiveBurst(buffer);
        }
        catch (final IOException ex)
        {
            LangUtil.rethrowUnchecked(ex);
            return null;
        }
    }

    /** All but the last are dispatched here, as the driver would; the last one is left to the driver. */
    private InetSocketAddress receiveBurst(final ByteBuffer buffer) throws IOException
    {
        int length = receive(BufferUtil.address(buffer), buffer.capacity());
        if (length < 0)
        {
            return null;
        }
        wrap(buffer);
        InetSocketAddress source = sources.last();
        for (int count = 1; count < BURST; count++)
        {
            final int nextLength = receive(nextDatagram.addressOffset(), nextDatagram.capacity());
            if (nextLength < 0)
            {
                break;
            }
            dispatch(length, source);
            datagram.putBytes(0, nextDatagram, 0, nextLength);
            length = nextLength;
            source = sources.last();
        }
        buffer.position(length);
        return source;
    }

    private int receive(final long address, final int capacity) throws IOException
    {
        return NativeReceive.receive(descriptor, address, capacity, sockaddrAddress);
    }

    private void wrap(final ByteBuffer buffer)
    {
        if (datagram.addressOffset() == BufferUtil.address(buffer) && datagram.capacity() == buffer.capacity())
        {
            return;
        }
        datagram.wrap(buffer);
        dataHeader.wrap(buffer);
        setup.wrap(buffer);
        rttMeasurement.wrap(buffer);
        nextDatagram = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(buffer.capacity(), BitUtil.CACHE_LINE_LENGTH));
    }

    /** What {@code DataTransportPoller} does with what it receives. */
    private void dispatch(final int length, final InetSocketAddress source)
    {
        if (!isValidFrame(datagram, length))
        {
            return;
        }
        receiveHook(datagram, length, source);
        switch (FrameDescriptor.frameType(datagram, 0))
        {
            case HeaderFlyweight.HDR_TYPE_PAD:
            case HeaderFlyweight.HDR_TYPE_DATA:
                onDataPacket(dataHeader, datagram, length, source, TRANSPORT_INDEX);
                break;

            case HeaderFlyweight.HDR_TYPE_SETUP:
                onSetupMessage(setup, datagram, length, source, TRANSPORT_INDEX);
                break;

            case HeaderFlyweight.HDR_TYPE_RTTM:
                onRttMeasurement(rttMeasurement, datagram, length, source, TRANSPORT_INDEX);
                break;

            default:
                break;
        }
    }
}
