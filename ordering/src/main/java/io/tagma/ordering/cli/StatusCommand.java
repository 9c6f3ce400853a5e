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

import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.ordering.replica.ReplicaReport;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
    private static final String ROW = "%-3s %-8s %-8s %6s %10s %10s %10s %12s %5s %5s %8s %8s %8s %8s %6s  %s%n";

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
        final ClusterConfiguration configuration = configuration();
        final List<Seen> replicas = replicas(reports, configuration);
        final Situation situation = new Situation(replicas, configuration);
        final PrintWriter out = spec.commandLine().getOut();
        if (isJson)
        {
            printJson(out, reports, situation);
        }
        else
        {
            printTable(out, reports, replicas, situation);
        }
        out.flush();
        return reports.stream().anyMatch(ReplicaReport::isRunning) ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /** Of the cluster whose directory it is, or whose replica's. */
    private ClusterConfiguration configuration()
    {
        final Path file = clusterFile(directory);
        return null == file ? null : ClusterConfiguration.load(file);
    }

    private static Path clusterFile(final Path directory)
    {
        final Path here = directory.resolve(GeneratedCluster.CLUSTER_FILE);
        final Path above = directory.toAbsolutePath().resolveSibling(GeneratedCluster.CLUSTER_FILE);
        return Files.isRegularFile(here) ? here : Files.isRegularFile(above) ? above : null;
    }

    /** Those that report, and the others of the cluster, by id. */
    private List<Seen> replicas(final List<ReplicaReport> reports, final ClusterConfiguration configuration)
    {
        final Map<Integer, Seen> replicas = new TreeMap<>();
        reports.forEach((report) -> replicas.put(report.replicaId(), Seen.of(report)));
        final boolean isOfCluster = Files.isRegularFile(directory.resolve(GeneratedCluster.CLUSTER_FILE));
        for (int id = 0; isOfCluster && id < configuration.replicaCount(); id++)
        {
            final boolean isHere = Files.isDirectory(
                GeneratedCluster.replicaDirectory(directory, id).resolve(GeneratedCluster.JOURNAL_DIRECTORY));
            replicas.putIfAbsent(id, Seen.absent(id, isHere ? Seen.Presence.STOPPED : Seen.Presence.ELSEWHERE));
        }
        return List.copyOf(replicas.values());
    }

    private void printTable(
        final PrintWriter out,
        final List<ReplicaReport> reports,
        final List<Seen> replicas,
        final Situation situation)
    {
        if (reports.isEmpty())
        {
            out.println("No replica runs below " + directory + ".");
            return;
        }
        out.printf(Locale.ROOT, ROW, "id", "pid", "role", "view", "sequence", "executed", "stable", "position", "lag",
            "start", "durable", "awaited", "rejects", "drops", "errors", "state");
        for (final Seen replica : replicas)
        {
            final ReplicaReport report = reports.stream()
                .filter((candidate) -> replica.id() == candidate.replicaId()).findFirst().orElse(null);
            printRow(out, replica, report, situation);
        }
        situation.warnings().forEach(out::println);
    }

    private static void printRow(
        final PrintWriter out, final Seen replica, final ReplicaReport report, final Situation situation)
    {
        if (!replica.isRunning())
        {
            out.printf(Locale.ROOT, "%-3s %-8s %-118s%s%n", replica.id(), null == report ? "-" : report.pid(), "",
                situation.state(replica));
            return;
        }
        out.printf(Locale.ROOT, ROW,
            replica.id(), report.pid(), replica.isPrimary() ? "primary" : "backup", replica.view(),
            report.get(ReplicaCounter.SEQUENCE), replica.executed(), report.get(ReplicaCounter.STABLE_SEQUENCE),
            report.get(ReplicaCounter.NEXT_POSITION) - 1, situation.lag(replica),
            report.get(ReplicaCounter.INCARNATION), replica.isPowerDurable() ? "power" : "process",
            replica.awaited(), report.get(ReplicaCounter.FRAME_REJECTIONS),
            report.get(ReplicaCounter.PEER_DROPS), report.distinctErrors(), situation.state(replica));
    }

    private static void printJson(
        final PrintWriter out, final List<ReplicaReport> reports, final Situation situation)
    {
        out.println("[");
        for (int i = 0; i < reports.size(); i++)
        {
            final ReplicaReport report = reports.get(i);
            out.print("  {\"id\": " + report.replicaId() + ", \"pid\": " + report.pid() + ", \"running\": " +
                report.isRunning() + ", \"errors\": " + report.distinctErrors() + ", \"state\": \"" +
                situation.state(Seen.of(report)) + "\"");
            report.details().forEach((label, value) ->
                out.print(",\n   \"" + label.replace("tagma " + report.replicaId() + " ", "") + "\": " + value));
            out.println(i < reports.size() - 1 ? "}," : "}");
        }
        out.println("]");
    }
}
