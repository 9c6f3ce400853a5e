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
package io.tagma.perf;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/**
 * Bytes that a piece of code allocates on the calling thread.
 */
public final class AllocatedBytes
{
    private static final int RUNS = 5;

    private AllocatedBytes()
    {
    }

    /**
     * Runs it until it is warm and takes the least of five measurements: what it allocates each time, without what the
     * compiler or a class initializer happened to do.
     *
     * @param code to measure.
     * @return bytes.
     */
    public static long leastOf(final Runnable code)
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        code.run();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            code.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
