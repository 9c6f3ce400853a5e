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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does something on a thread of its own, so that the one that sends requests is not held up. What is done calls
 * {@link #say}; all else is for the thread that sends.
 */
public final class SideThread implements SideWork
{
    private static final long STOP_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(30);

    private final Runnable task;
    private final Thread thread = new Thread(this::run, "operator");
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private volatile boolean isDone;
    private volatile RuntimeException failure;

    /**
     * Prepares; does nothing yet.
     *
     * @param task to do, once. It may wait, and is interrupted if it does so for too long.
     */
    public SideThread(final Runnable task)
    {
        this.task = task;
    }

    @Override
    public void start()
    {
        thread.start();
    }

    /**
     * Says something. For any thread.
     *
     * @param line to be printed where requests are sent.
     */
    public void say(final String line)
    {
        said.add(line);
    }

    @Override
    public void drain(final Consumer<String> to)
    {
        String line = said.poll();
        while (null != line)
        {
            to.accept(line);
            line = said.poll();
        }
    }

    @Override
    public boolean isDone()
    {
        final RuntimeException ex = failure;
        if (null != ex)
        {
            throw new IllegalStateException(ex.getMessage(), ex);
        }
        return isDone;
    }

    @Override
    public void awaitEnd(final long timeoutMs)
    {
        try
        {
            thread.join(timeoutMs);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void breakOff()
    {
        thread.interrupt();
        awaitEnd(STOP_TIMEOUT_MS);
    }

    private void run()
    {
        try
        {
            task.run();
            isDone = true;
        }
        catch (final RuntimeException ex)
        {
            failure = ex;
        }
    }
}
