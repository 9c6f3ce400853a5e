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

import io.tagma.ordering.audit.LogPrinter;
import io.tagma.ordering.configuration.ClusterConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints the agreed order, or the records of a journal.
 */
@Command(
    name = "print",
    description = "Prints the batches that a replica committed, in order.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
public final class LogPrintCommand extends LogStep
{
    @Parameters(paramLabel = "DIR", description = "Directory of the replica or of its journal.")
    private Path directory;

    @Option(names = "--from", paramLabel = "N", defaultValue = "1", description = "First sequence; 1 unless given.")
    private long from;

    @Option(names = "--to", paramLabel = "N", description = "Last sequence; the last there is unless given.")
    private Long to;

    @Option(names = "--json", description = "One JSON object for each batch, a line each.")
    private boolean json;

    @Option(
        names = "--records",
        description = "Prints every journal record instead, votes and barriers too; then N are record numbers.")
    private boolean records;

    @Option(names = "--cluster", paramLabel = "FILE", description = "The cluster file; needed for --records.")
    private Path clusterFile;

    @Override
    boolean run(final PrintWriter out)
    {
        final long last = null == to ? Long.MAX_VALUE : to;
        final LogPrinter printer = new LogPrinter(out);
        if (!records)
        {
            sayBeginning();
            printer.printBatches(directory, from, last, json);
            return true;
        }
        if (null == clusterFile || json)
        {
            throw usage("--records needs --cluster, whose limits it reads by, and prints text only");
        }
        printer.printRecords(directory, from, last, ClusterConfiguration.load(clusterFile));
        return true;
    }

    /** Beside what is printed: that may be JSON. */
    private void sayBeginning()
    {
        final String beginning = LogPrinter.beginning(directory);
        if (null != beginning)
        {
            err().println(beginning);
        }
        LogPrinter.epochs(directory).forEach(err()::println);
        err().flush();
    }
}
