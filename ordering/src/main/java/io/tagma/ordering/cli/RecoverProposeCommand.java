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

import io.tagma.journal.ChronicleSilence;
import io.tagma.ordering.audit.LeftJournal;
import io.tagma.ordering.audit.LogException;
import io.tagma.ordering.audit.RecoveryProof;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.RecoveryFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Finds the highest certificate that can be proved, writes the recovery file, and says what is lost.
 */
@Command(
    name = "propose",
    description = {
        "Finds the highest certificate in what is left, writes a recovery file that nobody has signed, and says what",
        "is lost. Give it the journals of ALL replicas that are left; where they lie on different hosts, propose at",
        "each host, and then once more from the recovery files of all."},
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
final class RecoverProposeCommand extends InitStep
{
    @Option(names = "--cluster", paramLabel = "FILE", required = true, description = "Cluster file.")
    private Path clusterFile;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Recovery file to make.")
    private Path recoveryFile;

    @Parameters(
        arity = "1..*",
        paramLabel = "DIR|FILE",
        description = "Directories of replicas or of their journals; recovery files that others proposed.")
    private List<Path> sources;

    private final List<LeftJournal> journals = new ArrayList<>();
    private long sequence;
    private byte[] certificate = new byte[0];

    @Override
    void run(final PrintWriter out)
    {
        ChronicleSilence.apply();
        final ClusterConfiguration cluster = ClusterConfiguration.load(clusterFile);
        for (final Path source : sources)
        {
            if (Files.isRegularFile(source))
            {
                final RecoveryFile other =
                    RecoveryProof.of(RecoveryFile.load(source, cluster.administrators()), cluster).file();
                out.println(source + ": a certificate for sequence " + other.sequence() + ".");
                candidate(cluster, source, other.sequence(), other.certificate());
            }
            else
            {
                read(out, cluster, source);
            }
        }
        final RecoveryFile recovery = RecoveryProof.propose(cluster, sequence, certificate);
        recovery.store(recoveryFile);
        report(out, cluster, recovery);
    }

    private void read(final PrintWriter out, final ClusterConfiguration cluster, final Path directory)
    {
        final LeftJournal journal = LeftJournal.of(directory);
        if (journal.identity().clusterId() != cluster.clusterId() || journal.identity().epoch() != cluster.epoch() ||
            journal.identity().replicaId() >= cluster.replicaCount())
        {
            throw new ConfigurationException("The journal " + directory + " is of " + journal.identity() +
                ", and not of epoch " + cluster.epoch() + " of the cluster in " + clusterFile + ".");
        }
        out.println("Replica " + journal.identity().replicaId() + " (" + directory + "): executed up to " +
            journal.executedSequence() + ", certificate for " + journal.certifiedSequence() +
            (journal.isAmnesiac() ? ", does not vote after amnesia." : ", does not say that it forgot anything."));
        journals.add(journal);
        candidate(cluster, directory, journal.certifiedSequence(), journal.certificate());
    }

    private void candidate(
        final ClusterConfiguration cluster, final Path source, final long certified, final byte[] bytes)
    {
        if (certified > sequence)
        {
            try
            {
                RecoveryProof.propose(cluster, certified, bytes);
            }
            catch (final ConfigurationException ex)
            {
                throw new ConfigurationException(source + ": " + ex.getMessage(), ex);
            }
            sequence = certified;
            certificate = bytes;
        }
    }

    private void report(final PrintWriter out, final ClusterConfiguration cluster, final RecoveryFile recovery)
    {
        out.println();
        out.println(0 == sequence ?
            "NO CERTIFICATE is left: epoch " + recovery.epoch() + " would begin from nothing, and EVERYTHING that " +
            "was ever ordered would be lost." :
            "Epoch " + recovery.epoch() + " would begin behind sequence " + sequence +
            ", which replicas of a quorum have certified.");
        out.println("What is lost, by these journals:");
        for (final LeftJournal journal : journals)
        {
            out.println("  replica " + journal.identity().replicaId() + ": " + lost(journal));
        }
        out.println("Any of these requests may have been acknowledged to its client. Clients that hold an answer to " +
            "one must ask what became of it, or send it again.");
        warn(out, cluster);
        out.println("Recovery file " + recoveryFile + ": for " + cluster.administrators().threshold() + " of " +
            cluster.administrators().members().size() + " administrators to sign (tagma recover sign).");
    }

    private String lost(final LeftJournal journal)
    {
        if (journal.executedSequence() <= sequence)
        {
            return "nothing" + (journal.executedSequence() < sequence ?
                "; it is behind, and gets up to " + sequence + " from the others" : "");
        }
        final String batches = "sequences " + (sequence + 1) + " to " + journal.executedSequence() + ", ";
        try
        {
            return batches + journal.requestsBehind(sequence) + " executed requests";
        }
        catch (final LogException ex)
        {
            return batches + "requests that cannot be counted (" + ex.getMessage() + ")";
        }
    }

    private void warn(final PrintWriter out, final ClusterConfiguration cluster)
    {
        final String missing = IntStream.range(0, cluster.replicaCount())
            .filter(id -> journals.stream().noneMatch(journal -> id == journal.identity().replicaId()))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
        if (!missing.isEmpty())
        {
            out.println("WARNING: the journals of replicas " + missing + " were not read. If one of them holds a " +
                "later certificate, more is lost than must be: read them before anybody signs.");
        }
        final int forgotten = journals.stream().filter(LeftJournal::isAmnesiac)
            .mapToInt(journal -> cluster.replica(journal.identity().replicaId()).weight()).sum();
        if (forgotten <= cluster.faultyWeight())
        {
            out.println("WARNING: by these journals replicas of weight " + forgotten + " forgot votes, and F = " +
                cluster.faultyWeight() + ". That alone does not stop a cluster: start all replicas and look at tagma " +
                "status before you give up requests that were acknowledged.");
        }
    }
}
