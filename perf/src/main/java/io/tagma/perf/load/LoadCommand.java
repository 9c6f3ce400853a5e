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

import io.tagma.ordering.client.ClientContext;
import io.tagma.perf.Json;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.LocalClusterSettings;
import io.tagma.perf.report.ReportDirectory;
import io.tagma.perf.report.Table;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code tagma load}: how fast, at what latency, and what it costs.
 */
@Command(
    name = "load",
    description = {
        "Measure a cluster: one that runs (--cluster and --keys), or one of replica processes started for it.",
        "Ends with status 1 if a request is lost or doubled, or an open loop's rate is missed."},
    mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer>
{
    private static final int EXIT_FAILED = 1;

    /** A running cluster. */
    private static final class RunningCluster
    {
        @Option(names = "--cluster", required = true, paramLabel = "FILE",
            description = "Cluster file of a running cluster.")
        private Path clusterFile;

        @Option(names = "--keys", required = true, paramLabel = "DIR", description = "Key directory of the client.")
        private Path keys;

        @Option(names = "--client", paramLabel = "ID", defaultValue = "1",
            description = "Id of the client (default: ${DEFAULT-VALUE}).")
        private int clientId;

        @Option(names = "--response-endpoint", paramLabel = "HOST:PORT", defaultValue = "localhost:0",
            description = "Where replicas reach this client (default: ${DEFAULT-VALUE}).")
        private String responseEndpoint;
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = false)
    private RunningCluster runningCluster;

    @Option(names = "--rate", paramLabel = "N",
        description = "Open loop: requests a second, from 1 to 10,000,000.")
    private Long rate;

    @Option(names = "--in-flight", paramLabel = "N",
        description = "Closed loop: requests unanswered at once, from 1 to 1,024 (default: 1).")
    private Integer inFlight;

    @Option(names = "--duration", paramLabel = "S", defaultValue = "10",
        description = "Seconds to measure (default: ${DEFAULT-VALUE}).")
    private int durationS;

    @Option(names = "--warmup", paramLabel = "S", defaultValue = "5",
        description = "Seconds before that (default: ${DEFAULT-VALUE}).")
    private int warmUpS;

    @Option(names = "--payload", paramLabel = "B", defaultValue = "100",
        description = "Bytes of an echo request, from 8 (default: ${DEFAULT-VALUE}).")
    private int payloadLength;

    @Option(names = "--workload", paramLabel = "NAME", defaultValue = "echo",
        description = "echo or exchange (default: ${DEFAULT-VALUE}).")
    private String workload;

    @Option(names = "--replicas", paramLabel = "N", defaultValue = "4",
        description = "Replicas to start (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(names = "--durability", paramLabel = "MODE", defaultValue = "process",
        description = "process or power, of the replicas to start (default: ${DEFAULT-VALUE}).")
    private String durability;

    @Option(names = "--heap", paramLabel = "SIZE", defaultValue = "256m",
        description = "Greatest heap of each replica to start (default: ${DEFAULT-VALUE}).")
    private String heap;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "A setting of the replicas to start.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep keys, journals and logs of a started cluster.")
    private Path keep;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    private Path json;

    @Option(names = "--hgrm", paramLabel = "FILE",
        description = "Write the percentile distribution, in microseconds, to this file.")
    private Path hgrm;

    @Option(names = "--report", paramLabel = "DIR",
        description = "Write a page, the figures and the percentile distribution to this new or empty directory.")
    private Path reportPath;

    /**
     * For picocli.
     */
    public LoadCommand()
    {
    }

    @Override
    public Integer call() throws IOException
    {
        final LoadOptions options = options();
        final ReportDirectory directory = directory();
        final LoadRun run = new LoadRun(options);
        final PrintWriter out = spec.commandLine().getOut();
        out.println(options.describe());
        out.flush();
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("load", options.describe());
        final LoadReport page = new LoadReport(options, spec.root().commandLine().getParseResult().originalArgs());
        if (null != runningCluster)
        {
            run.run(runningContext(), () -> {}, () -> {});
            print(out, run, report);
            page.ofRunningCluster();
        }
        else
        {
            runLocally(out, run, report, page);
        }
        report.put("environment", page.environment());
        run.failures().forEach((failure) -> out.println("FAIL: " + failure));
        out.println(run.failures().isEmpty() ? "OK" : "FAILED");
        out.flush();
        write(run, report);
        if (null != directory)
        {
            directory.write(page.report(run), report);
            out.println("report in " + directory.page());
            out.flush();
        }
        return run.failures().isEmpty() ? 0 : EXIT_FAILED;
    }

    private void runLocally(
        final PrintWriter out, final LoadRun run, final Map<String, Object> report, final LoadReport page)
    {
        final LocalClusterSettings cluster = new LocalClusterSettings()
            .replicas(replicas)
            .workload(workload)
            .heap(heap)
            .keepIn(keep)
            .replicaSetting("durability", durability);
        settings.forEach(cluster::replicaSetting);
        try (LocalCluster local = new LocalCluster(cluster))
        {
            local.start();
            final ReplicaUse use = new ReplicaUse(local);
            run.run(local.clientContext(), use::begin, use::end);
            print(out, run, report);
            final PhaseTable phases = use.phases(run.totals().histogram().getMean());
            printPhases(out, phases, report);
            out.println();
            final Table useOfReplicas = use.table(run.totals().measuredSeconds(), run.totals().ratePerSecond());
            out.print(ReplicaUse.text(useOfReplicas));
            out.println(Machine.caveat(replicas + 1));
            out.println("durability " + durability + ", journals in " + local.directory());
            page.ofStartedCluster(replicas, conditions(), phases, useOfReplicas);
            report.put("durability", durability);
            report.put("replicas", use.report(run.totals().measuredSeconds()));
            final int status = local.stop();
            if (0 != status)
            {
                run.failures().add("a replica ended with status " + status);
            }
        }
    }

    private static void print(final PrintWriter out, final LoadRun run, final Map<String, Object> report)
    {
        final DriverTotals totals = run.totals();
        out.print(LatencyTable.text(totals));
        out.println(String.format(
            Locale.ROOT, "%,d requests in all, %,d bundles sent again, %,d offers pressed back",
            totals.sent(), run.resentBundles(), totals.backPressured()));
        report.put("ratePerSecond", totals.ratePerSecond());
        report.put("measuredSeconds", totals.measuredSeconds());
        report.put("latencyNs", LatencyTable.figures(totals.histogram()));
        report.put("sent", totals.sent());
        report.put("committed", totals.committed());
        report.put("resentBundles", run.resentBundles());
        report.put("backPressured", totals.backPressured());
    }

    private static void printPhases(
        final PrintWriter out, final PhaseTable phases, final Map<String, Object> report)
    {
        if (phases.isPresent())
        {
            out.println();
            out.print(phases.text());
            report.put("meanNs", phases.report());
        }
    }

    private void write(final LoadRun run, final Map<String, Object> report) throws IOException
    {
        report.put("failures", run.failures());
        if (null != json)
        {
            Json.write(json, report);
        }
        if (null != hgrm)
        {
            ReportDirectory.writeDistribution(hgrm, run.totals().histogram());
        }
    }

    private String conditions()
    {
        return replicas + (1 == replicas ? " replica" : " replicas") + ", durability " + durability +
            ", heap of up to " + heap + (settings.isEmpty() ? "" : ", " + settings);
    }

    /** Made before anything is measured; null if there is to be no report. */
    private ReportDirectory directory()
    {
        try
        {
            return null == reportPath ? null : ReportDirectory.make(reportPath);
        }
        catch (final IllegalArgumentException ex)
        {
            throw usage("--report: %s", ex.getMessage());
        }
    }

    private ClientContext runningContext()
    {
        return new ClientContext()
            .clusterFile(runningCluster.clusterFile)
            .keysDirectory(runningCluster.keys)
            .clientId(runningCluster.clientId)
            .responseEndpoint(runningCluster.responseEndpoint);
    }

    private LoadOptions options()
    {
        if (null != rate && null != inFlight)
        {
            throw usage("--rate is an open loop and --in-flight a closed one: give one of them");
        }
        if (null != rate && (rate < 1 || rate > Pace.RATE_MAX))
        {
            throw usage("--rate is %,d and must be from 1 to %,d", rate, Pace.RATE_MAX);
        }
        if (null != inFlight && (inFlight < 1 || inFlight > 1024))
        {
            throw usage("--in-flight is %,d and must be from 1 to 1,024", inFlight);
        }
        if (durationS < 1 || warmUpS < 0)
        {
            throw usage("--duration must be at least 1 s, and --warmup at least 0 s");
        }
        if (payloadLength < Long.BYTES || payloadLength > 1 << 16)
        {
            throw usage("--payload is %,d and must be from 8 to 65,536, and within the cluster's limit",
                payloadLength);
        }
        if (!"echo".equals(workload) && !"exchange".equals(workload))
        {
            throw usage("--workload is '%s' and must be echo or exchange", workload);
        }
        final Pace pace = null != rate ? Pace.openLoop(rate) : Pace.closedLoop(null == inFlight ? 1 : inFlight);
        return new LoadOptions(workload, pace, durationS, warmUpS, payloadLength);
    }

    private ParameterException usage(final String format, final Object... arguments)
    {
        return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, arguments));
    }
}
