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

    /** Over how long requests are spread while a backup dies and comes back: it has to miss something. */
    private static final int OUTAGE_SECONDS = 12;

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
        results = new ResultLog(input.requests(), tally);
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
            final DriverTotals totals = order(cluster);
            final Checks checks = new Checks(out);
            new DemoVerdict(cluster, options, results, checks, report).check(totals, input.requests());
            tell(totals, checks);
            return checks.areAllGood();
        }
    }

    private DriverTotals order(final LocalCluster cluster)
    {
        final Pace pace = Victim.NOBODY != options.victim() ?
            Pace.openLoop(Math.max(1, input.requests() / OUTAGE_SECONDS)) : Pace.closedLoop(options.inFlight());
        final ReplicaOutage outage = Victim.NOBODY != options.victim() ? outage(cluster) : null;
        try (ClientRun run = new ClientRun(cluster.clientContext(), input.source(), pace, results))
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
                if (null != outage)
                {
                    outage.onAnswers(answers);
                }
            }
            run.driver().stopMeasuring();
            progress.breakLine();
            report.put("pace", pace.describe());
            report.put("resentBundles", run.resendCount());
            say("%s", pace.describe());
            if (null != outage)
            {
                report.put("longestGapNs", outage.gapNs());
                say("longest time without an answer after the kill: %,.1f ms", outage.gapNs() / 1e6);
            }
            return totals;
        }
    }

    private ReplicaOutage outage(final LocalCluster cluster)
    {
        final Quorums quorums =
            new Quorums(cluster.configuration().weights(), cluster.configuration().faultyWeight());
        final KillSchedule schedule = KillSchedule.of(
            options.seed(), options.victim(), REPLICAS,
            quorums.primary(0, cluster.configuration().epoch()), input.requests());
        say("seed %d: replica %d is killed after %,d answers and started again after %,d", options.seed(),
            schedule.replicaId(), schedule.killAfter(), schedule.restartAfter());
        return new ReplicaOutage(schedule, cluster.replica(schedule.replicaId()), progress, out);
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
