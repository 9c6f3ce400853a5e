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
package io.tagma.perf.drill;

import io.tagma.perf.cluster.Patience;
import io.tagma.perf.load.CommittedHandler;
import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.Pace;
import io.tagma.perf.load.RequestClient;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

import java.util.function.IntSupplier;

/**
 * Sees every commit of an open loop, and tells what came before the trouble, while it lasted and after it. The thread
 * that sends requests calls {@link #onCommitted}; one other may set the marks and wait for what they bring.
 */
final class DrillWatch implements CommittedHandler
{
    /** Part of a drill. */
    enum Part
    {
        /** Answered before the trouble began. */
        BEFORE,
        /** Neither before nor after. */
        DURING,
        /** Due after the trouble was over. */
        AFTER
    }

    /** There was no such commit. */
    private static final long NONE = Long.MIN_VALUE;

    /** How long the next commit is waited for, in milliseconds. */
    private static final long COMMIT_TIMEOUT_MS = 60_000;

    private static final long NEVER = Long.MAX_VALUE;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int PARTS = Part.values().length;

    private final NanoClock clock;
    private final Pace pace;
    private final CommittedHandler next;
    private final Histogram[] latencies = new Histogram[PARTS];
    private final long[] gaps = new long[PARTS];
    private IntSupplier leaderId = () -> RequestClient.NO_LEADER;
    private long startNs;
    private long lastNs;
    /** All marks in nanoseconds from the first request on. */
    private volatile long measuredNs = NEVER;
    private volatile long beganNs = NEVER;
    private volatile long overNs = NEVER;
    private volatile long watchedNs = NEVER;
    /** Written before {@link #watchedNs}, which publishes it. */
    private int downId;
    private volatile long seenNs = NONE;
    /** For the thread that watches. */
    private long downNs;

    /**
     * Watches.
     *
     * @param clock that the requests are sent by.
     * @param pace  of the open loop.
     * @param next  is told of each commit as well.
     */
    DrillWatch(final NanoClock clock, final Pace pace, final CommittedHandler next)
    {
        this.clock = clock;
        this.pace = pace;
        this.next = next;
        for (int i = 0; i < PARTS; i++)
        {
            latencies[i] = new Histogram(DriverTotals.LATENCY_MAX_NS, SIGNIFICANT_DIGITS);
        }
    }

    /**
     * Before anything else.
     *
     * @param firstDueNs when the first request is due.
     * @param leader     whom the client takes for the leader; asked by the thread that sends.
     */
    void start(final long firstDueNs, final IntSupplier leader)
    {
        startNs = firstDueNs;
        leaderId = leader;
    }

    @Override
    public void onCommitted(
        final long ordinal, final long position, final DirectBuffer result, final int offset, final int length)
    {
        next.onCommitted(ordinal, position, result, offset, length);
        final long nowNs = clock.nanoTime() - startNs;
        final long dueNs = pace.offsetNs(ordinal - 1);
        if (dueNs >= measuredNs)
        {
            final int latencyOf = partOf(nowNs, dueNs).ordinal();
            latencies[latencyOf].recordValue(Math.max(0, Math.min(nowNs - dueNs, DriverTotals.LATENCY_MAX_NS)));
            final int gapOf = partOf(nowNs, lastNs).ordinal();
            gaps[gapOf] = Math.max(gaps[gapOf], nowNs - lastNs);
        }
        lastNs = nowNs;
        if (dueNs >= watchedNs && leaderId.getAsInt() != downId)
        {
            watchedNs = NEVER;
            seenNs = nowNs;
        }
    }

    /** The time, on the scale of all marks: nanoseconds since the first request was due. */
    long nowNs()
    {
        return clock.nanoTime() - startNs;
    }

    /** The warm-up is over. */
    void measure()
    {
        measuredNs = nowNs();
    }

    /** The trouble begins now. */
    void begin()
    {
        beganNs = nowNs();
    }

    /** The trouble is over now. */
    void end()
    {
        overNs = nowNs();
    }

    /**
     * Watches, from just before a member goes down, for the first commit that it has no part in: of a request that is
     * due from now on, and by then the client follows somebody else.
     *
     * @param memberId that leads, and is about to go down.
     */
    void watchWithout(final int memberId)
    {
        seenNs = NONE;
        downId = memberId;
        downNs = nowNs();
        watchedNs = downNs;
    }

    /**
     * Waits for the commit that is watched for.
     *
     * @return how long it took from when the watch began, in nanoseconds.
     * @throws IllegalStateException if none comes.
     */
    long awaitGapNs()
    {
        if (!Patience.await(() -> NONE != seenNs, 1, COMMIT_TIMEOUT_MS))
        {
            throw new IllegalStateException("nothing was committed for " + COMMIT_TIMEOUT_MS + " ms");
        }
        return seenNs - downNs;
    }

    /**
     * How long requests of a part took, from when they were due.
     *
     * @param part of the drill.
     * @return nanoseconds, live.
     */
    Histogram latencies(final Part part)
    {
        return latencies[part.ordinal()];
    }

    /**
     * The longest time without a commit. One that reaches into the trouble, or out of it, is of the trouble.
     *
     * @param part of the drill.
     * @return nanoseconds.
     */
    long gapNs(final Part part)
    {
        return gaps[part.ordinal()];
    }

    private Part partOf(final long endNs, final long beginNs)
    {
        if (endNs < beganNs)
        {
            return Part.BEFORE;
        }
        return beginNs >= overNs ? Part.AFTER : Part.DURING;
    }
}
