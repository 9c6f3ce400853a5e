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
import static io.tagma.journal.TestRecords.OTHER_BOOT;
import static io.tagma.journal.TestRecords.append;
import static io.tagma.journal.TestRecords.identity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.journal.Durability;

/**
 * What every start concludes from what a stop, a crash or a power loss left.
 */
abstract class RecoveryContract extends JournalContract
{
    private static final int SECTOR_LENGTH = 512;

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

    @Test
    @DisplayName("H05 torn last record: whatever subset of its sectors is there, it is cut unless all are")
    void torn_sectors_of_the_last_record()
    {
        final int length = 5 * SECTOR_LENGTH / 2;
        final int frameLength = RecordFrame.HEADER_LENGTH + length;
        long last = 0;
        for (int lost = 0; lost < 1 << 4; lost++)
        {
            final OpenedJournal opened = open(BOOT);
            final Journal journal = opened.start(Durability.POWER, opened.isTailAmnesia(), 0);
            appendMany(journal, 3);
            requestAndSync(journal);
            final long torn = append(journal, length);
            append(journal, LENGTH);
            final long location = locate(torn);
            // Unsynced by now: the barrier, the record, and one behind it that is lost whole.
            powerLoss(journal, 2, 0);
            boolean isWhole = true;
            final int first = (int)(location & SECTOR_LENGTH - 1);
            for (int start = -first, sector = 0; start < frameLength; start += SECTOR_LENGTH, sector++)
            {
                if (0 != (lost & 1 << sector))
                {
                    final int from = Math.max(0, start);
                    zero(location, from, Math.min(frameLength, start + SECTOR_LENGTH) - from);
                    isWhole = false;
                }
            }
            final OpenedJournal after = open(OTHER_BOOT);
            assertEquals(isWhole ? torn : torn - 1, after.lastRecordNumber(), "lost " + lost);
            final Journal next = after.start(Durability.POWER, false, 0);
            assertTrue(next.lastRecordNumber() > last);
            last = next.lastRecordNumber();
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
    @DisplayName("H07 a stale record in the place of a newer one, or a newer one in an older's: the identity is burnt")
    void misdirected_write()
    {
        final Journal journal = started(BOOT, Durability.POWER);
        appendMany(journal, 5);
        final long[] numbers = new long[10];
        for (int i = 0; i < numbers.length; i++)
        {
            numbers[i] = append(journal, LENGTH);
        }
        requestAndSync(journal);
        final long spare = append(journal, LENGTH);
        journal.abandon();
        final int length = RecordFrame.HEADER_LENGTH + LENGTH;
        final long kept = locate(spare);
        final long[] places = Arrays.stream(numbers).map(this::locate).toArray();
        for (final int[] way : new int[][]{{2, 7}, {7, 2}, {2, 3}})
        {
            final long victim = places[way[1]];
            misdirect(victim, kept, length);
            misdirect(places[way[0]], victim, length);
            for (final byte[] boot : new byte[][]{BOOT, OTHER_BOOT})
            {
                final JournalException ex = refused(boot, JournalException.Reason.BURNT_IDENTITY);
                assertTrue(ex.getMessage().contains("record " + numbers[way[1]]), ex.getMessage());
            }
            misdirect(kept, victim, length);
        }
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
            identity(8, 0, 2, (byte)1),
            identity(7, 0, 3, (byte)1),
            identity(7, 0, 2, (byte)9)};
        for (final JournalIdentity other : others)
        {
            final JournalException ex = assertThrows(JournalException.class, () -> open(other, BOOT));
            assertEquals(JournalException.Reason.REFUSED, ex.reason());
            assertTrue(ex.getMessage().contains(", not "), ex.getMessage());
        }
        assertEpochRefused(1, "in epoch 0, and the cluster file in epoch 1: give the replica the recovery file");
        openAndClose(BOOT);
    }

    private void assertEpochRefused(final int epoch, final String sentence)
    {
        final JournalException ex =
            assertThrows(JournalException.class, () -> open(identity(7, epoch, 2, (byte)1), BOOT));
        assertEquals(JournalException.Reason.REFUSED, ex.reason());
        assertTrue(ex.getMessage().contains(sentence), ex.getMessage());
    }

    @Test
    @DisplayName("H03 behind a RECOVER the journal is of the next epoch, and an amnesia waits for its hand-over alone")
    void recovered()
    {
        final Journal first = started();
        append(first, LENGTH);
        powerLoss(first, 0, 0);
        final Journal journal = open(OTHER_BOOT).start(Durability.POWER, true, 4096);
        TestRecords.appendRecover(journal, 1, 96);
        journal.close();

        assertEpochRefused(0, "in epoch 1, and the cluster file in epoch 0: start the replica with the cluster file");
        assertEpochRefused(2, "in epoch 1, and the cluster file in epoch 2");
        final OpenedJournal opened = open(identity(7, 1, 2, (byte)1), OTHER_BOOT);
        assertTrue(opened.isAmnesiaOpen());
        assertEquals(96, opened.awaitedSequence());
        opened.start(Durability.POWER, true, 96).close();
        assertEpochRefused(0, "in epoch 1");

        final Journal beginning = open(identity(7, 1, 2, (byte)1), OTHER_BOOT).start(Durability.POWER, true, 96);
        TestRecords.appendRecover(beginning, 2, 0);
        beginning.close();
        try (OpenedJournal last = open(identity(7, 2, 2, (byte)1), OTHER_BOOT))
        {
            assertFalse(last.isAmnesiaOpen());
        }
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
}
