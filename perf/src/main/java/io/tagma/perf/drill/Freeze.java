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
 * Stops whoever leads from running, and lets it go on as if nothing had been.
 */
final class Freeze implements Drill
{
    private static final double NS_PER_MS = 1e6;

    @Override
    public void run(final DrillStage stage)
    {
        final long view = stage.view();
        final ReplicaProcess primary = stage.cluster().primary();
        final long signalNs = stage.watch().nowNs();
        stage.watch().watchWithout(primary.id());
        stage.operator().freeze(primary);
        final long gapNs = stage.watch().awaitGapNs();
        stage.figure("freezeToCommitNs", gapNs);
        stage.say("next commit %,.1f ms after the freeze", gapNs / NS_PER_MS);
        final long spentMs = TimeUnit.NANOSECONDS.toMillis(stage.watch().nowNs() - signalNs);
        Patience.pause(Math.max(0, TimeUnit.SECONDS.toMillis(stage.options().forS()) - spentMs));
        stage.operator().thaw(primary);
        stage.operator().awaitCaughtUp(primary);
        stage.awaitFullStrength();
        stage.find("viewChanged", stage.view() > view, "the view was %d and is %d", view, stage.view());
    }
}
