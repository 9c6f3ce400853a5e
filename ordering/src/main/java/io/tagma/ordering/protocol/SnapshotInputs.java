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

/**
 * What the shell tells the core about snapshots, and who is told of it. For the thread of the replica.
 */
public final class SnapshotInputs
{
    private final Snapshots snapshots;
    private final Checkpointing checkpointing;

    SnapshotInputs(final Snapshots snapshots, final Checkpointing checkpointing)
    {
        this.snapshots = snapshots;
        this.checkpointing = checkpointing;
    }

    /**
     * The side agent has hashed and kept the snapshot that it was given.
     *
     * @param sequence whose state it is.
     * @param digest   that holds the 32 bytes that name it.
     * @param offset   of the first of them.
     */
    public void onTaken(final long sequence, final DirectBuffer digest, final int offset)
    {
        snapshots.taken(sequence, digest, offset);
        checkpointing.onSnapshotTaken(sequence, digest, offset);
    }

    /**
     * Restores agreed state, before the journal is replayed.
     *
     * @param sequence     whose state it is.
     * @param digest       that holds the 32 bytes that name it, and were found to do so.
     * @param digestOffset of the first of them.
     * @param snapshot     that holds the state.
     * @param offset       of its first byte.
     * @param length       in bytes.
     */
    public void restore(
        final long sequence,
        final DirectBuffer digest,
        final int digestOffset,
        final DirectBuffer snapshot,
        final int offset,
        final int length)
    {
        snapshots.restore(sequence, digest, digestOffset, snapshot, offset, length);
    }
}
