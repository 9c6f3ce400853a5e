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
package io.tagma.codecs;

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.compareDigests;
import static io.tagma.codecs.Structure.GROUP_HEADER_LENGTH;
import static io.tagma.codecs.Structure.VAR_DATA_HEADER_LENGTH;
import static io.tagma.codecs.ViewChangeCheck.ACCEPTED_LENGTH;
import static io.tagma.codecs.ViewChangeCheck.RUN_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.statement.MessageHeaderEncoder;
import io.tagma.codecs.statement.ViewChangeDecoder;
import io.tagma.codecs.statement.ViewChangeEncoder;

/**
 * Writes a ViewChange: takes claims sequence by sequence, in any order within one, and gives the one encoding that
 * {@link StatementCheck} takes. Allocates nothing once constructed; for one thread.
 */
public final class ViewChangeBuilder
{
    private static final int RUNS = HEADER_LENGTH + ViewChangeDecoder.BLOCK_LENGTH;
    private static final int FIRST_SEQUENCE = ViewChangeDecoder.RunsDecoder.firstSequenceEncodingOffset();
    private static final int PREPARED_VIEW = ViewChangeDecoder.RunsDecoder.preparedViewEncodingOffset();
    private static final int SEQUENCE_COUNT = ViewChangeDecoder.RunsDecoder.sequenceCountEncodingOffset();
    private static final int PREPARED = ViewChangeDecoder.RunsDecoder.preparedEncodingOffset();
    private static final int CLAIMS_MAX = FrameLimits.CLAIMED_DIGESTS_MAX + 1;
    private static final long NONE = -1;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ViewChangeEncoder encoder = new ViewChangeEncoder();
    private final UnsafeBuffer preparedDigest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
    private final UnsafeBuffer acceptedDigests = new UnsafeBuffer(new byte[CLAIMS_MAX * DIGEST_LENGTH]);
    private final long[] acceptedViews = new long[CLAIMS_MAX];
    private final long[] runViews = new long[CLAIMS_MAX];

    private MutableDirectBuffer buffer;
    private int offset;
    private int position;
    private int runCount;
    private int run;
    private int runAcceptedCount;
    private long runPreparedView;
    private long runFirst;
    private long runNext;

    private long sequence;
    private long preparedView;
    private int acceptedCount;

    /**
     * Begins a statement. Origin, view and h are those of the sender.
     *
     * @param destination    to write to; it must have room for {@link FrameLimits#statementLengthMax()}.
     * @param index          of the first byte.
     * @param clusterId      of the cluster.
     * @param epoch          of the configuration.
     * @param sender         that will sign it.
     * @param view           to be entered, from 1.
     * @param stableSequence h; 0 without a certificate.
     * @return this.
     */
    public ViewChangeBuilder begin(
        final MutableDirectBuffer destination,
        final int index,
        final long clusterId,
        final int epoch,
        final int sender,
        final long view,
        final long stableSequence)
    {
        buffer = destination;
        offset = index;
        encoder.wrapAndApplyHeader(destination, index, header);
        encoder.origin().clusterId(clusterId).epoch(epoch).sender(sender);
        encoder.view(view).stableSequence(stableSequence);
        position = index + RUNS + GROUP_HEADER_LENGTH;
        runCount = 0;
        runNext = NONE;
        sequence = stableSequence;
        preparedView = NONE;
        acceptedCount = 0;
        return this;
    }

    /**
     * The claims that follow are about this sequence.
     *
     * @param next above the one before.
     * @return this.
     */
    public ViewChangeBuilder sequence(final long next)
    {
        flush();
        sequence = next;
        return this;
    }

    /**
     * The entry of P.
     *
     * @param view   in which the digest was prepared.
     * @param digest that holds it.
     * @param index  of its first byte.
     * @return this.
     */
    public ViewChangeBuilder prepared(final long view, final DirectBuffer digest, final int index)
    {
        preparedView = view;
        preparedDigest.putBytes(0, digest, index, DIGEST_LENGTH);
        return this;
    }

    /**
     * An entry of Qs. For one digest the highest view stands. What follows from P may be given; it is left out.
     *
     * @param view   in which the digest was accepted.
     * @param digest that holds it.
     * @param index  of its first byte.
     * @return this.
     * @throws IllegalStateException if there are more different digests than a ViewChange carries.
     */
    public ViewChangeBuilder accepted(final long view, final DirectBuffer digest, final int index)
    {
        for (int i = 0; i < acceptedCount; i++)
        {
            if (0 == compareDigests(acceptedDigests, i * DIGEST_LENGTH, digest, index))
            {
                final long highest = Math.max(view, acceptedViews[i]);
                remove(i);
                insert(highest, digest, index);
                return this;
            }
        }
        if (FrameLimits.CLAIMED_DIGESTS_MAX == acceptedCount)
        {
            throw new IllegalStateException("more than " + acceptedCount + " digests claimed at " + sequence);
        }
        insert(view, digest, index);
        return this;
    }

    private void remove(final int i)
    {
        acceptedCount--;
        for (int j = i; j < acceptedCount; j++)
        {
            acceptedViews[j] = acceptedViews[j + 1];
            acceptedDigests.putBytes(j * DIGEST_LENGTH, acceptedDigests, (j + 1) * DIGEST_LENGTH, DIGEST_LENGTH);
        }
    }

    private void insert(final long view, final DirectBuffer digest, final int index)
    {
        int i = acceptedCount;
        while (i > 0 && (acceptedViews[i - 1] < view || acceptedViews[i - 1] == view &&
            compareDigests(acceptedDigests, (i - 1) * DIGEST_LENGTH, digest, index) > 0))
        {
            acceptedViews[i] = acceptedViews[i - 1];
            acceptedDigests.putBytes(i * DIGEST_LENGTH, acceptedDigests, (i - 1) * DIGEST_LENGTH, DIGEST_LENGTH);
            i--;
        }
        acceptedViews[i] = view;
        acceptedDigests.putBytes(i * DIGEST_LENGTH, digest, index, DIGEST_LENGTH);
        acceptedCount++;
    }

    private void flush()
    {
        if (NONE != preparedView)
        {
            dropWhatFollows();
        }
        if (NONE != preparedView || acceptedCount > 0)
        {
            if (!continuesRun())
            {
                endRun();
                beginRun();
            }
            if (NONE != preparedView)
            {
                put(preparedDigest, 0, DIGEST_LENGTH);
            }
            put(acceptedDigests, 0, acceptedCount * DIGEST_LENGTH);
            runNext = sequence + 1;
        }
        preparedView = NONE;
        acceptedCount = 0;
    }

    /** An entry of P says that its digest was accepted in its view. */
    private void dropWhatFollows()
    {
        for (int i = 0; i < acceptedCount; i++)
        {
            if (0 == compareDigests(acceptedDigests, i * DIGEST_LENGTH, preparedDigest, 0))
            {
                if (acceptedViews[i] <= preparedView)
                {
                    remove(i);
                }
                return;
            }
        }
        if (FrameLimits.CLAIMED_DIGESTS_MAX == acceptedCount)
        {
            throw new IllegalStateException("more than " + acceptedCount + " digests claimed at " + sequence);
        }
    }

    private boolean continuesRun()
    {
        if (sequence != runNext || preparedView != runPreparedView || acceptedCount != runAcceptedCount)
        {
            return false;
        }
        for (int i = 0; i < acceptedCount; i++)
        {
            if (acceptedViews[i] != runViews[i])
            {
                return false;
            }
        }
        return true;
    }

    private void beginRun()
    {
        run = position;
        runFirst = sequence;
        runPreparedView = preparedView;
        runAcceptedCount = acceptedCount;
        buffer.setMemory(run, RUN_LENGTH, (byte)0);
        buffer.putLong(run + FIRST_SEQUENCE, sequence, LITTLE_ENDIAN);
        if (NONE != preparedView)
        {
            buffer.putLong(run + PREPARED_VIEW, preparedView, LITTLE_ENDIAN);
            buffer.putByte(run + PREPARED, (byte)1);
        }
        final int accepted = run + RUN_LENGTH;
        buffer.putShort(accepted, (short)ACCEPTED_LENGTH, LITTLE_ENDIAN);
        buffer.putShort(accepted + 2, (short)acceptedCount, LITTLE_ENDIAN);
        for (int i = 0; i < acceptedCount; i++)
        {
            runViews[i] = acceptedViews[i];
            buffer.putLong(accepted + GROUP_HEADER_LENGTH + i * ACCEPTED_LENGTH, acceptedViews[i], LITTLE_ENDIAN);
        }
        position = accepted + GROUP_HEADER_LENGTH + acceptedCount * ACCEPTED_LENGTH + VAR_DATA_HEADER_LENGTH;
        runCount++;
    }

    private void endRun()
    {
        if (NONE != runNext)
        {
            final int digests = run + RUN_LENGTH + GROUP_HEADER_LENGTH + runAcceptedCount * ACCEPTED_LENGTH +
                VAR_DATA_HEADER_LENGTH;
            buffer.putInt(run + SEQUENCE_COUNT, (int)(runNext - runFirst), LITTLE_ENDIAN);
            buffer.putInt(digests - VAR_DATA_HEADER_LENGTH, position - digests, LITTLE_ENDIAN);
        }
    }

    private void put(final DirectBuffer source, final int index, final int length)
    {
        buffer.putBytes(position, source, index, length);
        position += length;
    }

    /**
     * Ends the statement.
     *
     * @param certificate that holds the Certificate message for h; not read if the length is 0.
     * @param index       of its message header.
     * @param length      of it in bytes, without tag; 0 if h is 0.
     * @return length of the statement in bytes.
     */
    public int end(final DirectBuffer certificate, final int index, final int length)
    {
        flush();
        endRun();
        buffer.putShort(offset + RUNS, (short)RUN_LENGTH, LITTLE_ENDIAN);
        buffer.putShort(offset + RUNS + 2, (short)runCount, LITTLE_ENDIAN);
        buffer.putInt(position, length, LITTLE_ENDIAN);
        position += VAR_DATA_HEADER_LENGTH;
        if (length > 0)
        {
            put(certificate, index, length);
        }
        return position - offset;
    }
}
