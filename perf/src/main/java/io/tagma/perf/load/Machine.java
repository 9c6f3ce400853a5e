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
package io.tagma.perf.load;

import io.tagma.ordering.transport.TimeSlice;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the figures were measured on, and so what they don't say.
 */
public final class Machine
{
    private Machine()
    {
    }

    /**
     * Some sentences to stand below every latency table. For the thread that the client ran on.
     *
     * @param processes that shared the machine.
     * @return text without a line end.
     */
    public static String caveat(final int processes)
    {
        final int processors = Runtime.getRuntime().availableProcessors();
        return String.format(
            Locale.ROOT,
            "Measured on one machine: %d processes on %d processors (%s), Java %s, over loopback%s.%n" +
            "It is not a cluster: no network between the replicas, no cores of their own, one power supply.",
            processes,
            processors,
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            System.getProperty("java.version"),
            slices());
    }

    private static String slices()
    {
        final long sliceNs = TimeSlice.currentNs();
        return 0 == sliceNs ? "" : ", time slices of " + TimeUnit.NANOSECONDS.toMicros(sliceNs) + " us";
    }
}
