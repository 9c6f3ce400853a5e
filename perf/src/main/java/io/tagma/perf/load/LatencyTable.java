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

import io.tagma.perf.report.Table;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Latencies as people and as machines read them.
 */
public final class LatencyTable
{
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final double NS_PER_US = 1000.0;

    private LatencyTable()
    {
    }

    /**
     * A table of two lines.
     *
     * @param totals to show.
     * @return text, each line ended.
     */
    public static String text(final DriverTotals totals)
    {
        final StringBuilder head = new StringBuilder();
        final StringBuilder body = new StringBuilder();
        figures(totals.histogram()).forEach((name, value) ->
        {
            head.append(String.format(Locale.ROOT, "%12s", name));
            body.append(String.format(Locale.ROOT, "%12s", micros(value)));
        });
        head.append(String.format(Locale.ROOT, "%16s%n", "throughput"));
        body.append(String.format(Locale.ROOT, "%14.0f/s%n", totals.ratePerSecond()));
        return head.append(body).toString();
    }

    /** The same for a page. */
    static Table table(final String system, final DriverTotals totals)
    {
        final List<String> head = new ArrayList<>(List.of(""));
        final List<String> row = new ArrayList<>(List.of(system));
        figures(totals.histogram()).forEach((name, value) ->
        {
            head.add(name);
            row.add(micros(value));
        });
        head.add("answered");
        row.add(String.format(Locale.ROOT, "%,.0f/s", totals.ratePerSecond()));
        return new Table(
            String.format(
                Locale.ROOT, "Latency of %,d requests, and throughput", totals.histogram().getTotalCount()),
            head, List.of(row));
    }

    /**
     * Percentiles by name, in nanoseconds: p50, p90, p99, p99.9, max.
     *
     * @param histogram of nanoseconds.
     * @return in this order.
     */
    public static Map<String, Long> figures(final Histogram histogram)
    {
        final Map<String, Long> figures = new LinkedHashMap<>();
        for (final double percentile : PERCENTILES)
        {
            final String name = percentile == Math.rint(percentile) ?
                String.format(Locale.ROOT, "p%.0f", percentile) : "p" + percentile;
            figures.put(name, histogram.getValueAtPercentile(percentile));
        }
        figures.put("max", histogram.getMaxValue());
        return figures;
    }

    private static String micros(final long ns)
    {
        return ns >= 10_000_000 ?
            String.format(Locale.ROOT, "%.1f ms", ns / NS_PER_US / NS_PER_US) :
            String.format(Locale.ROOT, "%.0f us", ns / NS_PER_US);
    }
}
