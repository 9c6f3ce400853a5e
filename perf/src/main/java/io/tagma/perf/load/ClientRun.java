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
package io.tagma.perf.load;

import io.tagma.ordering.client.ClientContext;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.transport.TimeSlice;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A driver on a real client: connects, runs until it is done, closes. All on the caller's thread.
 */
public final class ClientRun implements AutoCloseable
{
    private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    /** What the client then runs in is said with the figures: see {@link Machine}. */
    private static final ErrorHandler NO_SLICES = (refusal) -> {};

    private final IdleStrategy idleStrategy = YieldingIdleStrategy.INSTANCE;
    private final RequestDriver driver;
    private final RequestClient client;

    /**
     * Begins to connect.
     *
     * @param context          of the client: which cluster, which keys; its response handler is set here.
     * @param source           of the requests.
     * @param pace             to send at.
     * @param committedHandler told of every committed request.
     */
    public ClientRun(
        final ClientContext context,
        final RequestSource source,
        final Pace pace,
        final CommittedHandler committedHandler)
    {
        this(ClientPort.connector(context), source, pace, committedHandler);
    }

    /**
     * Begins to connect to any system.
     *
     * @param connector        makes the client, given who hears its answers.
     * @param source           of the requests.
     * @param pace             to send at.
     * @param committedHandler told of every committed request.
     */
    public ClientRun(
        final Function<ResponseHandler, RequestClient> connector,
        final RequestSource source,
        final Pace pace,
        final CommittedHandler committedHandler)
    {
        driver = new RequestDriver(SystemNanoClock.INSTANCE, source, pace, committedHandler);
        client = connector.apply(driver);
        driver.port(client);
    }

    /**
     * Waits until a session is open, then starts sending. From here on the calling thread runs in short time slices.
     */
    public void start()
    {
        TimeSlice.request(TimeSlice.MIN_NS, NO_SLICES);
        final long startNs = System.nanoTime();
        while (!client.isConnected())
        {
            if (System.nanoTime() - startNs > CONNECT_TIMEOUT_NS)
            {
                throw new IllegalStateException("no session opened within " +
                    TimeUnit.NANOSECONDS.toSeconds(CONNECT_TIMEOUT_NS) + " s: " + client.connectionState());
            }
            doWork();
        }
        driver.start();
    }

    /**
     * One duty cycle, and a pause if there was nothing to do.
     */
    public void doWork()
    {
        idleStrategy.idle(driver.doWork());
    }

    /**
     * Runs for a time, or until it is done.
     *
     * @param durationNs at most.
     */
    public void runFor(final long durationNs)
    {
        final long startNs = System.nanoTime();
        while (!driver.isDone() && System.nanoTime() - startNs < durationNs)
        {
            doWork();
        }
    }

    /**
     * What it drives.
     *
     * @return the driver.
     */
    public RequestDriver driver()
    {
        return driver;
    }

    /**
     * Requests that the client had to send again.
     *
     * @return bundles of them.
     */
    public long resendCount()
    {
        return client.resendCount();
    }

    /**
     * Who leads, as far as the client knows.
     *
     * @return id of a member, or {@link RequestClient#NO_LEADER}.
     */
    public int leaderId()
    {
        return client.leaderId();
    }

    @Override
    public void close()
    {
        client.close();
    }
}
