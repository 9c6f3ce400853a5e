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

import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.Operator;
import io.tagma.perf.cluster.ReplicaProcess;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes trouble while requests run, and notices how long nothing was answered since it began. All on the thread that
 * sends requests, but for the {@link Operator}.
 */
final class TroubleRun implements AutoCloseable
{
    /** Requests are answered before a rolling restart begins: one in so many. */
    private static final int ROLLING_AFTER = 10;

    private final Operator operator;
    private final long watchFrom;
    private final Consumer<String> out;
    private long answersBefore;
    private long answeredNs;
    private long gapNs;
    private long answersAtEnd;

    /** An outage of one replica. */
    TroubleRun(
        final Trouble trouble, final OutageSchedule schedule, final LocalCluster cluster, final Consumer<String> out)
    {
        this(new Operator(cluster, (operator) -> outage(operator, trouble, schedule)), schedule.awayAfter(), out);
    }

    /** A rolling restart. */
    TroubleRun(final long requests, final LocalCluster cluster, final Consumer<String> out)
    {
        this(
            new Operator(cluster, (operator) -> rollingRestart(operator, requests / ROLLING_AFTER)),
            requests / ROLLING_AFTER,
            out);
    }

    private TroubleRun(final Operator operator, final long watchFrom, final Consumer<String> out)
    {
        this.operator = operator;
        this.watchFrom = watchFrom;
        this.out = out;
        answeredNs = System.nanoTime();
        operator.start();
    }

    /**
     * Notices what is new.
     *
     * @param answers so far.
     */
    void onAnswers(final long answers)
    {
        if (answers != answersBefore)
        {
            final long nowNs = System.nanoTime();
            if (answersBefore >= watchFrom)
            {
                gapNs = Math.max(gapNs, nowNs - answeredNs);
            }
            answeredNs = nowNs;
            answersBefore = answers;
            operator.onAnswers(answers);
        }
        operator.drain(out);
        if (0 == answersAtEnd && operator.isDone())
        {
            answersAtEnd = answers;
        }
    }

    /**
     * Requests ran out: waits for what is still going on.
     *
     * @param timeoutMs to wait at most.
     */
    void awaitEnd(final long timeoutMs)
    {
        operator.awaitEnd(timeoutMs);
        onAnswers(answersBefore);
    }

    /** @return the longest time without an answer since the trouble began, in nanoseconds; 0 if none came. */
    long gapNs()
    {
        return gapNs;
    }

    /** @return answers when it was over; 0 if it is not. */
    long answersAtEnd()
    {
        return answersAtEnd;
    }

    @Override
    public void close()
    {
        operator.close();
    }

    private static void outage(final Operator operator, final Trouble trouble, final OutageSchedule schedule)
    {
        final ReplicaProcess replica = operator.cluster().replica(schedule.replicaId());
        operator.awaitAnswers(schedule.awayAfter());
        if (Trouble.FREEZE_PRIMARY == trouble)
        {
            operator.freeze(replica);
            operator.awaitAnswers(schedule.backAfter());
            operator.thaw(replica);
        }
        else
        {
            operator.kill(replica);
            operator.awaitAnswers(schedule.backAfter());
            operator.start(replica);
        }
        operator.awaitCaughtUp(replica);
    }

    /** The primary comes last: so there is one change of views, not one for each replica. */
    private static void rollingRestart(final Operator operator, final long after)
    {
        operator.awaitAnswers(after);
        final ReplicaProcess primary = operator.cluster().primary();
        final List<ReplicaProcess> order = new ArrayList<>(operator.cluster().replicas());
        order.remove(primary);
        order.add(primary);
        for (final ReplicaProcess replica : order)
        {
            operator.stop(replica);
            operator.start(replica);
            operator.awaitCaughtUp(replica);
        }
    }
}
