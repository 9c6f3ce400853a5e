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
package io.tagma.perf.report;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LogScaleTest
{
    private static List<String> labels(final LogScale scale)
    {
        return scale.ticks(Units::latency).stream().map(LogScale.Tick::label).toList();
    }

    @Test
    void eachDecadeTakesTheSameRoom()
    {
        final LogScale scale = new LogScale(1, 1000, 100, 400);
        assertEquals(100, scale.position(1), 1e-9);
        assertEquals(200, scale.position(10), 1e-9);
        assertEquals(300, scale.position(100), 1e-9);
        assertEquals(400, scale.position(1000), 1e-9);
    }

    @Test
    void mayPointUpAndHasEnds()
    {
        final LogScale scale = new LogScale(10, 1000, 300, 100);
        assertEquals(200, scale.position(100), 1e-9);
        assertEquals(300, scale.position(1), 1e-9);
        assertEquals(100, scale.position(1e9), 1e-9);
    }

    @Test
    void beginsAndEndsAtRoundValues()
    {
        assertEquals(new LogScale(50, 500, 0, 1), LogScale.around(61, 400, 0, 1));
        assertEquals(new LogScale(10, 1000, 0, 1), LogScale.around(10, 1000, 0, 1));
        assertEquals(new LogScale(20, 50, 0, 1), LogScale.around(20, 20, 0, 1));
    }

    @Test
    void holdsWhateverItIsMadeFor()
    {
        for (double value = 1; value < 1e11; value *= 1.07)
        {
            final LogScale scale = LogScale.around(value, value * 1.5, 0, 1);
            assertTrue(scale.least() <= value * 1.000001, scale.toString());
            assertTrue(scale.greatest() * 1.000001 >= value * 1.5, scale.toString());
            assertTrue(scale.greatest() / scale.least() <= 10.001, scale.toString());
            assertTrue(scale.ticks(Units::latency).size() >= 2, scale.toString());
        }
    }

    @Test
    void writesStepsOnShortAxesAndDecadesOnLongOnes()
    {
        assertEquals(
            List.of("50 us", "100 us", "200 us", "500 us", "1 ms", "2 ms"),
            labels(LogScale.around(61_000, 1_700_000, 0, 1)));
        assertEquals(
            List.of("100 us", "1 ms", "10 ms", "100 ms"), labels(LogScale.around(61_000, 110_000_000, 0, 1)));
    }
}
