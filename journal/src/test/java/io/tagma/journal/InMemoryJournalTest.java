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

import io.tagma.journal.fixture.InMemoryDevice;
import io.tagma.journal.fixture.InMemoryJournal;

class InMemoryJournalTest extends RecoveryContract
{
    private final InMemoryDevice device = new InMemoryDevice(1024);

    @Override
    void create()
    {
        InMemoryJournal.create(device, TestRecords.IDENTITY);
    }

    @Override
    OpenedJournal open(final JournalIdentity identity, final byte[] bootId)
    {
        return InMemoryJournal.open(device, identity, bootId);
    }

    @Override
    void sync(final Journal journal)
    {
        ((InMemoryJournal)journal).completeSync();
    }

    @Override
    void powerLoss(final Journal journal, final int keptUnsyncedRecords, final int keptBytes)
    {
        journal.abandon();
        device.powerLoss(keptUnsyncedRecords, keptBytes);
    }

    @Override
    void crashInAppend(final Journal journal, final int garbageLength)
    {
        journal.abandon();
        device.processCrashInAppend(garbageLength);
    }

    @Override
    long locate(final long recordNumber)
    {
        return device.offsetOf(recordNumber);
    }

    @Override
    void flipBit(final long location, final int byteOffset, final int bit)
    {
        device.flipBit((int)location, byteOffset, bit);
    }

    @Override
    void misdirect(final long from, final long to, final int length)
    {
        device.misdirect((int)from, (int)to, length);
    }

    @Override
    void zero(final long location, final int byteOffset, final int length)
    {
        device.zero((int)location, byteOffset, length);
    }
}
