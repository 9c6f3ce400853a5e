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

import io.tagma.ordering.audit.LogComparison;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Compares the orders of several replicas.
 */
@Command(
    name = "compare",
    description = {
        "Compares the orders of several replicas: what all of them hold must be equal byte for byte.",
        "The exit status is 0 if it is."},
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
public final class LogCompareCommand extends LogStep
{
    @Parameters(paramLabel = "DIR", arity = "2..*", description = "Directories of the replicas or of their journals.")
    private List<Path> directories;

    @Option(names = "--require-equal-length", description = "Fails too if one log is longer than another.")
    private boolean requireEqualLength;

    @Override
    boolean run(final PrintWriter out)
    {
        final LogComparison comparison = LogComparison.of(directories);
        comparison.report().forEach(out::println);
        return comparison.isEqual() && (!requireEqualLength || comparison.isEqualLength());
    }
}
