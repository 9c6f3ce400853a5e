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

import io.tagma.journal.JournalException;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The ordering thread's end of the two rings to {@link ChunkAgent} and back: chunks that others want, and those that
 * are kept. Neither end ever waits for the other, and no more is in memory than the rings hold.
 */
final class ChunkQueue
{
    static final int READ = 1;
    static final int GATHER = 2;
    static final int KEEP = 3;
    static final int LOAD = 4;

    static final int CHUNK_READ = 1;
    static final int CHUNK_KEPT = 2;
    static final int GATHERED = 3;

    /** READ: sequence, chunks, first chunk, peer. GATHER: sequence, digest. KEEP: 8 unused, message. */
    static final int SEQUENCE_OFFSET = 0;
    static final int WANTED_OFFSET = 8;
    static final int FIRST_OFFSET = 16;
    static final int PEER_OFFSET = 20;
    static final int READ_LENGTH = 24;
    static final int DIGEST_OFFSET = 8;
    static final int MESSAGE_OFFSET = 8;

    /** CHUNK_READ: peer, 4 unused, message. CHUNK_KEPT: sequence, bytes, number. GATHERED: sequence, 1 or 0. */
    static final int LENGTH_OFFSET = 8;
    static final int NUMBER_OFFSET = 16;
    static final int KEPT_LENGTH = 24;
    static final int RIGHT_OFFSET = 8;
    static final int GATHERED_LENGTH = 16;

    private static final int CAPACITY = 1 << 20;
    private static final int RESULT_LIMIT = 16;

    private final RingBuffer requests = ring();
    private final RingBuffer results = ring();
    private final Runnable waker;
    private final MessageHandler resultHandler = this::onResult;
    private ChunkHandler handler;
    /** What was put together last; from one thread to the other with the result that says so. */
    private volatile UnsafeBuffer gathered;
    private volatile IOException failure;

    ChunkQueue(final Runnable waker)
    {
        this.waker = waker;
    }

    private static RingBuffer ring()
    {
        return new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    void connect(final ChunkHandler chunkHandler)
    {
        handler = chunkHandler;
    }

    RingBuffer requests()
    {
        return requests;
    }

    RingBuffer results()
    {
        return results;
    }

    boolean read(final int peerId, final long sequence, final int firstChunk, final long wanted)
    {
        final int index = requests.tryClaim(READ, READ_LENGTH);
        if (index < 0)
        {
            return false;
        }
        final MutableDirectBuffer ring = requests.buffer();
        ring.putLong(index + SEQUENCE_OFFSET, sequence);
        ring.putLong(index + WANTED_OFFSET, wanted);
        ring.putInt(index + FIRST_OFFSET, firstChunk);
        ring.putInt(index + PEER_OFFSET, peerId);
        return commit(index);
    }

    boolean gather(final long sequence, final DirectBuffer digest, final int offset)
    {
        final int index = requests.tryClaim(GATHER, DIGEST_OFFSET + DIGEST_LENGTH);
        if (index < 0)
        {
            return false;
        }
        requests.buffer().putLong(index + SEQUENCE_OFFSET, sequence);
        requests.buffer().putBytes(index + DIGEST_OFFSET, digest, offset, DIGEST_LENGTH);
        return commit(index);
    }

    boolean keep(final DirectBuffer chunk, final int offset, final int length)
    {
        final int index = requests.tryClaim(KEEP, MESSAGE_OFFSET + length);
        if (index < 0)
        {
            return false;
        }
        requests.buffer().putBytes(index + MESSAGE_OFFSET, chunk, offset, length);
        return commit(index);
    }

    boolean load(final long sequence)
    {
        final int index = requests.tryClaim(LOAD, Long.BYTES);
        if (index < 0)
        {
            return false;
        }
        requests.buffer().putLong(index + SEQUENCE_OFFSET, sequence);
        return commit(index);
    }

    private boolean commit(final int index)
    {
        requests.commit(index);
        waker.run();
        return true;
    }

    /** Agent: what is fetched cannot be kept. */
    void failed(final IOException ex)
    {
        failure = ex;
    }

    /** Agent: the snapshot that the next result is about. */
    void gathered(final UnsafeBuffer snapshot)
    {
        gathered = snapshot;
    }

    /** Hands answers on. */
    int poll()
    {
        final IOException ex = failure;
        if (null != ex)
        {
            throw new JournalException(
                JournalException.Reason.FAILED,
                "A snapshot that is fetched cannot be kept (" + ex.getMessage() +
                "): the replica stops; check the journal's device, and that it has room, and start again.",
                ex);
        }
        return results.read(resultHandler, RESULT_LIMIT);
    }

    private void onResult(final int type, final MutableDirectBuffer ring, final int index, final int length)
    {
        switch (type)
        {
            case CHUNK_READ -> handler.onChunkRead(
                ring.getInt(index), ring, index + MESSAGE_OFFSET, length - MESSAGE_OFFSET);
            case CHUNK_KEPT -> handler.onChunkKept(
                ring.getLong(index), ring.getLong(index + LENGTH_OFFSET), ring.getInt(index + NUMBER_OFFSET));
            default ->
            {
                final UnsafeBuffer snapshot = gathered;
                gathered = null;
                handler.onGathered(ring.getLong(index), 0 != ring.getLong(index + RIGHT_OFFSET), snapshot);
            }
        }
    }
}
