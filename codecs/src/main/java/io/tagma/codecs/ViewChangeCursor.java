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
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.uint16;
import static io.tagma.codecs.Structure.uint32;
import static io.tagma.codecs.Structure.uint8;
import static io.tagma.codecs.ViewChangeCheck.ACCEPTED_LENGTH;
import static io.tagma.codecs.ViewChangeCheck.RUN_LENGTH;

import org.agrona.DirectBuffer;

import io.tagma.codecs.statement.OriginDecoder;
import io.tagma.codecs.statement.ViewChangeDecoder;

/**
 * Walks the claims of a ViewChange in the order of their sequences. A reusable flyweight: it holds no bytes, allocates
 * nothing, and is for one thread.
 * <p>
 * For statements that {@link StatementCheck} has passed, and for nothing else: it does not check again.
 *
 * <pre>
 * cursor.wrap(buffer, offset);
 * while (cursor.next())
 * {
 *     cursor.sequence(); cursor.isPrepared(); cursor.acceptedCount() ...
 * }
 * </pre>
 */
public final class ViewChangeCursor
{
    private static final int SENDER = HEADER_LENGTH + OriginDecoder.senderEncodingOffset();
    private static final int VIEW = HEADER_LENGTH + ViewChangeDecoder.viewEncodingOffset();
    private static final int STABLE_SEQUENCE = HEADER_LENGTH + ViewChangeDecoder.stableSequenceEncodingOffset();
    private static final int RUNS = HEADER_LENGTH + ViewChangeDecoder.BLOCK_LENGTH;
    private static final int FIRST_SEQUENCE = ViewChangeDecoder.RunsDecoder.firstSequenceEncodingOffset();
    private static final int PREPARED_VIEW = ViewChangeDecoder.RunsDecoder.preparedViewEncodingOffset();
    private static final int SEQUENCE_COUNT = ViewChangeDecoder.RunsDecoder.sequenceCountEncodingOffset();
    private static final int PREPARED = ViewChangeDecoder.RunsDecoder.preparedEncodingOffset();

    private DirectBuffer buffer;
    private int offset;
    private int runsLeft;
    private int run;
    private int nextRun;
    private long runFirst;
    private long runLast;
    private boolean isPrepared;
    private int acceptedCount;
    private int digests;
    private int stride;
    private long sequence;

    /**
     * Goes before the first claim.
     *
     * @param statement that holds the ViewChange.
     * @param index     of its message header.
     * @return this.
     */
    public ViewChangeCursor wrap(final DirectBuffer statement, final int index)
    {
        buffer = statement;
        offset = index;
        return rewind();
    }

    /**
     * Who signs a ViewChange, without a cursor over it.
     *
     * @param statement that holds the ViewChange.
     * @param index     of its message header.
     * @return id of the replica.
     */
    public static int senderOf(final DirectBuffer statement, final int index)
    {
        return (int)uint32(statement, index + SENDER);
    }

    /**
     * Goes back before the first claim.
     *
     * @return this.
     */
    public ViewChangeCursor rewind()
    {
        runsLeft = uint16(buffer, offset + RUNS + 2);
        nextRun = offset + RUNS + GROUP_HEADER_LENGTH;
        runFirst = stableSequence() + 1;
        runLast = stableSequence();
        sequence = stableSequence();
        return this;
    }

    /**
     * Goes to the next sequence of which something is claimed.
     *
     * @return false if there is none.
     */
    public boolean next()
    {
        if (sequence == runLast && !nextRun())
        {
            return false;
        }
        sequence = Math.max(sequence + 1, runFirst);
        return true;
    }

    /**
     * Goes forward to a sequence.
     *
     * @param wanted at or above every one asked for since the cursor was before the first claim.
     * @return whether something is claimed of it.
     */
    public boolean seek(final long wanted)
    {
        while (wanted > runLast && nextRun())
        {
            // Past whole runs.
        }
        if (wanted < runFirst || wanted > runLast)
        {
            return false;
        }
        sequence = wanted;
        return true;
    }

    private boolean nextRun()
    {
        if (0 == runsLeft)
        {
            sequence = runLast;
            return false;
        }
        runsLeft--;
        run = nextRun;
        runFirst = int64(buffer, run + FIRST_SEQUENCE);
        runLast = runFirst + uint32(buffer, run + SEQUENCE_COUNT) - 1;
        sequence = runFirst - 1;
        isPrepared = 1 == uint8(buffer, run + PREPARED);
        acceptedCount = uint16(buffer, run + RUN_LENGTH + 2);
        stride = (isPrepared ? acceptedCount + 1 : acceptedCount) * DIGEST_LENGTH;
        digests = run + RUN_LENGTH + GROUP_HEADER_LENGTH + acceptedCount * ACCEPTED_LENGTH + VAR_DATA_HEADER_LENGTH;
        nextRun = digests + (int)uint32(buffer, digests - VAR_DATA_HEADER_LENGTH);
        return true;
    }

    /**
     * @return id of the replica that signs it.
     */
    public int sender()
    {
        return senderOf(buffer, offset);
    }

    /**
     * @return the view to be entered, from 1.
     */
    public long view()
    {
        return int64(buffer, offset + VIEW);
    }

    /**
     * @return h of the sender, 0 if it has no certificate.
     */
    public long stableSequence()
    {
        return int64(buffer, offset + STABLE_SEQUENCE);
    }

    /**
     * The highest sequence in P. Looks at each run, and goes back before the first claim.
     *
     * @return it, or 0 if P is empty.
     */
    public long lastPrepared()
    {
        rewind();
        long last = 0;
        while (nextRun())
        {
            last = isPrepared ? runLast : last;
        }
        rewind();
        return last;
    }

    /**
     * Where the certificate for h lies. Looks at each run, and goes back before the first claim.
     *
     * @return index of its message header; that of the statement's end if {@link #stableSequence()} is 0.
     */
    public int certificateOffset()
    {
        rewind();
        while (nextRun())
        {
            // To the end of the last run.
        }
        final int certificate = nextRun + VAR_DATA_HEADER_LENGTH;
        rewind();
        return certificate;
    }

    /**
     * Length of the certificate for h. Goes back before the first claim.
     *
     * @return length in bytes, 0 if {@link #stableSequence()} is 0.
     */
    public int certificateLength()
    {
        return (int)uint32(buffer, certificateOffset() - VAR_DATA_HEADER_LENGTH);
    }

    /**
     * @return the buffer that holds the digests.
     */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * @return sequence that the cursor is at.
     */
    public long sequence()
    {
        return sequence;
    }

    /**
     * @return whether P has an entry for the sequence.
     */
    public boolean isPrepared()
    {
        return isPrepared;
    }

    /**
     * @return view of the entry in P.
     */
    public long preparedView()
    {
        return int64(buffer, run + PREPARED_VIEW);
    }

    /**
     * @return index of the digest of the entry in P.
     */
    public int preparedOffset()
    {
        return digests + (int)(sequence - runFirst) * stride;
    }

    /**
     * The order of the digests of two entries in P.
     *
     * @param other cursor at a sequence with an entry in P.
     * @return negative, 0 or positive as this digest is below, equal to or above the other.
     */
    public int comparePrepared(final ViewChangeCursor other)
    {
        return compareDigests(buffer, preparedOffset(), other.buffer, other.preparedOffset());
    }

    /**
     * @return number of entries in Qs for the sequence that do not follow from P.
     */
    public int acceptedCount()
    {
        return acceptedCount;
    }

    /**
     * View of an entry in Qs.
     *
     * @param i from 0 to below {@link #acceptedCount()}.
     * @return the view.
     */
    public long acceptedView(final int i)
    {
        return int64(buffer, run + RUN_LENGTH + GROUP_HEADER_LENGTH + i * ACCEPTED_LENGTH);
    }

    /**
     * Digest of an entry in Qs.
     *
     * @param i from 0 to below {@link #acceptedCount()}.
     * @return index of the digest.
     */
    public int acceptedOffset(final int i)
    {
        return preparedOffset() + (isPrepared ? i + 1 : i) * DIGEST_LENGTH;
    }

    /**
     * Whether Qs has a digest with a view at or above a given one. What is in P counts as in Qs.
     *
     * @param digest    that holds the digest.
     * @param index     of its first byte.
     * @param leastView that the entry must have.
     * @return true if there is such an entry for the sequence that the cursor is at.
     */
    public boolean hasAccepted(final DirectBuffer digest, final int index, final long leastView)
    {
        if (isPrepared && preparedView() >= leastView &&
            0 == compareDigests(buffer, preparedOffset(), digest, index))
        {
            return true;
        }
        for (int i = 0; i < acceptedCount && acceptedView(i) >= leastView; i++)
        {
            if (0 == compareDigests(buffer, acceptedOffset(i), digest, index))
            {
                return true;
            }
        }
        return false;
    }
}
