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

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import com.sun.management.ThreadMXBean;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tagma.codecs.journal.Durability;
import io.tagma.journal.fixture.InMemoryDevice;
import io.tagma.journal.fixture.InMemoryJournal;

/**
 * An append allocates nothing; only a new block of the mapped file does (some hundred bytes for each 16 MiB).
 */
class AllocationTest
{
    private static final int LENGTH = 64;
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    @TempDir
    Path temporary;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);

    private long allocatedBytes(final Journal journal, final int count)
    {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < count; i++)
        {
            journal.claim(LENGTH).putBytes(0, message, 0, LENGTH);
            journal.commit();
            journal.requestSync();
            journal.doWork();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private long leastAllocatedBytes(final Journal journal, final int warmUp, final int count)
    {
        TestRecords.fill(message, LENGTH, 1);
        allocatedBytes(journal, warmUp);
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 5; run++)
        {
            least = Math.min(least, allocatedBytes(journal, count));
        }
        return least;
    }

    @Test
    void a_million_appends_to_mapped_files_allocate_nothing_for_each_record()
    {
        final Path directory = temporary.resolve("journal");
        final JournalContext context = new JournalContext()
            .directory(directory).identity(TestRecords.IDENTITY).minimumFreeSpace(0).segmentLength(1L << 31);
        ChronicleJournal.create(context);
        final ChronicleJournal journal = ChronicleJournal.open(context).start(Durability.PROCESS, false, 0);
        try
        {
            // 10,000 records of 84 bytes are a twentieth of a block: most runs need no new one.
            assertEquals(0, leastAllocatedBytes(journal, 200_000, 10_000));
            final long bytes = allocatedBytes(journal, 1_000_000);
            assertEquals(0, bytes / 1_000_000, bytes + " bytes for 1,000,000 appends");
        }
        finally
        {
            journal.abandon();
        }
    }

    @Test
    void a_million_appends_in_memory_allocate_nothing()
    {
        final InMemoryDevice device = new InMemoryDevice(256 * 1024 * 1024);
        InMemoryJournal.create(device, TestRecords.IDENTITY);
        final InMemoryJournal journal =
            InMemoryJournal.open(device, TestRecords.IDENTITY, TestRecords.BOOT).start(Durability.PROCESS, false, 0);
        assertEquals(0, leastAllocatedBytes(journal, 200_000, 200_000));
        assertEquals(0, allocatedBytes(journal, 1_000_000));
    }
}
