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
import io.tagma.perf.peer.BftSmartProcesses;

/**
 * The fork of BFT-SMaRt that Maven Central has: four replicas of which one may lie, as Tagma's.
 */
final class BftSmartContender implements Contender
{
    @Override
    public String name()
    {
        return Peer.BFT_SMART.label() + "-fork";
    }

    @Override
    public String conditions()
    {
        return BftSmartProcesses.conditions();
    }

    @Override
    public LoadRun measure(final LoadOptions options)
    {
        final LoadRun run = new LoadRun(options);
        try (BftSmartProcesses cluster = new BftSmartProcesses())
        {
            cluster.start();
            run.run(cluster::connect, () -> {}, () -> {});
        }
        return run;
    }
}
