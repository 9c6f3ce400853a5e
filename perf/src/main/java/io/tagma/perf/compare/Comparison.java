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
package io.tagma.perf.compare;

import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.LatencyTable;
import io.tagma.perf.load.LoadOptions;
import io.tagma.perf.load.LoadRun;
import io.tagma.perf.report.LoadResult;
import io.tagma.perf.report.Phases;
import io.tagma.perf.report.SystemResult;
import io.tagma.perf.report.Table;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One load on several systems, in turn, several times: each round in the other order than the one before, so that a
 * machine that gets slower or quicker favours nobody.
 */
final class Comparison
{
    private static final double NS_PER_US = 1000.0;
    private static final int SIGNIFICANT_DIGITS = 3;
    /** Below it two decimals say too little. */
    private static final double SMALL_RATIO = 0.1;

    private final LoadOptions options;
    private final Map<Contender, Map<String, Figure>> figures = new LinkedHashMap<>();
    /** Of all rounds of a system together, in nanoseconds. */
    private final Map<Contender, Histogram> histograms = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    Comparison(final LoadOptions options, final List<Contender> contenders)
    {
        this.options = options;
        for (final Contender contender : contenders)
        {
            figures.put(contender, new LinkedHashMap<>());
            histograms.put(contender, new Histogram(DriverTotals.LATENCY_MAX_NS, SIGNIFICANT_DIGITS));
        }
    }

    /** Measures, and says what it saw, a line for each measurement. */
    void run(final int rounds, final Consumer<String> listener)
    {
        final List<Contender> order = new ArrayList<>(figures.keySet());
        for (int round = 0; round < rounds; round++)
        {
            for (final Contender contender : order)
            {
                final LoadRun run = contender.measure(options);
                add(contender, run, listener);
            }
            Collections.reverse(order);
        }
    }

    private void add(final Contender contender, final LoadRun run, final Consumer<String> listener)
    {
        final DriverTotals totals = run.totals();
        final Map<String, Figure> own = figures.get(contender);
        final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-22s", contender.name()));
        LatencyTable.figures(totals.histogram()).forEach((name, ns) ->
        {
            own.computeIfAbsent(name, key -> new Figure()).add(ns / NS_PER_US);
            line.append(String.format(Locale.ROOT, " %s %,.0f us", name, ns / NS_PER_US));
        });
        own.computeIfAbsent("rate", key -> new Figure()).add(totals.ratePerSecond());
        histograms.get(contender).add(totals.histogram());
        line.append(String.format(Locale.ROOT, " %,.0f/s", totals.ratePerSecond()));
        run.failures().forEach(failure ->
        {
            failures.add(options.describe() + ": " + contender.name() + ": " + failure);
            line.append(" FAIL: ").append(failure);
        });
        listener.accept(line.toString());
    }

    /** What failed; nothing that is said of a load that failed counts. */
    List<String> failures()
    {
        return failures;
    }

    /** Medians, and what lies between, of each system; ratios of the first to each of the others. */
    String text()
    {
        final StringBuilder text = new StringBuilder();
        Map<String, Figure> first = null;
        for (final Map.Entry<Contender, Map<String, Figure>> entry : figures.entrySet())
        {
            text.append(String.format(Locale.ROOT, "%-24s", entry.getKey().name()));
            final Map<String, Figure> own = entry.getValue();
            own.forEach((name, figure) -> text.append(String.format(
                Locale.ROOT, "  %s %,.0f [%,.0f..%,.0f]", name, figure.median(), figure.least(), figure.greatest())));
            text.append(System.lineSeparator());
            if (null == first)
            {
                first = own;
            }
            else
            {
                text.append(ratios(first, own)).append(System.lineSeparator());
            }
        }
        return text.toString();
    }

    private static String ratios(final Map<String, Figure> first, final Map<String, Figure> other)
    {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-24s", "  tagma / this"));
        first.forEach((name, figure) ->
            text.append("  ").append(name).append(' ').append(ratio(figure, other.get(name))));
        return text.toString();
    }

    private static String ratio(final Figure first, final Figure other)
    {
        final double ratio = first.median() / other.median();
        return String.format(Locale.ROOT, ratio < SMALL_RATIO ? "%.4f" : "%.2f", ratio);
    }

    /** The same for a page. */
    LoadResult result()
    {
        final List<SystemResult> systems = new ArrayList<>();
        figures.forEach((contender, own) -> systems.add(new SystemResult(
            contender.name(),
            contender.conditions(),
            histograms.get(contender),
            own.get("rate").median(),
            own.get("p50").median() * NS_PER_US,
            own.get("p99").median() * NS_PER_US)));
        return new LoadResult(options.pace().label(), options.describe(), systems, Phases.NONE, List.of(table()));
    }

    private Table table()
    {
        final List<String> head = new ArrayList<>(List.of(""));
        final List<List<String>> rows = new ArrayList<>();
        Map<String, Figure> first = null;
        for (final Map.Entry<Contender, Map<String, Figure>> entry : figures.entrySet())
        {
            final Map<String, Figure> own = entry.getValue();
            final List<String> row = new ArrayList<>(List.of(entry.getKey().name()));
            own.forEach((name, figure) -> row.add(String.format(
                Locale.ROOT, "%,.0f [%,.0f..%,.0f]", figure.median(), figure.least(), figure.greatest())));
            rows.add(row);
            if (null == first)
            {
                first = own;
                own.keySet().forEach((name) -> head.add("rate".equals(name) ? "answered /s" : name + " us"));
            }
            else
            {
                final List<String> ratios = new ArrayList<>(List.of("tagma / this"));
                first.forEach((name, figure) -> ratios.add(ratio(figure, own.get(name))));
                rows.add(ratios);
            }
        }
        return new Table("Medians of all rounds, and [least..greatest]", head, rows);
    }

    Map<String, Object> report()
    {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("load", options.describe());
        figures.forEach((contender, own) ->
        {
            final Map<String, Object> system = new LinkedHashMap<>();
            system.put("conditions", contender.conditions());
            own.forEach((name, figure) -> system.put("rate".equals(name) ? "perSecond" : name + "Us", figure.report()));
            report.put(contender.name(), system);
        });
        report.put("failures", failures);
        return report;
    }
}
