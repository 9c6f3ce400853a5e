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
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LoadJudgementTest
{
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;

    @Test
    void aRunThatKeptItsPaceAndLostNothingCounts()
    {
        assertEquals(List.of(), judged(Pace.closedLoop(4), new EchoSource(8, Long.MAX_VALUE), (port) -> {}));
        assertEquals(List.of(), judged(Pace.openLoop(1000), new EchoSource(8, Long.MAX_VALUE), (port) -> {}));
    }

    @Test
    void answersBeforeMeasuringDoNotMakeUpForNoneWhileMeasuring()
    {
        assertEquals(
            List.of("nothing was answered while measuring"),
            judged(Pace.closedLoop(4), new EchoSource(8, Long.MAX_VALUE), (port) -> port.stallForNs(2 * SECOND)));
    }

    @Test
    void aMissedRateIsSaidWithBothRates()
    {
        assertEquals(
            List.of("missed the rate: 500/s of 1,000/s"),
            judged(Pace.openLoop(1000), new EchoSource(8, 1500), (port) -> {}));
    }

    @Test
    void aLostRequestAndADoubledAnswerAreSaid()
    {
        assertEquals(
            List.of("1 requests had no answer 1 s after the last was sent", "1 answers were to no request"),
            judged(Pace.openLoop(1000), new EchoSource(8, Long.MAX_VALUE), (port) ->
            {
                port.lose(1200);
                port.answerTwice(1300);
            }));
    }

    @Test
    void anOutcomeThatIsNotACommitIsSaid()
    {
        final List<String> failures = judged(
            Pace.openLoop(1000), new EchoSource(8, 2000), (port) -> port.outcome(Outcome.REJECTED));
        assertEquals(1, failures.size());
        assertEquals("1,000 requests were rejected", failures.get(0));
    }

    private interface Trouble
    {
        void befall(FakePort port);
    }

    /** A second of warm-up, a second of measuring that begins with some trouble, a second for the last answers. */
    private static List<String> judged(final Pace pace, final RequestSource source, final Trouble trouble)
    {
        final FakePort port = new FakePort(source, pace);
        port.latencyNs(MS / 2);
        port.driver().start();
        port.runForNs(SECOND);
        trouble.befall(port);
        port.driver().startMeasuring();
        port.runForNs(SECOND);
        port.driver().stopMeasuring();
        port.driver().stopSending();
        port.runForNs(SECOND);
        return LoadJudgement.failures(pace, port.driver().totals(), SECOND);
    }
}
