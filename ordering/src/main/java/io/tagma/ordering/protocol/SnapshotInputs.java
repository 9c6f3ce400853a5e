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
    private final ReplicaStatus status;
    private final Snapshots snapshots;
    private final Checkpointing checkpointing;
    private final SnapshotFetch fetch;
    private final SnapshotSource source;
    private final SnapshotLog log;
    private long restored;

    SnapshotInputs(final Core core, final Snapshots snapshots, final Checkpointing checkpointing)
    {
        status = core.status;
        log = core.snapshotLog;
        this.snapshots = snapshots;
        this.checkpointing = checkpointing;
        final SnapshotMessages messages = new SnapshotMessages(core);
        fetch = new SnapshotFetch(core, messages);
        source = new SnapshotSource(core, messages);
    }

    /** Each duty cycle: what fetching asks for. */
    void work()
    {
        fetch.work(checkpointing.stableCertificate());
    }

    SnapshotFetch fetch()
    {
        return fetch;
    }

    SnapshotSource source()
    {
        return source;
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

    /**
     * The journal begins late: it leads on from one sequence and from any later state, and from no earlier one. Before
     * the journal is replayed.
     *
     * @param sequence from which.
     */
    public void leadsOnFrom(final long sequence)
    {
        log.leadsOnFrom(sequence);
    }

    /**
     * The journal begins in an epoch that is over: of that epoch only what was executed up to its end counts. Before
     * the journal is replayed.
     *
     * @param epoch of its first record that is replayed.
     */
    public void beginsIn(final int epoch)
    {
        log.beginsIn(epoch);
    }

    /**
     * The side agent has read a chunk for a peer.
     *
     * @param peerId for whom.
     * @param chunk  that holds a Chunk message, its origin still to be filled in.
     * @param offset of its header.
     * @param length in bytes, without a tag.
     */
    public void onChunkRead(final int peerId, final DirectBuffer chunk, final int offset, final int length)
    {
        if (!status.isHalted())
        {
            source.onChunkRead(peerId, chunk, offset, length);
        }
    }

    /**
     * A chunk of the snapshot that is fetched is on the disk.
     *
     * @param sequence       of the snapshot.
     * @param snapshotLength bytes of all its chunks.
     * @param chunkNumber    from 0.
     */
    public void onChunkKept(final long sequence, final long snapshotLength, final int chunkNumber)
    {
        fetch.onKept(sequence, snapshotLength, chunkNumber);
    }

    /**
     * The side agent has put together what was fetched, and hashed it.
     *
     * @param sequence of the snapshot.
     * @param isRight  whether it is what the certificate names; if not it was forgotten.
     * @param snapshot that holds it.
     * @param offset   of its first byte.
     * @param length   in bytes.
     * @return whether this replica goes on from it.
     */
    public boolean onGathered(
        final long sequence, final boolean isRight, final DirectBuffer snapshot, final int offset, final int length)
    {
        final boolean isTaken = !status.isHalted() && fetch.onGathered(sequence, isRight);
        if (isTaken)
        {
            snapshots.restoreFetched(sequence, fetch.target(), snapshot, offset, length);
            restored++;
        }
        return isTaken;
    }

    /** @return snapshots that were fetched and gone on from. */
    public long restored()
    {
        return restored;
    }

    /** @return chunks that were fetched and proved. */
    public long chunksReceived()
    {
        return fetch.chunksReceived();
    }

    /** @return chunks that were sent to others. */
    public long chunksSent()
    {
        return source.chunksSent();
    }

    /** @return whether a snapshot is being fetched. */
    public boolean isFetching()
    {
        return fetch.isFetching();
    }
}
