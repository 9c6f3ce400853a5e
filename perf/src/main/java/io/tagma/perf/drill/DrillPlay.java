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

import io.tagma.perf.Json;
import io.tagma.perf.cluster.Patience;
import io.tagma.perf.cluster.SideWork;
import io.tagma.perf.load.ClientRun;
import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.Machine;
import io.tagma.perf.verdict.Checks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What every drill has in common, whatever system it is done to: requests are sent while something goes on at their
 * side, and what became of them is told.
 */
final class DrillPlay
{
    private static final long SILENCE_MAX_NS = TimeUnit.SECONDS.toNanos(90);
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(30);

    private final DrillOptions options;
    private final DrillWatch watch;
    private final Checks checks;
    private final PrintWriter out;

    DrillPlay(final DrillOptions options, final DrillWatch watch, final Checks checks, final PrintWriter out)
    {
        this.options = options;
        this.watch = watch;
        this.checks = checks;
        this.out = out;
    }

    /**
     * Sends on this thread until all is done at the side, or nothing was answered for too long; then takes what is
     * still to come.
     *
     * @param run    to send with.
     * @param side   to begin once a session is open.
     * @param played what it means that all was done.
     * @return what was sent and answered.
     */
    DriverTotals send(final ClientRun run, final SideWork side, final String played)
    {
        run.start();
        watch.start(run.driver().startNs(), run::leaderId);
        side.start();
        final DriverTotals totals = run.driver().totals();
        long answeredNs = System.nanoTime();
        long answers = 0;
        while (!side.isDone() && System.nanoTime() - answeredNs < SILENCE_MAX_NS)
        {
            run.doWork();
            if (totals.committed() != answers)
            {
                answers = totals.committed();
                answeredNs = System.nanoTime();
                side.onAnswers(answers);
            }
            side.drain((line) -> say("  %s", line));
        }
        run.driver().stopMeasuring();
        run.driver().stopSending();
        run.runFor(DRAIN_NS);
        final boolean isPlayed = side.isDone();
        side.breakOff();
        side.drain((line) -> say("  %s", line));
        out.println();
        checks.check("played", isPlayed, isPlayed ?
            played + ", and the cluster came to full strength under load" :
            "nothing was answered for " + TimeUnit.NANOSECONDS.toSeconds(SILENCE_MAX_NS) + " s: broken off");
        return totals;
    }

    /**
     * At the side: makes trouble after a warm-up, with time before and after it to compare with.
     *
     * @param trouble to make.
     */
    void around(final Runnable trouble)
    {
        Patience.pause(TimeUnit.SECONDS.toMillis(options.warmUpS()));
        watch.measure();
        Patience.pause(TimeUnit.SECONDS.toMillis(options.aroundS()));
        watch.begin();
        trouble.run();
        watch.end();
        Patience.pause(TimeUnit.SECONDS.toMillis(options.aroundS()));
    }

    /**
     * Prints the figures and the verdict, and writes them down if that was asked for.
     *
     * @param processes that shared the machine.
     * @param head      of the report.
     * @param tail      of the report, before the verdict.
     * @throws IOException if the report cannot be written.
     */
    void tell(final int processes, final Map<String, Object> head, final Map<String, Object> tail) throws IOException
    {
        out.println();
        out.print(DrillTable.text(watch));
        out.println(Machine.caveat(processes));
        out.println();
        out.println(checks.areAllGood() ? "Every check held." : "NOT every check held.");
        out.flush();
        if (null != options.json())
        {
            final Map<String, Object> all = new LinkedHashMap<>(head);
            all.putAll(DrillTable.report(options, watch));
            all.putAll(tail);
            all.put("checks", checks.results());
            all.put("good", checks.areAllGood());
            Json.write(options.json(), all);
        }
    }

    /** A line, at once. */
    void say(final String format, final Object... arguments)
    {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
