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
import static io.tagma.journal.TestRecords.OTHER_BOOT;
import static io.tagma.journal.TestRecords.append;
import static io.tagma.journal.TestRecords.identity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
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
    void after_a_process_crash_all_whole_records_count()
    {
        final Journal journal = started();
        appendMany(journal, 50);
        journal.abandon();
        final OpenedJournal opened = open(BOOT);
        assertFalse(opened.isClean());
        assertFalse(opened.isTailAmnesia());
        assertEquals(50, replayed(opened).testRecords.size());
    }

    @Test
    void a_record_that_a_process_crash_left_half_written_is_cut()
    {
        for (final int garbage : new int[]{1, 4, 40, 5000})
        {
            final Journal journal = started();
            final long number = append(journal, LENGTH);
            crashInAppend(journal, garbage);
            final OpenedJournal opened = open(BOOT);
            assertEquals(number, opened.lastRecordNumber());
            final Journal next = opened.start(Durability.PROCESS, false, 0);
            append(next, 20);
            next.abandon();
            replayed(open(BOOT));
        }
    }

    @Test
    void a_clean_stop_survives_another_boot_without_amnesia()
    {
        final Journal journal = started();
        appendMany(journal, 10);
        journal.close();
        final OpenedJournal opened = open(OTHER_BOOT);
        assertTrue(opened.isClean());
        assertFalse(opened.isTailAmnesia());
        assertEquals(10, replayed(opened).testRecords.size());
    }

    @Test
    void a_clean_mark_stands_only_while_it_is_last()
    {
        started().close();
        final Journal journal = started();
        append(journal, LENGTH);
        journal.abandon();
        assertTrue(openAndClose(OTHER_BOOT).isTailAmnesia());
    }

    private OpenedJournal openAndClose(final byte[] bootId)
    {
        final OpenedJournal opened = open(bootId);
        opened.close();
        return opened;
    }

    @Test
    @DisplayName("H02 what was synced is there after a power loss, and process durability makes the start amnesiac")
    void power_loss_keeps_what_was_synced()
    {
        final Journal journal = started();
        appendMany(journal, 20);
        requestAndSync(journal);
        final long durable = journal.durableRecordNumber();
        appendMany(journal, 20);
        powerLoss(journal, 0, 0);
        final OpenedJournal opened = open(OTHER_BOOT);
        assertTrue(opened.isTailAmnesia());
        assertTrue(opened.lastRecordNumber() >= durable);
        assertEquals(20, replayed(opened).testRecords.size());
        final OpenedJournal again = open(OTHER_BOOT);
        assertThrows(IllegalArgumentException.class, () -> again.start(Durability.POWER, false, 0));
        again.start(Durability.POWER, true, 2048).abandon();
    }

    @Test
    void power_durability_is_never_amnesiac()
    {
        final Journal journal = started(BOOT, Durability.POWER);
        appendMany(journal, 5);
        requestAndSync(journal);
        append(journal, LENGTH);
        powerLoss(journal, 0, 0);
        assertFalse(openAndClose(OTHER_BOOT).isTailAmnesia());
    }

    @Test
    void a_host_without_a_boot_id_is_never_the_same_boot()
    {
        final byte[] none = new byte[RecoveryRules.BOOT_ID_LENGTH];
        started(none, Durability.PROCESS).abandon();
        assertTrue(openAndClose(none).isTailAmnesia());
    }

    @Test
    @DisplayName("H05 torn last record: any byte prefix of it is cut after a power loss, all before it counts")
    void torn_last_record()
    {
        final int frameLength = RecordFrame.HEADER_LENGTH + LENGTH;
        for (int kept = 0; kept < frameLength; kept++)
        {
            final OpenedJournal opened = open(BOOT);
            final Journal journal = opened.start(Durability.POWER, opened.isTailAmnesia(), 0);
            appendMany(journal, 3);
            requestAndSync(journal);
            final long before = append(journal, LENGTH);
            append(journal, LENGTH);
            // Unsynced by now: the barrier, the record before, the last.
            powerLoss(journal, 2, kept);
            final OpenedJournal after = open(OTHER_BOOT);
            assertEquals(before, after.lastRecordNumber(), "kept " + kept);
            final Journal next = after.start(Durability.POWER, false, 0);
            assertEquals(before + 1, journalStart(next));
            next.close();
        }
    }

    private static long journalStart(final Journal journal)
    {
        final TestRecords.Collector all = new TestRecords.Collector();
        try (JournalReader reader = journal.newReader())
        {
            while (reader.poll(all, 100) > 0)
            {
                assertTrue(all.last > 0);
            }
        }
        // Behind the record that was kept come Init (on disk), Start and Barrier, without a gap in the numbers.
        assertEquals(journal.lastRecordNumber(), all.last);
        return all.testRecords.get(all.testRecords.size() - 1) + 1;
    }

    @Test
    @DisplayName("H06 bit rot in the middle: at or below the last barrier the identity is burnt, the record is named")
    void bit_rot_below_the_barrier()
    {
        final Journal journal = started(BOOT, Durability.POWER);
        appendMany(journal, 10);
        final long victim = append(journal, LENGTH);
        appendMany(journal, 10);
        requestAndSync(journal);
        append(journal, LENGTH);
        journal.abandon();
        final long location = locate(victim);
        for (int offset = 0; offset < RecordFrame.HEADER_LENGTH + LENGTH; offset++)
        {
            flipBit(location, offset, offset % 8);
            for (final byte[] boot : new byte[][]{BOOT, OTHER_BOOT})
            {
                final JournalException ex = refused(boot, JournalException.Reason.BURNT_IDENTITY);
                assertTrue(ex.getMessage().contains("record " + victim), ex.getMessage());
                assertTrue(ex.getMessage().contains("new keys"), ex.getMessage());
            }
            flipBit(location, offset, offset % 8);
        }
        assertEquals(22, replayed(open(BOOT)).testRecords.size());
    }

    @Test
    @DisplayName("H06 bit rot behind the last barrier is no torn tail while the host has not lost power")
    void bit_rot_behind_the_barrier()
    {
        final Journal journal = started();
        appendMany(journal, 5);
        requestAndSync(journal);
        final long victim = append(journal, LENGTH);
        appendMany(journal, 5);
        journal.abandon();
        flipBit(locate(victim), RecordFrame.HEADER_LENGTH + 20, 3);
        final JournalException ex = refused(BOOT, JournalException.Reason.BURNT_IDENTITY);
        assertTrue(ex.getMessage().contains("record " + victim), ex.getMessage());
        final OpenedJournal opened = open(OTHER_BOOT);
        assertTrue(opened.isTailAmnesia());
        assertEquals(victim - 1, opened.lastRecordNumber());
        assertEquals(5, replayed(opened).testRecords.size());
    }

    @Test
    void bit_rot_under_a_clean_mark_burns_the_identity()
    {
        final Journal journal = started();
        final long victim = append(journal, LENGTH);
        journal.close();
        flipBit(locate(victim), RecordFrame.HEADER_LENGTH + 20, 0);
        refused(BOOT, JournalException.Reason.BURNT_IDENTITY);
        refused(OTHER_BOOT, JournalException.Reason.BURNT_IDENTITY);
    }

    @Test
    void bytes_of_a_clients_choice_behind_a_torn_record_do_not_burn_the_identity()
    {
        final Journal journal = started();
        appendMany(journal, 3);
        requestAndSync(journal);
        final long last = journal.lastRecordNumber();
        final int length = 4096;
        final MutableDirectBuffer claim = journal.claim(length);
        TestRecords.fill(claim, length, 1);
        // A barrier that would say that all of this was on the device, with the checksum that everybody can compute.
        final ControlRecords records = new ControlRecords();
        final UnsafeBuffer forged = new UnsafeBuffer(new byte[64]);
        records.barrier(forged, last + 1000);
        for (int offset = 1024; offset < 2048; offset += 64)
        {
            claim.putBytes(offset + RecordFrame.HEADER_LENGTH, forged, 0, ControlRecords.BARRIER_LENGTH);
            new RecordFrame(0).complete(claim, offset, ControlRecords.BARRIER_LENGTH, last + 2 + offset);
        }
        journal.commit();
        powerLoss(journal, 1, length);
        assertEquals(last, openAndClose(OTHER_BOOT).lastRecordNumber());
    }

    @Test
    void a_journal_of_another_cluster_epoch_replica_or_key_is_refused()
    {
        started().close();
        final JournalIdentity[] others = {
            identity(8, 0, 2, (byte)1), identity(7, 1, 2, (byte)1), identity(7, 0, 3, (byte)1), identity(7, 0, 2, (byte)9)};
        for (final JournalIdentity other : others)
        {
            final JournalException ex = assertThrows(JournalException.class, () -> open(other, BOOT));
            assertEquals(JournalException.Reason.REFUSED, ex.reason());
            assertTrue(ex.getMessage().contains(", not "), ex.getMessage());
        }
        openAndClose(BOOT);
    }

    @Test
    void amnesia_lasts_with_its_h_over_every_start_until_its_end_is_written()
    {
        final Journal journal = started();
        append(journal, LENGTH);
        powerLoss(journal, 0, 0);
        open(OTHER_BOOT).start(Durability.POWER, true, 4096).close();

        final OpenedJournal opened = open(OTHER_BOOT);
        assertTrue(opened.isAmnesiaOpen());
        assertFalse(opened.isTailAmnesia());
        assertEquals(4096, opened.awaitedSequence());
        assertThrows(IllegalArgumentException.class, () -> opened.start(Durability.POWER, false, 0));
        assertThrows(IllegalArgumentException.class, () -> opened.start(Durability.POWER, true, 4095));
        final Journal amnesiac = opened.start(Durability.POWER, true, 4096);
        TestRecords.appendAmnesiaEnd(amnesiac, opened.incarnation(), 5000);
        amnesiac.abandon();

        final OpenedJournal healed = openAndClose(OTHER_BOOT);
        assertFalse(healed.isAmnesiaOpen());
        assertEquals(0, healed.awaitedSequence());
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
