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
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.DatagramChannel;

import org.agrona.LangUtil;
import org.agrona.SystemUtil;

/**
 * {@code recvfrom(2)} through the native method that {@link DatagramChannel#receive} itself calls. That one makes a new
 * address object whenever the sender is not the one before; here the address stays what the kernel wrote.
 * <p>
 * It needs {@code --add-opens java.base/sun.nio.ch=ALL-UNNAMED}, as Chronicle and Aeron's selectors do, and Linux.
 */
final class NativeReceive
{
    private static final MethodHandle RECEIVE;
    private static final MethodHandle DESCRIPTOR;

    static
    {
        MethodHandle receive = null;
        MethodHandle descriptor = null;
        try
        {
            final Class<?> type = Class.forName("sun.nio.ch.DatagramChannelImpl");
            final MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            receive = lookup.findStatic(
                type, "receive0",
                MethodType.methodType(
                    int.class, FileDescriptor.class, long.class, int.class, long.class, boolean.class));
            descriptor = lookup.findVirtual(type, "getFD", MethodType.methodType(FileDescriptor.class))
                .asType(MethodType.methodType(FileDescriptor.class, DatagramChannel.class));
        }
        catch (final ReflectiveOperationException | RuntimeException ex)
        {
            // Not opened to us, or not there: receive is null, and isAvailable says so.
            assert null == receive || null == descriptor;
        }
        RECEIVE = receive;
        DESCRIPTOR = descriptor;
    }

    private NativeReceive()
    {
    }

    /**
     * Whether this JVM lets us.
     *
     * @return if false, call nothing else here.
     */
    static boolean isAvailable()
    {
        return null != RECEIVE && null != DESCRIPTOR && SystemUtil.isLinux();
    }

    /**
     * The descriptor of an open channel.
     *
     * @param channel that the JDK made.
     * @return valid until the channel is closed.
     */
    static FileDescriptor descriptor(final DatagramChannel channel)
    {
        try
        {
            return (FileDescriptor)DESCRIPTOR.invokeExact(channel);
        }
        catch (final Throwable ex)
        {
            LangUtil.rethrowUnchecked(ex);
            return null;
        }
    }

    /**
     * Receives a datagram from a non-blocking socket that is not connected.
     *
     * @param descriptor      of an open channel.
     * @param address         of memory to receive into.
     * @param length          of it in bytes.
     * @param sockaddrAddress of {@link KnownSources#SOCKADDR_LENGTH} bytes for the sender's address.
     * @return length of the datagram, cut off at the memory's end; negative if there is none.
     * @throws IOException if the socket fails.
     */
    static int receive(
        final FileDescriptor descriptor, final long address, final int length, final long sockaddrAddress)
        throws IOException
    {
        try
        {
            return (int)RECEIVE.invokeExact(descriptor, address, length, sockaddrAddress, false);
        }
        catch (final IOException | RuntimeException | Error ex)
        {
            throw ex;
        }
        catch (final Throwable ex)
        {
            throw new IOException(ex);
        }
    }
}
