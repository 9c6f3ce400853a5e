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
package io.tagma.perf;

import io.tagma.journal.ChronicleSilence;
import io.tagma.journal.JournalException;
import io.tagma.ordering.authentication.KeyException;
import io.tagma.ordering.cli.InitCommand;
import io.tagma.ordering.cli.LogCommand;
import io.tagma.ordering.cli.RecoverCommand;
import io.tagma.ordering.cli.Refusals;
import io.tagma.ordering.cli.ReplicaCommand;
import io.tagma.ordering.cli.StatusCommand;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.simulation.SimulateCommand;
import io.tagma.perf.compare.CompareCommand;
import io.tagma.perf.demo.DemoCommand;
import io.tagma.perf.doctor.DoctorCommand;
import io.tagma.perf.drill.DrillCommand;
import io.tagma.perf.load.LoadCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.PrintWriter;

/**
 * The command line. Exit statuses: 0 fine; 1 what was asked failed; 64 wrong usage; 75 cannot go on now (disk full,
 * fail-stop); 78 a configuration, key file or journal was refused.
 */
@Command(
    name = "tagma",
    description = "A Byzantine fault tolerant ordering service.",
    mixinStandardHelpOptions = true,
    versionProvider = Tagma.Version.class,
    subcommands = {
        DemoCommand.class,
        DrillCommand.class,
        LoadCommand.class,
        CompareCommand.class,
        DoctorCommand.class,
        InitCommand.class,
        ReplicaCommand.class,
        StatusCommand.class,
        LogCommand.class,
        RecoverCommand.class,
        SimulateCommand.class,
        OrdersCommand.class,
        CommandLine.HelpCommand.class,
    })
public final class Tagma
{
    /** Exit status of wrong usage. */
    public static final int EXIT_USAGE = 64;

    private Tagma()
    {
    }

    /**
     * Runs a command and ends the process with its exit status.
     *
     * @param arguments the command and its options.
     */
    public static void main(final String[] arguments)
    {
        ChronicleSilence.apply();
        System.exit(run(arguments));
    }

    /**
     * Runs a command in this process.
     *
     * @param arguments the command and its options.
     * @return the exit status.
     */
    public static int run(final String... arguments)
    {
        final CommandLine commandLine = new CommandLine(new Tagma());
        commandLine.setParameterExceptionHandler(Tagma::onWrongUsage);
        commandLine.setExecutionExceptionHandler(Tagma::onException);
        if (0 == arguments.length)
        {
            commandLine.usage(commandLine.getErr());
            return EXIT_USAGE;
        }
        return commandLine.execute(arguments);
    }

    private static int onWrongUsage(final CommandLine.ParameterException ex, final String[] arguments)
    {
        final PrintWriter err = ex.getCommandLine().getErr();
        err.println(ex.getMessage());
        err.println("See: " + ex.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return EXIT_USAGE;
    }

    private static int onException(
        final Exception ex,
        final CommandLine commandLine,
        final CommandLine.ParseResult parseResult)
    {
        if (ex instanceof ConfigurationException || ex instanceof KeyException || ex instanceof JournalException)
        {
            return Refusals.report(ex, commandLine);
        }
        // One sentence for the operator; the trace is for who asks for it.
        commandLine.getErr().println(null == ex.getMessage() ? ex.toString() : ex.getMessage());
        if (Boolean.getBoolean("tagma.trace"))
        {
            ex.printStackTrace(commandLine.getErr());
        }
        return 1;
    }

    /**
     * Says which version this is.
     */
    static final class Version implements CommandLine.IVersionProvider
    {
        Version()
        {
        }

        @Override
        public String[] getVersion()
        {
            final String version = Tagma.class.getPackage().getImplementationVersion();
            return new String[]{"tagma " + (null == version ? "(not packaged)" : version)};
        }
    }
}
