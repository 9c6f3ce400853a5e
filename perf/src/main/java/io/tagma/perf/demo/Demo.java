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
package io.tagma.perf.demo;

import io.tagma.ordering.protocol.Quorums;
import io.tagma.perf.Json;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.LocalClusterSettings;
import io.tagma.perf.cluster.ReplicaProcess;
import io.tagma.perf.load.ClientRun;
import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.LatencyTable;
import io.tagma.perf.load.Machine;
import io.tagma.perf.load.Pace;
import io.tagma.perf.verdict.Checks;
import io.tagma.perf.verdict.ClusterVerdict;
import io.tagma.perf.verdict.ResultLog;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One demo, from keys to verdict.
 */
final class Demo
{
    private static final int REPLICAS = 4;

    /** The client gives up on the cluster when nothing was answered for so long. */
    private static final long SILENCE_MAX_NS = TimeUnit.SECONDS.toNanos(30);

    /** How long is waited for a replica that has not caught up when the last request was answered. */
    private static final long LATE_MAX_MS = TimeUnit.SECONDS.toMillis(60);

    private final DemoOptions options;
    private final DemoInput input;
    private final PrintWriter out;
    private final ExchangeTally tally;
    private final ResultLog results;
    private final Progress progress;
    private final Map<String, Object> report = new LinkedHashMap<>();

    Demo(final DemoOptions options, final DemoInput input, final PrintWriter out)
    {
        this.options = options;
        this.input = input;
        this.out = out;
        tally = options.isExchange() ? new ExchangeTally() : null;
        results = null == tally ? new ResultLog() : new ResultLog(tally);
        progress = new Progress(
            out, options.isTerminal(), input.requests(), options.isExchange() ? "orders" : "requests");
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
            .replicas(REPLICAS)
            .workload(options.workload())
            .keepIn(options.keep())
            .replicaSetting("journal.archive", "true")
            // An idle primary orders empty batches now and then. Not here: else, when all are told to stop, one of
            // them may just have committed one more than the others, and equal logs would be a matter of luck.
            .replicaSetting("tick.interval.ns", Long.toString(TimeUnit.SECONDS.toNanos(60)));
        say("%s: %s", options.workload(), input.description());
        try (LocalCluster cluster = new LocalCluster(settings))
        {
            say("keys, cluster file and journals in %s", cluster.directory());
            cluster.start();
            for (final ReplicaProcess replica : cluster.replicas())
            {
                say("replica %d: pid %d, peers %s, clients %s", replica.id(), replica.handle().pid(),
                    cluster.configuration().replica(replica.id()).peerEndpoint(),
                    cluster.configuration().replica(replica.id()).ingressEndpoint());
            }
            final Checks checks = new Checks(out);
            final DriverTotals totals = order(cluster, checks);
            new ClusterVerdict(cluster, options.workload(), results, checks, report)
                .check(totals, input.requests(), options.trouble().changesView());
            tell(totals, checks);
            return checks.areAllGood();
        }
    }

    private DriverTotals order(final LocalCluster cluster, final Checks checks)
    {
        final Trouble trouble = options.trouble();
        final Pace pace = Trouble.NONE == trouble ? Pace.closedLoop(options.inFlight()) :
            Pace.openLoop(Math.max(1, input.requests() / trouble.seconds()));
        try (ClientRun run = new ClientRun(cluster.clientContext(), input.source(), pace, results);
            TroubleRun troubleRun = Trouble.NONE == trouble ? null : trouble(cluster))
        {
            run.start();
            final DriverTotals totals = run.driver().totals();
            long answeredNs = System.nanoTime();
            long answers = 0;
            while (!run.driver().isDone() && System.nanoTime() - answeredNs < SILENCE_MAX_NS)
            {
                run.doWork();
                if (totals.committed() != answers)
                {
                    answers = totals.committed();
                    answeredNs = System.nanoTime();
                    progress.show(answers, null == tally ? "" : detail(), answeredNs);
                }
                if (null != troubleRun)
                {
                    troubleRun.onAnswers(answers);
                }
            }
            run.driver().stopMeasuring();
            progress.breakLine();
            report.put("pace", pace.describe());
            report.put("resentBundles", run.resendCount());
            say("%s", pace.describe());
            if (null != troubleRun)
            {
                judge(troubleRun, checks);
            }
            return totals;
        }
    }

    private TroubleRun trouble(final LocalCluster cluster)
    {
        final Trouble trouble = options.trouble();
        if (Trouble.ROLLING_RESTART == trouble)
        {
            say("all replicas are restarted one after the other, the primary last, each when the one before has " +
                "caught up");
            return new TroubleRun(input.requests(), cluster, this::sayAside);
        }
        final Quorums quorums =
            new Quorums(cluster.configuration().weights(), cluster.configuration().faultyWeight());
        final OutageSchedule schedule = OutageSchedule.of(
            options.seed(), trouble, REPLICAS,
            quorums.primary(0, cluster.configuration().epoch()), input.requests());
        final boolean isFrozen = Trouble.FREEZE_PRIMARY == trouble;
        say("seed %d: replica %d is %s after %,d answers and %s after %,d", options.seed(), schedule.replicaId(),
            isFrozen ? "frozen" : "killed", schedule.awayAfter(),
            isFrozen ? "let go on" : "started again", schedule.backAfter());
        return new TroubleRun(trouble, schedule, cluster, this::sayAside);
    }

    private void judge(final TroubleRun troubleRun, final Checks checks)
    {
        final long answers = results.committed();
        troubleRun.awaitEnd(LATE_MAX_MS);
        report.put("longestGapNs", troubleRun.gapNs());
        say("longest time without an answer since it began: %,.1f ms", troubleRun.gapNs() / 1e6);
        out.println();
        checks.check(
            "back",
            troubleRun.answersAtEnd() > 0,
            0 == troubleRun.answersAtEnd() ? "whoever was away is not back, or has not caught up" : String.format(
                Locale.ROOT, "whoever was away is back and has caught up, after %,d of %,d answers",
                troubleRun.answersAtEnd(), answers));
    }

    private void sayAside(final String line)
    {
        progress.breakLine();
        say("  %s", line);
    }

    private String detail()
    {
        return String.format(Locale.ROOT, ", %,d fills", tally.fills());
    }

    private void tell(final DriverTotals totals, final Checks checks) throws IOException
    {
        if (null != tally)
        {
            say("%s", tally.describe());
        }
        out.println();
        out.print(LatencyTable.text(totals));
        out.println(Machine.caveat(REPLICAS + 1));
        out.println();
        out.println(checks.areAllGood() ? "Every check held." : "NOT every check held.");
        out.flush();
        if (null != options.json())
        {
            report.put("workload", options.workload());
            report.put("requests", input.requests());
            report.put("committed", totals.committed());
            report.put("ratePerSecond", totals.ratePerSecond());
            report.put("latencyNs", LatencyTable.figures(totals.histogram()));
            report.put("checks", checks.results());
            report.put("good", checks.areAllGood());
            Json.write(options.json(), report);
        }
    }

    private void say(final String format, final Object... arguments)
    {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
