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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PendingBundlesTest
{
    @Test
    void shouldGiveBackWhatWasPutInOverManyTurnsOfTheRing()
    {
        final long seed = 7;
        final Random random = new Random(seed);
        final PendingBundles pending = new PendingBundles(4096);
        final Deque<byte[]> expected = new ArrayDeque<>();
        int accepted = 0;
        for (int step = 0; step < 50_000; step++)
        {
            if (random.nextBoolean())
            {
                final byte[] body = new byte[32 + random.nextInt(300)];
                random.nextBytes(body);
                final UnsafeBuffer buffer = new UnsafeBuffer(body);
                if (pending.offer(buffer, 0, body.length, buffer, 8, 24, ~body.length))
                {
                    expected.add(body);
                    accepted++;
                }
            }
            else
            {
                take(pending, expected, random.nextInt(4));
            }
        }
        assertTrue(accepted > 10_000, "seed " + seed);
        take(pending, expected, Integer.MAX_VALUE);
        assertTrue(pending.isEmpty());
        assertEquals(0, pending.waitingLength());
    }

    @Test
    void shouldSayWhenItIsHalfFullAndRefuseWhenItIsFull()
    {
        final PendingBundles pending = new PendingBundles(1024);
        final UnsafeBuffer body = new UnsafeBuffer(new byte[200]);
        assertTrue(pending.offer(body, 0, 200, body, 0, 40, 0));
        assertTrue(pending.hasRoom());
        assertTrue(pending.offer(body, 0, 200, body, 0, 40, 0));
        assertFalse(pending.hasRoom());
        assertTrue(pending.offer(body, 0, 200, body, 0, 40, 0));
        assertTrue(pending.offer(body, 0, 150, body, 0, 40, 0));
        assertFalse(pending.offer(body, 0, 200, body, 0, 40, 0));
    }

    private static void take(final PendingBundles pending, final Deque<byte[]> expected, final int limit)
    {
        pending.rewind();
        for (int i = 0; i < limit && !pending.atEnd(); i++)
        {
            final byte[] body = expected.remove();
            assertEquals(body.length, pending.bodyLength());
            assertEquals(24, pending.authenticatorLength());
            assertEquals(~body.length, pending.arrivedNs());
            final UnsafeBuffer wanted = new UnsafeBuffer(body);
            assertEquals(wanted, new UnsafeBuffer(pending.buffer(), pending.bodyOffset(), body.length));
            assertEquals(
                new UnsafeBuffer(wanted, 8, 24),
                new UnsafeBuffer(pending.buffer(), pending.authenticatorOffset(), 24));
            pending.next();
        }
        pending.release();
    }
}
