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

import io.tagma.perf.Json;
import io.tagma.perf.load.LoadOptions;
import io.tagma.perf.load.Machine;
import io.tagma.perf.load.Pace;
import io.tagma.perf.peer.AeronClusterTuning;
import io.tagma.perf.peer.BftSmartProcesses;
import io.tagma.perf.report.Environment;
import io.tagma.perf.report.LoadResult;
import io.tagma.perf.report.Report;
import io.tagma.perf.report.ReportDirectory;
import io.tagma.perf.report.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code tagma compare}: what Byzantine fault tolerance costs, beside crash fault tolerance and beside the transport
 * alone, measured here and now.
 */
@Command(
    name = "compare",
    description = {
        "Measure Tagma and its peers in turn on this machine, under the same loads.",
        "Ends with status 1 if a request is lost, or a rate is missed, by any of them."},
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer>
{
    private static final int EXIT_FAILED = 1;
    private static final int WINDOW_MAX = 1024;

    @Spec
    private CommandSpec spec;

    @Option(names = "--in-flight", paramLabel = "N", split = ",",
        description = "Closed loops: requests unanswered at once, each from 1 to 1,024.")
    private final List<Integer> inFlight = new ArrayList<>();

    @Option(names = "--rate", paramLabel = "N", split = ",", description = "Open loops: requests a second.")
    private final List<Long> rates = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
        description = "How often each system is measured (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--duration", paramLabel = "S", defaultValue = "15",
        description = "Seconds to measure (default: ${DEFAULT-VALUE}).")
    private int durationS;

    @Option(names = "--warmup", paramLabel = "S", defaultValue = "30",
        description = "Seconds before that (default: ${DEFAULT-VALUE}).")
    private int warmUpS;

    @Option(names = "--payload", paramLabel = "B", defaultValue = "100",
        description = "Bytes of a request, from 8 (default: ${DEFAULT-VALUE}).")
    private int payloadLength;

    @Option(names = "--replicas", paramLabel = "N", defaultValue = "4",
        description = "Replicas of Tagma (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(names = "--power", description = "All on the device before it is said: durability power, sync level 1.")
    private boolean isPowerDurable;

    @Option(names = "--peer", paramLabel = "NAME", split = ",", defaultValue = "raw-aeron,unreplicated,aeron-cluster",
        description = "What to compare with (default: ${DEFAULT-VALUE}).")
    private List<String> peers;

    @Option(names = "--tuning", paramLabel = "NAME", split = ",", defaultValue = "BEST",
        description = "Of Aeron Cluster: DEFAULT, BEST or both (default: ${DEFAULT-VALUE}).")
    private List<AeronClusterTuning> tunings;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "A setting of Tagma's replicas.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    private Path json;

    @Option(names = "--report", paramLabel = "DIR",
        description = "Write a page, the figures and the percentile distributions to this new or empty directory.")
    private Path reportPath;

    /**
     * For picocli.
     */
    public CompareCommand()
    {
    }

    @Override
    public Integer call() throws IOException
    {
        verify();
        final ReportDirectory directory = directory();
        final List<Contender> contenders = contenders();
        final PrintWriter out = spec.commandLine().getOut();
        contenders.forEach(contender -> out.println(contender.name() + ": " + contender.conditions()));
        final List<String> failures = new ArrayList<>();
        final List<Map<String, Object>> reports = new ArrayList<>();
        final List<LoadResult> results = new ArrayList<>();
        for (final Pace pace : paces())
        {
            final LoadOptions options = new LoadOptions("echo", pace, durationS, warmUpS, payloadLength);
            final Comparison comparison = new Comparison(options, contenders);
            out.println();
            out.println(options.describe());
            out.flush();
            comparison.run(rounds, line ->
            {
                out.println(line);
                out.flush();
            });
            out.print(comparison.text());
            failures.addAll(comparison.failures());
            reports.add(comparison.report());
            results.add(comparison.result());
        }
        out.println();
        out.println(Machine.caveat(replicas + 1));
        failures.forEach(failure -> out.println("FAIL: " + failure));
        out.println(failures.isEmpty() ? "OK" : "FAILED");
        out.flush();
        write(directory, failures, results, reports);
        return failures.isEmpty() ? 0 : EXIT_FAILED;
    }

    private void write(
        final ReportDirectory directory,
        final List<String> failures,
        final List<LoadResult> results,
        final List<Map<String, Object>> reports) throws IOException
    {
        final String machine = Machine.caveat(replicas + 1);
        final Map<String, String> environment = Environment.look(
            spec.root().commandLine().getParseResult().originalArgs(), machine);
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("machine", machine);
        figures.put("environment", environment);
        figures.put("loads", reports);
        if (null != json)
        {
            Json.write(json, figures);
        }
        if (null != directory)
        {
            final List<String> reservations = Machine.reservations(
                replicas + 1, Runtime.getRuntime().availableProcessors(), warmUpS, rounds);
            directory.write(
                new Report("tagma compare", new Verdict(failures, reservations), results, environment), figures);
            spec.commandLine().getOut().println("report in " + directory.page());
            spec.commandLine().getOut().flush();
        }
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
            throw new ParameterException(spec.commandLine(), "--report: " + ex.getMessage(), ex);
        }
    }

    private List<Contender> contenders()
    {
        final List<Contender> contenders = new ArrayList<>();
        contenders.add(new TagmaContender("tagma", replicas, isPowerDurable, settings));
        for (final String name : new LinkedHashSet<>(peers))
        {
            switch (Peer.of(name))
            {
                case RAW_AERON:
                    contenders.add(new RawEchoContender());
                    break;

                case UNREPLICATED:
                    contenders.add(new TagmaContender("tagma-" + name, 1, isPowerDurable, settings));
                    break;

                case BFT_SMART:
                    contenders.add(new BftSmartContender());
                    break;

                default:
                    new LinkedHashSet<>(tunings).forEach(
                        tuning -> contenders.add(new AeronClusterContender(tuning, isPowerDurable)));
                    break;
            }
        }
        return contenders;
    }

    private List<Pace> paces()
    {
        final List<Pace> paces = new ArrayList<>();
        if (inFlight.isEmpty() && rates.isEmpty())
        {
            paces.add(Pace.closedLoop(1));
        }
        inFlight.forEach(window -> paces.add(Pace.closedLoop(window)));
        rates.forEach(rate -> paces.add(Pace.openLoop(rate)));
        return paces;
    }

    private void verify()
    {
        for (final int window : inFlight)
        {
            verify(window >= 1 && window <= WINDOW_MAX, "--in-flight is %,d and must be from 1 to 1,024", window);
        }
        for (final long rate : rates)
        {
            verify(rate >= 1 && rate <= Pace.RATE_MAX, "--rate is %,d and must be from 1 to %,d", rate, Pace.RATE_MAX);
        }
        for (final String name : peers)
        {
            verify(null != Peer.of(name), "--peer %s: there is only %s", name, Peer.labels());
            verify(
                Peer.BFT_SMART != Peer.of(name) || BftSmartProcesses.isPresent(),
                "--peer %s: %s is no part of this jar; ./tagma compare --peer %s fetches it",
                name, BftSmartProcesses.WHAT, name);
        }
        verify(rounds >= 1 && rounds <= 99, "--rounds is %,d and must be from 1 to 99", rounds);
        verify(durationS >= 1, "--duration is %,d and must be at least 1 s", durationS);
        verify(warmUpS >= 0, "--warmup is %,d and must be at least 0 s", warmUpS);
        verify(
            payloadLength >= Long.BYTES && payloadLength <= 1 << 14,
            "--payload is %,d and must be from 8 to 16,384", payloadLength);
    }

    private void verify(final boolean isRight, final String format, final Object... arguments)
    {
        if (!isRight)
        {
            throw new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, arguments));
        }
    }
}
