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
package io.tagma.perf.demo;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DemoPartsTest
{
    @Test
    void anOutageScheduleTakesWhoItShouldAndLeavesTimeToCatchUp()
    {
        for (int seed = 0; seed < 10_000; seed++)
        {
            final int primaryId = seed % 4;
            final OutageSchedule schedule = OutageSchedule.of(seed, Trouble.KILL_BACKUP, 4, primaryId, 10_000);
            assertEquals(schedule, OutageSchedule.of(seed, Trouble.KILL_BACKUP, 4, primaryId, 10_000));
            assertNotEquals(primaryId, schedule.replicaId());
            assertEquals(primaryId, OutageSchedule.of(seed, Trouble.KILL_PRIMARY, 4, primaryId, 10_000).replicaId());
            assertTrue(schedule.awayAfter() >= 500 && schedule.awayAfter() < 5000, schedule.toString());
            assertTrue(schedule.backAfter() >= schedule.awayAfter() + 1000, schedule.toString());
            assertTrue(schedule.backAfter() < 8000, schedule.toString());
        }
    }

    @Test
    void progressIsALineForEachTenthOrABarOnATerminal()
    {
        final StringWriter lines = new StringWriter();
        final Progress plain = new Progress(new PrintWriter(lines), false, 100, "orders");
        for (int done = 0; done <= 100; done++)
        {
            plain.show(done, "", done);
        }
        assertEquals(10, lines.toString().lines().count());
        assertTrue(lines.toString().endsWith("100 of 100 orders" + System.lineSeparator()));

        final StringWriter bar = new StringWriter();
        final Progress terminal = new Progress(new PrintWriter(bar), true, 100, "orders");
        terminal.show(50, "", 0);
        terminal.show(51, "", 1);
        terminal.show(100, ", 7 fills", 2);
        assertEquals(
            "\r  [" + "#".repeat(16) + ".".repeat(16) + "] 50 of 100 orders  " +
            "\r  [" + "#".repeat(32) + "] 100 of 100 orders, 7 fills  ", bar.toString());
    }
}
