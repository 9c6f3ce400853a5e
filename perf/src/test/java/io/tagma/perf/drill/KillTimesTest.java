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

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class KillTimesTest
{
    private static final long MS = 1_000_000;

    @Test
    void eachKillCountsOnce()
    {
        final KillTimes times = new KillTimes();
        for (int i = 1; i <= 50; i++)
        {
            times.add(i * 10L * MS);
        }
        final Map<String, Object> figures = times.figures();
        assertEquals(50L, figures.get("kills"));
        final Map<?, ?> gaps = (Map<?, ?>)figures.get("killToCommitNs");
        assertNear(250 * MS, (Long)gaps.get("p50"));
        assertNear(500 * MS, (Long)gaps.get("p99"));
        assertNear(500 * MS, (Long)gaps.get("max"));
        assertTrue(times.text().startsWith("kill to next commit: p50 250."), times.text());
        assertTrue(times.text().endsWith(" over 50 kills"), times.text());
    }

    @Test
    void aTimeBeyondTheScaleIsTheGreatestOnIt()
    {
        final KillTimes times = new KillTimes();
        times.add(Long.MAX_VALUE);
        assertNear(60_000 * MS, (Long)((Map<?, ?>)times.figures().get("killToCommitNs")).get("max"));
    }

    private static void assertNear(final long expected, final long actual)
    {
        assertTrue(Math.abs(expected - actual) <= expected / 1000, expected + " was to be " + actual);
    }
}
