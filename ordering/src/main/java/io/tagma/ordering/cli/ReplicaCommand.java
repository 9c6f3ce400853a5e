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

import io.tagma.journal.ChronicleSilence;
import io.tagma.ordering.replica.ReplicaContext;
import io.tagma.ordering.replica.ReplicaNode;
import io.tagma.ordering.replica.ReplicaSetting;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs one replica until it is told to stop. SIGTERM and SIGINT stop it in order.
 */
@Command(
    name = "replica",
    description = "Runs one replica until SIGTERM or SIGINT.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
public final class ReplicaCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--cluster", paramLabel = "FILE", description = "Cluster file.")
    private Path clusterFile;

    @Option(names = "--id", paramLabel = "ID", description = "Id of the replica.")
    private Integer replicaId;

    @Option(names = "--dir", paramLabel = "DIR", description = "Directory of the replica: keys, journal.")
    private Path directory;

    @Option(names = "--service", paramLabel = "NAME", description = "Service: echo, exchange, or a class name.")
    private String service;

    @Option(names = "--durability", paramLabel = "MODE",
        description = "process: survives kill -9; power: survives a power loss.")
    private String durability;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings file; see docs/operations.md.")
    private Path settingsFile;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "One setting, over the file's.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    /**
     * Runs the replica.
     *
     * @return the exit status; what is refused is thrown, see {@link Refusals}.
     */
    @Override
    public Integer call()
    {
        ChronicleSilence.apply();
        try (ReplicaNode node = ReplicaNode.launch(context()))
        {
            return run(node);
        }
    }

    private ReplicaContext context()
    {
        final ReplicaContext context = new ReplicaContext();
        if (null != settingsFile)
        {
            context.load(settingsFile);
        }
        settings.forEach((key, value) -> context.set(key, value, "-D"));
        set(context, ReplicaSetting.CLUSTER_FILE, clusterFile);
        set(context, ReplicaSetting.REPLICA_ID, replicaId);
        set(context, ReplicaSetting.DIRECTORY, directory);
        set(context, ReplicaSetting.SERVICE, service);
        set(context, ReplicaSetting.DURABILITY, durability);
        return context;
    }

    private static void set(final ReplicaContext context, final ReplicaSetting setting, final Object value)
    {
        if (null != value)
        {
            context.set(setting, value.toString());
        }
    }

    private int run(final ReplicaNode node)
    {
        final PrintWriter out = spec.commandLine().getOut();
        StopSignals.onStop(node::stop);
        out.println(node.readyLine());
        out.flush();
        try
        {
            node.awaitStop();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        node.close();
        if (null != node.failure())
        {
            spec.commandLine().getErr().println("The replica stopped: " + node.failure().getMessage());
            return ExitStatus.UNAVAILABLE;
        }
        out.println(node.stoppedLine());
        out.flush();
        return ExitStatus.OK;
    }
}
