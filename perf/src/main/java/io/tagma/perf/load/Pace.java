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

import java.util.Locale;

/**
 * When requests are sent. Open loop: at a rate, whatever comes back; a request's time runs from when it was to be sent,
 * so that one that had to wait for its turn does not look quick (no coordinated omission). Closed loop: the next one
 * when fewer than the window are unanswered; a request's time runs from when it was sent.
 *
 * @param ratePerSecond of an open loop; 0 in a closed one.
 * @param window        unanswered requests of a closed loop; 0 in an open one.
 */
public record Pace(long ratePerSecond, int window)
{
    /** Greatest rate: one request a nanosecond would overflow nothing, but mean nothing either. */
    public static final long RATE_MAX = 10_000_000;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    /**
     * Checks that it is one or the other.
     */
    public Pace
    {
        if ((0 == ratePerSecond) == (0 == window) || ratePerSecond < 0 || window < 0 || ratePerSecond > RATE_MAX)
        {
            throw new IllegalArgumentException("either a rate from 1 to 10,000,000 a second, or a window from 1");
        }
    }

    /**
     * An open loop.
     *
     * @param ratePerSecond from 1 to 10,000,000.
     * @return the pace.
     */
    public static Pace openLoop(final long ratePerSecond)
    {
        return new Pace(ratePerSecond, 0);
    }

    /**
     * A closed loop.
     *
     * @param window from 1.
     * @return the pace.
     */
    public static Pace closedLoop(final int window)
    {
        return new Pace(0, window);
    }

    /**
     * Whether requests go at a rate.
     *
     * @return false in a closed loop.
     */
    public boolean isOpenLoop()
    {
        return ratePerSecond > 0;
    }

    /**
     * When a request of an open loop is to be sent, after the first one was. Computed anew for each, so that rounding
     * does not add up.
     *
     * @param index of the request, from 0.
     * @return nanoseconds.
     */
    public long offsetNs(final long index)
    {
        final long seconds = index / ratePerSecond;
        return seconds * NS_PER_SECOND + (index - seconds * ratePerSecond) * NS_PER_SECOND / ratePerSecond;
    }

    /**
     * In few characters, for names of files.
     *
     * @return for example {@code rate-10000} or {@code in-flight-1}.
     */
    public String label()
    {
        return isOpenLoop() ? "rate-" + ratePerSecond : "in-flight-" + window;
    }

    /**
     * In words, for reports.
     *
     * @return for example {@code open loop, 10,000/s, from the intended send time}.
     */
    public String describe()
    {
        return isOpenLoop() ?
            String.format(Locale.ROOT, "open loop, %,d/s, from the intended send time", ratePerSecond) :
            String.format(Locale.ROOT, "closed loop, %,d in flight, from the send", window);
    }
}
