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
package io.tagma.ordering.configuration;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where somebody listens on UDP: {@code host:port}, the host a name, an IPv4 address, or an IPv6 address in brackets.
 *
 * @param host as written.
 * @param port from 1 to 65535.
 */
public record EndPoint(String host, int port)
{
    /** What an endpoint looks like, for sentences to the operator. */
    public static final String FORM = "host:port, the port from 1 to 65535, in at most 100 characters";

    private static final int LENGTH_MAX = 100;
    private static final int PORT_MAX = 65_535;
    private static final Pattern PATTERN =
        Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}]):([1-9][0-9]{0,4})");

    /**
     * Reads an endpoint.
     *
     * @param text as {@code host:port}.
     * @return the endpoint, or null if the text is none.
     */
    public static EndPoint parse(final String text)
    {
        final Matcher matcher = PATTERN.matcher(text);
        if (text.length() > LENGTH_MAX || !matcher.matches())
        {
            return null;
        }
        final int port = Integer.parseInt(matcher.group(2));
        return port > PORT_MAX ? null : new EndPoint(matcher.group(1), port);
    }

    /**
     * The Aeron channel to send there, or to listen there.
     *
     * @return for example {@code aeron:udp?endpoint=localhost:20000}.
     */
    public String channel()
    {
        return "aeron:udp?endpoint=" + this;
    }

    /** Whether nobody on another host can reach it; names other than localhost are not resolved. */
    boolean isLoopback()
    {
        return "localhost".equalsIgnoreCase(host) || host.startsWith("127.") || "[::1]".equals(host);
    }

    /** One spelling for what is surely the same place; names are not resolved. */
    String place()
    {
        final String lower = host.toLowerCase(Locale.ROOT);
        return ("localhost".equals(lower) ? "127.0.0.1" : lower) + ":" + port;
    }

    @Override
    public String toString()
    {
        return host + ":" + port;
    }
}
