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

import io.tagma.ordering.authentication.MacAlgorithm;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.configuration.ReplicaMember;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes a whole cluster in one directory: cluster file, keys of all members, and an empty journal for each replica.
 */
@Command(
    name = "init",
    description = {
        "Makes a cluster in a new directory: the cluster file, the keys of all members, the journals.",
        "Where each organisation makes its own keys: init keys at each, init join once, init journal at each replica."},
    subcommands = {InitKeysCommand.class, InitJoinCommand.class, InitJournalCommand.class},
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
public final class InitCommand extends InitStep
{
    @Option(names = "--dir", paramLabel = "DIR", description = "Directory to make it in: new or empty.")
    private Path directory;

    @Option(names = "--replicas", paramLabel = "N", description = "Replicas, 1 to 64; 4 unless given.")
    private Integer replicas;

    @Option(names = "--clients", paramLabel = "M", defaultValue = "1", description = "Clients; 1 unless given.")
    private int clients;

    @Option(
        names = "--administrators",
        paramLabel = "K",
        defaultValue = "1",
        description = {
            "Administrators, most of whom must sign a recovery; 1 unless given.",
            "With 0 a cluster that stopped for good can never be brought back."})
    private int administrators;

    @Option(
        names = "--base-port",
        paramLabel = "P",
        defaultValue = "20000",
        description = "First of a run of UDP ports, two for each replica; 20000 unless given.")
    private int basePort;

    @Option(
        names = "--host",
        defaultValue = "localhost",
        description = "Host or address that all replicas listen on; localhost unless given.")
    private String host;

    @Option(
        names = "--weights",
        split = ",",
        paramLabel = "W",
        description = "Weight of each replica, by id, with commas between; all 1 unless given.")
    private int[] weights;

    @Option(
        names = "--mac",
        paramLabel = "ALGORITHM",
        converter = MacAlgorithmConverter.class,
        defaultValue = "aes-cmac",
        description = "Message authentication: aes-cmac or hmac-sha-256; aes-cmac unless given.")
    private MacAlgorithm macAlgorithm;

    @Override
    void run(final PrintWriter out)
    {
        if (null == directory)
        {
            throw usage("--dir is missing: it says where to make the cluster");
        }
        if (null != weights && null != replicas && weights.length != replicas)
        {
            throw usage("--weights gives " + weights.length + " weights for " + replicas + " replicas: one for each");
        }
        final GeneratedCluster.Builder builder = GeneratedCluster.builder()
            .clients(clients)
            .administrators(administrators)
            .host(host)
            .basePort(basePort)
            .macAlgorithm(macAlgorithm);
        if (null != weights)
        {
            builder.weights(weights);
        }
        else if (null != replicas)
        {
            builder.replicas(replicas);
        }
        // All that can be refused is refused before the first file is made.
        final GeneratedCluster cluster = builder.generate();
        requireEmpty(directory);
        cluster.store(directory);
        final ClusterConfiguration configuration = cluster.configuration();
        for (int id = 0; id < configuration.replicaCount(); id++)
        {
            ReplicaJournal.create(configuration, id, GeneratedCluster.replicaDirectory(directory, id));
        }
        report(out, configuration);
    }

    private void report(final PrintWriter out, final ClusterConfiguration configuration)
    {
        final Path clusterFile = directory.resolve(GeneratedCluster.CLUSTER_FILE);
        ClusterReport.print(out, clusterFile, configuration);
        for (int id = 0; id < configuration.replicaCount(); id++)
        {
            final ReplicaMember replica = configuration.replica(id);
            out.println(
                "  replica " + id + " in " + GeneratedCluster.replicaDirectory(directory, id) +
                ": keys, journal; peers " + replica.peerEndpoint() + ", clients " + replica.ingressEndpoint());
        }
        for (int id = 1; id <= configuration.clientCount(); id++)
        {
            out.println("  client " + id + " in " + GeneratedCluster.clientDirectory(directory, id) + ": keys");
        }
        for (int number = 1; number <= configuration.administrators().members().size(); number++)
        {
            out.println("  administrator in " + GeneratedCluster.administratorDirectory(directory, number) +
                ": key; keep it off the replicas' hosts");
        }
    }

    private static void requireEmpty(final Path directory)
    {
        if (!Files.exists(directory))
        {
            return;
        }
        if (!Files.isDirectory(directory))
        {
            throw new ConfigurationException(directory + " is not a directory");
        }
        try (Stream<Path> entries = Files.list(directory))
        {
            if (entries.findAny().isPresent())
            {
                throw new ConfigurationException(
                    "directory " + directory + " is not empty: keys and journals are never written over");
            }
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException("directory " + directory + " cannot be read: " + ex, ex);
        }
    }
}
