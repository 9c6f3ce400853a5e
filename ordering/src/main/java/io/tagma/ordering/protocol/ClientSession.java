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
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One session of a client: its next number, and the replies of its window. All but {@link #proposedNext} and the
 * scratch of batch checking is agreed state.
 */
final class ClientSession
{
    /** Not closed. */
    static final long OPEN = 0;

    private final int windowMask;
    private final int resultLengthMax;
    private final long[] positions;
    private final long[] fingerprints;
    private final byte[] outcomes;
    private final int[] resultLengths;
    private final UnsafeBuffer results;
    private final UnsafeBuffer channel = new UnsafeBuffer(new byte[FrameLimits.CHANNEL_LENGTH_MAX]);

    private long sessionId;
    private int clientId;
    private int channelLength;
    private long closedAtSequence;
    private long lastActiveNs;
    /** Number of the next request to execute, from 1. */
    private long nextNumber;

    /** As primary: number after the last that was taken for a proposal. Not agreed. */
    private long proposedNext;
    /** As primary: when its client was asked for signatures last; 0 if never. */
    private long askedAtNs;
    /** Scratch of one batch's check: the batch it belongs to, and the number that must come next in it. */
    private long checkedStamp;
    private long checkedNext;

    ClientSession(final ProtocolParameters parameters)
    {
        windowMask = parameters.sessionWindow - 1;
        resultLengthMax = parameters.resultLengthMax;
        positions = new long[parameters.sessionWindow];
        fingerprints = new long[parameters.sessionWindow];
        outcomes = new byte[parameters.sessionWindow];
        resultLengths = new int[parameters.sessionWindow];
        results = new UnsafeBuffer(new byte[parameters.sessionWindow * parameters.resultLengthMax]);
    }

    void open(
        final long sessionId,
        final int clientId,
        final long nowNs,
        final DirectBuffer channelBuffer,
        final int channelOffset,
        final int channelLength)
    {
        this.sessionId = sessionId;
        this.clientId = clientId;
        this.channelLength = channelLength;
        channel.putBytes(0, channelBuffer, channelOffset, channelLength);
        closedAtSequence = OPEN;
        lastActiveNs = nowNs;
        nextNumber = 1;
        proposedNext = 1;
        askedAtNs = 0;
        checkedStamp = 0;
    }

    void close(final long sequence)
    {
        closedAtSequence = sequence;
    }

    /** The next number is executed; where its result goes is {@link #resultOffset}. */
    void executed(final long position, final long fingerprint, final byte outcome, final int resultLength)
    {
        final int index = (int)nextNumber & windowMask;
        positions[index] = position;
        fingerprints[index] = fingerprint;
        outcomes[index] = outcome;
        resultLengths[index] = resultLength;
        nextNumber++;
        if (proposedNext < nextNumber)
        {
            proposedNext = nextNumber;
        }
    }

    /** Number of the oldest request whose reply is kept. */
    private long oldestCached()
    {
        return Math.max(1, nextNumber - positions.length);
    }

    /**
     * int64 session id, closed at, last active, next number; uint32 client, length of the channel, and its bytes; then
     * of each request whose reply is kept, rising by number: int64 position, fingerprint, uint32 outcome, length of the
     * result, and its bytes.
     */
    void save(final StateWriter writer)
    {
        writer.putLong(sessionId);
        writer.putLong(closedAtSequence);
        writer.putLong(lastActiveNs);
        writer.putLong(nextNumber);
        writer.putInt(clientId);
        writer.putInt(channelLength);
        writer.putBytes(channel, 0, channelLength);
        for (long number = oldestCached(); number < nextNumber; number++)
        {
            final int index = (int)number & windowMask;
            writer.putLong(positions[index]);
            writer.putLong(fingerprints[index]);
            writer.putInt(outcomes[index]);
            writer.putInt(resultLengths[index]);
            writer.putBytes(results, resultOffset(number), resultLengths[index]);
        }
    }

    void load(final StateReader reader)
    {
        sessionId = reader.getLong();
        closedAtSequence = reader.getLong();
        lastActiveNs = reader.getLong();
        nextNumber = reader.getLong();
        StateReader.require(sessionId > 0 && closedAtSequence >= OPEN && nextNumber > 0, "session");
        proposedNext = nextNumber;
        checkedStamp = 0;
        clientId = reader.getInt();
        channelLength = reader.getInt("channel", 0, FrameLimits.CHANNEL_LENGTH_MAX);
        reader.getBytes(channel, 0, channelLength);
        for (long number = oldestCached(); number < nextNumber; number++)
        {
            final int index = (int)number & windowMask;
            positions[index] = reader.getLong();
            fingerprints[index] = reader.getLong();
            outcomes[index] = (byte)reader.getInt("outcome", 0, Byte.MAX_VALUE);
            resultLengths[index] = reader.getInt("result", 0, resultLengthMax);
            reader.getBytes(results, resultOffset(number), resultLengths[index]);
        }
    }

    void active(final long sessionTimeNs)
    {
        lastActiveNs = sessionTimeNs;
    }

    /** As primary: numbers up to here are in the batches to come. */
    void proposed(final long next)
    {
        proposedNext = Math.max(proposedNext, next);
    }

    /** As primary: whether its client may be asked for signatures, which counts as asking. */
    boolean mayAsk(final long nowNs, final long intervalNs)
    {
        if (0 != askedAtNs && nowNs - askedAtNs < intervalNs)
        {
            return false;
        }
        askedAtNs = nowNs;
        return true;
    }

    /** The view is left: what was proposed in it may come to nothing. */
    void forgetProposed()
    {
        proposedNext = nextNumber;
    }

    /** As primary: what was in the batches to come was executed and refused; its client may ask again. */
    void refused()
    {
        proposedNext = nextNumber;
    }

    /**
     * Checks that the numbers of this session rise by one through a batch.
     *
     * @param stamp of the batch that is checked.
     * @return false if they do not.
     */
    boolean continuesBatch(final long stamp, final long firstNumber, final int count)
    {
        final boolean continues = checkedStamp != stamp || checkedNext == firstNumber;
        checkedStamp = stamp;
        checkedNext = firstNumber + count;
        return continues;
    }

    boolean isExecuted(final long number)
    {
        return number < nextNumber;
    }

    boolean isCached(final long number)
    {
        return number > 0 && number < nextNumber && number >= nextNumber - positions.length;
    }

    long sessionId()
    {
        return sessionId;
    }

    int clientId()
    {
        return clientId;
    }

    boolean isOpen()
    {
        return OPEN == closedAtSequence;
    }

    long closedAtSequence()
    {
        return closedAtSequence;
    }

    long lastActiveNs()
    {
        return lastActiveNs;
    }

    long nextNumber()
    {
        return nextNumber;
    }

    long proposedNext()
    {
        return proposedNext;
    }

    int window()
    {
        return positions.length;
    }

    long position(final long number)
    {
        return positions[(int)number & windowMask];
    }

    long fingerprint(final long number)
    {
        return fingerprints[(int)number & windowMask];
    }

    byte outcome(final long number)
    {
        return outcomes[(int)number & windowMask];
    }

    UnsafeBuffer results()
    {
        return results;
    }

    int resultOffset(final long number)
    {
        return ((int)number & windowMask) * resultLengthMax;
    }

    int resultLength(final long number)
    {
        return resultLengths[(int)number & windowMask];
    }

    DirectBuffer channel()
    {
        return channel;
    }

    int channelLength()
    {
        return channelLength;
    }
}
