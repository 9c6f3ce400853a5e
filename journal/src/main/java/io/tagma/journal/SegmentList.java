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

import java.util.ArrayList;
import java.util.List;

/**
 * The segments kept and where their records begin; shared by the writer, which adds, and the syncer, which retires.
 */
final class SegmentList
{
    private record Entry(JournalDirectory.SegmentFile file, long firstRecordNumber)
    {
    }

    private final List<Entry> entries = new ArrayList<>();

    synchronized void add(final JournalDirectory.SegmentFile file, final long firstRecordNumber)
    {
        entries.add(new Entry(file, firstRecordNumber));
    }

    synchronized int lastNumber()
    {
        return entries.isEmpty() ? -1 : entries.get(entries.size() - 1).file().number();
    }

    synchronized JournalDirectory.SegmentFile file(final int number)
    {
        return entries.get(number - entries.get(0).file().number()).file();
    }

    /**
     * The oldest segment, if nothing in it is needed any more.
     *
     * @param recordNumber of the first record still needed.
     * @return its file; null if it is needed.
     */
    synchronized JournalDirectory.SegmentFile oldestBelow(final long recordNumber)
    {
        return entries.size() > 1 && entries.get(1).firstRecordNumber() <= recordNumber ? entries.get(0).file() : null;
    }

    synchronized long firstRecordNumberAfterOldest()
    {
        return entries.get(1).firstRecordNumber();
    }

    synchronized void removeOldest()
    {
        entries.remove(0);
    }
}
