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

import static io.tagma.journal.TestRecords.BOOT;
import static io.tagma.journal.TestRecords.IDENTITY;
import static io.tagma.journal.TestRecords.append;
import static io.tagma.journal.TestRecords.identity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.journal.BarrierDecoder;
import io.tagma.codecs.journal.CleanMarkDecoder;
import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.InitDecoder;
import io.tagma.codecs.journal.StartDecoder;

/**
 * What every journal does, whatever it lies on.
 */
abstract class JournalContract
{
    static final int LENGTH = 100;

    /**
     * Makes the journal, as init does.
     */
    abstract void create();

    abstract OpenedJournal open(JournalIdentity identity, byte[] bootId);

    /**
     * Completes a sync if one was asked for.
     */
    abstract void sync(Journal journal);

    abstract void powerLoss(Journal journal, int keptUnsyncedRecords, int keptBytes);

    abstract void crashInAppend(Journal journal, int garbageLength);

    abstract long locate(long recordNumber);

    abstract void flipBit(long location, int byteOffset, int bit);

    abstract void zero(long location, int byteOffset, int length);

    abstract void misdirect(long from, long to, int length);

    @BeforeEach
    void createJournal()
    {
        create();
    }

    OpenedJournal open(final byte[] bootId)
    {
        return open(IDENTITY, bootId);
    }

    Journal started(final byte[] bootId, final Durability durability)
    {
        return open(bootId).start(durability, false, 0);
    }

    Journal started()
    {
        return started(BOOT, Durability.PROCESS);
    }

    static void appendMany(final Journal journal, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            append(journal, LENGTH + i);
        }
    }

    void requestAndSync(final Journal journal)
    {
        journal.requestSync();
        sync(journal);
        journal.doWork();
    }

    static TestRecords.Collector replayed(final OpenedJournal opened)
    {
        final TestRecords.Collector collector = new TestRecords.Collector();
        opened.replay(collector);
        opened.close();
        return collector;
    }

    JournalException refused(final byte[] bootId, final JournalException.Reason reason)
    {
        final JournalException ex = assertThrows(JournalException.class, () -> open(bootId));
        assertEquals(reason, ex.reason(), ex.getMessage());
        return ex;
    }

    OpenedJournal openAndClose(final byte[] bootId)
    {
        final OpenedJournal opened = open(bootId);
        opened.close();
        return opened;
    }

    @Test
    void init_leaves_whose_it_is_and_a_clean_mark()
    {
        final OpenedJournal opened = open(BOOT);
        assertTrue(opened.isClean());
        assertFalse(opened.hasStarted());
        assertFalse(opened.isTailAmnesia());
        assertEquals(1, opened.incarnation());
        final List<Integer> templates = replayed(opened).templates;
        assertEquals(InitDecoder.TEMPLATE_ID, templates.get(0));
        assertEquals(CleanMarkDecoder.TEMPLATE_ID, templates.get(templates.size() - 1));
    }

    @Test
    void records_come_back_in_order_with_numbers_that_rise_by_one()
    {
        final Journal journal = started();
        final long first = append(journal, LENGTH);
        appendMany(journal, 500);
        assertEquals(first + 500, journal.lastRecordNumber());
        journal.close();
        final OpenedJournal opened = open(BOOT);
        assertTrue(opened.isClean());
        final TestRecords.Collector records = replayed(opened);
        assertEquals(501, records.testRecords.size());
        assertEquals(first, records.testRecords.get(0));
    }

    @Test
    void the_shortest_and_the_longest_message_fit_and_others_are_refused()
    {
        final Journal journal = started();
        append(journal, RecordFrame.MIN_MESSAGE_LENGTH);
        for (int i = 0; i < 40; i++)
        {
            append(journal, RecordFrame.MAX_MESSAGE_LENGTH);
        }
        assertThrows(IllegalArgumentException.class, () -> journal.claim(RecordFrame.MIN_MESSAGE_LENGTH - 1));
        assertThrows(IllegalArgumentException.class, () -> journal.claim(RecordFrame.MAX_MESSAGE_LENGTH + 1));
        journal.close();
        assertEquals(41, replayed(open(BOOT)).testRecords.size());
    }

    @Test
    void a_claim_that_is_not_committed_is_forgotten_by_the_next()
    {
        final Journal journal = started();
        TestRecords.fill(journal.claim(300), 300, 99);
        final long number = append(journal, 20);
        TestRecords.fill(journal.claim(300), 300, 99);
        journal.close();
        assertEquals(List.of(number), replayed(open(BOOT)).testRecords);
    }

    @Test
    void a_barrier_follows_a_completed_sync_and_asks_for_none_itself()
    {
        final Journal journal = started();
        final long number = append(journal, LENGTH);
        assertTrue(journal.durableRecordNumber() < number);
        assertEquals(0, journal.doWork());
        journal.requestSync();
        sync(journal);
        assertTrue(journal.durableRecordNumber() >= number);
        assertEquals(1, journal.doWork());
        final long last = journal.lastRecordNumber();
        for (int i = 0; i < 3; i++)
        {
            journal.requestSync();
            sync(journal);
            assertEquals(0, journal.doWork());
        }
        assertEquals(last, journal.lastRecordNumber());
        journal.abandon();
        final List<Integer> templates = replayed(open(BOOT)).templates;
        assertEquals(BarrierDecoder.TEMPLATE_ID, templates.get(templates.size() - 1));
    }

    @Test
    void every_start_is_written_down_and_counted()
    {
        for (int incarnation = 1; incarnation <= 3; incarnation++)
        {
            final OpenedJournal opened = open(BOOT);
            assertEquals(incarnation, opened.incarnation());
            opened.start(Durability.PROCESS, false, 0).abandon();
        }
        assertEquals(3, replayed(open(BOOT)).templates.stream().filter(t -> StartDecoder.TEMPLATE_ID == t).count());
    }

    @Test
    void a_reader_follows_the_writer_and_finds_its_way_back()
    {
        final Journal journal = started();
        final TestRecords.Collector seen = new TestRecords.Collector();
        try (JournalReader reader = journal.newReader())
        {
            for (int i = 0; i < 100; i++)
            {
                final long number = append(journal, LENGTH);
                while (reader.poll(seen, 7) > 0)
                {
                    assertTrue(seen.last <= number);
                }
                assertEquals(number, seen.last);
            }
            final int middle = seen.positions.size() / 2;
            final TestRecords.Collector again = new TestRecords.Collector();
            reader.seek(seen.positions.get(middle));
            assertEquals(1, reader.poll(again, 1));
            assertEquals(middle + 1, again.last);
            reader.seekToRecord(50);
            again.last = 0;
            again.positions.clear();
            reader.poll(again, 1);
            assertEquals(50, again.last);
            reader.seek(JournalReader.START_POSITION);
            final TestRecords.Collector all = new TestRecords.Collector();
            while (reader.poll(all, 1000) > 0)
            {
                assertTrue(all.last > 0);
            }
            assertEquals(seen.positions, all.positions);
        }
        journal.close();
    }

    @Test
    void heads_tell_long_records_apart_and_the_whole_of_one_can_be_read_then()
    {
        final Journal journal = started();
        final int[] lengths = {100, 100_000, 600, 480, 5_000, 200_000, 100};
        final long first = journal.lastRecordNumber() + 1;
        for (final int length : lengths)
        {
            append(journal, length);
        }
        final long[] positions = new long[lengths.length];
        final int[] count = {0};
        try (JournalReader reader = journal.newReader())
        {
            reader.onlyHeads(true);
            reader.seekToRecord(first);
            while (reader.poll((number, position, buffer, offset, length) ->
            {
                assertEquals(first + count[0], number);
                assertEquals(lengths[count[0]], length);
                assertTrue(TestRecords.isTestRecord(buffer, offset));
                assertTrue(TestRecords.isFilled(buffer, offset, Math.min(length, 480), number));
                positions[count[0]++] = position;
            }, 2) > 0)
            {
                assertTrue(count[0] <= lengths.length);
            }
            assertEquals(lengths.length, count[0]);
            reader.onlyHeads(false);
            for (int i = lengths.length - 1; i >= 0; i--)
            {
                final long number = first + i;
                final int expected = lengths[i];
                reader.seek(positions[i]);
                assertEquals(1, reader.poll((found, position, buffer, offset, length) ->
                {
                    assertEquals(number, found);
                    assertEquals(expected, length);
                    assertTrue(TestRecords.isFilled(buffer, offset, length, number));
                }, 1));
            }
        }
        journal.close();
    }

    @Test
    void closing_twice_or_after_abandoning_does_nothing()
    {
        final Journal journal = started();
        journal.close();
        journal.close();
        final Journal next = started();
        next.abandon();
        next.close();
        assertFalse(openAndClose(BOOT).isClean());
        assertThrows(IllegalStateException.class, () -> next.claim(LENGTH));
    }
}
