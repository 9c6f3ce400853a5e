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
import static io.tagma.codecs.FrameLayout.SIGNATURE_LENGTH;

import io.tagma.codecs.FrameLayout;

import java.util.concurrent.atomic.AtomicIntegerArray;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The ordering thread's end of the rings to the side thread and back. Neither end ever waits for the other. What
 * replicas sign, what clients sign and what is read from the journal wait apart: clients that send again, or a replica
 * that fell behind, must not keep a change of view waiting.
 */
final class SideAgentQueue implements SideAgentRequests
{
    static final int SIGN = 1;
    static final int VERIFY_REPLICA = 2;
    static final int VERIFY_CLIENT = 3;
    static final int READ_BATCH = 4;
    static final int READ_HISTORY = 5;

    static final int SIGNED = 1;
    static final int VERIFIED = 2;
    static final int BATCH = 3;
    static final int HISTORY = 4;

    /** SIGN: token, bytes. VERIFY: token, id, 4 unused, signature, bytes. READ: peer, count, sequence. */
    static final int TOKEN_OFFSET = 0;
    static final int SIGN_BYTES_OFFSET = 8;
    static final int VERIFY_ID_OFFSET = 8;
    static final int VERIFY_SIGNATURE_OFFSET = 16;
    static final int VERIFY_BYTES_OFFSET = VERIFY_SIGNATURE_OFFSET + SIGNATURE_LENGTH;
    static final int READ_PEER_OFFSET = 0;
    static final int READ_COUNT_OFFSET = 4;
    static final int READ_SEQUENCE_OFFSET = 8;
    static final int READ_LENGTH = 16;
    /** READ_BATCH alone. */
    static final int READ_DIGEST_OFFSET = READ_LENGTH;

    /** SIGNED: token, signature. VERIFIED: token, 1 or 0. BATCH: peer, 4 unused, message. HISTORY: as below. */
    static final int RESULT_BYTES_OFFSET = 8;
    static final int HISTORY_CERTIFICATE_LENGTH_OFFSET = 16;
    static final int HISTORY_DIGESTS_OFFSET = 24;

    private static final int RESULT_LIMIT = 64;
    private static final int VALID = 1;

    private static final int READS_CAPACITY = 1 << 16;
    /** Reads for one peer that may wait: what it asks beyond that it asks again, or others. */
    private static final int READS_PER_PEER = 64;

    private final RingBuffer signatures;
    private final RingBuffer clientSignatures;
    private final RingBuffer reads;
    private final RingBuffer results;
    /** By peer: reads that wait or are worked on. Counted up by the ordering thread, down by the side thread. */
    private final AtomicIntegerArray waitingReads = new AtomicIntegerArray(FrameLayout.MAX_REPLICAS);
    /** The same of runs of digests: one at a time. */
    private final AtomicIntegerArray waitingHistories = new AtomicIntegerArray(FrameLayout.MAX_REPLICAS);
    private final SnapshotAgent snapshots;
    private final ChunkQueue chunks;
    private final Runnable waker;
    private final MessageHandler resultHandler = this::onResult;
    private SideResultHandler handler;

    /**
     * All rings, empty.
     *
     * @param capacity  of each that takes messages, in bytes, a power of two; a request or result takes at most an
     *                  eighth.
     * @param snapshots that makes snapshots.
     * @param chunks    of snapshots.
     * @param waker     called after each request: the other end may be asleep.
     */
    SideAgentQueue(
        final int capacity, final SnapshotAgent snapshots, final ChunkQueue chunks, final Runnable waker)
    {
        this.snapshots = snapshots;
        this.chunks = chunks;
        signatures = ring(capacity);
        clientSignatures = ring(capacity);
        reads = ring(READS_CAPACITY);
        results = ring(capacity);
        this.waker = waker;
    }

    private static RingBuffer ring(final int capacity)
    {
        return new OneToOneRingBuffer(
            new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    void connect(final SideResultHandler resultHandler)
    {
        handler = resultHandler;
    }

    /** SIGN and VERIFY_REPLICA. */
    RingBuffer signatures()
    {
        return signatures;
    }

    /** VERIFY_CLIENT. */
    RingBuffer clientSignatures()
    {
        return clientSignatures;
    }

    /** READ_BATCH and READ_HISTORY. */
    RingBuffer reads()
    {
        return reads;
    }

    RingBuffer results()
    {
        return results;
    }

    /** Side thread: a read for a peer is done, whatever came of it. */
    void readDone(final int peerId, final boolean isBatch)
    {
        (isBatch ? waitingReads : waitingHistories).decrementAndGet(peerId);
    }

    /**
     * Hands answers on.
     *
     * @return their count.
     */
    int pollResults()
    {
        return results.read(resultHandler, RESULT_LIMIT) + snapshots.poll(handler) + chunks.poll();
    }

    @Override
    public boolean sign(final long token, final DirectBuffer buffer, final int offset, final int length)
    {
        final int index = claim(signatures, SIGN, SIGN_BYTES_OFFSET + length);
        if (index < 0)
        {
            return false;
        }
        signatures.buffer().putLong(index + TOKEN_OFFSET, token);
        signatures.buffer().putBytes(index + SIGN_BYTES_OFFSET, buffer, offset, length);
        return commit(signatures, index);
    }

    @Override
    public boolean verifyReplica(
        final long token,
        final int replicaId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        return verify(
            signatures, VERIFY_REPLICA, token, replicaId, buffer, offset, length, signature, signatureOffset);
    }

    @Override
    public boolean verifyClient(
        final long token,
        final int clientId,
        final DirectBuffer body,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        return verify(
            clientSignatures, VERIFY_CLIENT, token, clientId, body, offset, length, signature, signatureOffset);
    }

    private boolean verify(
        final RingBuffer requests,
        final int type,
        final long token,
        final int id,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        final int index = claim(requests, type, VERIFY_BYTES_OFFSET + length);
        if (index < 0)
        {
            return false;
        }
        final MutableDirectBuffer ring = requests.buffer();
        ring.putLong(index + TOKEN_OFFSET, token);
        ring.putInt(index + VERIFY_ID_OFFSET, id);
        ring.putBytes(index + VERIFY_SIGNATURE_OFFSET, signature, signatureOffset, SIGNATURE_LENGTH);
        ring.putBytes(index + VERIFY_BYTES_OFFSET, buffer, offset, length);
        return commit(requests, index);
    }

    @Override
    public boolean readBatch(
        final int peerId, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        final int index = claimRead(READ_BATCH, READ_LENGTH + DIGEST_LENGTH, peerId, sequence, 1);
        if (index < 0)
        {
            return false;
        }
        reads.buffer().putBytes(index + READ_DIGEST_OFFSET, digest, digestOffset, DIGEST_LENGTH);
        return commit(reads, index);
    }

    @Override
    public boolean readHistory(final int peerId, final long firstSequence, final int count)
    {
        final int index = claimRead(READ_HISTORY, READ_LENGTH, peerId, firstSequence, count);
        return index >= 0 && commit(reads, index);
    }

    @Override
    public MutableDirectBuffer claimSnapshot()
    {
        return snapshots.claim();
    }

    @Override
    public void takeSnapshot(final long sequence, final int length)
    {
        snapshots.take(sequence, length);
    }

    @Override
    public void retainSnapshots(final long sequence)
    {
        snapshots.retain(sequence);
    }

    @Override
    public boolean readChunks(final int peerId, final long sequence, final int firstChunk, final long wanted)
    {
        return chunks.read(peerId, sequence, firstChunk, wanted);
    }

    @Override
    public boolean gatherSnapshot(final long sequence, final DirectBuffer digest, final int offset)
    {
        return chunks.gather(sequence, digest, offset);
    }

    @Override
    public boolean keepChunk(final DirectBuffer chunk, final int offset, final int length)
    {
        return chunks.keep(chunk, offset, length);
    }

    @Override
    public boolean loadGathered(final long sequence)
    {
        return chunks.load(sequence);
    }

    private int claimRead(
        final int type, final int length, final int peerId, final long sequence, final int count)
    {
        final AtomicIntegerArray waiting = READ_BATCH == type ? waitingReads : waitingHistories;
        if (waiting.get(peerId) >= (READ_BATCH == type ? READS_PER_PEER : 1))
        {
            return RingBuffer.INSUFFICIENT_CAPACITY;
        }
        final int index = claim(reads, type, length);
        if (index >= 0)
        {
            waiting.incrementAndGet(peerId);
            reads.buffer().putInt(index + READ_PEER_OFFSET, peerId);
            reads.buffer().putInt(index + READ_COUNT_OFFSET, count);
            reads.buffer().putLong(index + READ_SEQUENCE_OFFSET, sequence);
        }
        return index;
    }

    private static int claim(final RingBuffer requests, final int type, final int length)
    {
        return length > requests.maxMsgLength() ? RingBuffer.INSUFFICIENT_CAPACITY : requests.tryClaim(type, length);
    }

    private boolean commit(final RingBuffer requests, final int index)
    {
        requests.commit(index);
        waker.run();
        return true;
    }

    private void onResult(final int type, final MutableDirectBuffer ring, final int index, final int length)
    {
        switch (type)
        {
            case SIGNED:
                handler.onSigned(ring.getLong(index), ring, index + RESULT_BYTES_OFFSET);
                break;

            case VERIFIED:
                handler.onVerified(ring.getLong(index), VALID == ring.getByte(index + RESULT_BYTES_OFFSET));
                break;

            case BATCH:
                handler.onBatchRead(
                    ring.getInt(index + READ_PEER_OFFSET),
                    ring, index + RESULT_BYTES_OFFSET, length - RESULT_BYTES_OFFSET);
                break;

            case HISTORY:
                onHistory(ring, index);
                break;

            default:
                throw new IllegalStateException("side agent result of type " + type);
        }
    }

    private void onHistory(final MutableDirectBuffer ring, final int index)
    {
        final int count = ring.getInt(index + READ_COUNT_OFFSET);
        handler.onHistoryRead(
            ring.getInt(index + READ_PEER_OFFSET),
            ring.getLong(index + READ_SEQUENCE_OFFSET),
            count,
            ring, index + HISTORY_DIGESTS_OFFSET,
            ring, index + HISTORY_DIGESTS_OFFSET + count * DIGEST_LENGTH,
            ring.getInt(index + HISTORY_CERTIFICATE_LENGTH_OFFSET));
    }

    /** Bytes of requests that wait for the side thread. */
    int waitingBytes()
    {
        return signatures.size() + clientSignatures.size() + reads.size();
    }
}
