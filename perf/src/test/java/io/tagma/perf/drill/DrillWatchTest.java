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
package io.tagma.perf.drill;

import io.tagma.perf.load.CommittedHandler;
import io.tagma.perf.load.Pace;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DrillWatchTest
{
    private static final long START_NS = 5_000_000_000L;
    private static final long MS = 1_000_000;

    private final UnsafeBuffer result = new UnsafeBuffer(new byte[8]);
    private long nowNs = START_NS;
    private long told;
    private int leaderId = 1;
    /** A request each millisecond. */
    private final DrillWatch watch = new DrillWatch(() -> nowNs, Pace.openLoop(1000), count());

    @Test
    void partsAreToldApartByWhenRequestsWereDueAndAnswered()
    {
        watch.start(START_NS, () -> leaderId);
        commitAt(1, 1);
        at(10);
        watch.measure();
        commitAt(10, 11);
        // Due at 11, measured and before.
        commitAt(12, 13);
        at(20);
        watch.begin();
        // Due before it began, answered late: it was hit.
        commitAt(15, 44);
        at(50);
        watch.end();
        // Due at 30, answered when it was over: it was hit too.
        commitAt(31, 52);
        commitAt(53, 55);
        assertEquals(6, told);
        assertEquals(1, watch.latencies(DrillWatch.Part.BEFORE).getTotalCount(), "not what was due in the warm-up");
        assertEquals(2, watch.latencies(DrillWatch.Part.DURING).getTotalCount());
        assertEquals(1, watch.latencies(DrillWatch.Part.AFTER).getTotalCount());
        assertNear(2 * MS, watch.latencies(DrillWatch.Part.BEFORE).getMaxValue());
        assertNear(30 * MS, watch.latencies(DrillWatch.Part.DURING).getMaxValue());
        assertNear(3 * MS, watch.latencies(DrillWatch.Part.AFTER).getMaxValue());
        assertEquals(2 * MS, watch.gapNs(DrillWatch.Part.BEFORE));
        assertEquals(31 * MS, watch.gapNs(DrillWatch.Part.DURING), "from 13 to 44");
        assertEquals(3 * MS, watch.gapNs(DrillWatch.Part.AFTER));
        assertTrue(DrillTable.text(watch).lines().toList().get(2).startsWith("during             2"),
            DrillTable.text(watch));
    }

    @Test
    void theGapEndsWithARequestThatWasDueSinceAndIsAnsweredUnderAnotherLeader()
    {
        watch.start(START_NS, () -> leaderId);
        at(10);
        watch.watchWithout(1);
        commitAt(9, 12);
        commitAt(11, 13);
        leaderId = 2;
        commitAt(10, 14);
        commitAt(12, 15);
        commitAt(13, 16);
        assertEquals(5 * MS, watch.awaitGapNs(), "not what was due before, nor what the old leader may have ordered");
        assertEquals(5 * MS, watch.awaitGapNs(), "it is seen once");
    }

    @Test
    void eachWatchSeesACommitOfItsOwn()
    {
        watch.start(START_NS, () -> leaderId);
        at(10);
        watch.watchWithout(0);
        commitAt(11, 13);
        assertEquals(3 * MS, watch.awaitGapNs());
        at(20);
        watch.watchWithout(1);
        leaderId = 3;
        commitAt(21, 27);
        assertEquals(7 * MS, watch.awaitGapNs());
    }

    private CommittedHandler count()
    {
        return (ordinal, position, buffer, offset, length) -> told++;
    }

    private void at(final long ms)
    {
        nowNs = START_NS + ms * MS;
    }

    private void commitAt(final long ordinal, final long ms)
    {
        at(ms);
        watch.onCommitted(ordinal, ordinal, result, 0, 8);
    }

    private static void assertNear(final long expected, final long actual)
    {
        assertTrue(Math.abs(expected - actual) <= expected / 1000, expected + " was to be " + actual);
    }
}
