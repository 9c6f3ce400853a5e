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
package io.tagma.perf.demo;

import io.tagma.perf.cluster.ReplicaProcess;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Carries out a kill schedule while requests run.
 */
final class ReplicaOutage
{
    private final KillSchedule schedule;
    private final ReplicaProcess replica;
    private final Progress progress;
    private final PrintWriter out;
    private boolean isKilled;
    /** When the last answer came, or the kill if there was none since. */
    private long lastAnswerNs;
    private long answersBefore;
    private long gapNs;
    private boolean isRestarted;

    ReplicaOutage(
        final KillSchedule schedule,
        final ReplicaProcess replica,
        final Progress progress,
        final PrintWriter out)
    {
        this.schedule = schedule;
        this.replica = replica;
        this.progress = progress;
        this.out = out;
    }

    /**
     * Does what is due.
     *
     * @param answers so far.
     */
    void onAnswers(final long answers)
    {
        if (!isKilled && answers >= schedule.killAfter())
        {
            isKilled = true;
            say("kill -9 of replica %d (pid %d) after %,d answers", replica.handle().pid(), answers);
            lastAnswerNs = System.nanoTime();
            answersBefore = answers;
            replica.kill();
        }
        if (isKilled && answers > answersBefore)
        {
            final long nowNs = System.nanoTime();
            gapNs = Math.max(gapNs, nowNs - lastAnswerNs);
            lastAnswerNs = nowNs;
            answersBefore = answers;
        }
        if (isKilled && !isRestarted && answers >= schedule.restartAfter())
        {
            isRestarted = true;
            replica.start();
            say("replica %d started again (pid %d) after %,d answers", replica.handle().pid(), answers);
        }
    }

    /** @return the longest time without an answer since the kill, in nanoseconds; 0 if none came. */
    long gapNs()
    {
        return gapNs;
    }

    boolean isOver()
    {
        return isRestarted;
    }

    private void say(final String format, final long pid, final long answers)
    {
        progress.breakLine();
        out.println("  " + String.format(Locale.ROOT, format, replica.id(), pid, answers));
        out.flush();
    }
}
