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

import io.tagma.perf.report.Environment;
import io.tagma.perf.report.LoadResult;
import io.tagma.perf.report.Phases;
import io.tagma.perf.report.Report;
import io.tagma.perf.report.SystemResult;
import io.tagma.perf.report.Table;
import io.tagma.perf.report.Verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code tagma load} has to say on its page: filled in as it becomes known.
 */
final class LoadReport
{
    private static final String SYSTEM = "tagma";
    private static final int ROUNDS = 1;

    private final LoadOptions options;
    private final List<String> arguments;
    private final List<Table> tables = new ArrayList<>();
    private final List<String> reservations = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String conditions = "";
    private Phases phases = Phases.NONE;

    LoadReport(final LoadOptions options, final List<String> arguments)
    {
        this.options = options;
        this.arguments = arguments;
    }

    /** The cluster was there before. */
    void ofRunningCluster()
    {
        conditions = "a cluster that ran already";
        reservations.addAll(Machine.reservations(Machine.UNKNOWN, Machine.UNKNOWN, options.warmUpS(), ROUNDS));
        environment.putAll(Environment.look(arguments, "the client's; the replicas' are not known to it"));
    }

    /** The cluster was started for this, on this machine. For the thread that the client ran on. */
    void ofStartedCluster(
        final int replicas, final String clusterConditions, final PhaseTable phaseTable, final Table useOfReplicas)
    {
        conditions = clusterConditions;
        reservations.addAll(Machine.reservations(
            replicas + 1, Runtime.getRuntime().availableProcessors(), options.warmUpS(), ROUNDS));
        environment.putAll(Environment.look(arguments, Machine.caveat(replicas + 1)));
        phases = phaseTable.isPresent() ? phaseTable.phases() : Phases.NONE;
        tables.add(useOfReplicas);
    }

    /** Where it was measured, for machines too. */
    Map<String, String> environment()
    {
        return environment;
    }

    /** All of it. */
    Report report(final LoadRun run)
    {
        final DriverTotals totals = run.totals();
        final SystemResult system = new SystemResult(
            SYSTEM,
            conditions,
            totals.histogram(),
            totals.ratePerSecond(),
            totals.histogram().getValueAtPercentile(50),
            totals.histogram().getValueAtPercentile(99));
        final List<Table> all = new ArrayList<>();
        all.add(LatencyTable.table(SYSTEM, totals));
        all.addAll(tables);
        final LoadResult load = new LoadResult(
            options.pace().label(), options.describe(), List.of(system), phases, all);
        return new Report(
            "tagma load", new Verdict(run.failures(), reservations), List.of(load), environment);
    }
}
