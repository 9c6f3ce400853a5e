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
package io.tagma.perf.cluster;

import io.tagma.ordering.configuration.ClusterLimits;
import io.tagma.ordering.transport.TimeSlice;
import io.tagma.tuning.JvmFlags;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a local cluster is to be like.
 */
public final class LocalClusterSettings
{
    private final Map<String, String> replicaSettings = new TreeMap<>();
    private ClusterLimits limits = new ClusterLimits();
    private int replicas = 4;
    private int clients = 1;
    private String heap = "256m";
    private Path directory;

    /**
     * Four replicas of the echo service, in a temporary directory. They yield when idle, and run in short time slices:
     * more processes than processors are the rule here, and the cluster does not live long enough for the power that
     * this takes to matter.
     */
    public LocalClusterSettings()
    {
        replicaSettings.put("service", "echo");
        replicaSettings.put("idle", "yield");
        replicaSettings.put("time.slice.ns", Long.toString(TimeSlice.MIN_NS));
    }

    /**
     * Sets how many replicas there are.
     *
     * @param value from 1.
     * @return this.
     */
    public LocalClusterSettings replicas(final int value)
    {
        replicas = value;
        return this;
    }

    /**
     * How many replicas there are.
     *
     * @return their number.
     */
    public int replicas()
    {
        return replicas;
    }

    /**
     * Sets how many clients are configured.
     *
     * @param value from 1.
     * @return this.
     */
    public LocalClusterSettings clients(final int value)
    {
        clients = value;
        return this;
    }

    int clients()
    {
        return clients;
    }

    /**
     * Sets what the replicas run.
     *
     * @param name of a service.
     * @return this.
     */
    public LocalClusterSettings workload(final String name)
    {
        return replicaSetting("service", name);
    }

    /**
     * Sets anything of every replica's configuration.
     *
     * @param key   of the setting.
     * @param value of it.
     * @return this.
     */
    public LocalClusterSettings replicaSetting(final String key, final String value)
    {
        replicaSettings.put(key, value);
        return this;
    }

    /**
     * Sets what the members agree on.
     *
     * @param value the limits.
     * @return this.
     */
    public LocalClusterSettings limits(final ClusterLimits value)
    {
        limits = value;
        return this;
    }

    ClusterLimits limits()
    {
        return limits;
    }

    /**
     * Sets the greatest heap of each replica.
     *
     * @param value as after -Xmx.
     * @return this.
     */
    public LocalClusterSettings heap(final String value)
    {
        heap = value;
        return this;
    }

    /**
     * Keeps everything, in this directory.
     *
     * @param value to make, or empty; null for a temporary one that is deleted in the end.
     * @return this.
     */
    public LocalClusterSettings keepIn(final Path value)
    {
        directory = value;
        return this;
    }

    boolean isKept()
    {
        return null != directory;
    }

    Path makeDirectory()
    {
        try
        {
            return null == directory ? Files.createTempDirectory("tagma-") : Files.createDirectories(directory);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    List<String> command(final int id, final Path clusterFile, final Path home, final Path aeronParent)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.arguments());
        // The replica makes next to no garbage: a small heap, a collector without threads of its own, and a young
        // generation of which little is touched for nothing, suit it.
        command.addAll(List.of("-Xms64m", "-Xmx" + heap, "-Xmn16m", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SupervisedMain.class.getName()));
        command.addAll(List.of("replica", "--cluster", clusterFile.toString()));
        command.addAll(List.of("--id", Integer.toString(id), "--dir", home.toString()));
        command.addAll(List.of("-D", "aeron.parent=" + aeronParent));
        replicaSettings.forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
        return command;
    }
}
