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
package io.tagma.ordering.replica;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * Runs an agent that has nothing to do most of the time: after a short while without work it sleeps until it is woken.
 */
final class SideThread implements Runnable, AutoCloseable
{
    private static final int SPINS_BEFORE_SLEEP = 64;
    /** Work that nobody wakes it for, such as a read that waits for its budget, is looked at this often. */
    private static final long SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long JOIN_MS = 5_000;

    private final Agent agent;
    /** Of the agent's own; null to sleep until woken. */
    private final IdleStrategy idleStrategy;
    /** To be told of all work done. */
    private final Runnable workListener;
    private final ErrorHandler errorHandler;
    private final Thread thread;
    private volatile boolean isRunning = true;
    private volatile boolean isAsleep;

    SideThread(
        final String name,
        final Agent agent,
        final IdleStrategy idleStrategy,
        final Runnable workListener,
        final ErrorHandler errorHandler)
    {
        this.agent = agent;
        this.idleStrategy = idleStrategy;
        this.workListener = workListener;
        this.errorHandler = errorHandler;
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    void start()
    {
        thread.start();
    }

    /** Any thread, after it published work. */
    void wake()
    {
        // The work must be visible before the flag is looked at: the sleeper sets the flag, then looks for work.
        VarHandle.fullFence();
        if (isAsleep)
        {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run()
    {
        int idleCount = 0;
        agent.onStart();
        try
        {
            while (isRunning)
            {
                final int workCount = work();
                if (null != idleStrategy)
                {
                    idleStrategy.idle(workCount);
                }
                else if (workCount > 0)
                {
                    idleCount = 0;
                }
                else
                {
                    idle(idleCount++);
                }
            }
        }
        finally
        {
            agent.onClose();
        }
    }

    private int work()
    {
        try
        {
            final int workCount = agent.doWork();
            if (workCount > 0)
            {
                workListener.run();
            }
            return workCount;
        }
        catch (final Exception ex)
        {
            errorHandler.onError(ex);
            return 0;
        }
    }

    private void idle(final int idleCount)
    {
        if (idleCount < SPINS_BEFORE_SLEEP)
        {
            Thread.onSpinWait();
            return;
        }
        isAsleep = true;
        if (0 == work())
        {
            LockSupport.parkNanos(SLEEP_NS);
        }
        isAsleep = false;
    }

    @Override
    public void close()
    {
        isRunning = false;
        LockSupport.unpark(thread);
        try
        {
            thread.join(JOIN_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
