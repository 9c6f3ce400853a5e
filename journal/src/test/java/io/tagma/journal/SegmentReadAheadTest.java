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
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import io.tagma.codecs.journal.Durability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each byte of what is mapped ahead is read once, in small pieces, whenever the writer has come to a new block.
 */
class SegmentReadAheadTest
{
    private static final int RECORD_LENGTH = 4096;
    private static final int BLOCK_LENGTH = 2 * 1024 * 1024;

    @TempDir
    Path temporary;

    private final SegmentList segments = new SegmentList();
    private final SegmentReadAhead readAhead = new SegmentReadAhead(segments);
    private int current = -1;
    private Path segment;

    @AfterEach
    void close()
    {
        readAhead.close();
    }

    private void beginSegment(final long length) throws IOException
    {
        current++;
        segment = temporary.resolve("segment-" + current);
        segments.add(new JournalDirectory.SegmentFile(current, segment), current + 1);
        extendTo(length);
    }

    private void extendTo(final long length) throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw"))
        {
            file.setLength(length);
        }
    }

    private long readToEnd()
    {
        long length = 0;
        int count = readAhead.doWork(current);
        while (count > 0)
        {
            assertTrue(count <= SegmentReadAhead.PIECE_LENGTH, count + " bytes in one piece");
            length += count;
            count = readAhead.doWork(current);
        }
        return length;
    }

    @Test
    void it_reads_each_byte_once_and_then_rests() throws IOException
    {
        beginSegment(BLOCK_LENGTH);
        assertEquals(BLOCK_LENGTH, readToEnd());
        assertEquals(0, readToEnd());
    }

    @Test
    void what_is_added_is_read_also_if_it_is_added_on_the_way() throws IOException
    {
        beginSegment(BLOCK_LENGTH);
        assertEquals(SegmentReadAhead.PIECE_LENGTH, readAhead.doWork(current));
        extendTo(2 * BLOCK_LENGTH + 100);
        assertEquals(2 * BLOCK_LENGTH + 100, SegmentReadAhead.PIECE_LENGTH + readToEnd());
    }

    @Test
    void a_new_segment_is_read_from_its_beginning() throws IOException
    {
        beginSegment(BLOCK_LENGTH);
        readToEnd();
        beginSegment(BLOCK_LENGTH / 2);
        assertEquals(BLOCK_LENGTH / 2, readToEnd());
    }

    @Test
    void a_file_that_is_gone_or_cut_is_let_be() throws IOException
    {
        beginSegment(BLOCK_LENGTH);
        Files.delete(segment);
        assertEquals(0, readAhead.doWork(current));
        beginSegment(BLOCK_LENGTH);
        readToEnd();
        extendTo(100);
        assertEquals(0, readToEnd());
        assertEquals(0, readToEnd());
    }

    @Test
    void the_syncer_reads_what_the_writer_has_mapped() throws IOException
    {
        final JournalContext context = new JournalContext()
            .directory(temporary.resolve("journal"))
            .identity(TestRecords.IDENTITY)
            .minimumFreeSpace(0)
            .blockLength(BLOCK_LENGTH)
            .segmentLength(8 * BLOCK_LENGTH);
        ChronicleJournal.create(context);
        try (ChronicleJournal journal = ChronicleJournal.open(context).start(Durability.PROCESS, false, 0))
        {
            for (int i = 0; i < 3 * BLOCK_LENGTH / RECORD_LENGTH; i++)
            {
                TestRecords.fill(journal.claim(RECORD_LENGTH), RECORD_LENGTH, i);
                journal.commit();
                journal.syncer().doWork();
            }
            assertTrue(journal.syncer().readAheadLength() >= 3 * BLOCK_LENGTH, "bytes read ahead");
        }
    }
}
