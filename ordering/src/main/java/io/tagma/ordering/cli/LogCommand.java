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

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Looks into the journals of replicas, running or stopped.
 */
@Command(
    name = "log",
    description = {
        "Looks into the journals of replicas, running or stopped; changes nothing.",
        "DIR is the directory of a replica or of its journal."},
    subcommands = {LogPrintCommand.class, LogVerifyCommand.class, LogCompareCommand.class},
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
public final class LogCommand implements Runnable
{
    @Spec
    private CommandSpec spec;

    @Override
    public void run()
    {
        throw new ParameterException(spec.commandLine(), "say what to do: print, verify or compare");
    }
}
