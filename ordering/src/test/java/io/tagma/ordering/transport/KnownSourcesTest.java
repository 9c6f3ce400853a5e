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
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

/**
 * Addresses by the bytes of a {@code sockaddr}.
 */
class KnownSourcesTest
{
    private static final short AF_UNIX = 1;
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;

    private final KnownSources sources = new KnownSources();
    private final MutableDirectBuffer sockaddr = (MutableDirectBuffer)sources.sockaddr();

    private void kernelWrites(final InetSocketAddress address)
    {
        kernelWrites(address.getAddress().getAddress(), address.getPort(), 0);
    }

    private void kernelWrites(final byte[] address, final int port, final int scope)
    {
        final boolean isIn6 = 16 == address.length;
        sockaddr.putShort(0, isIn6 ? AF_INET6 : AF_INET, ByteOrder.nativeOrder());
        sockaddr.putShort(2, (short)port, ByteOrder.BIG_ENDIAN);
        if (isIn6)
        {
            sockaddr.putInt(4, 0);
            sockaddr.putBytes(8, address);
            sockaddr.putInt(24, scope);
        }
        else
        {
            sockaddr.putBytes(4, address);
            sockaddr.putLong(8, 0);
        }
    }

    private static InetSocketAddress in4(final int number) throws UnknownHostException
    {
        return new InetSocketAddress(
            InetAddress.getByAddress(new byte[]{10, (byte)(number >> 16), (byte)(number >> 8), (byte)number}),
            1 + number % 65_535);
    }

    @Test
    void findsTheSameObjectForTheSameBytes() throws UnknownHostException
    {
        final InetSocketAddress one = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_123);
        final InetSocketAddress other = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_124);
        final InetSocketAddress six = new InetSocketAddress(InetAddress.getByName("2001:db8::7"), 40_123);
        kernelWrites(one);
        final InetSocketAddress found = sources.last();
        assertEquals(one, found);
        kernelWrites(other);
        assertEquals(other, sources.last());
        kernelWrites(six);
        final InetSocketAddress foundSix = sources.last();
        assertEquals(six, foundSix);
        kernelWrites(one);
        assertSame(found, sources.last());
        kernelWrites(six);
        assertSame(foundSix, sources.last());
    }

    @Test
    void keepsScopesApartAndUnmapsIpv4() throws UnknownHostException
    {
        final byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
        kernelWrites(linkLocal, 5, 3);
        assertEquals(3, ((Inet6Address)sources.last().getAddress()).getScopeId());
        kernelWrites(linkLocal, 5, 4);
        assertEquals(4, ((Inet6Address)sources.last().getAddress()).getScopeId());
        final byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        kernelWrites(mapped, 6, 0);
        assertEquals(new InetSocketAddress(InetAddress.getLoopbackAddress(), 6), sources.last());
    }

    @Test
    void isRightAboutFarMoreSendersThanItKeeps() throws UnknownHostException
    {
        final SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++)
        {
            final InetSocketAddress address = in4(random.nextInt(20 * KnownSources.CAPACITY));
            kernelWrites(address);
            assertEquals(address, sources.last());
        }
    }

    @Test
    void refusesOtherFamilies()
    {
        sockaddr.putShort(0, AF_UNIX, ByteOrder.nativeOrder());
        assertThrows(UnknownHostException.class, sources::last);
    }
}
