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
package io.tagma.perf.cluster;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody on this host listens on, neither for UDP nor for TCP. Taken below the range from which the system
 * gives out ports by itself, so that between looking and binding they are taken only by bad luck.
 */
public final class FreePorts
{
    private static final int LEAST = 20_000;
    private static final int GREATEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private FreePorts()
    {
    }

    /**
     * Finds a run of ports.
     *
     * @param count how many.
     * @return the first.
     */
    public static int run(final int count)
    {
        for (int i = 0; i < ATTEMPTS; i++)
        {
            final int first = ThreadLocalRandom.current().nextInt(LEAST, GREATEST - count);
            if (isFree(first, count))
            {
                return first;
            }
        }
        throw new IllegalStateException("no run of " + count + " free ports from " + LEAST + " to " + GREATEST);
    }

    private static boolean isFree(final int first, final int count)
    {
        for (int port = first; port < first + count; port++)
        {
            try (DatagramSocket datagrams = new DatagramSocket(null);
                ServerSocket connections = new ServerSocket())
            {
                datagrams.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                connections.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
            catch (final IOException ex)
            {
                return false;
            }
        }
        return true;
    }
}
