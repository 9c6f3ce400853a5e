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

import static java.util.concurrent.TimeUnit.MICROSECONDS;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A sending socket of Aeron's driver that looks for what its receiver says, status messages and NAKs, at most every
 * {@link #INTERVAL_NS}: a look is a system call, there is one such socket for each peer and each client, and the
 * driver would look at all of them in every idle duty cycle.
 */
final class SparseControlEndpoint extends SendChannelEndpoint
{
    /** Far below what a receiver waits for before it says something again. */
    static final long INTERVAL_NS = MICROSECONDS.toNanos(250);

    private final CachedNanoClock clock;
    private long nextLookNs;

    private SparseControlEndpoint(
        final UdpChannel udpChannel, final AtomicCounter statusIndicator, final MediaDriver.Context context)
    {
        super(udpChannel, statusIndicator, context);
        clock = context.senderCachedNanoClock();
        nextLookNs = clock.nanoTime();
    }

    /**
     * Makes a driver look that seldom.
     *
     * @param context of a driver that is not launched yet and will run by an invoker.
     * @return the context.
     */
    static MediaDriver.Context attachTo(final MediaDriver.Context context)
    {
        return context.sendChannelEndpointSupplier(SparseControlEndpoint::new);
    }

    @Override
    public InetSocketAddress receive(final ByteBuffer buffer)
    {
        final long nowNs = clock.nanoTime();
        if (nowNs - nextLookNs < 0)
        {
            return null;
        }
        final InetSocketAddress source = super.receive(buffer);
        if (null == source)
        {
            nextLookNs = nowNs + INTERVAL_NS;
        }
        return source;
    }
}
