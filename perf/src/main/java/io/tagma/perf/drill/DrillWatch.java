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
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

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
    static final long NONE = Long.MIN_VALUE;

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
    private long startNs;
    private long lastNs;
    /** All marks in nanoseconds from the first request on. */
    private volatile long measuredNs = NEVER;
    private volatile long beganNs = NEVER;
    private volatile long overNs = NEVER;
    private volatile long watchedNs = NEVER;
    private volatile long seenNs = NONE;

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

    /** The first request is due: before anything else. */
    void start(final long firstDueNs)
    {
        startNs = firstDueNs;
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
        if (dueNs >= watchedNs)
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
     * Waits for the first commit of a request that is due from now on: nobody who is gone by now had a part in it.
     *
     * @param timeoutMs to wait at most.
     * @return when it came, or {@link #NONE}.
     */
    long awaitNextCommit(final long timeoutMs)
    {
        seenNs = NONE;
        watchedNs = nowNs();
        Patience.await(() -> NONE != seenNs, 1, timeoutMs);
        return seenNs;
    }

    /**
     * The next commit of a request that is due from now on.
     *
     * @param sinceNs what its time is counted from, on the scale of all marks.
     * @return nanoseconds.
     * @throws IllegalStateException if none comes.
     */
    long gapSince(final long sinceNs)
    {
        final long commitNs = awaitNextCommit(COMMIT_TIMEOUT_MS);
        if (NONE == commitNs)
        {
            throw new IllegalStateException("nothing was committed for " + COMMIT_TIMEOUT_MS + " ms");
        }
        return commitNs - sinceNs;
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
