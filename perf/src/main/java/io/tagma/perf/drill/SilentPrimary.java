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
import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.LatencyTable;
import org.HdrHistogram.Histogram;

/**
 * Kills whoever leads, again and again, each time at full strength.
 */
final class SilentPrimary implements Drill
{
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long MS_PER_S = 1_000;
    private static final double NS_PER_MS = 1e6;

    @Override
    public void run(final DrillStage stage)
    {
        final Histogram gaps = new Histogram(DriverTotals.LATENCY_MAX_NS, SIGNIFICANT_DIGITS);
        boolean hasRisen = true;
        for (int i = 1; i <= stage.options().times(); i++)
        {
            final long view = stage.view();
            final ReplicaProcess primary = stage.cluster().primary();
            final long signalNs = stage.watch().nowNs();
            primary.kill();
            // From before the signal, to the first answer to a request that was due when the process was gone.
            final long gapNs = stage.gapSince(signalNs);
            gaps.recordValue(Math.min(gapNs, DriverTotals.LATENCY_MAX_NS));
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
        stage.figure("kills", stage.options().times());
        stage.figure("killToCommitNs", LatencyTable.figures(gaps));
        stage.say("kill to next commit: p50 %,.1f ms, p99 %,.1f ms, max %,.1f ms over %d kills",
            gaps.getValueAtPercentile(50) / NS_PER_MS, gaps.getValueAtPercentile(99) / NS_PER_MS,
            gaps.getMaxValue() / NS_PER_MS, gaps.getTotalCount());
        stage.find("viewChangedEachTime", hasRisen, "each kill was followed by a greater view; now %d", stage.view());
    }
}
