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

import static java.nio.ByteOrder.nativeOrder;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Addresses of senders, each made once from the {@code sockaddr} that Linux writes, and found again by its bytes. Holds
 * as many as {@link #CAPACITY}; one that finds no room takes the place of another. For one thread.
 */
final class KnownSources
{
    /** Bytes of the longest {@code sockaddr}, with room behind it. */
    static final int SOCKADDR_LENGTH = 64;
    /** Addresses that are kept. */
    static final int CAPACITY = 256;

    private static final int WAYS = 4;
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int FAMILY_OFFSET = 0;
    private static final int PORT_OFFSET = 2;
    private static final int IN4_ADDRESS_OFFSET = 4;
    private static final int IN4_ADDRESS_LENGTH = 4;
    private static final int IN6_ADDRESS_OFFSET = 8;
    private static final int IN6_ADDRESS_LENGTH = 16;
    private static final int IN6_SCOPE_OFFSET = 24;
    private static final long NOTHING = 0;

    private final UnsafeBuffer sockaddr =
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(SOCKADDR_LENGTH, Long.BYTES));
    private final InetSocketAddress[] addresses = new InetSocketAddress[CAPACITY];
    /** Family, port and, of IPv4, the address; then the two halves of an IPv6 address, then its scope. */
    private final long[] heads = new long[CAPACITY];
    private final long[] highs = new long[CAPACITY];
    private final long[] lows = new long[CAPACITY];
    private final long[] scopes = new long[CAPACITY];
    private int nextVictim;

    /** @return where the kernel is to write; its bytes are zero beyond what it writes. */
    DirectBuffer sockaddr()
    {
        return sockaddr;
    }

    /**
     * The address that was written last.
     *
     * @return the same object for the same bytes, as long as it is kept.
     * @throws UnknownHostException if it is of a family that is neither IPv4 nor IPv6.
     */
    InetSocketAddress last() throws UnknownHostException
    {
        final long head = sockaddr.getLong(FAMILY_OFFSET);
        final boolean isIn6 = AF_INET6 == sockaddr.getShort(FAMILY_OFFSET, nativeOrder());
        final long high = isIn6 ? sockaddr.getLong(IN6_ADDRESS_OFFSET) : NOTHING;
        final long low = isIn6 ? sockaddr.getLong(IN6_ADDRESS_OFFSET + Long.BYTES) : NOTHING;
        final long scope = isIn6 ? sockaddr.getInt(IN6_SCOPE_OFFSET) : NOTHING;
        final int set = setOf(head ^ high ^ low);
        for (int place = set; place < set + WAYS; place++)
        {
            if (heads[place] == head && lows[place] == low && highs[place] == high && scopes[place] == scope &&
                null != addresses[place])
            {
                return addresses[place];
            }
        }
        final int place = placeIn(set);
        addresses[place] = isIn6 ? in6() : in4();
        heads[place] = head;
        highs[place] = high;
        lows[place] = low;
        scopes[place] = scope;
        return addresses[place];
    }

    private static int setOf(final long bits)
    {
        return (int)(bits * 0x9E37_79B9_7F4A_7C15L >>> 32) & CAPACITY - WAYS;
    }

    private int placeIn(final int set)
    {
        for (int place = set; place < set + WAYS; place++)
        {
            if (null == addresses[place])
            {
                return place;
            }
        }
        nextVictim = BitUtil.next(nextVictim, WAYS);
        return set + nextVictim;
    }

    private int port()
    {
        return sockaddr.getShort(PORT_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
    }

    private InetSocketAddress in4() throws UnknownHostException
    {
        if (AF_INET != sockaddr.getShort(FAMILY_OFFSET, nativeOrder()))
        {
            throw new UnknownHostException(
                "a datagram of address family " + sockaddr.getShort(FAMILY_OFFSET, nativeOrder()));
        }
        final byte[] address = new byte[IN4_ADDRESS_LENGTH];
        sockaddr.getBytes(IN4_ADDRESS_OFFSET, address);
        return new InetSocketAddress(InetAddress.getByAddress(address), port());
    }

    /** An IPv4 address that is mapped into IPv6 becomes the IPv4 address. */
    private InetSocketAddress in6() throws UnknownHostException
    {
        final byte[] bytes = new byte[IN6_ADDRESS_LENGTH];
        sockaddr.getBytes(IN6_ADDRESS_OFFSET, bytes);
        final InetAddress address = InetAddress.getByAddress(bytes);
        final int scope = sockaddr.getInt(IN6_SCOPE_OFFSET);
        return new InetSocketAddress(
            0 != scope && address instanceof Inet6Address ? Inet6Address.getByAddress(null, bytes, scope) : address,
            port());
    }
}
