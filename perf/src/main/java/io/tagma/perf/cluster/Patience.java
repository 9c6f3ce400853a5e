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

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waiting for something to become true of another process.
 */
public final class Patience
{
    private Patience()
    {
    }

    /**
     * Looks until it is so, or the time is over.
     *
     * @param condition that is waited for.
     * @param pollMs    milliseconds between two looks.
     * @param timeoutMs milliseconds to wait at most.
     * @return whether it became so.
     */
    public static boolean await(final BooleanSupplier condition, final long pollMs, final long timeoutMs)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                return false;
            }
            pause(pollMs);
        }
        return true;
    }

    /**
     * Does nothing for a while.
     *
     * @param ms milliseconds.
     * @throws IllegalStateException if interrupted.
     */
    public static void pause(final long ms)
    {
        try
        {
            Thread.sleep(ms);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a replica", ex);
        }
    }
}
