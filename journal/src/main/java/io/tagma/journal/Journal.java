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

import org.agrona.MutableDirectBuffer;

/**
 * Appends records, and makes them durable. One writer thread; nothing here allocates in steady state.
 * <p>
 * Once a write or a sync has failed the journal has failed for good: every later call throws the same
 * {@link JournalException}, and the replica must stop. What is durable afterwards is for the next start to find out.
 */
public interface Journal extends AutoCloseable
{
    /**
     * Claims room for one record. At most one claim is open at a time; a claim that is not committed is forgotten by
     * the next claim.
     *
     * @param length of the message in bytes, its header included: 8 to {@link RecordFrame#MAX_MESSAGE_LENGTH}.
     * @return where to encode the message, from index 0; valid until {@link #commit()}. Its content is arbitrary.
     * @throws JournalException if the journal has failed, or the disk is full.
     */
    MutableDirectBuffer claim(int length);

    /**
     * Appends the claimed record. It survives the death of this process from now on, not yet a power loss.
     *
     * @return its record number, which rises by one.
     * @throws JournalException if the write failed.
     */
    long commit();

    /**
     * Number of the last record appended, control records included.
     *
     * @return its record number, from 1.
     */
    long lastRecordNumber();

    /**
     * Everything up to here is on the device. Moves behind the writer's back, never down. Any thread.
     *
     * @return the greatest durable record number.
     */
    long durableRecordNumber();

    /**
     * Asks that everything appended so far reach the device. Never blocks.
     *
     * @throws JournalException if the journal has failed.
     */
    void requestSync();

    /**
     * Writer's duty cycle: appends a Barrier when a sync has completed, and notices failures.
     *
     * @return the number of things done.
     * @throws JournalException if a write or a sync failed, or the disk is full.
     */
    int doWork();

    /**
     * Says that nothing below a record will be needed again. Whole segments below it may be deleted, later and on
     * another thread; none is if the journal archives.
     *
     * @param recordNumber of the first record still needed.
     */
    void retainFrom(long recordNumber);

    /**
     * A reader over the same records, positioned at the oldest.
     *
     * @return a new reader, for any one thread; to be closed by the caller.
     */
    JournalReader newReader();

    /**
     * Orderly stop: syncs, appends the clean mark, syncs. After a failure it only releases what is held. Idempotent.
     */
    @Override
    void close();

    /**
     * Fail-stop: releases what is held and writes nothing, as if the process had died here. Idempotent.
     */
    void abandon();
}
