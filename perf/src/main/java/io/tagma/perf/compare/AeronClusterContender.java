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

import io.tagma.perf.load.LoadOptions;
import io.tagma.perf.load.LoadRun;
import io.tagma.perf.peer.AeronClusterProcesses;
import io.tagma.perf.peer.AeronClusterTuning;

import java.util.Map;

/**
 * Aeron Cluster: three nodes that crash and don't lie.
 */
final class AeronClusterContender implements Contender
{
    private static final int NODES = 3;

    private final AeronClusterTuning tuning;
    private final int syncLevel;

    AeronClusterContender(final AeronClusterTuning tuning, final boolean isPowerDurable)
    {
        this.tuning = tuning;
        syncLevel = isPowerDurable ? 1 : 0;
    }

    @Override
    public String name()
    {
        return "aeron-cluster-" + tuning.label();
    }

    @Override
    public String conditions()
    {
        return NODES + " nodes, archive sync level " + syncLevel;
    }

    @Override
    public LoadRun measure(final LoadOptions options)
    {
        final LoadRun run = new LoadRun(options);
        try (AeronClusterProcesses cluster = new AeronClusterProcesses(NODES, tuning, syncLevel, Map.of()))
        {
            cluster.start();
            run.run(cluster::connect, () -> {}, () -> {});
        }
        return run;
    }
}
