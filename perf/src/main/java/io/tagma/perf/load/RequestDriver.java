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

import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.client.TagmaClient;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/**
 * Sends the requests of a source at a pace and accounts for every answer: each request is to have exactly one. Runs on
 * the caller's thread, one {@link #doWork()} after the other, and allocates nothing once made.
 *
 * <p>Time is measured from a point of the caller's choice on ({@link #startMeasuring()}): what was due, or sent, before
 * it is accounted for, but not in the histogram.
 */
public final class RequestDriver implements ResponseHandler
{
    /** Requests that may be unanswered at once: more than any session window. */
    private static final int RING_LENGTH = 1 << 16;

    /** Requests sent in one duty cycle at most: then answers have their turn. */
    private static final int BURST = 1024;

    private static final int PAYLOAD_LENGTH_MAX = 1 << 16;
    private static final long NONE = Long.MIN_VALUE;

    private final NanoClock clock;
    private final RequestSource source;
    private final Pace pace;
    private final CommittedHandler committedHandler;
    private final DriverTotals totals = new DriverTotals();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH_MAX]);
    /** By number modulo the length: which number waits there, or {@link #NONE}. */
    private final long[] numbers = new long[RING_LENGTH];
    /** Its place among the requests sent, from 1. */
    private final long[] ordinals = new long[RING_LENGTH];
    /** From when its time runs. */
    private final long[] fromNs = new long[RING_LENGTH];
    private RequestPort port;
    private int payloadLength = RequestSource.END;
    private boolean isPayloadReady;
    private boolean isSending;
    private boolean isStarted;
    private long startNs;
    private long sent;

    /**
     * Creates a driver that does nothing yet.
     *
     * @param clock            to measure by.
     * @param source           of the requests.
     * @param pace             to send at.
     * @param committedHandler told of every committed request.
     */
    public RequestDriver(
        final NanoClock clock,
        final RequestSource source,
        final Pace pace,
        final CommittedHandler committedHandler)
    {
        this.clock = clock;
        this.source = source;
        this.pace = pace;
        this.committedHandler = committedHandler;
        Arrays.fill(numbers, NONE);
    }

    /**
     * Says where requests go. Apart from construction, because the port is made with this as its response handler.
     *
     * @param requestPort to send to.
     */
    public void port(final RequestPort requestPort)
    {
        port = requestPort;
    }

    /**
     * Starts sending, now. An open loop's first request is due now.
     */
    public void start()
    {
        startNs = clock.nanoTime();
        isStarted = true;
        isSending = true;
        totals.measureFrom(startNs);
    }

    /**
     * When it started: when the first request of an open loop was due.
     *
     * @return by its clock, in nanoseconds.
     */
    public long startNs()
    {
        return startNs;
    }

    /**
     * What has been measured so far is forgotten: measuring starts now.
     */
    public void startMeasuring()
    {
        totals.measureFrom(clock.nanoTime());
    }

    /**
     * Measuring ends now. What is answered later is accounted for, not counted into the rate.
     */
    public void stopMeasuring()
    {
        totals.measureTo(clock.nanoTime());
    }

    /**
     * Sends nothing more; answers still come.
     */
    public void stopSending()
    {
        isSending = false;
    }

    /**
     * One duty cycle.
     *
     * @return work done; 0 if there was none.
     */
    public int doWork()
    {
        return port.poll() + send();
    }

    /**
     * Whether there is nothing more to send, and everything sent has been answered.
     *
     * @return true at the end.
     */
    public boolean isDone()
    {
        return isStarted && !isSending && 0 == totals.unanswered();
    }

    /**
     * Whether the source has ended, or sending was stopped.
     *
     * @return false while there is more to send.
     */
    public boolean isSending()
    {
        return isSending;
    }

    /**
     * What it has seen.
     *
     * @return the totals, live.
     */
    public DriverTotals totals()
    {
        return totals;
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
        final int index = (int)number & RING_LENGTH - 1;
        if (numbers[index] != number)
        {
            totals.onUnexpected();
            return;
        }
        numbers[index] = NONE;
        totals.onOutcome(outcome, fromNs[index], clock.nanoTime());
        if (Outcome.COMMITTED == outcome)
        {
            committedHandler.onCommitted(ordinals[index], position, result, offset, length);
        }
    }

    private int send()
    {
        int work = 0;
        while (isSending && work < BURST && isDue())
        {
            if (!isPayloadReady)
            {
                payloadLength = source.next(payload);
                isPayloadReady = true;
            }
            if (RequestSource.END == payloadLength)
            {
                isSending = false;
                break;
            }
            final long number = port.offer(payload, 0, payloadLength);
            if (number < 0)
            {
                refused(number);
                break;
            }
            remember(number);
            work++;
        }
        return work;
    }

    private boolean isDue()
    {
        return pace.isOpenLoop() ?
            clock.nanoTime() - startNs >= pace.offsetNs(sent) :
            totals.unanswered() < pace.window();
    }

    private void remember(final long number)
    {
        final int index = (int)number & RING_LENGTH - 1;
        if (NONE != numbers[index])
        {
            throw new IllegalStateException("request " + numbers[index] + " is unanswered as " + number + " is sent");
        }
        numbers[index] = number;
        fromNs[index] = pace.isOpenLoop() ? startNs + pace.offsetNs(sent) : clock.nanoTime();
        isPayloadReady = false;
        sent++;
        ordinals[index] = sent;
        totals.onSent();
    }

    private void refused(final long reason)
    {
        if (TagmaClient.BACK_PRESSURED == reason)
        {
            totals.onBackPressured();
        }
        else if (TagmaClient.NOT_CONNECTED != reason)
        {
            throw new IllegalStateException(
                TagmaClient.MAX_LENGTH_EXCEEDED == reason ?
                    "a payload of " + payloadLength + " bytes is longer than the cluster's limit" :
                    "the client takes no more requests (" + reason + ")");
        }
    }
}
