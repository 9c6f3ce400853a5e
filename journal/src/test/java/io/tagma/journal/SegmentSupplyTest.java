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
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tagma.codecs.journal.Durability;

class SegmentSupplyTest
{
    private static final int SEGMENT_LENGTH = 256 * 1024;
    private static final int LENGTH = 10_000;

    @TempDir
    Path directory;

    private ChronicleJournal journal;

    @BeforeEach
    void start()
    {
        ChronicleJournal.create(context());
        journal = ChronicleJournal.open(context()).start(Durability.PROCESS, false, 0);
    }

    @AfterEach
    void release()
    {
        journal.abandon();
    }

    private JournalContext context()
    {
        return new JournalContext()
            .directory(directory)
            .identity(TestRecords.IDENTITY)
            .bootId(TestRecords.BOOT)
            .minimumFreeSpace(0)
            .segmentLength(SEGMENT_LENGTH);
    }

    private JournalDirectory files()
    {
        return new JournalDirectory(directory, (channel, metadata) -> channel.force(metadata));
    }

    private List<JournalDirectory.SegmentFile> segments()
    {
        return files().segments();
    }

    private Path next(final int number)
    {
        return files().next(number);
    }

    private void fillHalf()
    {
        for (int i = 0; i < SEGMENT_LENGTH / LENGTH / 2 + 1; i++)
        {
            TestRecords.append(journal, LENGTH);
        }
    }

    private void verifyNothingMissing()
    {
        final TestRecords.Collector all = new TestRecords.Collector();
        try (JournalReader reader = ChronicleJournal.reader(directory))
        {
            while (reader.poll(all, 100) > 0)
            {
                assertTrue(all.last > 0);
            }
        }
        assertEquals(journal.lastRecordNumber(), all.last);
        assertEquals(journal.lastRecordNumber(), all.positions.size());
    }

    @Test
    void the_next_segment_is_ready_before_the_writer_comes_to_it() throws IOException
    {
        final int number = segments().size();
        fillHalf();
        assertTrue(Files.notExists(next(number)));
        journal.syncer().doWork();
        final Path ready = JournalDirectory.segment(next(number), number);
        final Object key = Files.readAttributes(ready, BasicFileAttributes.class).fileKey();
        assertEquals(number, segments().size(), "no reader sees it");
        fillHalf();
        TestRecords.append(journal, LENGTH);
        assertEquals(number + 1, segments().size());
        assertEquals(
            key, Files.readAttributes(segments().get(number).path(), BasicFileAttributes.class).fileKey());
        assertTrue(Files.notExists(next(number)));
        final Path before = segments().get(number - 1).path();
        final long mapped = Files.size(before);
        journal.syncer().doWork();
        assertTrue(Files.size(before) < mapped, "what was left is cut");
        verifyNothingMissing();
    }

    @Test
    void what_cannot_be_made_ready_the_writer_makes_itself() throws IOException
    {
        final int number = segments().size();
        Files.createFile(next(number));
        fillHalf();
        journal.syncer().doWork();
        Files.delete(next(number));
        fillHalf();
        TestRecords.append(journal, LENGTH);
        assertEquals(number + 1, segments().size());
        verifyNothingMissing();
    }

    @Test
    void what_was_ready_and_never_used_goes() throws IOException
    {
        final int number = segments().size();
        fillHalf();
        journal.syncer().doWork();
        assertTrue(Files.exists(next(number)));
        journal.abandon();
        assertTrue(Files.notExists(next(number)));
        Files.createDirectory(next(number));
        Files.createFile(JournalDirectory.segment(next(number), number));
        journal = ChronicleJournal.open(context()).start(Durability.PROCESS, false, 0);
        assertTrue(Files.notExists(next(number)));
    }
}
