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
package io.tagma.perf.peer;

import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Runs a media driver and an archive that have no threads of their own on one, which yields.
 */
final class InvokedAgents implements Runnable, AutoCloseable
{
    private final AgentInvoker driver;
    private final AgentInvoker archive;
    private final Thread thread = new SlicedThreads().newThread(this);
    private volatile boolean isRunning = true;

    InvokedAgents(final AgentInvoker driver, final AgentInvoker archive)
    {
        this.driver = driver;
        this.archive = archive;
        thread.setName("driver-archive");
        thread.start();
    }

    @Override
    public void run()
    {
        while (isRunning)
        {
            YieldingIdleStrategy.INSTANCE.idle(driver.invoke() + archive.invoke());
        }
    }

    @Override
    public void close()
    {
        isRunning = false;
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
