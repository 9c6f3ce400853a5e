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

import io.tagma.perf.load.LatencyTable;
import org.HdrHistogram.Histogram;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a drill cost, as people and as machines read it.
 */
final class DrillTable
{
    private static final double NS_PER_MS = 1e6;

    private DrillTable()
    {
    }

    /** A line for each part of the drill, below a line of names. */
    static String text(final DrillWatch watch)
    {
        final StringBuilder text = new StringBuilder(String.format(
            Locale.ROOT, "%-8s%12s%12s%12s%12s%24s%n", "", "requests", "p50", "p99", "max", "longest without commit"));
        for (final DrillWatch.Part part : DrillWatch.Part.values())
        {
            final Histogram histogram = watch.latencies(part);
            text.append(String.format(
                Locale.ROOT,
                "%-8s%,12d%9.1f ms%9.1f ms%9.1f ms%21.1f ms%n",
                name(part),
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50) / NS_PER_MS,
                histogram.getValueAtPercentile(99) / NS_PER_MS,
                histogram.getMaxValue() / NS_PER_MS,
                watch.gapNs(part) / NS_PER_MS));
        }
        text.append(String.format(
            Locale.ROOT, "p99 while it lasted was %.2f times that of before%n", p99Ratio(watch)));
        return text.toString();
    }

    /** What was asked for, then each part by its name. */
    static Map<String, Object> report(final DrillOptions options, final DrillWatch watch)
    {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("scenario", options.scenario().label());
        report.put("pace", options.pace().describe());
        report.put("ratePerSecond", options.pace().ratePerSecond());
        report.put("warmUpS", options.warmUpS());
        report.put("aroundS", options.aroundS());
        for (final DrillWatch.Part part : DrillWatch.Part.values())
        {
            final Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("requests", watch.latencies(part).getTotalCount());
            figures.put("latencyNs", LatencyTable.figures(watch.latencies(part)));
            figures.put("longestGapNs", watch.gapNs(part));
            report.put(name(part), figures);
        }
        report.put("p99DuringOverBefore", p99Ratio(watch));
        return report;
    }

    private static double p99Ratio(final DrillWatch watch)
    {
        return (double)watch.latencies(DrillWatch.Part.DURING).getValueAtPercentile(99) /
            Math.max(1, watch.latencies(DrillWatch.Part.BEFORE).getValueAtPercentile(99));
    }

    private static String name(final DrillWatch.Part part)
    {
        return part.name().toLowerCase(Locale.ROOT);
    }
}
