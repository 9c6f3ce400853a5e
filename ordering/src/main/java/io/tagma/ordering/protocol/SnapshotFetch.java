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

import io.tagma.codecs.FrameLimits;
import org.agrona.DirectBuffer;

/**
 * Fetches the snapshot that a certificate names, for a replica that cannot get on by the log: chunk by chunk, from all
 * others at once, each chunk proved before it is kept. What is kept stays over restarts. A source of bad data is not
 * asked again for this snapshot; one that does not answer in time is left alone for a while, longer each time.
 */
final class SnapshotFetch
{
    /** So much may be on its way from one source. */
    private static final int CHUNKS_PER_QUESTION = 8;
    /** Status intervals that a source has to answer one question. */
    private static final int PATIENCE_INTERVALS = 4;
    private static final int DOUBLINGS_MAX = 5;
    /** Repair intervals without a batch executed after which the log is taken to be cut. */
    private static final int STUCK_INTERVALS = 16;

    private enum State
    {
        /** There is nothing to fetch, or the log will do. */
        IDLE,
        /** The side agent is still to be told. */
        BEGINNING,
        /** Chunks come in. */
        GATHERING,
        /** All chunks are kept; the side agent is still to be told. */
        WHOLE,
        /** The side agent puts them together. */
        LOADING
    }

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final PeerStates peers;
    private final Outbound outbound;
    private final SnapshotMessages messages;
    private final SnapshotDigest digests;
    private final ChunkView view = new ChunkView();
    private final Digest target = new Digest();
    /** By chunk: whether it is on the disk. */
    private final long[] kept = new long[FrameLimits.CHUNKS_MAX / Long.SIZE];
    /** By chunk: whether it was asked for, or is on its way to the disk. */
    private final long[] asked = new long[FrameLimits.CHUNKS_MAX / Long.SIZE];
    /** By peer: bit i: chunk first + i is awaited from it. */
    private final long[] awaited;
    private final int[] firstAwaited;
    private final long[] askedAtNs;
    private final long[] restsUntilNs;
    private final int[] failures;
    private State state = State.IDLE;
    private long targetSequence;
    /** 0 while it is not known. */
    private int chunkCount;
    private int keptCount;
    /** Bit i: replica i sent a bad chunk. */
    private long dropped;
    private long keptAtNs;
    private long executedBefore;
    private long executedAtNs;
    private long chunksReceived;

    SnapshotFetch(final Core core, final SnapshotMessages messages)
    {
        parameters = core.parameters;
        status = core.status;
        peers = core.peers;
        outbound = core.outbound;
        this.messages = messages;
        digests = new SnapshotDigest(
            parameters.clusterId, parameters.epochs, parameters.snapshots.chunkLength(), core.hashing);
        final int size = parameters.quorums.size();
        awaited = new long[size];
        firstAwaited = new int[size];
        askedAtNs = new long[size];
        restsUntilNs = new long[size];
        failures = new int[size];
    }

    /**
     * Begins, goes on, or gives up.
     *
     * @param certificate for h.
     */
    void work(final CertificateStore certificate)
    {
        if (status.executedSequence() != executedBefore || 0 == executedAtNs)
        {
            executedBefore = status.executedSequence();
            executedAtNs = status.nowNs();
        }
        switch (state)
        {
            case IDLE -> beginIfStuck(certificate);
            case BEGINNING ->
            {
                if (outbound.gatherSnapshot(targetSequence, target.bytes(), 0))
                {
                    state = State.GATHERING;
                }
            }
            case GATHERING -> gather(certificate);
            case WHOLE ->
            {
                if (outbound.loadGathered(targetSequence))
                {
                    state = State.LOADING;
                }
            }
            default ->
            {
                // The side agent will answer.
            }
        }
    }

    private void beginIfStuck(final CertificateStore certificate)
    {
        if (isAhead(certificate) &&
            status.nowNs() - executedAtNs >= STUCK_INTERVALS * parameters.repairIntervalNs)
        {
            begin(certificate);
        }
    }

    private boolean isAhead(final CertificateStore certificate)
    {
        return certificate.isPresent() && certificate.snapshotSequence() > status.executedSequence();
    }

    private void begin(final CertificateStore certificate)
    {
        targetSequence = certificate.snapshotSequence();
        target.set(certificate.content(), certificate.snapshotDigestOffset());
        for (int i = 0; i < kept.length; i++)
        {
            kept[i] = 0;
            asked[i] = 0;
        }
        for (int peer = 0; peer < awaited.length; peer++)
        {
            awaited[peer] = 0;
            restsUntilNs[peer] = 0;
            failures[peer] = 0;
        }
        chunkCount = 0;
        keptCount = 0;
        dropped = 0;
        keptAtNs = status.nowNs();
        state = State.BEGINNING;
    }

    private void gather(final CertificateStore certificate)
    {
        if (status.executedSequence() >= targetSequence)
        {
            state = State.IDLE;
            return;
        }
        final boolean isStale = status.nowNs() - keptAtNs > 2 * patienceNs();
        if (isStale && certificate.snapshotSequence() > targetSequence)
        {
            // Who has the old one no longer has the new one.
            begin(certificate);
            return;
        }
        int open = 0;
        for (int peer = 0; peer < awaited.length; peer++)
        {
            if (peer != parameters.replicaId && 0 == (dropped >>> peer & 1))
            {
                open++;
                askIfFree(peer);
            }
        }
        if (0 == open)
        {
            // One of them is correct, so it was the bytes on the way or on its disk: none is dropped for ever.
            dropped = 0;
        }
    }

    private void askIfFree(final int peer)
    {
        if (0 != awaited[peer] && status.nowNs() - askedAtNs[peer] > patienceNs() << failures[peer])
        {
            release(peer);
            restsUntilNs[peer] = status.nowNs() + (patienceNs() << failures[peer]);
            failures[peer] = Math.min(failures[peer] + 1, DOUBLINGS_MAX);
        }
        if (0 == awaited[peer] && status.nowNs() >= restsUntilNs[peer] && peers.executed(peer) >= targetSequence)
        {
            ask(peer);
        }
    }

    private void ask(final int peer)
    {
        final int end = 0 == chunkCount ? CHUNKS_PER_QUESTION : chunkCount;
        final int first = firstFree(end);
        if (first >= end)
        {
            return;
        }
        long wanted = 0;
        for (int i = 0; i < Long.SIZE && first + i < end && Long.bitCount(wanted) < CHUNKS_PER_QUESTION; i++)
        {
            if (isFree(first + i))
            {
                wanted |= 1L << i;
                set(asked, first + i);
            }
        }
        firstAwaited[peer] = first;
        awaited[peer] = wanted;
        askedAtNs[peer] = status.nowNs();
        messages.fetchChunksTo(peer, targetSequence, first, wanted);
    }

    private int firstFree(final int end)
    {
        int chunk = 0;
        while (chunk < end && !isFree(chunk))
        {
            final int word = chunk >>> 6;
            chunk = 0 == (chunk & 63) && -1L == (kept[word] | asked[word]) ? chunk + Long.SIZE : chunk + 1;
        }
        return chunk;
    }

    /** What was not answered may be asked of others. */
    private void release(final int peer)
    {
        for (long bits = awaited[peer]; 0 != bits; bits &= bits - 1)
        {
            clear(asked, firstAwaited[peer] + Long.numberOfTrailingZeros(bits));
        }
        awaited[peer] = 0;
    }

    Rejection onChunk(final int senderId, final DirectBuffer buffer, final int offset)
    {
        view.wrap(buffer, offset);
        final int bit = view.chunkNumber() - firstAwaited[senderId];
        if (State.GATHERING != state || view.sequence() != targetSequence || bit < 0 || bit >= Long.SIZE ||
            0 == (awaited[senderId] >>> bit & 1))
        {
            return Rejection.UNWANTED;
        }
        if (!digests.proves(view, target.bytes(), 0))
        {
            release(senderId);
            dropped |= 1L << senderId;
            return Rejection.CHUNK;
        }
        learnCount(view.snapshotLength());
        awaited[senderId] &= ~(1L << bit);
        failures[senderId] = 0;
        if (!outbound.keepChunk(buffer, offset, view.messageLength()))
        {
            clear(asked, view.chunkNumber());
            return Rejection.BUDGET;
        }
        chunksReceived++;
        return Rejection.NONE;
    }

    /** Proved with any chunk: nobody can make it larger. What was asked for beyond the last will not come. */
    private void learnCount(final long snapshotLength)
    {
        if (0 == chunkCount)
        {
            chunkCount = (int)digests.chunkCount(snapshotLength);
            for (int peer = 0; peer < awaited.length; peer++)
            {
                final int inside = chunkCount - firstAwaited[peer];
                awaited[peer] &= inside >= Long.SIZE ? -1L : (1L << Math.max(inside, 0)) - 1;
            }
        }
    }

    /** A chunk is on the disk: just written, or found there when this began. */
    void onKept(final long sequence, final long snapshotLength, final int chunkNumber)
    {
        if (State.GATHERING != state || sequence != targetSequence || has(kept, chunkNumber))
        {
            return;
        }
        learnCount(snapshotLength);
        set(kept, chunkNumber);
        keptCount++;
        keptAtNs = status.nowNs();
        if (keptCount == chunkCount)
        {
            state = State.WHOLE;
        }
    }

    /**
     * The side agent has put the chunks together, or found that it cannot.
     *
     * @return whether the state is to go on from them.
     */
    boolean onGathered(final long sequence, final boolean isRight)
    {
        if (State.LOADING != state || sequence != targetSequence)
        {
            return false;
        }
        state = State.IDLE;
        executedAtNs = status.nowNs();
        return isRight && sequence > status.executedSequence();
    }

    private long patienceNs()
    {
        return PATIENCE_INTERVALS * parameters.statusIntervalNs;
    }

    private boolean isFree(final int chunk)
    {
        return !has(kept, chunk) && !has(asked, chunk);
    }

    private static boolean has(final long[] set, final int chunk)
    {
        return 0 != (set[chunk >>> 6] >>> chunk & 1);
    }

    private static void set(final long[] set, final int chunk)
    {
        set[chunk >>> 6] |= 1L << chunk;
    }

    private static void clear(final long[] set, final int chunk)
    {
        set[chunk >>> 6] &= ~(1L << chunk);
    }

    Digest target()
    {
        return target;
    }

    boolean isFetching()
    {
        return State.IDLE != state;
    }

    /** Bit i: replica i sent a bad chunk of the one that is fetched. */
    long dropped()
    {
        return dropped;
    }

    long chunksReceived()
    {
        return chunksReceived;
    }

    int chunksKept()
    {
        return keptCount;
    }

    int chunkCount()
    {
        return chunkCount;
    }
}
