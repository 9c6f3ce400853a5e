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

import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.LocalClusterSettings;
import io.tagma.perf.cluster.Operator;
import io.tagma.perf.load.ClientRun;
import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.EchoSource;
import io.tagma.perf.verdict.Checks;
import io.tagma.perf.verdict.ClusterVerdict;
import io.tagma.perf.verdict.ResultLog;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One drill, from keys to verdict.
 */
final class DrillRun
{
    private static final String WORKLOAD = "echo";
    private static final int PAYLOAD_LENGTH = 100;

    private final DrillOptions options;
    private final ResultLog results = new ResultLog();
    private final DrillWatch watch;
    private final Checks checks;
    private final DrillPlay play;
    private final Map<String, Object> report = new LinkedHashMap<>();

    DrillRun(final DrillOptions options, final PrintWriter out)
    {
        this.options = options;
        watch = new DrillWatch(SystemNanoClock.INSTANCE, options.pace(), results);
        checks = new Checks(out);
        play = new DrillPlay(options, watch, checks, out);
    }

    /**
     * Runs it.
     *
     * @return whether every check held.
     * @throws IOException if the report cannot be written.
     */
    boolean run() throws IOException
    {
        final LocalClusterSettings settings = new LocalClusterSettings()
            .workload(WORKLOAD)
            .clients(LocalCluster.OTHER_CLIENT_ID)
            .keepIn(options.keep())
            .replicaSetting("journal.archive", "true")
            // As in a demo: who is idle orders nothing, so that logs can be equal in the end.
            .replicaSetting("tick.interval.ns", Long.toString(TimeUnit.SECONDS.toNanos(60)));
        options.scenario().drill().settle(settings);
        play.say("%s: %s", options.scenario().label(), options.scenario().description());
        play.say("%s; %d replicas", options.pace().describe(), settings.replicas());
        try (LocalCluster cluster = new LocalCluster(settings))
        {
            options.scenario().drill().prepare(cluster);
            cluster.start();
            options.scenario().drill().beforehand(cluster, options, (line) -> play.say("  %s", line));
            final DriverTotals totals = makeTrouble(cluster);
            new ClusterVerdict(cluster, WORKLOAD, results, checks, report).check(totals, totals.sent(), false);
            play.tell(settings.replicas() + 1, Map.of(), report);
            return checks.areAllGood();
        }
    }

    private DriverTotals makeTrouble(final LocalCluster cluster)
    {
        final DrillStage[] stage = new DrillStage[1];
        try (ClientRun run = new ClientRun(
            cluster.clientContext(), new EchoSource(PAYLOAD_LENGTH, Long.MAX_VALUE), options.pace(), watch);
            Operator operator = new Operator(
                cluster, (hand) -> play.around(() -> options.scenario().drill().run(stage[0]))))
        {
            stage[0] = new DrillStage(operator, watch, options);
            final DriverTotals totals = play.send(run, operator, "the trouble was made");
            report.put("resentBundles", run.resendCount());
            stage[0].findings().forEach((finding) -> checks.check(finding.name(), finding.isGood(), finding.detail()));
            report.putAll(stage[0].figures());
            return totals;
        }
    }
}
