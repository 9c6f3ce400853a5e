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

import io.tagma.perf.report.Phases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the mean time of a request goes. Means, because they add up: what the primary's phases leave of the client's
 * mean is what happens outside of them, and is computed by subtraction. Percentiles of parts would say nothing.
 *
 * @param clientMeanNs mean time of a request as the client measures it.
 * @param primary      phases at the primary.
 * @param backups      phases at all backups together.
 */
record PhaseTable(double clientMeanNs, PhaseSums primary, PhaseSums backups)
{
    private static final double NS_PER_US = 1000.0;
    private static final String ROW = "%-32s%14s%14s%10s%n";

    /**
     * Whether there is anything to show.
     *
     * @return false if the primary executed no request, or the client measured none.
     */
    boolean isPresent()
    {
        return primary.requests() > 0 && clientMeanNs > 0;
    }

    /**
     * A table: a line for each phase, one for the rest, one for the whole.
     *
     * @return text, each line ended.
     */
    String text()
    {
        final StringBuilder text = new StringBuilder(
            String.format(Locale.ROOT, ROW, "mean of a request", "primary", "backups", "share"));
        phases().parts().forEach((part) -> text.append(row(part.name(), part.primaryNs(), part.backups())));
        return text.append(row("end to end, at the client", clientMeanNs, "")).toString();
    }

    /**
     * The same for machines: means in nanoseconds.
     *
     * @return by name.
     */
    Map<String, Object> report()
    {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("clientMean", clientMeanNs);
        report.put("rest", restNs());
        report.put("primary", report(primary));
        report.put("backups", report(backups));
        return report;
    }

    /**
     * The same for a page: the parts, the last of which is the rest.
     *
     * @return only if there is something to show.
     */
    Phases phases()
    {
        return new Phases(
            List.of(
                new Phases.Part("arrived to proposed", mean(primary.waitNs(), primary), "-"),
                part("proposed/accepted to prepared", primary.prepareNs(), backups.prepareNs()),
                part("prepared to committed", primary.commitNs(), backups.commitNs()),
                part("committed to executed", primary.executeNs(), backups.executeNs()),
                new Phases.Part("the rest, by subtraction", restNs(), "")),
            clientMeanNs);
    }

    /** On the way to the primary, in its buffers, on the way back, and the client's own waiting. */
    private double restNs()
    {
        return clientMeanNs - mean(primary.totalNs(), primary);
    }

    private static Map<String, Object> report(final PhaseSums sums)
    {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("requests", sums.requests());
        report.put("wait", mean(sums.waitNs(), sums));
        report.put("prepare", mean(sums.prepareNs(), sums));
        report.put("commit", mean(sums.commitNs(), sums));
        report.put("execute", mean(sums.executeNs(), sums));
        return report;
    }

    private Phases.Part part(final String name, final long primaryNs, final long backupsNs)
    {
        return new Phases.Part(
            name, mean(primaryNs, primary), backups.requests() > 0 ? micros(mean(backupsNs, backups)) : "-");
    }

    private String row(final String name, final double ns, final String ofBackups)
    {
        return String.format(
            Locale.ROOT, ROW, name, micros(ns), ofBackups,
            String.format(Locale.ROOT, "%.1f %%", 100 * ns / clientMeanNs));
    }

    private static double mean(final long sumNs, final PhaseSums sums)
    {
        return (double)sumNs / sums.requests();
    }

    private static String micros(final double ns)
    {
        return String.format(Locale.ROOT, "%.1f us", ns / NS_PER_US);
    }
}
