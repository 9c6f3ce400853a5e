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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.tagma.codecs.journal.Durability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The syncer reads each byte of what is mapped ahead once, and only when the writer has come to a new block.
 */
class SegmentReadAheadTest
{
    private static final int RECORD_LENGTH = 4096;
    private static final int BLOCK_LENGTH = 2 * 1024 * 1024;

    @TempDir
    Path temporary;

    private ChronicleJournal journal;

    @BeforeEach
    void open()
    {
        final JournalContext context = new JournalContext()
            .directory(temporary.resolve("journal"))
            .identity(TestRecords.IDENTITY)
            .minimumFreeSpace(0)
            .blockLength(BLOCK_LENGTH)
            .segmentLength(4 * BLOCK_LENGTH);
        ChronicleJournal.create(context);
        journal = ChronicleJournal.open(context).start(Durability.PROCESS, false, 0);
    }

    @AfterEach
    void close()
    {
        journal.close();
    }

    private void append(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            TestRecords.fill(journal.claim(RECORD_LENGTH), RECORD_LENGTH, i);
            journal.commit();
        }
    }

    private long readToEnd()
    {
        long length = 0;
        int count = journal.syncer().doWork();
        while (count > 0)
        {
            length += count;
            count = journal.syncer().doWork();
        }
        return length;
    }

    private long currentFileLength() throws IOException
    {
        final Path run;
        try (var runs = Files.list(temporary.resolve("journal")).filter(Files::isDirectory).sorted())
        {
            run = runs.reduce((first, second) -> second).orElseThrow();
        }
        try (var files = Files.list(run).filter(file -> file.toString().endsWith(".cq4")).sorted())
        {
            return Files.size(files.reduce((first, second) -> second).orElseThrow());
        }
    }

    @Test
    void it_reads_the_file_once_and_then_rests() throws IOException
    {
        assertEquals(currentFileLength(), readToEnd());
        append(1);
        assertEquals(0, readToEnd());
    }

    @Test
    void a_new_block_is_read_when_the_writer_has_come_to_it() throws IOException
    {
        final long before = currentFileLength();
        readToEnd();
        append(BLOCK_LENGTH / RECORD_LENGTH);
        final long added = currentFileLength() - before;
        assertTrue(added > 0, "no block was added");
        assertEquals(added, readToEnd());
    }

    @Test
    void a_new_segment_is_read_from_its_beginning() throws IOException
    {
        append(4 * BLOCK_LENGTH / RECORD_LENGTH + 1);
        // The roll asks for a sync too, which counts as work done.
        assertTrue(readToEnd() >= currentFileLength());
    }
}
