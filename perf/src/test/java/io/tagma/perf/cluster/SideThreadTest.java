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

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SideThreadTest
{
    private static final long TIMEOUT_MS = 60_000;

    private final List<String> lines = new ArrayList<>();

    @Test
    void whatIsSaidIsHandedOverOnceAndInOrder()
    {
        final SideThread[] side = new SideThread[1];
        side[0] = new SideThread(() ->
        {
            side[0].say("first");
            side[0].say("second");
        });
        assertFalse(side[0].isDone());
        side[0].start();
        side[0].awaitEnd(TIMEOUT_MS);
        assertTrue(side[0].isDone());
        side[0].drain(lines::add);
        side[0].drain(lines::add);
        assertEquals(List.of("first", "second"), lines);
    }

    @Test
    void aFailureIsToldToWhoAsks()
    {
        final SideThread side = new SideThread(() ->
        {
            throw new IllegalStateException("no leader");
        });
        side.start();
        side.awaitEnd(TIMEOUT_MS);
        assertEquals("no leader", assertThrows(IllegalStateException.class, side::isDone).getMessage());
    }

    @Test
    void whatStillWaitsIsBrokenOff()
    {
        final CountDownLatch begun = new CountDownLatch(1);
        final SideThread side = new SideThread(() ->
        {
            begun.countDown();
            Patience.pause(TIMEOUT_MS);
        });
        side.start();
        side.breakOff();
        assertThrows(IllegalStateException.class, side::isDone, "it was not done");
        assertEquals(0, begun.getCount());
    }
}
