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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tagma.codecs.journal.Durability;

/**
 * Segments that are not needed any more, on real files: what is left if the process dies while they go, and what
 * becomes of those that read them.
 */
class SegmentRetentionTest
{
    private static final int SEGMENT_LENGTH = 256 * 1024;
    private static final int BLOCK_LENGTH = 2 * 1024 * 1024;
    private static final int LENGTH = 10_000;
    private static final int SEGMENTS = 5;

    @TempDir
    Path temporary;

    private final List<Path> states = new ArrayList<>();
    private Path directory;
    private ChronicleJournal journal;
    private boolean recording;

    @BeforeEach
    void fill()
    {
        directory = temporary.resolve("journal");
        ChronicleJournal.create(context(directory));
        journal = ChronicleJournal.open(context(directory)).start(Durability.PROCESS, false, 0);
        while (segments().size() < SEGMENTS)
        {
            append();
        }
    }

    @AfterEach
    void release()
    {
        journal.abandon();
    }

    private void append()
    {
        TestRecords.append(journal, LENGTH);
        journal.requestSync();
        journal.syncer().doWork();
        journal.doWork();
    }

    private JournalContext context(final Path path)
    {
        return new JournalContext()
            .directory(path)
            .identity(TestRecords.IDENTITY)
            .bootId(TestRecords.BOOT)
            .minimumFreeSpace(0)
            .segmentLength(SEGMENT_LENGTH)
            .blockLength(BLOCK_LENGTH)
            .forcer((channel, metadata) ->
            {
                record();
                channel.force(metadata);
                record();
            });
    }

    /** What a process leaves that dies here. */
    private void record()
    {
        if (recording)
        {
            final Path state = temporary.resolve("state-" + states.size());
            copy(directory, state);
            states.add(state);
        }
    }

    /** Segments are not written to again: a second name will do. */
    private static void copy(final Path from, final Path to)
    {
        try
        {
            Files.walkFileTree(from, new SimpleFileVisitor<>()
            {
                @Override
                public FileVisitResult preVisitDirectory(final Path path, final BasicFileAttributes attributes)
                    throws IOException
                {
                    Files.createDirectories(to.resolve(from.relativize(path)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(final Path path, final BasicFileAttributes attributes)
                    throws IOException
                {
                    final Path target = to.resolve(from.relativize(path));
                    if (path.toString().endsWith(JournalDirectory.SEGMENT_SUFFIX))
                    {
                        Files.createLink(target, path);
                    }
                    else
                    {
                        Files.copy(path, target);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private List<JournalDirectory.SegmentFile> segments()
    {
        return new JournalDirectory(directory, (channel, metadata) -> channel.force(metadata)).segments();
    }

    private static TestRecords.Collector read(final JournalReader reader)
    {
        final TestRecords.Collector all = new TestRecords.Collector();
        while (reader.poll(all, 100) > 0)
        {
            assertTrue(all.last > 0);
        }
        return all;
    }

    private TestRecords.Collector read()
    {
        try (JournalReader reader = ChronicleJournal.reader(directory))
        {
            return read(reader);
        }
    }

    /** Has all segments cut that lie wholly before the last but one. */
    private long cut()
    {
        final TestRecords.Collector all = read();
        final long needed = all.testRecords.get(all.testRecords.size() - SEGMENT_LENGTH / LENGTH - 1);
        journal.retainFrom(needed);
        for (int i = 0; i < SEGMENTS; i++)
        {
            journal.syncer().doWork();
        }
        assertTrue(segments().size() <= SEGMENTS - 2, () -> segments().toString());
        assertTrue(read().testRecords.contains(needed));
        return needed;
    }

    private void assertGoesOn(final Path path, final long needed, final long last)
    {
        final OpenedChronicleJournal opened = ChronicleJournal.open(context(path));
        final TestRecords.Collector found = new TestRecords.Collector();
        opened.replay(found);
        assertTrue(found.testRecords.contains(needed), path::toString);
        assertEquals(last, found.last, path::toString);
        assertEquals(last, opened.lastRecordNumber());
        final ChronicleJournal next = opened.start(Durability.PROCESS, false, 0);
        try
        {
            assertTrue(TestRecords.append(next, LENGTH) > last);
            next.retainFrom(needed);
            for (int i = 0; i < SEGMENTS; i++)
            {
                next.syncer().doWork();
            }
        }
        finally
        {
            next.close();
        }
        try (OpenedChronicleJournal again = ChronicleJournal.open(context(path)))
        {
            assertTrue(again.isClean());
            assertTrue(again.firstRecordNumber() > 1 && again.firstRecordNumber() <= needed, path::toString);
        }
    }

    @Test
    @DisplayName("A process that dies between any two steps of a cut leaves a journal that opens")
    void death_at_any_step() throws IOException
    {
        final long last = journal.lastRecordNumber();
        recording = true;
        final long needed = cut();
        recording = false;
        // For each segment: the manifest, its name, the segment, its run.
        assertTrue(states.size() >= 8 * (SEGMENTS - segments().size()), () -> "states " + states.size());
        // Between the metadata of a run and the run.
        final Path half = temporary.resolve("half");
        copy(directory, half);
        Files.createDirectory(half.resolve("run-0000000000"));
        Files.createFile(half.resolve("run-0000000000").resolve("metadata.cq4t"));
        states.add(half);
        final Path empty = temporary.resolve("empty");
        copy(directory, empty);
        Files.createDirectory(empty.resolve("run-0000000000"));
        states.add(empty);
        for (final Path state : states)
        {
            assertGoesOn(state, needed, last);
        }
    }

    @Test
    void the_archive_keeps_segments_over_restarts_and_a_start_without_it_lets_them_go()
    {
        final int count = segments().size();
        journal.close();
        journal = ChronicleJournal.open(context(directory).archive(true)).start(Durability.PROCESS, false, 0);
        final long needed = journal.lastRecordNumber();
        append();
        journal.retainFrom(needed);
        journal.syncer().doWork();
        assertEquals(read().last, read().positions.size());
        assertTrue(segments().size() > count);
        journal.close();
        journal = ChronicleJournal.open(context(directory)).start(Durability.PROCESS, false, 0);
        append();
        journal.retainFrom(needed);
        for (int i = 0; i <= count; i++)
        {
            journal.syncer().doWork();
        }
        assertTrue(segments().size() < count, () -> segments().toString());
        assertTrue(read().last >= needed);
    }

    @Test
    @DisplayName("A reader whose segment is deleted between its look and its opening goes on with the oldest left")
    void deleted_beneath_a_reader() throws IOException
    {
        final TestRecords.Collector before = read();
        final List<JournalDirectory.SegmentFile> old = segments();
        try (JournalReader far = journal.newReader(); JournalReader fresh = journal.newReader())
        {
            far.seek(before.positions.get(before.positions.size() - 1));
            cut();
            final TestRecords.Collector left = read();
            final long oldest = left.last - left.positions.size() + 1;
            // A name that is listed, and is no file when it is opened.
            for (final JournalDirectory.SegmentFile gone : old.subList(0, old.size() - segments().size()))
            {
                Files.createDirectories(gone.path().getParent());
                Files.createSymbolicLink(gone.path(), temporary.resolve("nothing"));
            }
            assertTrue(segments().size() >= SEGMENTS);
            assertEquals(left.positions.size(), read(fresh).positions.size());
            fresh.seekToRecord(1);
            assertEquals(oldest, first(fresh));
            fresh.seekToRecord(left.last);
            assertEquals(left.last, first(fresh));
            far.seek(before.positions.get(0));
            assertEquals(oldest, first(far));
            far.seek(JournalReader.START_POSITION);
            assertEquals(left.positions.size(), read(far).positions.size());
        }
    }

    private static long first(final JournalReader reader)
    {
        final long[] first = new long[1];
        assertEquals(1, reader.poll((number, position, buffer, offset, length) -> first[0] = number, 1));
        return first[0];
    }

    @Test
    @DisplayName("A scan beside a replica that cuts says that it must be made again, not that the identity is burnt")
    void cut_beneath_a_scan()
    {
        final JournalScan scan = new JournalScan(directory);
        cut();
        final JournalException ex = assertThrows(JournalException.class, () -> scan.run(new Ignore()));
        assertEquals(JournalException.Reason.REFUSED, ex.reason(), ex.getMessage());
        assertTrue(ex.getMessage().contains("Retention has taken segments"), ex.getMessage());
        assertFalse(new JournalScan(directory).run(new Ignore()).isEmpty());
    }

    /** Is told, and says nothing. */
    private static final class Ignore implements JournalScan.Handler
    {
        @Override
        public boolean onRecord(
            final long recordNumber,
            final Object place,
            final DirectBuffer buffer,
            final int offset,
            final int length)
        {
            return true;
        }

        @Override
        public void onDamage(final boolean complete, final Object place)
        {
            throw new AssertionError("damage at " + place);
        }
    }

    @Test
    void a_segment_that_is_missing_though_it_was_not_cut_burns_the_identity() throws IOException
    {
        cut();
        journal.close();
        final JournalDirectory.SegmentFile oldest = segments().get(0);
        Files.delete(oldest.path());
        final JournalException ex =
            assertThrows(JournalException.class, () -> ChronicleJournal.open(context(directory)));
        assertEquals(JournalException.Reason.BURNT_IDENTITY, ex.reason(), ex.getMessage());
    }
}
