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

/**
 * Reads a journal that may still be written to, by this process or by another. Read-only; one thread.
 */
public interface JournalReader extends AutoCloseable
{
    /** Position before the oldest record. */
    long START_POSITION = 0;

    /** Bytes of a long record that are its head: header and first fields of its message. */
    int HEAD_LENGTH = 512;

    /**
     * Hands on records from the current position, in order, control records included.
     *
     * @param handler to be called for each record.
     * @param limit   greatest number of records.
     * @return records handed on; 0 if there are no more for now.
     * @throws JournalException if a record is damaged.
     */
    int poll(RecordHandler handler, int limit);

    /**
     * Moves to a position.
     *
     * @param position of a record, as a handler got it, or {@link #START_POSITION}. If retention has taken it, the
     *                 reader goes on with the oldest record left.
     */
    void seek(long position);

    /**
     * Moves to a record.
     *
     * @param recordNumber of the record. If retention has taken it, the reader goes on with the oldest record left; if
     *                     it is not written yet, behind the last.
     */
    void seekToRecord(long recordNumber);

    /**
     * Whether only the heads of long records are read from now on, as whoever looks for something wants it. Of a
     * record longer than {@value #HEAD_LENGTH} bytes only so many are then what the journal holds, unchecked: whoever
     * goes by them reads the whole record before it believes them. A reader may read all the same. Initially all is
     * read.
     *
     * @param isOnlyHeads whether heads will do.
     */
    default void onlyHeads(final boolean isOnlyHeads)
    {
    }

    /**
     * Releases the files held.
     */
    @Override
    void close();
}
