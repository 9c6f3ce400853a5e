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

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;
import static io.tagma.ordering.replica.ChunkQueue.DIGEST_OFFSET;
import static io.tagma.ordering.replica.ChunkQueue.FIRST_OFFSET;
import static io.tagma.ordering.replica.ChunkQueue.MESSAGE_OFFSET;
import static io.tagma.ordering.replica.ChunkQueue.PEER_OFFSET;
import static io.tagma.ordering.replica.ChunkQueue.SEQUENCE_OFFSET;
import static io.tagma.ordering.replica.ChunkQueue.WANTED_OFFSET;

import io.tagma.codecs.FrameLimits;
import io.tagma.journal.ChunkStore;
import io.tagma.journal.SnapshotStore;
import io.tagma.ordering.protocol.ChunkView;
import io.tagma.ordering.protocol.Hashing;
import io.tagma.ordering.protocol.SnapshotDigest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Reads chunks of this replica's snapshots for others, at a bounded rate, and keeps those that it fetches itself. On
 * the thread that makes snapshots; a piece of work at a time, and none is taken before its answer has room.
 */
final class ChunkAgent implements Agent
{
    /** The newest two that are certified may be read at once. */
    private static final int OPEN_MAX = 2;
    private static final long NULL_SEQUENCE = -1;

    private final RingBuffer requests;
    private final RingBuffer results;
    private final ChunkQueue queue;
    private final SnapshotStore snapshots;
    private final ChunkStore gathering;
    private final ReadBudget readBudget;
    private final GatheredChunks gathered;
    private final ChunkView view = new ChunkView();
    private final OpenSnapshot[] open = new OpenSnapshot[OPEN_MAX];
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
    private final MessageHandler requestHandler = this::onRequest;
    private final int resultLengthMax;
    /** Which of those that are open is asked for the longest time ago. */
    private int oldest;
    private OpenSnapshot served;
    private long wanted;
    private int firstChunk;
    private int peerId;
    private long gatheringSequence = NULL_SEQUENCE;
    /** Pieces that were there when gathering began are looked at from here on. */
    private int nextPlace;
    private long places;

    /**
     * An agent at the far end of a queue.
     *
     * @param queue      to serve.
     * @param snapshots  to read for others, and to keep what is fetched in.
     * @param gathering  for chunks.
     * @param limits     of frames.
     * @param digests    of its own, that name snapshots.
     * @param hashing    of its own.
     * @param readBudget that bounds the rate of reading for others.
     */
    ChunkAgent(
        final ChunkQueue queue,
        final SnapshotStore snapshots,
        final ChunkStore gathering,
        final FrameLimits limits,
        final SnapshotDigest digests,
        final Hashing hashing,
        final ReadBudget readBudget)
    {
        this.queue = queue;
        this.snapshots = snapshots;
        this.gathering = gathering;
        this.readBudget = readBudget;
        requests = queue.requests();
        results = queue.results();
        gathered = new GatheredChunks(gathering, limits, digests);
        resultLengthMax = MESSAGE_OFFSET +
            ChunkView.messageLength(FrameLimits.CHUNK_PATH_MAX, digests.chunkLength());
        for (int i = 0; i < OPEN_MAX; i++)
        {
            open[i] = new OpenSnapshot(digests, hashing);
        }
    }

    @Override
    public int doWork()
    {
        // Twice: a ring may have to leave its end empty to hold the greatest answer in one piece.
        if (results.capacity() - results.size() < 2 * resultLengthMax)
        {
            return 0;
        }
        int workCount = lookAtPlace();
        if (null == served)
        {
            workCount += requests.read(requestHandler, 1);
        }
        return workCount + serve();
    }

    private void onRequest(final int type, final MutableDirectBuffer ring, final int index, final int length)
    {
        if (ChunkQueue.READ == type)
        {
            onRead(ring, index);
            return;
        }
        try
        {
            switch (type)
            {
                case ChunkQueue.GATHER -> onGather(ring, index);
                case ChunkQueue.KEEP -> onKeep(ring, index + MESSAGE_OFFSET, length - MESSAGE_OFFSET);
                default -> onLoad(ring.getLong(index + SEQUENCE_OFFSET));
            }
        }
        catch (final IOException ex)
        {
            queue.failed(ex);
        }
    }

    private void onRead(final MutableDirectBuffer ring, final int index)
    {
        final long sequence = ring.getLong(index + SEQUENCE_OFFSET);
        wanted = ring.getLong(index + WANTED_OFFSET);
        firstChunk = ring.getInt(index + FIRST_OFFSET);
        peerId = ring.getInt(index + PEER_OFFSET);
        served = find(sequence);
        if (null == served)
        {
            open(sequence);
        }
        if (null != served)
        {
            oldest = served == open[0] ? 1 : 0;
        }
    }

    /** What is not there is not answered: the asker asks others. */
    private void open(final long sequence)
    {
        try
        {
            final FileChannel channel = snapshots.open(sequence);
            if (null != channel && open[oldest].begin(sequence, channel))
            {
                served = open[oldest];
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private OpenSnapshot find(final long sequence)
    {
        for (final OpenSnapshot snapshot : open)
        {
            if (snapshot.isOf(sequence))
            {
                return snapshot;
            }
        }
        return null;
    }

    /** One chunk: for the tree, as long as that is not whole, then to whoever asked. */
    private int serve()
    {
        if (null == served || !readBudget.hasAny())
        {
            return 0;
        }
        try
        {
            serveChunk();
        }
        catch (final IOException ex)
        {
            forget(served);
            served = null;
            throw new UncheckedIOException(ex);
        }
        return 1;
    }

    private static void forget(final OpenSnapshot snapshot)
    {
        try
        {
            snapshot.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void serveChunk() throws IOException
    {
        final int extended = served.extend();
        if (extended > 0)
        {
            readBudget.spend(extended);
            return;
        }
        final int chunkNumber = firstChunk + Long.numberOfTrailingZeros(wanted);
        if (0 == wanted || chunkNumber >= served.tree().chunkCount())
        {
            served = null;
            return;
        }
        wanted &= wanted - 1;
        final int length = served.read(chunkNumber);
        final int messageLength = ChunkView.messageLength(served.tree().stepCount(chunkNumber), length);
        final int result = claim(ChunkQueue.CHUNK_READ, MESSAGE_OFFSET + messageLength);
        results.buffer().putInt(result, peerId);
        final int bytes = view.encode(
            results.buffer(), result + MESSAGE_OFFSET, served.sequence(), served.length(), chunkNumber,
            served.tree(), length);
        results.buffer().putBytes(bytes, served.chunk(), 0, length);
        results.commit(result);
        readBudget.spend(messageLength);
    }

    private void onGather(final MutableDirectBuffer ring, final int index) throws IOException
    {
        gatheringSequence = ring.getLong(index + SEQUENCE_OFFSET);
        digest.putBytes(0, ring, index + DIGEST_OFFSET, DIGEST_LENGTH);
        gathering.begin(gatheringSequence, digest.getLong(0));
        nextPlace = 0;
        places = Math.min(gathering.places(), FrameLimits.CHUNKS_MAX);
    }

    private int lookAtPlace()
    {
        if (nextPlace >= places)
        {
            return 0;
        }
        try
        {
            final ChunkView found = gathered.find(nextPlace++, gatheringSequence, digest);
            if (null != found)
            {
                kept(found);
            }
        }
        catch (final IOException ex)
        {
            queue.failed(ex);
        }
        return 1;
    }

    private void onKeep(final MutableDirectBuffer ring, final int offset, final int length) throws IOException
    {
        view.wrap(ring, offset);
        if (view.sequence() == gatheringSequence)
        {
            gathering.put(view.chunkNumber(), ring, offset, length);
            kept(view);
        }
    }

    private void kept(final ChunkView chunk)
    {
        final int result = claim(ChunkQueue.CHUNK_KEPT, ChunkQueue.KEPT_LENGTH);
        results.buffer().putLong(result, chunk.sequence());
        results.buffer().putLong(result + ChunkQueue.LENGTH_OFFSET, chunk.snapshotLength());
        results.buffer().putInt(result + ChunkQueue.NUMBER_OFFSET, chunk.chunkNumber());
        results.commit(result);
    }

    private void onLoad(final long sequence) throws IOException
    {
        final boolean isRight = sequence == gatheringSequence && gathered.join(sequence, digest, snapshots);
        final UnsafeBuffer snapshot = isRight ? snapshots.map(sequence) : null;
        gathering.delete();
        gatheringSequence = NULL_SEQUENCE;
        places = 0;
        queue.gathered(snapshot);
        final int result = claim(ChunkQueue.GATHERED, ChunkQueue.GATHERED_LENGTH);
        results.buffer().putLong(result, sequence);
        results.buffer().putLong(result + ChunkQueue.RIGHT_OFFSET, null == snapshot ? 0 : 1);
        results.commit(result);
    }

    private int claim(final int type, final int length)
    {
        final int index = results.tryClaim(type, length);
        if (index < 0)
        {
            throw new IllegalStateException("no room for an answer of " + length + " bytes about chunks");
        }
        return index;
    }

    @Override
    public void onClose()
    {
        for (final OpenSnapshot snapshot : open)
        {
            forget(snapshot);
        }
        try
        {
            gathering.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public String roleName()
    {
        return "chunks";
    }
}
