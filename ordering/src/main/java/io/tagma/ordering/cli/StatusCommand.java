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
package io.tagma.ordering.cli;

import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.ordering.replica.ReplicaReport;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Says how the replicas on this host are.
 */
@Command(
    name = "status",
    description = "Prints how the replicas below a directory are: from their counters, without disturbing them.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
public final class StatusCommand implements Callable<Integer>
{
    private static final String ROW = "%-3s %-8s %-8s %6s %10s %10s %10s %12s %5s %5s %8s %8s %8s %6s%n";

    @Spec
    private CommandSpec spec;

    @Option(names = "--dir", paramLabel = "DIR", description = "Directory of a cluster or of one replica.")
    private Path directory;

    @Option(names = "--json", description = "Prints all counters as JSON.")
    private boolean isJson;

    /**
     * Prints the status.
     *
     * @return the exit status: fine if at least one replica runs.
     * @throws IOException if the directory cannot be read.
     */
    @Override
    public Integer call() throws IOException
    {
        if (null == directory || !Files.isDirectory(directory))
        {
            throw new ParameterException(spec.commandLine(),
                "--dir must name the directory of a cluster or a replica, not " + directory);
        }
        final List<ReplicaReport> reports = ReplicaReport.find(directory);
        final PrintWriter out = spec.commandLine().getOut();
        if (isJson)
        {
            printJson(out, reports);
        }
        else
        {
            printTable(out, reports);
        }
        out.flush();
        return reports.stream().anyMatch(ReplicaReport::isRunning) ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private void printTable(final PrintWriter out, final List<ReplicaReport> reports)
    {
        if (reports.isEmpty())
        {
            out.println("No replica runs below " + directory + ".");
            return;
        }
        long newest = 0;
        for (final ReplicaReport report : reports)
        {
            newest = Math.max(newest, report.get(ReplicaCounter.EXECUTED_SEQUENCE));
        }
        out.printf(Locale.ROOT, ROW, "id", "pid", "role", "view", "sequence", "executed", "stable", "position", "lag",
            "start", "awaited", "rejects", "drops", "errors");
        for (final ReplicaReport report : reports)
        {
            printRow(out, report, newest);
        }
    }

    private static void printRow(final PrintWriter out, final ReplicaReport report, final long newest)
    {
        if (!report.isRunning())
        {
            out.printf(Locale.ROOT, "%-3s %-8s %s%n", report.replicaId(), report.pid(), "killed");
            return;
        }
        final long executed = report.get(ReplicaCounter.EXECUTED_SEQUENCE);
        out.printf(Locale.ROOT, ROW,
            report.replicaId(), report.pid(), 1 == report.get(ReplicaCounter.IS_PRIMARY) ? "primary" : "backup",
            report.get(ReplicaCounter.VIEW), report.get(ReplicaCounter.SEQUENCE), executed,
            report.get(ReplicaCounter.STABLE_SEQUENCE), report.get(ReplicaCounter.NEXT_POSITION) - 1,
            newest - executed, report.get(ReplicaCounter.INCARNATION),
            report.get(ReplicaCounter.AWAITED_SEQUENCE), report.get(ReplicaCounter.FRAME_REJECTIONS),
            report.get(ReplicaCounter.PEER_DROPS), report.distinctErrors());
    }

    private static void printJson(final PrintWriter out, final List<ReplicaReport> reports)
    {
        out.println("[");
        for (int i = 0; i < reports.size(); i++)
        {
            final ReplicaReport report = reports.get(i);
            out.print("  {\"id\": " + report.replicaId() + ", \"pid\": " + report.pid() + ", \"running\": " +
                report.isRunning() + ", \"errors\": " + report.distinctErrors());
            report.details().forEach((label, value) ->
                out.print(",\n   \"" + label.replace("tagma " + report.replicaId() + " ", "") + "\": " + value));
            out.println(i < reports.size() - 1 ? "}," : "}");
        }
        out.println("]");
    }
}
