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
import io.tagma.perf.report.Table;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LatencyTableTest
{
    @Test
    void showsMicrosecondsAndFromTenMillisecondsOnMilliseconds()
    {
        final DriverTotals totals = new DriverTotals();
        totals.measureFrom(0);
        for (int i = 1; i <= 1000; i++)
        {
            totals.onSent();
            totals.onOutcome(Outcome.COMMITTED, 0, i * 100_000L);
        }
        totals.measureTo(2_000_000_000L);
        final List<String> lines = LatencyTable.text(totals).lines().toList();
        assertEquals("         p50         p90         p99       p99.9         max      throughput", lines.get(0));
        assertEquals("     50.0 ms     90.0 ms     99.0 ms     99.9 ms    100.0 ms           500/s", lines.get(1));
        final Table table = LatencyTable.table("tagma", totals);
        assertEquals("Latency of 1,000 requests, and throughput", table.caption());
        assertEquals(List.of("", "p50", "p90", "p99", "p99.9", "max", "answered"), table.head());
        assertEquals(
            List.of(List.of("tagma", "50.0 ms", "90.0 ms", "99.0 ms", "99.9 ms", "100.0 ms", "500/s")), table.rows());
    }
}
