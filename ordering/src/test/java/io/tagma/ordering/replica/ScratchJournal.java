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
package io.tagma.ordering.replica;

import io.tagma.journal.Journal;
import io.tagma.journal.JournalReader;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Counts records and keeps none: everything is durable as soon as it is appended.
 */
final class ScratchJournal implements Journal
{
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[1 << 18]);
    private long lastRecordNumber;

    @Override
    public MutableDirectBuffer claim(final int length)
    {
        return record;
    }

    @Override
    public long commit()
    {
        return ++lastRecordNumber;
    }

    @Override
    public long lastRecordNumber()
    {
        return lastRecordNumber;
    }

    @Override
    public long durableRecordNumber()
    {
        return lastRecordNumber;
    }

    @Override
    public void requestSync()
    {
        // Nothing to do: durable already.
    }

    @Override
    public int doWork()
    {
        return 0;
    }

    @Override
    public void retainFrom(final long recordNumber)
    {
        // Nothing is kept.
    }

    @Override
    public JournalReader newReader()
    {
        throw new IllegalStateException("nothing is kept");
    }

    @Override
    public void close()
    {
        // Nothing is held.
    }

    @Override
    public void abandon()
    {
        // Nothing is held.
    }
}
