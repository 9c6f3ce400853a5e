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
package io.tagma.ordering.simulation;

import io.tagma.codecs.journal.PreparedMarkDecoder;
import io.tagma.journal.JournalException;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.RecordFrame;
import io.tagma.journal.fixture.InMemoryDevice;
import io.tagma.journal.fixture.InMemoryJournal;
import io.tagma.journal.fixture.OpenedInMemoryJournal;

/**
 * What outlives the processes of one replica: the device under its journal, and the boots of its host.
 */
final class SimulatedStorage
{
    private static final int BOOT_ID_LENGTH = 16;
    /** Where a record says what it is; with this bit flipped, nothing that there is. */
    private static final int TEMPLATE_ID_OFFSET = RecordFrame.HEADER_LENGTH + 2;
    private static final int TEMPLATE_BIT = 6;

    private final JournalIdentity identity;
    private final InMemoryDevice device = new InMemoryDevice(1 << 16);
    private final byte[] bootId = new byte[BOOT_ID_LENGTH];
    private boolean isRotten;
    private boolean isBurnt;

    SimulatedStorage(final JournalIdentity identity)
    {
        this.identity = identity;
        bootId[0] = 1;
        InMemoryJournal.create(device, identity);
    }

    /** Opens the journal for the next process; null if what rotted must not be started from. */
    OpenedInMemoryJournal open()
    {
        try
        {
            return InMemoryJournal.open(device, identity, bootId);
        }
        catch (final JournalException ex)
        {
            if (!isRotten || JournalException.Reason.BURNT_IDENTITY != ex.reason())
            {
                throw ex;
            }
            isBurnt = true;
            return null;
        }
    }

    /**
     * A record rots in the middle of the journal: the first that says that something is prepared here, if it lies
     * at or below a barrier.
     *
     * @param journal that is abandoned.
     */
    void rot(final InMemoryJournal journal)
    {
        final long[] victim = new long[1];
        try (var reader = journal.newReader())
        {
            reader.poll(
                (record, position, buffer, offset, length) ->
                {
                    if (0 == victim[0] && PreparedMarkDecoder.TEMPLATE_ID == buffer.getShort(offset + 2))
                    {
                        victim[0] = record;
                    }
                },
                Integer.MAX_VALUE);
        }
        isRotten = victim[0] > 0 && victim[0] < journal.durableRecordNumber() / 2;
        if (isRotten)
        {
            device.flipBit(device.offsetOf(victim[0]), TEMPLATE_ID_OFFSET, TEMPLATE_BIT);
        }
    }

    /** The process died in the middle of an append, or between two. */
    void processCrash(final int garbageLength)
    {
        device.processCrashInAppend(garbageLength);
    }

    /** The host lost power: the first unsynced records may have made it, and a piece of the next. */
    void losePower(final int keptRecords, final int keptBytes)
    {
        device.powerLoss(keptRecords, keptBytes);
        bootId[0]++;
    }

    int unsyncedRecords()
    {
        return device.unsyncedRecords();
    }

    /** Whether what it holds must not be started from ever again. */
    boolean isBurnt()
    {
        return isBurnt;
    }
}
