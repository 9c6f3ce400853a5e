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

/**
 * Kills whoever leads, again and again, each time at full strength.
 */
final class SilentPrimary implements Drill
{
    private static final long MS_PER_S = 1_000;
    private static final double NS_PER_MS = 1e6;

    @Override
    public void run(final DrillStage stage)
    {
        final KillTimes times = new KillTimes();
        boolean hasRisen = true;
        for (int i = 1; i <= stage.options().times(); i++)
        {
            final long view = stage.view();
            final ReplicaProcess primary = stage.cluster().primary();
            final long signalNs = stage.watch().nowNs();
            stage.watch().watchWithout(primary.id());
            primary.kill();
            final long gapNs = stage.watch().awaitGapNs();
            times.add(gapNs);
            primary.start();
            stage.awaitFullStrength();
            stage.say("kill %d of %d: replica %d, primary of view %d; next commit %,.1f ms after the kill; " +
                "full strength %,.1f ms after it, in view %d",
                i, stage.options().times(), primary.id(), view, gapNs / NS_PER_MS,
                (stage.watch().nowNs() - signalNs) / NS_PER_MS, stage.view());
            hasRisen &= stage.view() > view;
            if (i < stage.options().times())
            {
                Patience.pause(stage.options().forS() * MS_PER_S);
            }
        }
        times.figures().forEach(stage::figure);
        stage.say("%s", times.text());
        stage.find("viewChangedEachTime", hasRisen, "each kill was followed by a greater view; now %d", stage.view());
    }
}
