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
 * Brings a cluster back that stopped for good, because replicas of more than F forgot votes with the power.
 */
@Command(
    name = "recover",
    description = {
        "Brings a cluster back that stopped for good, because hosts of more than F lost power at once.",
        "It gives up what was executed behind the last certificate, ACKNOWLEDGED REQUESTS INCLUDED. Off-line, in turn:",
        "  propose        once, from the journals that are left: which certificate, and what is lost",
        "  sign           each administrator, until there are enough",
        "  configuration  once: the cluster file that replicas and clients need from then on",
        "  apply          at each replica, while it is stopped",
        "docs/operations.md tells it step by step."},
    subcommands = {
        RecoverProposeCommand.class,
        RecoverSignCommand.class,
        RecoverConfigurationCommand.class,
        RecoverApplyCommand.class},
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
public final class RecoverCommand implements Runnable
{
    @Spec
    private CommandSpec spec;

    @Override
    public void run()
    {
        throw new ParameterException(
            spec.commandLine(), "say what to do: propose, sign, configuration or apply");
    }
}
