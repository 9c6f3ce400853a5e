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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Whether a measurement counts: a request lost, a rate missed, or a measured time in which nothing was answered, and
 * it does not, whatever its latencies look like.
 */
final class LoadJudgement
{
    /** An open loop that answers less than this part of its rate while measured has missed it. */
    private static final double RATE_TOLERANCE = 0.99;

    private LoadJudgement()
    {
    }

    /**
     * Why a run failed.
     *
     * @param pace    that it was to keep.
     * @param totals  of all of it, its warm-up and the wait for its last answers included.
     * @param drainNs for which those were waited for.
     * @return one sentence each; none if it did not.
     */
    static List<String> failures(final Pace pace, final DriverTotals totals, final long drainNs)
    {
        final List<String> failures = new ArrayList<>();
        add(failures, totals.unanswered(), "requests had no answer " + TimeUnit.NANOSECONDS.toSeconds(drainNs) +
            " s after the last was sent");
        add(failures, totals.rejected(), "requests were rejected");
        add(failures, totals.unknown(), "requests have an unknown outcome");
        add(failures, totals.unexpected(), "answers were to no request");
        if (0 == totals.ratePerSecond())
        {
            failures.add("nothing was answered while measuring");
        }
        else if (pace.isOpenLoop() && totals.ratePerSecond() < RATE_TOLERANCE * pace.ratePerSecond())
        {
            failures.add(String.format(
                Locale.ROOT, "missed the rate: %,.0f/s of %,d/s", totals.ratePerSecond(), pace.ratePerSecond()));
        }
        return failures;
    }

    private static void add(final List<String> failures, final long count, final String what)
    {
        if (count > 0)
        {
            failures.add(String.format(Locale.ROOT, "%,d %s", count, what));
        }
    }
}
