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
package io.tagma.perf.cluster;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries out an {@link Operation} on a thread of its own, so that the one that sends requests is not held up. That one
 * calls {@link #onAnswers}, {@link #drain} and {@link #breakOff()}; all else is for the operation.
 */
public final class Operator implements SideWork
{
    private static final long POLL_MS = 1;
    private static final long STOP_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(30);

    private final LocalCluster cluster;
    private final SideThread thread;
    private volatile long answers;

    /**
     * Prepares; does nothing yet.
     *
     * @param cluster   to work on, started.
     * @param operation to carry out.
     */
    public Operator(final LocalCluster cluster, final Operation operation)
    {
        this.cluster = cluster;
        thread = new SideThread(() -> operation.run(this));
    }

    @Override
    public void start()
    {
        thread.start();
    }

    @Override
    public void onAnswers(final long count)
    {
        answers = count;
    }

    @Override
    public void drain(final Consumer<String> to)
    {
        thread.drain(to);
    }

    @Override
    public boolean isDone()
    {
        return thread.isDone();
    }

    @Override
    public void awaitEnd(final long timeoutMs)
    {
        thread.awaitEnd(timeoutMs);
    }

    /** No replica is left frozen. */
    @Override
    public void breakOff()
    {
        thread.breakOff();
        cluster.replicas().forEach(ReplicaProcess::thaw);
    }

    /**
     * What is worked on.
     *
     * @return the cluster.
     */
    public LocalCluster cluster()
    {
        return cluster;
    }

    /**
     * Waits until so many requests were answered.
     *
     * @param count in all.
     */
    public void awaitAnswers(final long count)
    {
        while (answers < count)
        {
            Patience.pause(POLL_MS);
        }
    }

    /**
     * Kills a replica as {@code kill -9} does.
     *
     * @param replica that runs.
     */
    public void kill(final ReplicaProcess replica)
    {
        say("kill -9 of replica %d (pid %d) after %,d answers", replica);
        replica.kill();
    }

    /**
     * Starts a replica again; does not wait until it takes part.
     *
     * @param replica that does not run.
     */
    public void start(final ReplicaProcess replica)
    {
        replica.start();
        say("replica %d started again (pid %d) after %,d answers", replica);
    }

    /**
     * Freezes a replica, until {@link #thaw}.
     *
     * @param replica that runs.
     */
    public void freeze(final ReplicaProcess replica)
    {
        replica.freeze();
        say("replica %d frozen (kill -STOP %d) after %,d answers", replica);
    }

    /**
     * Lets a frozen or starved replica run.
     *
     * @param replica that was frozen.
     */
    public void thaw(final ReplicaProcess replica)
    {
        replica.thaw();
        say("replica %d let go on (kill -CONT %d) after %,d answers", replica);
    }

    /**
     * Stops a replica in order.
     *
     * @param replica that runs.
     */
    public void stop(final ReplicaProcess replica)
    {
        say("replica %d told to stop (kill -TERM %d) after %,d answers", replica);
        replica.terminate();
        final int status = replica.awaitEnd(STOP_TIMEOUT_MS);
        if (0 != status)
        {
            throw new IllegalStateException("replica " + replica.id() + " was told to stop and ended with status " +
                status + ":\n" + replica.output());
        }
    }

    /**
     * Waits until a replica is as good as the others.
     *
     * @param replica that was started, or let go on.
     */
    public void awaitCaughtUp(final ReplicaProcess replica)
    {
        cluster.awaitReady(replica);
        cluster.awaitCaughtUp(replica);
        say("replica %d (pid %d) has caught up after %,d answers", replica);
    }

    /**
     * Says something of a replica.
     *
     * @param format  of its id, its pid and the answers so far.
     * @param replica that was started at least once.
     */
    private void say(final String format, final ReplicaProcess replica)
    {
        say(String.format(Locale.ROOT, format, replica.id(), replica.handle().pid(), answers));
    }

    /**
     * Says something.
     *
     * @param line to be printed where requests are sent.
     */
    public void say(final String line)
    {
        thread.say(line);
    }
}
