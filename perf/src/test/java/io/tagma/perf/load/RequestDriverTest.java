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

import io.tagma.ordering.client.Outcome;
import io.tagma.perf.AllocatedBytes;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RequestDriverTest
{
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;

    @Test
    void anOpenLoopSendsAtItsRateWhateverComesBack()
    {
        final FakePort port = new FakePort(new EchoSource(100, Long.MAX_VALUE), Pace.openLoop(10_000));
        port.latencyNs(50 * MS);
        port.driver().start();
        port.runForNs(SECOND);
        assertEquals(10_001, port.driver().totals().sent(), 1);
        assertEquals(9_501, port.driver().totals().committed(), 2);
    }

    @Test
    void aRateThatDividesNoSecondDoesNotDrift()
    {
        final Pace pace = Pace.openLoop(3);
        assertEquals(333_333_333L, pace.offsetNs(1));
        assertEquals(1000 * SECOND, pace.offsetNs(3000));
        assertEquals(3_000_000L * SECOND, pace.offsetNs(9_000_000));
    }

    @Test
    void aStallCountsForEveryRequestThatWasDueInIt()
    {
        final FakePort port = new FakePort(new EchoSource(100, Long.MAX_VALUE), Pace.openLoop(1000));
        port.latencyNs(1000);
        port.driver().start();
        port.runForNs(SECOND);
        port.stallForNs(SECOND);
        port.runForNs(2 * SECOND);
        final Histogram histogram = port.driver().totals().histogram();
        assertEquals(3000, histogram.getTotalCount(), 2);
        // A third of the requests was due in the stall, so their times are spread evenly from nothing to a second.
        assertEquals(0.5 * SECOND, histogram.getValueAtPercentile(100 - 100 / 6.0), 0.01 * SECOND);
        assertEquals(SECOND, histogram.getMaxValue(), 0.01 * SECOND);
        assertTrue(histogram.getValueAtPercentile(50) < 10_000, "half were not in the stall");
    }

    @Test
    void aClosedLoopKeepsItsWindowFull()
    {
        final FakePort port = new FakePort(new EchoSource(100, Long.MAX_VALUE), Pace.closedLoop(64));
        port.latencyNs(MS);
        port.driver().start();
        port.runForNs(100 * MS);
        assertEquals(64, port.driver().totals().unanswered());
        assertEquals(64_000, port.driver().totals().ratePerSecond(), 2_000);
        assertEquals(MS, port.driver().totals().histogram().getValueAtPercentile(50), MS / 100);
    }

    @Test
    void warmUpIsNotMeasured()
    {
        final FakePort port = new FakePort(new EchoSource(100, Long.MAX_VALUE), Pace.openLoop(1000));
        port.latencyNs(100 * MS);
        port.driver().start();
        port.runForNs(SECOND);
        port.latencyNs(MS);
        port.runForNs(200 * MS);
        port.driver().startMeasuring();
        port.runForNs(SECOND);
        port.driver().stopMeasuring();
        port.driver().stopSending();
        port.runForNs(SECOND);
        final DriverTotals totals = port.driver().totals();
        assertEquals(1, totals.measuredSeconds(), 0.001);
        assertEquals(1000, totals.ratePerSecond(), 3);
        assertEquals(1000, totals.histogram().getTotalCount(), 3);
        assertTrue(totals.histogram().getMaxValue() < 2 * MS, "max " + totals.histogram().getMaxValue());
        assertTrue(port.driver().isDone());
        assertTrue(totals.isEachCommittedOnce());
    }

    @Test
    void aSourceThatEndsEndsIt()
    {
        final FakePort port = new FakePort(new EchoSource(8, 500), Pace.closedLoop(7));
        assertFalse(port.driver().isDone(), "not begun");
        port.driver().start();
        port.runForNs(100 * MS);
        assertTrue(port.driver().isDone());
        assertEquals(500, port.driver().totals().committed());
    }

    @Test
    void backPressureDelaysAndLosesNothing()
    {
        final FakePort port = new FakePort(new EchoSource(8, 500), Pace.closedLoop(100));
        port.window(10);
        port.driver().start();
        port.runForNs(100 * MS);
        assertTrue(port.driver().isDone());
        assertTrue(port.driver().totals().isEachCommittedOnce());
        assertTrue(port.driver().totals().backPressured() > 0);
    }

    @Test
    void aLostRequestStaysUnanswered()
    {
        final FakePort port = new FakePort(new EchoSource(8, 500), Pace.closedLoop(10));
        port.lose(77);
        port.driver().start();
        port.runForNs(SECOND);
        assertFalse(port.driver().isDone());
        assertEquals(1, port.driver().totals().unanswered());
        assertFalse(port.driver().totals().isEachCommittedOnce());
    }

    @Test
    void anAnswerGivenTwiceIsNoticed()
    {
        final FakePort port = new FakePort(new EchoSource(8, 500), Pace.closedLoop(10));
        port.answerTwice(77);
        port.driver().start();
        port.runForNs(SECOND);
        assertTrue(port.driver().isDone());
        assertEquals(1, port.driver().totals().unexpected());
        assertFalse(port.driver().totals().isEachCommittedOnce());
    }

    @Test
    void whatIsRejectedOrUnknownIsNotCommitted()
    {
        for (final Outcome outcome : new Outcome[]{Outcome.REJECTED, Outcome.UNKNOWN})
        {
            final FakePort port = new FakePort(new EchoSource(8, 5), Pace.closedLoop(10));
            port.outcome(outcome);
            port.driver().start();
            port.runForNs(SECOND);
            assertTrue(port.driver().isDone());
            assertEquals(Outcome.REJECTED == outcome ? 5 : 0, port.driver().totals().rejected());
            assertEquals(Outcome.UNKNOWN == outcome ? 5 : 0, port.driver().totals().unknown());
            assertFalse(port.driver().totals().isEachCommittedOnce());
        }
    }

    @Test
    void sendingAndReceivingAllocateNothing()
    {
        final RequestDriver driver = new RequestDriver(
            System::nanoTime, new EchoSource(100, Long.MAX_VALUE), Pace.closedLoop(16), CommittedHandler.NONE);
        driver.port(new ImmediatePort(driver));
        driver.start();
        assertEquals(0, AllocatedBytes.leastOf(() ->
        {
            for (int i = 0; i < 50_000; i++)
            {
                driver.doWork();
            }
        }));
        assertTrue(driver.totals().committed() > 100_000);
    }

    @Test
    void aPaceIsOneOrTheOther()
    {
        assertThrows(IllegalArgumentException.class, () -> new Pace(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Pace(1, 1));
        assertThrows(IllegalArgumentException.class, () -> Pace.openLoop(-1));
        assertThrows(IllegalArgumentException.class, () -> Pace.openLoop(Pace.RATE_MAX + 1));
        assertThrows(IllegalArgumentException.class, () -> Pace.closedLoop(-1));
    }
}
