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

import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.LatencyTable;
import org.HdrHistogram.Histogram;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How long it took, kill by kill, from just before the signal to the first commit that the killed process had no part
 * in: the same for whoever was killed.
 */
final class KillTimes
{
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NS_PER_MS = 1e6;

    private final Histogram gaps = new Histogram(DriverTotals.LATENCY_MAX_NS, SIGNIFICANT_DIGITS);

    /** One more kill, in nanoseconds. */
    void add(final long gapNs)
    {
        gaps.recordValue(Math.max(0, Math.min(gapNs, DriverTotals.LATENCY_MAX_NS)));
    }

    /** For machines. */
    Map<String, Object> figures()
    {
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("kills", gaps.getTotalCount());
        figures.put("killToCommitNs", LatencyTable.figures(gaps));
        return figures;
    }

    /** For people. */
    String text()
    {
        return String.format(
            Locale.ROOT,
            "kill to next commit: p50 %,.1f ms, p99 %,.1f ms, max %,.1f ms over %d kills",
            gaps.getValueAtPercentile(50) / NS_PER_MS,
            gaps.getValueAtPercentile(99) / NS_PER_MS,
            gaps.getMaxValue() / NS_PER_MS,
            gaps.getTotalCount());
    }
}
