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
package io.tagma.ordering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class TimeSliceTest
{
    private static final long ASKED_NS = 300_000;

    private final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();

    /** On a host that has them they are there, for this thread alone; on any other one sentence says why not. */
    @Test
    void areHadOrRefusedInOneSentence() throws InterruptedException
    {
        final long othersNs = onAnotherThread();
        TimeSlice.request(ASKED_NS, (error) -> refusals.add(error.getMessage()));
        String refusal = null;
        for (int i = 0; i < 600 && null == refusal && ASKED_NS != TimeSlice.currentNs(); i++)
        {
            refusal = refusals.poll(50, TimeUnit.MILLISECONDS);
        }
        if (null == refusal)
        {
            assertEquals(ASKED_NS, TimeSlice.currentNs());
            assertEquals(othersNs, onAnotherThread());
        }
        else
        {
            assertTrue(refusal.startsWith("No time slices of our own"), refusal);
            assertTrue(refusal.contains("chrt"), refusal);
        }
    }

    @Test
    void whatTheKernelRefusesIsSaid() throws InterruptedException
    {
        final Thread gone = new Thread(() -> TimeSlice.request(-1, (error) -> refusals.add(error.getMessage())));
        gone.start();
        gone.join();
        final String refusal = refusals.poll(60, TimeUnit.SECONDS);
        assertTrue(null != refusal && refusal.startsWith("No time slices of our own"), refusal);
    }

    private static long onAnotherThread() throws InterruptedException
    {
        final long[] sliceNs = new long[1];
        final Thread other = new Thread(() -> sliceNs[0] = TimeSlice.currentNs());
        other.start();
        other.join();
        return sliceNs[0];
    }
}
