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
package io.tagma.perf.compare;

import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.LocalClusterSettings;
import io.tagma.perf.load.LoadOptions;
import io.tagma.perf.load.LoadRun;

import java.util.Map;

/**
 * Tagma: replica processes with authentication and journal, settings as they come unless they are given.
 */
final class TagmaContender implements Contender
{
    private final String name;
    private final int replicas;
    private final boolean isPowerDurable;
    private final Map<String, String> settings;

    TagmaContender(
        final String name, final int replicas, final boolean isPowerDurable, final Map<String, String> settings)
    {
        this.name = name;
        this.replicas = replicas;
        this.isPowerDurable = isPowerDurable;
        this.settings = settings;
    }

    @Override
    public String name()
    {
        return name;
    }

    @Override
    public String conditions()
    {
        return replicas + (1 == replicas ? " replica" : " replicas") + ", durability " + durability() +
            (settings.isEmpty() ? "" : ", " + settings);
    }

    private String durability()
    {
        return isPowerDurable ? "power" : "process";
    }

    @Override
    public LoadRun measure(final LoadOptions options)
    {
        final LocalClusterSettings cluster = new LocalClusterSettings()
            .replicas(replicas)
            .workload(options.workload())
            .replicaSetting("durability", durability());
        settings.forEach(cluster::replicaSetting);
        final LoadRun run = new LoadRun(options);
        try (LocalCluster local = new LocalCluster(cluster))
        {
            local.start();
            run.run(local.clientContext(), () -> {}, () -> {});
            final int status = local.stop();
            if (0 != status)
            {
                run.failures().add("a replica ended with status " + status);
            }
        }
        return run;
    }
}
