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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.InitDecoder;
import io.tagma.codecs.journal.StartDecoder;

class SegmentsTest
{
    private static final int SEGMENT_LENGTH = 256 * 1024;
    private static final int LENGTH = 10_000;

    @TempDir
    Path temporary;

    private Path directory;
    private ChronicleJournal journal;
    private int forcesLeft = Integer.MAX_VALUE;

    @BeforeEach
    void createJournal()
    {
        directory = temporary.resolve("journal");
        ChronicleJournal.create(context());
    }

    @AfterEach
    void release()
    {
        if (null != journal)
        {
            journal.abandon();
        }
    }

    private JournalContext context()
    {
        return new JournalContext()
            .directory(directory)
            .identity(TestRecords.IDENTITY)
            .bootId(TestRecords.BOOT)
            .minimumFreeSpace(0)
            .segmentLength(SEGMENT_LENGTH)
            .forcer((channel, metadata) ->
            {
                if (forcesLeft-- <= 0)
                {
                    throw new IOException("Input/output error");
                }
                channel.force(metadata);
            });
    }

    private void start(final JournalContext context)
    {
        journal = ChronicleJournal.open(context).start(Durability.PROCESS, false, 0);
    }

    private List<JournalDirectory.SegmentFile> files()
    {
        return new JournalDirectory(directory, (channel, metadata) -> channel.force(metadata)).segments();
    }

    /**
     * Appends until there are a number of segments more.
     */
    private void fillSegments(final int count)
    {
        final int records = count * (SEGMENT_LENGTH / LENGTH + 1);
        for (int i = 0; i < records; i++)
        {
            TestRecords.append(journal, LENGTH);
            journal.syncer().doWork();
            journal.doWork();
        }
    }

    @Test
    void every_segment_stands_alone()
    {
        start(context());
        fillSegments(4);
        assertTrue(files().size() >= 5, files().toString());
        final TestRecords.Collector all = read();
        final long segments = files().size();
        assertEquals(segments, all.templates.stream().filter(t -> InitDecoder.TEMPLATE_ID == t).count());
        assertEquals(segments - 1, all.templates.stream().filter(t -> StartDecoder.TEMPLATE_ID == t).count());
        assertEquals(journal.lastRecordNumber(), all.last);
        journal.abandon();
        final OpenedChronicleJournal opened = ChronicleJournal.open(context());
        assertEquals(2, opened.incarnation());
        assertEquals(all.testRecords, JournalContract.replayed(opened).testRecords);
    }

    @Test
    void an_amnesia_that_ended_does_not_come_back_with_the_next_segment()
    {
        start(context());
        journal.abandon();
        journal = ChronicleJournal.open(context().bootId(TestRecords.OTHER_BOOT))
            .start(Durability.PROCESS, true, 2048);
        fillSegments(1);
        journal.abandon();
        try (OpenedChronicleJournal opened = ChronicleJournal.open(context().bootId(TestRecords.OTHER_BOOT)))
        {
            assertTrue(opened.isAmnesiaOpen());
            assertEquals(2048, opened.awaitedSequence());
            journal = opened.start(Durability.PROCESS, true, 2048);
        }
        TestRecords.appendAmnesiaEnd(journal, 3, 2048);
        fillSegments(2);
        journal.abandon();
        try (OpenedChronicleJournal opened = ChronicleJournal.open(context().bootId(TestRecords.OTHER_BOOT)))
        {
            assertFalse(opened.isAmnesiaOpen());
        }
    }

    @Test
    void numbers_go_on_over_restarts_behind_rolls()
    {
        for (int i = 0; i < 3; i++)
        {
            start(context());
            fillSegments(2);
            if (1 == i)
            {
                journal.abandon();
            }
            else
            {
                journal.close();
            }
        }
        assertEquals(3 * 2 * (SEGMENT_LENGTH / LENGTH + 1), read().testRecords.size());
    }

    @Test
    void retention_deletes_whole_segments_and_what_is_left_opens()
    {
        start(context());
        fillSegments(4);
        final TestRecords.Collector before = read();
        final long needed = before.testRecords.get(before.testRecords.size() / 2);
        final int segments = files().size();
        try (JournalReader slow = journal.newReader())
        {
            slow.poll(new TestRecords.Collector(), 3);
            journal.retainFrom(needed);
            for (int i = 0; i < segments; i++)
            {
                journal.syncer().doWork();
            }
            assertTrue(files().size() < segments);
            assertTrue(Files.notExists(directory.resolve("run-0000000000")));
            final TestRecords.Collector after = read();
            assertTrue(after.testRecords.get(0) <= needed);
            assertEquals(before.last, after.last);
            // Whoever was reading what is gone goes on with what is left.
            final List<Long> numbers = new ArrayList<>();
            while (slow.poll((number, position, buffer, offset, length) -> numbers.add(number), 100) > 0)
            {
                assertFalse(numbers.isEmpty());
            }
            assertEquals(before.last, numbers.get(numbers.size() - 1));
            slow.seek(before.positions.get(0));
            slow.poll((number, position, buffer, offset, length) -> numbers.add(number), 1);
            assertEquals(after.last - after.positions.size() + 1, numbers.get(numbers.size() - 1));
        }
        journal.abandon();
        final OpenedChronicleJournal opened = ChronicleJournal.open(context());
        assertEquals(2, opened.incarnation());
        assertTrue(opened.firstRecordNumber() > 1);
        assertEquals(before.last, opened.lastRecordNumber());
        opened.close();
    }

    @Test
    void an_archive_keeps_everything()
    {
        start(context().archive(true));
        fillSegments(3);
        final int segments = files().size();
        journal.retainFrom(journal.lastRecordNumber());
        journal.syncer().doWork();
        assertEquals(segments, files().size());
    }

    @Test
    @DisplayName("H08 a missing segment, manifest or journal is refused; Chronicle's own metadata is not needed")
    void missing_files() throws IOException
    {
        start(context());
        fillSegments(3);
        journal.close();
        for (final Path metadata : metadataFiles())
        {
            Files.delete(metadata);
        }
        ChronicleJournal.open(context()).close();
        for (final JournalDirectory.SegmentFile file : files())
        {
            final Path aside = temporary.resolve("aside");
            Files.move(file.path(), aside);
            final JournalException ex = assertThrows(JournalException.class, () -> ChronicleJournal.open(context()));
            assertTrue(ex.getMessage().contains("lacks the file of segment " + file.number()), ex.getMessage());
            Files.move(aside, file.path());
        }
        final Path manifest = directory.resolve(Manifest.FILE_NAME);
        final String content = Files.readString(manifest);
        Files.writeString(manifest, content.replace("first.record=1", "first.record=2"));
        assertEquals(
            JournalException.Reason.BURNT_IDENTITY,
            assertThrows(JournalException.class, () -> ChronicleJournal.open(context())).reason());
        Files.delete(manifest);
        final JournalException ex = assertThrows(JournalException.class, () -> ChronicleJournal.open(context()));
        assertTrue(ex.getMessage().contains("tagma init"), ex.getMessage());
        assertTrue(
            assertThrows(JournalException.class, () -> ChronicleJournal.create(context())).getMessage()
                .contains("is not empty"));
        Files.writeString(manifest, content);
        ChronicleJournal.open(context()).close();
    }

    private List<Path> metadataFiles() throws IOException
    {
        try (var paths = Files.walk(directory))
        {
            return paths.filter(path -> path.getFileName().toString().startsWith("metadata")).toList();
        }
    }

    @Test
    @DisplayName("H08 an end that lies before what was on the device burns the identity")
    void early_end() throws IOException
    {
        start(context());
        fillSegments(2);
        journal.close();
        final List<JournalDirectory.SegmentFile> files = files();
        final Path last = files.get(files.size() - 1).path();
        final byte[] bytes = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(bytes, bytes.length / 2));
        final JournalException ex = assertThrows(JournalException.class, () -> ChronicleJournal.open(context()));
        assertEquals(JournalException.Reason.BURNT_IDENTITY, ex.reason(), ex.getMessage());
    }

    @Test
    @DisplayName("H11 the first fsync that fails is the end, and the next start writes the tail anew")
    void failed_sync()
    {
        start(context());
        final long number = TestRecords.append(journal, LENGTH);
        forcesLeft = 0;
        journal.requestSync();
        journal.syncer().doWork();
        forcesLeft = Integer.MAX_VALUE;
        final JournalException ex = assertThrows(JournalException.class, journal::doWork);
        assertEquals(JournalException.Reason.FAILED, ex.reason());
        assertTrue(ex.getMessage().contains("cannot be forced to the device (Input/output error)"), ex.getMessage());
        journal.syncer().doWork();
        assertThrows(JournalException.class, journal::requestSync);
        assertTrue(journal.durableRecordNumber() < number);
        assertThrows(JournalException.class, journal::close);
        final Object before = fileKey();
        final OpenedChronicleJournal opened = ChronicleJournal.open(context());
        assertFalse(opened.isClean());
        assertEquals(number, opened.lastRecordNumber());
        opened.close();
        assertFalse(before.equals(fileKey()), "the tail is in a new file");
    }

    private Object fileKey()
    {
        try
        {
            final List<JournalDirectory.SegmentFile> files = files();
            return Files.readAttributes(
                files.get(files.size() - 1).path(), BasicFileAttributes.class).fileKey();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void what_chronicle_reads_is_what_we_read()
    {
        start(context());
        fillSegments(3);
        final int segments = files().size();
        journal.close();
        final TestRecords.Collector ours = read();
        final List<Long> theirs = new ArrayList<>();
        final Path run = files().get(segments - 1).path().getParent();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(run.toFile())
            .rollCycle(RollCycles.FAST_HOURLY).readOnly(true).build();
            ExcerptTailer tailer = queue.createTailer())
        {
            boolean present = true;
            while (present)
            {
                try (DocumentContext document = tailer.readingDocument())
                {
                    present = document.isPresent();
                    if (present)
                    {
                        final Bytes<?> bytes = document.wire().bytes();
                        theirs.add(bytes.readLong(bytes.readPosition() + RecordFrame.RECORD_NUMBER_OFFSET));
                        assertEquals(bytes.readRemaining(), bytes.readInt(bytes.readPosition()));
                    }
                }
            }
        }
        assertEquals(ours.last, theirs.get(theirs.size() - 1));
        assertEquals(ours.last - theirs.get(0) + 1, theirs.size());
    }

    private TestRecords.Collector read()
    {
        final TestRecords.Collector all = new TestRecords.Collector();
        try (JournalReader reader = ChronicleJournal.reader(directory))
        {
            while (reader.poll(all, 100) > 0)
            {
                assertTrue(all.last > 0);
            }
        }
        return all;
    }
}
