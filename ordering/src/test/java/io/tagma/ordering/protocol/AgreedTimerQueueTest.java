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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgreedTimerQueueTest
{
    private record Timer(long correlationId, long deadlineNs, long order)
    {
    }

    @Test
    void shouldExpireAsAPlainListWould()
    {
        final long seed = 42;
        final Random random = new Random(seed);
        final AgreedTimerQueue queue = new AgreedTimerQueue(32);
        final List<Timer> reference = new ArrayList<>();
        long timeNs = 0;
        for (int step = 0; step < 100_000; step++)
        {
            final long id = random.nextInt(48);
            switch (random.nextInt(4))
            {
                case 0, 1 ->
                {
                    final long deadlineNs = timeNs + random.nextInt(20);
                    reference.removeIf(timer -> timer.correlationId() == id);
                    final boolean fits = reference.size() < 32;
                    assertEquals(fits, queue.schedule(id, deadlineNs), "seed " + seed + " step " + step);
                    if (fits)
                    {
                        reference.add(new Timer(id, deadlineNs, step));
                    }
                }
                case 2 -> assertEquals(reference.removeIf(timer -> timer.correlationId() == id), queue.cancel(id));
                default ->
                {
                    timeNs += random.nextInt(10);
                    expireBoth(queue, reference, timeNs);
                }
            }
        }
    }

    private static void expireBoth(final AgreedTimerQueue queue, final List<Timer> reference, final long timeNs)
    {
        reference.sort(Comparator.comparingLong(Timer::deadlineNs).thenComparingLong(Timer::order));
        while (!reference.isEmpty() && reference.get(0).deadlineNs() <= timeNs)
        {
            assertTrue(queue.expire(timeNs));
            assertEquals(reference.remove(0).correlationId(), queue.expired());
        }
        assertFalse(queue.expire(timeNs));
    }
}
