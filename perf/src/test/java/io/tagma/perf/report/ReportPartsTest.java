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

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReportPartsTest
{
    @Test
    void latenciesHaveTheUnitThatSuitsThem()
    {
        assertEquals("850 ns", Units.latency(850));
        assertEquals("61.4 us", Units.latency(61_440));
        assertEquals("5.25 us", Units.latency(5_250));
        assertEquals("100 us", Units.latency(100_000));
        assertEquals("4.10 ms", Units.latency(4_100_000));
        assertEquals("20 s", Units.latency(20e9));
    }

    @Test
    void ratesAreShort()
    {
        assertEquals("950", Units.rate(950));
        assertEquals("10k", Units.rate(10_000));
        assertEquals("641k", Units.rate(641_200));
        assertEquals("1.55M", Units.rate(1_548_000));
    }

    @Test
    void aRowThatDoesNotFitItsHeadIsRefused()
    {
        final List<List<String>> rows = List.of(List.of("a"));
        assertThrows(IllegalArgumentException.class, () -> new Table("", List.of("", "x"), rows));
    }

    @Test
    void sixSystemsAreToldApartByColourByDashAndByMark()
    {
        final Set<String> colours = new HashSet<>();
        final Set<String> dashes = new HashSet<>();
        final Set<String> marks = new HashSet<>();
        for (int i = 0; i < Plot.COLOURS; i++)
        {
            colours.add(Plot.colour(i));
            dashes.add(Plot.dashes(i));
            marks.add(Plot.mark(i, 0, 0));
            assertTrue(Style.CSS.contains("." + Plot.colour(i) + " {"), Plot.colour(i));
        }
        assertEquals(List.of(6, 6, 6), List.of(colours.size(), dashes.size(), marks.size()));
        assertEquals(Plot.colour(0), Plot.colour(6));
    }

    @Test
    void theProcessorHasItsName()
    {
        assertEquals(
            "Some CPU: fast",
            Environment.model(List.of("processor\t: 0", "model name\t: Some CPU: fast", "model name\t: Other")));
        assertEquals("of an unknown kind", Environment.model(List.of()));
    }

    @Test
    void theEnvironmentHasTheCommandFirst()
    {
        final Map<String, String> lines = Environment.look(List.of("load", "--rate", "5"), "a machine");
        assertEquals("tagma load --rate 5", lines.get("command"));
        assertEquals("command", lines.keySet().iterator().next());
        assertEquals("a machine", lines.get("machine"));
        assertTrue(lines.get("processors").startsWith(Runtime.getRuntime().availableProcessors() + " ("));
    }
}
