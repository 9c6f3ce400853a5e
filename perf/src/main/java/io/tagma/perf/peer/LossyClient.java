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
package io.tagma.perf.peer;

import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.perf.load.RequestClient;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A client of a system that loses requests when its leader dies: whether one was ordered nobody will tell. It gives up
 * what was not answered in time, and says that the outcome is unknown. One thread; allocates nothing once made.
 */
public final class LossyClient implements RequestClient, ResponseHandler
{
    /** A request is given up when it is as old as this. */
    static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    /** A request is given up when so many others were sent after it: fewer than a driver remembers. */
    static final int UNANSWERED_MAX = 1 << 15;

    /** How many are remembered, so that a late answer is known for one. */
    private static final int RING_LENGTH = 1 << 20;

    private static final long ANSWERED = Long.MIN_VALUE;
    private static final long GIVEN_UP = Long.MIN_VALUE + 1;

    private final ResponseHandler handler;
    private final NanoClock clock;
    private final RequestClient client;
    /** By number modulo the length: when it was sent, {@link #ANSWERED}, or {@link #GIVEN_UP}. */
    private final long[] sentNs = new long[RING_LENGTH];
    private long lastNumber;
    /** All up to it are answered or given up. Invariant: at most {@link #UNANSWERED_MAX} below the last one. */
    private long settledNumber;
    private long givenUp;
    private long late;

    /**
     * Begins to connect.
     *
     * @param connector makes the client, given who hears its answers.
     * @param handler   that hears of answers, and of requests that are given up.
     * @param clock     to measure by.
     */
    public LossyClient(
        final Function<ResponseHandler, RequestClient> connector, final ResponseHandler handler, final NanoClock clock)
    {
        this.handler = handler;
        this.clock = clock;
        Arrays.fill(sentNs, ANSWERED);
        client = connector.apply(this);
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        final long number = client.offer(buffer, offset, length);
        if (number > 0)
        {
            if (number - settledNumber > UNANSWERED_MAX)
            {
                settleNext();
            }
            sentNs[index(number)] = clock.nanoTime();
            lastNumber = number;
        }
        return number;
    }

    @Override
    public int poll()
    {
        return client.poll() + giveUp(clock.nanoTime());
    }

    private int giveUp(final long nowNs)
    {
        int work = 0;
        while (settledNumber < lastNumber)
        {
            final long state = sentNs[index(settledNumber + 1)];
            if (ANSWERED != state && nowNs - state < PATIENCE_NS)
            {
                break;
            }
            settleNext();
            work++;
        }
        return work;
    }

    private void settleNext()
    {
        settledNumber++;
        final int index = index(settledNumber);
        if (ANSWERED != sentNs[index])
        {
            sentNs[index] = GIVEN_UP;
            givenUp++;
            handler.onResponse(settledNumber, Outcome.UNKNOWN, NO_REASON, 0, null, 0, 0);
        }
    }

    @Override
    public void onResponse(
        final long number,
        final Outcome outcome,
        final short reason,
        final long position,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        final boolean isKnown = number > lastNumber - RING_LENGTH && number <= lastNumber;
        if (isKnown && GIVEN_UP == sentNs[index(number)])
        {
            late++;
        }
        else
        {
            handler.onResponse(number, outcome, reason, position, result, offset, length);
        }
        if (isKnown)
        {
            sentNs[index(number)] = ANSWERED;
        }
    }

    private static int index(final long number)
    {
        return (int)number & RING_LENGTH - 1;
    }

    /**
     * Requests that were given up.
     *
     * @return their number, with those that were answered after that.
     */
    public long givenUpCount()
    {
        return givenUp;
    }

    /**
     * Requests that were answered after they had been given up.
     *
     * @return their number.
     */
    public long lateCount()
    {
        return late;
    }

    @Override
    public boolean isConnected()
    {
        return client.isConnected();
    }

    @Override
    public String connectionState()
    {
        return client.connectionState();
    }

    @Override
    public long resendCount()
    {
        return client.resendCount();
    }

    @Override
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
