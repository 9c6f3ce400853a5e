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
package io.tagma.ordering.protocol;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Takes snapshots of the agreed state: a copy in memory between two batches, which the side agent hashes and keeps.
 * Only if the one before is not done by then, the next batch waits.
 */
final class Snapshots
{
    private final ReplicaStatus status;
    private final Outbound outbound;
    private final RecordWriter records;
    private final AgreedState state;
    private final SnapshotLog log;
    private final Digest digest = new Digest();
    /** Whether the state after the last executed batch must be copied before the next one is executed. */
    private boolean isWaiting;

    Snapshots(final Core core, final AgreedState state)
    {
        status = core.status;
        outbound = core.outbound;
        records = core.records;
        log = core.snapshotLog;
        this.state = state;
    }

    /** The batch that was just executed makes one due. */
    void due()
    {
        log.due(status.executedSequence());
        isWaiting = true;
        take();
    }

    /**
     * Takes the one that waits, if there is one and there is room for it now.
     *
     * @return whether the next batch may be executed.
     */
    boolean take()
    {
        if (isWaiting)
        {
            final MutableDirectBuffer copy = outbound.claimSnapshot();
            if (null == copy)
            {
                return false;
            }
            isWaiting = false;
            outbound.takeSnapshot(status.executedSequence(), state.save(copy));
        }
        return true;
    }

    /** The side agent has made it. */
    void taken(final long sequence, final DirectBuffer buffer, final int offset)
    {
        digest.set(buffer, offset);
        log.taken(sequence, digest, records.lastNumber());
    }

    /** As {@link #restore}, but of a replica that takes part: the journal says first what it lacks from here on. */
    void restoreFetched(
        final long sequence, final Digest fetchedDigest, final DirectBuffer source, final int offset, final int length)
    {
        records.restoredSnapshot(sequence, fetchedDigest);
        restore(sequence, fetchedDigest.bytes(), 0, source, offset, length);
    }

    /** State as it was saved, whose digest was checked. */
    void restore(
        final long sequence,
        final DirectBuffer snapshotDigest,
        final int digestOffset,
        final DirectBuffer source,
        final int offset,
        final int length)
    {
        state.load(source, offset, length);
        StateReader.require(status.executedSequence() == sequence, "sequence");
        digest.set(snapshotDigest, digestOffset);
        log.restored(sequence, digest, records.lastNumber());
        isWaiting = false;
    }
}
