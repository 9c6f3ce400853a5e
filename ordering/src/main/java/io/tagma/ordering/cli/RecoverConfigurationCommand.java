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

import io.tagma.ordering.audit.RecoveryProof;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.RecoveryFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes the cluster file of the epoch that begins.
 */
@Command(
    name = "configuration",
    description = "Makes the cluster file of the next epoch: replicas and clients need it from then on.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
final class RecoverConfigurationCommand extends InitStep
{
    @Option(names = "--cluster", paramLabel = "FILE", required = true, description = "Cluster file so far.")
    private Path clusterFile;

    @Option(names = "--recovery", paramLabel = "FILE", required = true, description = "Recovery file, signed.")
    private Path recoveryFile;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Cluster file to make.")
    private Path file;

    @Override
    void run(final PrintWriter out)
    {
        final ClusterConfiguration cluster = ClusterConfiguration.load(clusterFile);
        final ClusterConfiguration next = RecoveryProof.of(
            RecoveryFile.load(recoveryFile, cluster.administrators()), cluster).requireThreshold().after();
        next.store(file);
        ClusterReport.print(out, file, next);
        out.println("Give it to every replica and every client in the place of the one before. Clients begin new " +
            "sessions, and can ask there what became of their last requests.");
    }
}
