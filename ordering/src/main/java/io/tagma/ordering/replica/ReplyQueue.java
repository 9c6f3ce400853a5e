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

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.client.GroupSizeEncodingEncoder;
import io.tagma.codecs.client.RepliesEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Replies in the order in which they were said, gathered in runs of one session and view that already have the form of
 * the group of a Replies message, so that a frame is made by copying whole runs.
 */
final class ReplyQueue
{
    /** Bytes of a Replies message before its results. */
    static final int MESSAGE_FIXED_LENGTH =
        HEADER_LENGTH + RepliesEncoder.BLOCK_LENGTH + GroupSizeEncodingEncoder.ENCODED_LENGTH;

    private static final int RESULTS_LENGTH_OFFSET = 4;
    private static final int RESULT_COUNT_OFFSET = 8;
    private static final int CLIENT_ID_OFFSET = 12;
    private static final int REQUIRED_RECORD_OFFSET = 16;
    private static final int SESSION_ID_OFFSET = 24;
    private static final int VIEW_OFFSET = 32;
    private static final int RESULTS_OFFSET = 40;

    private static final int RESULT_BLOCK_LENGTH = RepliesEncoder.ResultsEncoder.sbeBlockLength();
    private static final int RESULT_FIXED_LENGTH = RESULT_BLOCK_LENGTH + Integer.BYTES;

    private final ByteRing ring;
    private final int resultsLengthMax;
    private final int resultCountMax;
    /** The run that may still be lengthened, or none. */
    private int openOffset = ByteRing.NULL_OFFSET;
    private long dropped;

    ReplyQueue(final int arenaLength, final int messageLengthMax, final int resultCountMax)
    {
        ring = new ByteRing(arenaLength);
        resultsLengthMax = messageLengthMax - MESSAGE_FIXED_LENGTH;
        this.resultCountMax = resultCountMax;
    }

    /**
     * Finds or makes the run for the next result and writes the result's number and position. See
     * {@link io.tagma.ordering.protocol.Outbound#reply}.
     */
    void add(
        final int clientId,
        final long sessionId,
        final long view,
        final long requiredRecordNumber,
        final Result result)
    {
        final int length = RESULT_FIXED_LENGTH + result.length;
        if (length > resultsLengthMax)
        {
            throw new IllegalArgumentException("a result of " + result.length + " bytes does not fit a frame");
        }
        int run = openOffset;
        if (ByteRing.NULL_OFFSET == run || !matches(run, clientId, sessionId, view) || !lengthen(run, length))
        {
            run = newRun(clientId, sessionId, view, length);
            if (ByteRing.NULL_OFFSET == run)
            {
                dropped++;
                return;
            }
        }
        final UnsafeBuffer buffer = ring.buffer();
        final int resultsLength = buffer.getInt(run + RESULTS_LENGTH_OFFSET);
        putResult(buffer, run + RESULTS_OFFSET + resultsLength, result);
        buffer.putInt(run + RESULTS_LENGTH_OFFSET, resultsLength + length);
        buffer.putInt(run + RESULT_COUNT_OFFSET, buffer.getInt(run + RESULT_COUNT_OFFSET) + 1);
        buffer.putLong(run + REQUIRED_RECORD_OFFSET, requiredRecordNumber);
    }

    /** What was said so far waits for its own records, not for those of replies yet to come. */
    void seal()
    {
        openOffset = ByteRing.NULL_OFFSET;
    }

    private boolean matches(final int run, final int clientId, final long sessionId, final long view)
    {
        final UnsafeBuffer buffer = ring.buffer();
        return buffer.getLong(run + SESSION_ID_OFFSET) == sessionId &&
            buffer.getInt(run + CLIENT_ID_OFFSET) == clientId &&
            buffer.getLong(run + VIEW_OFFSET) == view;
    }

    private boolean lengthen(final int run, final int length)
    {
        final UnsafeBuffer buffer = ring.buffer();
        final int newLength = buffer.getInt(run + RESULTS_LENGTH_OFFSET) + length;
        return newLength <= resultsLengthMax &&
            buffer.getInt(run + RESULT_COUNT_OFFSET) < resultCountMax &&
            ring.extendLast(run, RESULTS_OFFSET + newLength);
    }

    private int newRun(final int clientId, final long sessionId, final long view, final int length)
    {
        openOffset = ring.append(RESULTS_OFFSET + length);
        if (ByteRing.NULL_OFFSET != openOffset)
        {
            final UnsafeBuffer buffer = ring.buffer();
            buffer.putInt(openOffset + RESULTS_LENGTH_OFFSET, 0);
            buffer.putInt(openOffset + RESULT_COUNT_OFFSET, 0);
            buffer.putInt(openOffset + CLIENT_ID_OFFSET, clientId);
            buffer.putLong(openOffset + SESSION_ID_OFFSET, sessionId);
            buffer.putLong(openOffset + VIEW_OFFSET, view);
        }
        return openOffset;
    }

    private static void putResult(final UnsafeBuffer buffer, final int offset, final Result result)
    {
        buffer.putLong(offset, result.number, LITTLE_ENDIAN);
        buffer.putLong(offset + 8, result.position, LITTLE_ENDIAN);
        buffer.putByte(offset + 16, (byte)result.outcome);
        buffer.putByte(offset + 17, (byte)result.form);
        buffer.putShort(offset + 18, (short)0, LITTLE_ENDIAN);
        buffer.putInt(offset + RESULT_BLOCK_LENGTH, result.length, LITTLE_ENDIAN);
        buffer.putBytes(offset + RESULT_FIXED_LENGTH, result.buffer, result.offset, result.length);
    }

    ByteRing ring()
    {
        return ring;
    }

    int resultsOffset(final int run)
    {
        return run + RESULTS_OFFSET;
    }

    int resultsLength(final int run)
    {
        return ring.buffer().getInt(run + RESULTS_LENGTH_OFFSET);
    }

    int resultCount(final int run)
    {
        return ring.buffer().getInt(run + RESULT_COUNT_OFFSET);
    }

    int clientId(final int run)
    {
        return ring.buffer().getInt(run + CLIENT_ID_OFFSET);
    }

    long sessionId(final int run)
    {
        return ring.buffer().getLong(run + SESSION_ID_OFFSET);
    }

    long view(final int run)
    {
        return ring.buffer().getLong(run + VIEW_OFFSET);
    }

    long requiredRecordNumber(final int run)
    {
        return ring.buffer().getLong(run + REQUIRED_RECORD_OFFSET);
    }

    int resultsLengthMax()
    {
        return resultsLengthMax;
    }

    int resultCountMax()
    {
        return resultCountMax;
    }

    boolean isEmpty()
    {
        return ring.head() == ring.tail();
    }

    int free()
    {
        return ring.free();
    }

    int capacity()
    {
        return ring.capacity();
    }

    long dropped()
    {
        return dropped;
    }

    /** The arguments of one reply, reused. */
    static final class Result
    {
        long number;
        long position;
        short outcome;
        short form;
        DirectBuffer buffer;
        int offset;
        int length;
    }
}
