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
package io.tagma.perf.drill;

import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.LocalClusterSettings;

import java.util.function.Consumer;

/**
 * Trouble of one kind. Has no state: what it finds goes to the stage.
 */
interface Drill
{
    /**
     * Before anything is made.
     *
     * @param settings of the cluster.
     */
    default void settle(final LocalClusterSettings settings)
    {
    }

    /**
     * Before anything is started.
     *
     * @param cluster that is made.
     */
    default void prepare(final LocalCluster cluster)
    {
    }

    /**
     * All replicas run, and the client that is measured has sent nothing yet.
     *
     * @param cluster that runs.
     * @param options of the drill.
     * @param say     takes lines for people.
     */
    default void beforehand(final LocalCluster cluster, final DrillOptions options, final Consumer<String> say)
    {
    }

    /**
     * Makes the trouble and waits until the cluster is at full strength again, on the operator's thread.
     *
     * @param stage to act on.
     */
    void run(DrillStage stage);
}
