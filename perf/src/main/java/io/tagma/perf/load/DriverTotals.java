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
import org.HdrHistogram.Histogram;

/**
 * What became of the requests that a driver sent, and how long it took.
 */
public final class DriverTotals
{
    /** Longest time that the histogram tells from longer ones: a minute. */
    public static final long LATENCY_MAX_NS = 60_000_000_000L;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NS_PER_SECOND = 1e9;

    private final Histogram histogram = new Histogram(LATENCY_MAX_NS, SIGNIFICANT_DIGITS);
    private long fromNs;
    private long toNs;
    private boolean isMeasuring;
    private long sent;
    private long committed;
    private long rejected;
    private long unknown;
    private long unexpected;
    private long backPressured;
    private long completedWhileMeasuring;

    DriverTotals()
    {
    }

    void measureFrom(final long nowNs)
    {
        fromNs = nowNs;
        toNs = nowNs;
        isMeasuring = true;
        completedWhileMeasuring = 0;
        histogram.reset();
    }

    void measureTo(final long nowNs)
    {
        toNs = nowNs;
        isMeasuring = false;
    }

    void onSent()
    {
        sent++;
    }

    void onBackPressured()
    {
        backPressured++;
    }

    void onUnexpected()
    {
        unexpected++;
    }

    void onOutcome(final Outcome outcome, final long sinceNs, final long nowNs)
    {
        switch (outcome)
        {
            case COMMITTED:
                committed++;
                break;

            case REJECTED:
                rejected++;
                break;

            default:
                unknown++;
                break;
        }
        if (isMeasuring)
        {
            completedWhileMeasuring++;
            toNs = nowNs;
        }
        if (sinceNs - fromNs >= 0 && (isMeasuring || sinceNs - toNs < 0))
        {
            histogram.recordValue(Math.max(0, Math.min(nowNs - sinceNs, LATENCY_MAX_NS)));
        }
    }

    /**
     * Requests sent.
     *
     * @return their number.
     */
    public long sent()
    {
        return sent;
    }

    /**
     * Requests committed.
     *
     * @return their number.
     */
    public long committed()
    {
        return committed;
    }

    /**
     * Requests that were refused by a weak quorum, not by the service: a service's own rejection is a result.
     *
     * @return their number.
     */
    public long rejected()
    {
        return rejected;
    }

    /**
     * Requests whose fate the client does not know.
     *
     * @return their number.
     */
    public long unknown()
    {
        return unknown;
    }

    /**
     * Answers to nothing that was unanswered: a request answered twice, or never sent.
     *
     * @return their number.
     */
    public long unexpected()
    {
        return unexpected;
    }

    /**
     * Offers refused for want of room; each was made again.
     *
     * @return their number.
     */
    public long backPressured()
    {
        return backPressured;
    }

    /**
     * Requests sent and not answered.
     *
     * @return their number.
     */
    public long unanswered()
    {
        return sent - committed - rejected - unknown;
    }

    /**
     * Whether each request sent has been committed, once.
     *
     * @return true if so.
     */
    public boolean isEachCommittedOnce()
    {
        return committed == sent && 0 == unexpected;
    }

    /**
     * Answers a second while measuring.
     *
     * @return per second; 0 if nothing was measured.
     */
    public double ratePerSecond()
    {
        final double seconds = measuredSeconds();
        return seconds > 0 ? completedWhileMeasuring / seconds : 0;
    }

    /**
     * How long measuring took, to the last answer or to its end.
     *
     * @return seconds.
     */
    public double measuredSeconds()
    {
        return (toNs - fromNs) / NS_PER_SECOND;
    }

    /**
     * How long requests took that were due, or sent, while measuring; in nanoseconds.
     *
     * @return the histogram, live.
     */
    public Histogram histogram()
    {
        return histogram;
    }
}
