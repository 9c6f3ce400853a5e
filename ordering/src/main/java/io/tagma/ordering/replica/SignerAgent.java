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
import static io.tagma.ordering.replica.SideAgentQueue.HISTORY_CERTIFICATE_LENGTH_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.HISTORY_DIGESTS_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.READ_COUNT_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.READ_DIGEST_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.READ_PEER_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.READ_SEQUENCE_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.RESULT_BYTES_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.SIGN_BYTES_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.TOKEN_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.VERIFY_BYTES_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.VERIFY_ID_OFFSET;
import static io.tagma.ordering.replica.SideAgentQueue.VERIFY_SIGNATURE_OFFSET;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * The side thread's work: Ed25519, which costs 20 to 80 microseconds a time, and reading the journal for replicas that
 * fell behind, at a bounded rate. What replicas sign comes first; then one client's signature and one step of reading
 * in turn. No request is taken before its answer has room.
 */
final class SignerAgent implements Agent
{
    /** What is read to find something costs so much less than what is sent. */
    private static final int SCANNED_SHARE = 8;
    private static final int VERIFIED_LENGTH = RESULT_BYTES_OFFSET + Long.BYTES;

    private final SideAgentQueue queue;
    private final RingBuffer results;
    private final SignatureKeys keys;
    private final JournalLookup lookup;
    private final ReadBudget readBudget;
    private final int resultLengthMax;
    private final MessageHandler requestHandler = this::onRequest;
    private final UnsafeBuffer signed;
    private final UnsafeBuffer signature = new UnsafeBuffer(new byte[SIGNATURE_LENGTH]);

    private boolean isReading;
    private boolean isReadingBatch;
    private int readPeerId;
    private long readSequence;

    /**
     * An agent at the far end of a queue.
     *
     * @param queue            to serve.
     * @param messageLengthMax of any frame.
     * @param signedLengthMax  of anything that is signed.
     * @param keys             to sign and verify with.
     * @param lookup           to read the journal with.
     * @param readBudget       that bounds the rate of reading.
     */
    SignerAgent(
        final SideAgentQueue queue,
        final int messageLengthMax,
        final int signedLengthMax,
        final SignatureKeys keys,
        final JournalLookup lookup,
        final ReadBudget readBudget)
    {
        this.queue = queue;
        results = queue.results();
        this.keys = keys;
        this.lookup = lookup;
        this.readBudget = readBudget;
        resultLengthMax = HISTORY_DIGESTS_OFFSET + 2 * messageLengthMax;
        signed = new UnsafeBuffer(new byte[signedLengthMax]);
    }

    @Override
    public int doWork()
    {
        if (!hasRoom())
        {
            return 0;
        }
        final int workCount = queue.signatures().read(requestHandler, 1);
        return workCount > 0 ? workCount : verifyForClient() + read();
    }

    private int verifyForClient()
    {
        return queue.clientSignatures().read(requestHandler, 1);
    }

    private int read()
    {
        if (!hasRoom())
        {
            return 0;
        }
        return isReading ? advanceRead() : queue.reads().read(requestHandler, 1);
    }

    /** Twice: a ring may have to leave its end empty to hold the greatest answer in one piece. */
    private boolean hasRoom()
    {
        return results.capacity() - results.size() >= 2 * resultLengthMax;
    }

    @Override
    public void onClose()
    {
        lookup.close();
    }

    @Override
    public String roleName()
    {
        return "side";
    }

    boolean isIdle()
    {
        return !isReading && 0 == queue.waitingBytes();
    }

    private void onRequest(final int type, final MutableDirectBuffer ring, final int index, final int length)
    {
        switch (type)
        {
            case SideAgentQueue.SIGN:
                onSign(ring, index, length - SIGN_BYTES_OFFSET);
                break;

            case SideAgentQueue.VERIFY_REPLICA:
                onVerifyReplica(ring, index, length - VERIFY_BYTES_OFFSET);
                break;

            case SideAgentQueue.VERIFY_CLIENT:
                onVerifyClient(ring, index, length - VERIFY_BYTES_OFFSET);
                break;

            case SideAgentQueue.READ_BATCH:
            case SideAgentQueue.READ_HISTORY:
                onRead(SideAgentQueue.READ_BATCH == type, ring, index);
                break;

            default:
                throw new IllegalStateException("side agent request of type " + type);
        }
    }

    private void onSign(final DirectBuffer ring, final int index, final int length)
    {
        signed.putBytes(0, ring, index + SIGN_BYTES_OFFSET, length);
        keys.sign(signed, 0, length, signature, 0);
        final int result = claim(SideAgentQueue.SIGNED, RESULT_BYTES_OFFSET + SIGNATURE_LENGTH);
        results.buffer().putLong(result + TOKEN_OFFSET, ring.getLong(index + TOKEN_OFFSET));
        results.buffer().putBytes(result + RESULT_BYTES_OFFSET, signature, 0, SIGNATURE_LENGTH);
        results.commit(result);
    }

    private void onVerifyReplica(final DirectBuffer ring, final int index, final int length)
    {
        signed.putBytes(0, ring, index + VERIFY_BYTES_OFFSET, length);
        signature.putBytes(0, ring, index + VERIFY_SIGNATURE_OFFSET, SIGNATURE_LENGTH);
        verified(
            ring.getLong(index + TOKEN_OFFSET),
            keys.verifyReplica(ring.getInt(index + VERIFY_ID_OFFSET), signed, 0, length, signature, 0));
    }

    private void onVerifyClient(final DirectBuffer ring, final int index, final int length)
    {
        signed.putBytes(0, ring, index + VERIFY_BYTES_OFFSET, length);
        signature.putBytes(0, ring, index + VERIFY_SIGNATURE_OFFSET, SIGNATURE_LENGTH);
        verified(
            ring.getLong(index + TOKEN_OFFSET),
            keys.verifyClient(ring.getInt(index + VERIFY_ID_OFFSET), signed, 0, length, signature, 0));
    }

    private void verified(final long token, final boolean isValid)
    {
        final int result = claim(SideAgentQueue.VERIFIED, VERIFIED_LENGTH);
        results.buffer().putLong(result + TOKEN_OFFSET, token);
        results.buffer().putByte(result + RESULT_BYTES_OFFSET, (byte)(isValid ? 1 : 0));
        results.commit(result);
    }

    private void onRead(final boolean isBatch, final DirectBuffer ring, final int index)
    {
        isReading = true;
        isReadingBatch = isBatch;
        readPeerId = ring.getInt(index + READ_PEER_OFFSET);
        readSequence = ring.getLong(index + READ_SEQUENCE_OFFSET);
        if (isBatch)
        {
            lookup.startBatch(readSequence, ring, index + READ_DIGEST_OFFSET);
        }
        else
        {
            lookup.startHistory(readSequence, ring.getInt(index + READ_COUNT_OFFSET));
        }
    }

    private int advanceRead()
    {
        if (!readBudget.hasAny())
        {
            return 0;
        }
        final boolean isFinished = lookup.advance();
        readBudget.spend((int)(lookup.takeScannedLength() / SCANNED_SHARE));
        if (isFinished)
        {
            isReading = false;
            queue.readDone(readPeerId, isReadingBatch);
            if (isReadingBatch)
            {
                answerBatch();
            }
            else
            {
                answerHistory();
            }
        }
        return 1;
    }

    /** What the journal does not hold is not answered: the asker asks others. */
    private void answerBatch()
    {
        if (!lookup.readBatch())
        {
            return;
        }
        final int length = lookup.storedBatchLength();
        final int result = claim(SideAgentQueue.BATCH, RESULT_BYTES_OFFSET + length);
        results.buffer().putInt(result + READ_PEER_OFFSET, readPeerId);
        results.buffer().putBytes(result + RESULT_BYTES_OFFSET, lookup.storedBatch(), 0, length);
        results.commit(result);
        readBudget.spend(length);
    }

    private void answerHistory()
    {
        final int count = lookup.foundCount();
        if (0 == count)
        {
            return;
        }
        final int digestsLength = count * DIGEST_LENGTH;
        final int certificateLength = lookup.certificateLength();
        final int length = HISTORY_DIGESTS_OFFSET + digestsLength + certificateLength;
        final int result = claim(SideAgentQueue.HISTORY, length);
        final MutableDirectBuffer ring = results.buffer();
        ring.putInt(result + READ_PEER_OFFSET, readPeerId);
        ring.putInt(result + READ_COUNT_OFFSET, count);
        ring.putLong(result + READ_SEQUENCE_OFFSET, readSequence);
        ring.putInt(result + HISTORY_CERTIFICATE_LENGTH_OFFSET, certificateLength);
        ring.putBytes(result + HISTORY_DIGESTS_OFFSET, lookup.digests(), 0, digestsLength);
        ring.putBytes(
            result + HISTORY_DIGESTS_OFFSET + digestsLength, lookup.certificate(), 0, certificateLength);
        results.commit(result);
        readBudget.spend(length);
    }

    private int claim(final int type, final int length)
    {
        final int index = results.tryClaim(type, length);
        if (index < 0)
        {
            throw new IllegalStateException("no room for a side agent answer of " + length + " bytes");
        }
        return index;
    }
}
