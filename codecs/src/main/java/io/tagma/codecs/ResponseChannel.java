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
package io.tagma.codecs;

import static io.tagma.codecs.FrameLimits.CHANNEL_LENGTH_MAX;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.agrona.DirectBuffer;

/**
 * The response channels that a client may ask for: {@code aeron:udp?endpoint=host:port} and nothing else. Whatever else
 * Aeron's channel syntax knows (other media, control endpoints, interfaces, flow control) would let a client choose how
 * a replica spends its memory and ports.
 */
public final class ResponseChannel
{
    private static final String PREFIX = "aeron:udp?endpoint=";
    private static final byte[] PREFIX_BYTES = PREFIX.getBytes(US_ASCII);
    private static final int PORT_MAX = 65_535;
    private static final int PORT_DIGITS_MAX = 5;

    private ResponseChannel()
    {
    }

    /**
     * Whether this is a channel that a replica connects to. Allocates nothing.
     *
     * @param buffer that holds it in ASCII.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return true if it is a host name, an IPv4 address or a bracketed IPv6 address, with a port from 1 to 65,535, and
     * at most 128 bytes long.
     */
    public static boolean isPlausible(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length <= PREFIX_BYTES.length || length > CHANNEL_LENGTH_MAX)
        {
            return false;
        }
        for (int i = 0; i < PREFIX_BYTES.length; i++)
        {
            if (buffer.getByte(offset + i) != PREFIX_BYTES[i])
            {
                return false;
            }
        }

        final int host = offset + PREFIX_BYTES.length;
        final int colon = colonBeforePort(buffer, host, offset + length);

        return colon > host && isHost(buffer, host, colon);
    }

    /**
     * The channel of an endpoint, as it goes into an OPEN.
     *
     * @param endpoint as host:port.
     * @return the channel.
     */
    public static String ofEndpoint(final String endpoint)
    {
        return PREFIX + endpoint;
    }

    private static int colonBeforePort(final DirectBuffer buffer, final int host, final int end)
    {
        int index = end - 1;
        int port = 0;
        int scale = 1;
        while (index > host && end - index <= PORT_DIGITS_MAX && isDigit(buffer.getByte(index)))
        {
            port += (buffer.getByte(index) - '0') * scale;
            scale *= 10;
            index--;
        }

        return ':' == buffer.getByte(index) && port > 0 && port <= PORT_MAX ? index : -1;
    }

    private static boolean isHost(final DirectBuffer buffer, final int host, final int end)
    {
        if ('[' == buffer.getByte(host))
        {
            if (end - host < 4 || ']' != buffer.getByte(end - 1))
            {
                return false;
            }
            for (int i = host + 1; i < end - 1; i++)
            {
                final byte c = buffer.getByte(i);
                if (!isHexadecimal(c) && ':' != c && '.' != c)
                {
                    return false;
                }
            }
            return true;
        }

        for (int i = host; i < end; i++)
        {
            final byte c = buffer.getByte(i);
            if (!isDigit(c) && !isLetter(c) && '.' != c && '-' != c)
            {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(final byte c)
    {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(final byte c)
    {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isHexadecimal(final byte c)
    {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
