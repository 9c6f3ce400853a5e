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

import io.tagma.ordering.audit.LogVerification;
import io.tagma.ordering.configuration.ClusterConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Checks a journal: all that it says of itself, and what a quorum signed for it.
 */
@Command(
    name = "verify",
    description = {
        "Checks a journal: checksums, record numbers, barriers, batch digests, the tree, the certificates.",
        "One line for each check; the exit status is 0 if none failed."},
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
public final class LogVerifyCommand extends LogStep
{
    @Parameters(paramLabel = "DIR", description = "Directory of the replica or of its journal.")
    private Path directory;

    @Option(
        names = "--cluster",
        paramLabel = "FILE",
        description = "The cluster file, with the keys that the certificates' signatures are checked by.")
    private Path clusterFile;

    @Override
    boolean run(final PrintWriter out)
    {
        final ClusterConfiguration cluster = null == clusterFile ? null : ClusterConfiguration.load(clusterFile);
        final LogVerification verification = LogVerification.of(directory, cluster);
        verification.checks().forEach(out::println);
        return verification.isFine();
    }
}
