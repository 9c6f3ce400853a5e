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

import io.tagma.codecs.journal.Durability;
import io.tagma.journal.Journal;

/**
 * Which effects may leave: all at once where the page cache is durable enough, only those whose record is on the device
 * otherwise. Asks for at most one sync in a duty cycle, which then serves everything that the cycle produced.
 */
public final class DurabilityGate
{
    private final Journal journal;
    private final boolean isPower;
    /** Every record up to it is on the device. Never decreases. */
    private long durableRecordNumber;
    /** Every record up to it is on the device or a sync for it is asked. Never decreases. */
    private long askedRecordNumber;
    private boolean isSyncWanted;

    /**
     * A gate in front of a journal.
     *
     * @param journal    whose syncs open it.
     * @param durability what durable means.
     */
    public DurabilityGate(final Journal journal, final Durability durability)
    {
        this.journal = journal;
        isPower = Durability.POWER == durability;
        durableRecordNumber = journal.durableRecordNumber();
        askedRecordNumber = durableRecordNumber;
    }

    /** The core wants everything that it appended so far on the device, whatever the durability. */
    void wantSync()
    {
        isSyncWanted = true;
    }

    /**
     * Looks at what the syncer did.
     *
     * @return whether more is on the device than before.
     */
    boolean poll()
    {
        final long durable = journal.durableRecordNumber();
        if (durable > durableRecordNumber)
        {
            durableRecordNumber = durable;
            return true;
        }
        return false;
    }

    /**
     * Everything up to it is on the device.
     *
     * @return the record number.
     */
    public long durableRecordNumber()
    {
        return durableRecordNumber;
    }

    /** Effects that depend on records up to it may leave. */
    long releasedRecordNumber()
    {
        return isPower ? durableRecordNumber : Long.MAX_VALUE;
    }

    /**
     * Asks for the cycle's sync if the core wanted one or an effect waits for one that is not asked yet.
     *
     * @return true if a sync was asked.
     */
    boolean endOfDutyCycle(final boolean isSomethingWaiting)
    {
        final boolean isWanted = isSyncWanted || (isPower && isSomethingWaiting);
        final long last = journal.lastRecordNumber();
        isSyncWanted = false;
        if (isWanted && last > askedRecordNumber)
        {
            journal.requestSync();
            askedRecordNumber = last;
            return true;
        }
        return false;
    }
}
