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

import io.tagma.perf.Json;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.LocalClusterSettings;
import io.tagma.perf.cluster.Operator;
import io.tagma.perf.cluster.Patience;
import io.tagma.perf.load.ClientRun;
import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.EchoSource;
import io.tagma.perf.load.Machine;
import io.tagma.perf.verdict.Checks;
import io.tagma.perf.verdict.ClusterVerdict;
import io.tagma.perf.verdict.ResultLog;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One drill, from keys to verdict.
 */
final class DrillRun
{
    private static final String WORKLOAD = "echo";
    private static final int PAYLOAD_LENGTH = 100;
    private static final long SILENCE_MAX_NS = TimeUnit.SECONDS.toNanos(90);
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(30);

    private final DrillOptions options;
    private final PrintWriter out;
    private final ResultLog results = new ResultLog();
    private final DrillWatch watch;
    private final Checks checks;
    private final Map<String, Object> report = new LinkedHashMap<>();

    DrillRun(final DrillOptions options, final PrintWriter out)
    {
        this.options = options;
        this.out = out;
        watch = new DrillWatch(SystemNanoClock.INSTANCE, options.pace(), results);
        checks = new Checks(out);
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
        say("%s: %s", options.scenario().label(), options.scenario().description());
        say("%s; %d replicas", options.pace().describe(), settings.replicas());
        try (LocalCluster cluster = new LocalCluster(settings))
        {
            options.scenario().drill().prepare(cluster);
            cluster.start();
            final DriverTotals totals = play(cluster);
            new ClusterVerdict(cluster, WORKLOAD, results, checks, report).check(totals, totals.sent(), false);
            tell(settings.replicas());
            return checks.areAllGood();
        }
    }

    private DriverTotals play(final LocalCluster cluster)
    {
        final DrillStage[] stage = new DrillStage[1];
        try (ClientRun run = new ClientRun(
            cluster.clientContext(), new EchoSource(PAYLOAD_LENGTH, Long.MAX_VALUE), options.pace(), watch);
            Operator operator = new Operator(cluster, (hand) -> operate(stage[0])))
        {
            stage[0] = new DrillStage(operator, watch, options);
            run.start();
            watch.start(run.driver().startNs());
            operator.start();
            final DriverTotals totals = run.driver().totals();
            long answeredNs = System.nanoTime();
            long answers = 0;
            while (!operator.isDone() && System.nanoTime() - answeredNs < SILENCE_MAX_NS)
            {
                run.doWork();
                if (totals.committed() != answers)
                {
                    answers = totals.committed();
                    answeredNs = System.nanoTime();
                    operator.onAnswers(answers);
                }
                operator.drain((line) -> say("  %s", line));
            }
            run.driver().stopMeasuring();
            run.driver().stopSending();
            run.runFor(DRAIN_NS);
            final boolean isPlayed = operator.isDone();
            operator.breakOff();
            operator.drain((line) -> say("  %s", line));
            report.put("resentBundles", run.resendCount());
            out.println();
            checks.check("played", isPlayed, isPlayed ?
                "the trouble was made, and the cluster came to full strength under load" :
                "nothing was answered for " + TimeUnit.NANOSECONDS.toSeconds(SILENCE_MAX_NS) + " s: broken off");
            stage[0].findings().forEach((finding) -> checks.check(finding.name(), finding.isGood(), finding.detail()));
            report.putAll(stage[0].figures());
            return totals;
        }
    }

    private void operate(final DrillStage stage)
    {
        Patience.pause(TimeUnit.SECONDS.toMillis(options.warmUpS()));
        watch.measure();
        Patience.pause(TimeUnit.SECONDS.toMillis(options.aroundS()));
        watch.begin();
        options.scenario().drill().run(stage);
        watch.end();
        Patience.pause(TimeUnit.SECONDS.toMillis(options.aroundS()));
    }

    private void tell(final int replicas) throws IOException
    {
        out.println();
        out.print(DrillTable.text(watch));
        out.println(Machine.caveat(replicas + 1));
        out.println();
        out.println(checks.areAllGood() ? "Every check held." : "NOT every check held.");
        out.flush();
        if (null != options.json())
        {
            final Map<String, Object> all = new LinkedHashMap<>(DrillTable.report(options, watch));
            all.putAll(report);
            all.put("checks", checks.results());
            all.put("good", checks.areAllGood());
            Json.write(options.json(), all);
        }
    }

    private void say(final String format, final Object... arguments)
    {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
