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

import io.tagma.journal.Journal;
import io.tagma.journal.JournalReader;
import io.tagma.journal.fixture.InMemoryJournal;
import org.agrona.MutableDirectBuffer;

/**
 * The journal of a simulated process: that in memory, with somebody looking over the writer's shoulder.
 */
final class ObservedJournal implements Journal
{
    /** Looks over the writer's shoulder. */
    interface Observer
    {
        /**
         * A record is about to be appended; may throw {@link SimulatedCrash} to die before it is.
         */
        void beforeAppend();

        /**
         * A record was appended.
         *
         * @param record  its number.
         * @param message that holds it from index 0 on.
         * @param length  in bytes.
         */
        void onAppended(long record, MutableDirectBuffer message, int length);

        /**
         * What is before a restart point was cut off.
         */
        void onCut();
    }

    private final InMemoryJournal journal;
    private final Observer observer;
    private final boolean isCut;
    private MutableDirectBuffer claim;
    private int claimLength;

    ObservedJournal(final InMemoryJournal journal, final boolean isCut, final Observer observer)
    {
        this.isCut = isCut;
        this.journal = journal;
        this.observer = observer;
    }

    @Override
    public MutableDirectBuffer claim(final int length)
    {
        claimLength = length;
        claim = journal.claim(length);
        return claim;
    }

    @Override
    public long commit()
    {
        observer.beforeAppend();
        final long record = journal.commit();
        observer.onAppended(record, claim, claimLength);
        return record;
    }

    @Override
    public long lastRecordNumber()
    {
        return journal.lastRecordNumber();
    }

    @Override
    public long durableRecordNumber()
    {
        return journal.durableRecordNumber();
    }

    @Override
    public void requestSync()
    {
        journal.requestSync();
    }

    @Override
    public int doWork()
    {
        return journal.doWork();
    }

    @Override
    public void retainFrom(final long recordNumber)
    {
        if (isCut)
        {
            journal.retainFrom(recordNumber);
            observer.onCut();
        }
    }

    @Override
    public JournalReader newReader()
    {
        return journal.newReader();
    }

    @Override
    public void close()
    {
        journal.close();
    }

    @Override
    public void abandon()
    {
        journal.abandon();
    }
}
