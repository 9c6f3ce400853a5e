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

import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.GeneratedCluster;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes the empty journal of one replica, once its keys and the cluster file are there.
 */
@Command(
    name = "journal",
    description = "Makes the empty journal of one replica beside its keys. A replica never starts without a journal.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
final class InitJournalCommand extends InitStep
{
    @Option(names = "--cluster", paramLabel = "FILE", required = true, description = "Cluster file.")
    private Path clusterFile;

    @Option(names = "--replica", paramLabel = "ID", required = true, description = "Id of the replica.")
    private int replicaId;

    @Option(
        names = "--dir",
        paramLabel = "DIR",
        required = true,
        description = "Directory of the replica: its keys are in DIR/keys, its journal will be in DIR/journal.")
    private Path directory;

    @Override
    void run(final PrintWriter out)
    {
        final ClusterConfiguration configuration = ClusterConfiguration.load(clusterFile);
        // Only to refuse a journal for somebody else's keys: the journal itself takes the public one.
        configuration.loadKeys(
            PartyKind.REPLICA, replicaId, directory.resolve(GeneratedCluster.KEYS_DIRECTORY));
        if (configuration.epochChain().length() > 0)
        {
            throw new ConfigurationException("cluster file " + clusterFile + " is of a cluster that was recovered: a " +
                "new journal would forget what the replica said before; give it the journal that it had");
        }
        final Path journal = ReplicaJournal.create(configuration, replicaId, directory);
        out.println("Journal of replica " + replicaId + " in " + journal + ": empty, and for this replica only.");
    }
}
