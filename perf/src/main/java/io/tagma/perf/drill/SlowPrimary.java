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

import io.tagma.perf.cluster.Patience;
import io.tagma.perf.cluster.ReplicaProcess;

import java.util.concurrent.TimeUnit;

/**
 * Leaves whoever leads a fifth of its time. It may keep its place or lose it: both are right.
 */
final class SlowPrimary implements Drill
{
    private static final int FROZEN_MS = 20;
    private static final int AWAKE_MS = 5;

    @Override
    public void run(final DrillStage stage)
    {
        final long view = stage.view();
        final ReplicaProcess primary = stage.cluster().primary();
        primary.starve(FROZEN_MS, AWAKE_MS);
        stage.say("replica %d, primary of view %d, runs %d ms of each %d ms", primary.id(), view, AWAKE_MS,
            FROZEN_MS + AWAKE_MS);
        Patience.pause(TimeUnit.SECONDS.toMillis(stage.options().forS()));
        stage.operator().thaw(primary);
        stage.awaitFullStrength();
        stage.figure("viewBefore", view);
        stage.figure("viewAfter", stage.view());
        stage.say("the view was %d and is %d", view, stage.view());
    }
}
