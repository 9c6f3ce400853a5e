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

import io.tagma.journal.JournalException;
import io.tagma.ordering.authentication.KeyException;
import io.tagma.ordering.configuration.ConfigurationException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns a refusal into one sentence on standard error and an exit status. The main class installs it for all commands.
 */
public final class Refusals implements IExecutionExceptionHandler
{
    @Override
    public int handleExecutionException(
        final Exception exception, final CommandLine commandLine, final ParseResult parseResult)
    {
        return report(exception, commandLine);
    }

    /**
     * Prints what was refused.
     *
     * @param exception   that says so.
     * @param commandLine of the command that met it.
     * @return the exit status that it deserves.
     */
    public static int report(final Exception exception, final CommandLine commandLine)
    {
        final PrintWriter err = commandLine.getErr();
        final int status = status(exception);
        if (ExitStatus.FAILED == status)
        {
            // Not a refusal: something that nobody thought of, so whoever mends it needs to see where.
            exception.printStackTrace(err);
        }
        else
        {
            err.println(commandLine.getCommandSpec().qualifiedName() + ": " + exception.getMessage());
        }
        err.flush();
        return status;
    }

    private static int status(final Exception exception)
    {
        if (exception instanceof ConfigurationException || exception instanceof KeyException)
        {
            return ExitStatus.REFUSED;
        }
        if (exception instanceof JournalException refusal)
        {
            return refusal.reason().exitStatus();
        }
        return ExitStatus.FAILED;
    }
}
