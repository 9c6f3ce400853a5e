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
package io.tagma.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.journal.Durability;
import io.tagma.journal.fixture.FaultyJournal;
import io.tagma.journal.fixture.InMemoryDevice;
import io.tagma.journal.fixture.InMemoryJournal;

class FaultyJournalTest
{
    private final InMemoryDevice device = new InMemoryDevice(4096);
    private InMemoryJournal below;
    private FaultyJournal journal;

    @BeforeEach
    void start()
    {
        InMemoryJournal.create(device, TestRecords.IDENTITY);
        below = InMemoryJournal.open(device, TestRecords.IDENTITY, TestRecords.BOOT)
            .start(Durability.PROCESS, false, 0);
        journal = new FaultyJournal(below);
    }

    @Test
    void the_append_after_the_last_good_one_fails_and_so_does_everything_behind_it()
    {
        journal.failAppendAfter(2, JournalException.Reason.DISK_FULL);
        TestRecords.append(journal, 50);
        final long last = TestRecords.append(journal, 50);
        final JournalException first = assertThrows(JournalException.class, () -> journal.claim(50));
        assertEquals(JournalException.Reason.DISK_FULL, first.reason());
        assertEquals(75, first.reason().exitStatus());
        assertSame(first, assertThrows(JournalException.class, journal::requestSync));
        assertSame(first, assertThrows(JournalException.class, journal::doWork));
        journal.close();
        final OpenedJournal opened = InMemoryJournal.open(device, TestRecords.IDENTITY, TestRecords.BOOT);
        assertEquals(last, opened.lastRecordNumber());
        assertEquals(false, opened.isClean());
    }

    @Test
    void a_failed_sync_is_noticed_by_the_next_duty_cycle_and_makes_nothing_durable()
    {
        journal.failSyncAfter(1);
        final long durable = TestRecords.append(journal, 50);
        journal.requestSync();
        below.completeSync();
        TestRecords.append(journal, 50);
        journal.requestSync();
        below.completeSync();
        assertEquals(durable, journal.durableRecordNumber());
        assertThrows(JournalException.class, journal::doWork);
        assertThrows(JournalException.class, () -> journal.claim(50));
    }
}
