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
package io.tagma.ordering.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tagma.ordering.authentication.Sha256;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class CoreAllocationTest
{
    private static final int REQUESTS = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    @Test
    void shouldAllocateNothingForARequestFromItsArrivalToItsReply()
    {
        final PrimaryBench primary = new PrimaryBench(new Sha256(), 100);
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 5; run++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < REQUESTS; i++)
            {
                primary.request();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(5 * REQUESTS + 1, primary.replies);
        assertTrue(primary.replica.status().stableSequence() > 4 * REQUESTS, "checkpoints were part of it");
        assertEquals(0, least);
    }
}
