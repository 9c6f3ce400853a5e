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

import io.tagma.codecs.journal.Durability;

/**
 * A journal that was found in order, before this start has written anything to it: replay it, then {@link #start}.
 * One thread.
 */
public interface OpenedJournal extends AutoCloseable
{
    /**
     * Hands on every record that counts, in order, control records included.
     *
     * @param handler to be called for each record.
     */
    void replay(RecordHandler handler);

    /**
     * Number of this start, from 1.
     *
     * @return one more than that of the last start.
     */
    long incarnation();

    /**
     * Whether a process ever started on this journal.
     *
     * @return false if it is as init left it.
     */
    boolean hasStarted();

    /**
     * Whether the last process stopped in order.
     *
     * @return true if the clean mark stands.
     */
    boolean isClean();

    /**
     * Whether records that the last process relied on may be missing at the end: another boot of the host, no clean
     * mark, and the last start ran with durability {@code process}. This start must then be amnesiac.
     *
     * @return whether this start is in tail amnesia.
     */
    boolean isTailAmnesia();

    /**
     * Whether the last start was amnesiac and its amnesia has not ended. This start must then be amnesiac too, at least
     * up to {@link #awaitedSequence()}.
     *
     * @return whether an amnesia is open.
     */
    boolean isAmnesiaOpen();

    /**
     * H of the open amnesia.
     *
     * @return the sequence awaited; 0 if no amnesia is open.
     */
    long awaitedSequence();

    /**
     * Oldest record kept.
     *
     * @return its record number.
     */
    long firstRecordNumber();

    /**
     * Last record that counts.
     *
     * @return its record number.
     */
    long lastRecordNumber();

    /**
     * Writes START and has it on the device before it returns. To be called once.
     *
     * @param durability      that this process will run with.
     * @param amnesiac        whether it may not vote yet. Must be true if {@link #isTailAmnesia()} or
     *                        {@link #isAmnesiaOpen()}.
     * @param awaitedSequence H, not below {@link #awaitedSequence()}; 0 if not amnesiac.
     * @return the journal to append to. This object is used up.
     * @throws JournalException if it cannot be written.
     */
    Journal start(Durability durability, boolean amnesiac, long awaitedSequence);

    /**
     * Releases the journal without having started; nothing is written. Does nothing after {@link #start}.
     */
    @Override
    void close();
}
