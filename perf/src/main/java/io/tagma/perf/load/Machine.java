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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the figures were measured on, and so what they don't say.
 */
public final class Machine
{
    /** Nobody here can count the processes or processors: they are elsewhere. */
    public static final int UNKNOWN = 0;

    /** For so long the compilers of five processes work on two processors; a shorter warm-up measures them. */
    private static final int WARM_UP_S = 20;
    private static final int ROUNDS = 3;

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

    /**
     * Why figures say little of other machines.
     *
     * @param processes  that shared the machine, or {@link #UNKNOWN}.
     * @param processors that the machine has, or {@link #UNKNOWN}.
     * @param warmUpS    seconds before anything was measured.
     * @param rounds     how often each figure was measured.
     * @return one reason each, without a full stop.
     */
    public static List<String> reservations(
        final int processes, final int processors, final int warmUpS, final int rounds)
    {
        final List<String> reasons = new ArrayList<>();
        if (UNKNOWN == processes)
        {
            reasons.add("the client knows neither the replicas' machines nor what else ran there");
        }
        else
        {
            if (processes > processors)
            {
                reasons.add(String.format(Locale.ROOT, "%d processes share %d processors", processes, processors));
            }
            reasons.add("all of it is one machine: no network between the replicas, one power supply");
        }
        if (warmUpS < WARM_UP_S)
        {
            reasons.add(String.format(
                Locale.ROOT, "the warm-up took %d s, and the compilers may work for %d s", warmUpS, WARM_UP_S));
        }
        if (rounds < ROUNDS)
        {
            reasons.add(
                (1 == rounds ? "it was measured once" : "it was measured twice") + ", which tells no spread");
        }
        return reasons;
    }

    private static String slices()
    {
        final long sliceNs = TimeSlice.currentNs();
        return 0 == sliceNs ? "" : ", time slices of " + TimeUnit.NANOSECONDS.toMicros(sliceNs) + " us";
    }
}
