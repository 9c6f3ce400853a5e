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
import static io.tagma.ordering.replica.ByteRing.NULL_OFFSET;
import static io.tagma.ordering.replica.ReplyQueue.MESSAGE_FIXED_LENGTH;

import io.tagma.codecs.client.GroupSizeEncodingEncoder;
import io.tagma.codecs.client.MessageHeaderEncoder;
import io.tagma.codecs.client.RepliesEncoder;

import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sorts the released runs of replies by session and makes one Replies message of as many as fit.
 */
final class RepliesWriter
{
    private static final int RUNS_MAX = 4096;
    private static final int NULL_RUN = -1;
    private static final int GROUP_OFFSET = HEADER_LENGTH + RepliesEncoder.BLOCK_LENGTH;

    private final FrameOrigin origin;
    private final ReplyQueue queue;
    private final UnsafeBuffer message;
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final RepliesEncoder repliesEncoder = new RepliesEncoder();
    private final GroupSizeEncodingEncoder groupEncoder = new GroupSizeEncodingEncoder();
    /** Released runs in order, chained by session. */
    private final int[] runOffsets = new int[RUNS_MAX];
    private final int[] nextRun = new int[RUNS_MAX];
    private final int[] firstRunOfSession = new int[RUNS_MAX];
    private final int[] lastRunOfSession = new int[RUNS_MAX];
    private final Long2LongHashMap sessionIndexByKey = new Long2LongHashMap(2 * RUNS_MAX, 0.6f, NULL_RUN);
    private int sessionCount;
    private long releasedPosition;
    private int length;

    RepliesWriter(final FrameOrigin origin, final ReplyQueue queue, final int messageLengthMax)
    {
        this.origin = origin;
        this.queue = queue;
        message = new UnsafeBuffer(new byte[messageLengthMax]);
    }

    /**
     * Gathers what may leave.
     *
     * @return number of sessions that have something.
     */
    int gather(final long releasedRecordNumber)
    {
        queue.seal();
        sessionCount = 0;
        int runCount = 0;
        long lastKey = Long.MIN_VALUE;
        int lastIndex = NULL_RUN;
        final ByteRing ring = queue.ring();
        long position = ring.entryAt(ring.head());
        while (position < ring.tail() && runCount < RUNS_MAX)
        {
            final int run = ring.offset(position);
            if (queue.requiredRecordNumber(run) > releasedRecordNumber)
            {
                break;
            }
            final long key = key(run);
            if (key != lastKey)
            {
                lastIndex = sessionIndex(key);
                lastKey = key;
            }
            append(lastIndex, runCount, run);
            runCount++;
            position = ring.entryAt(ring.after(position));
        }
        releasedPosition = position;
        forgetKeys();
        return sessionCount;
    }

    /** One by one: most cycles see few sessions, and a single one never touches the map. */
    private void forgetKeys()
    {
        if (sessionCount > 1)
        {
            for (int i = 0; i < sessionCount; i++)
            {
                sessionIndexByKey.remove(key(runOffsets[firstRunOfSession[i]]));
            }
        }
    }

    /** What was gathered has been written. */
    void release()
    {
        queue.ring().releaseTo(releasedPosition);
    }

    /** Sessionless answers are sorted by client: session ids start at 1. */
    private long key(final int run)
    {
        final long sessionId = queue.sessionId(run);
        return 0 == sessionId ? -1L - queue.clientId(run) : sessionId;
    }

    private int sessionIndex(final long key)
    {
        if (1 == sessionCount)
        {
            sessionIndexByKey.put(key(runOffsets[firstRunOfSession[0]]), 0);
        }
        if (sessionCount > 0)
        {
            final long known = sessionIndexByKey.get(key);
            if (NULL_RUN != known)
            {
                return (int)known;
            }
            sessionIndexByKey.put(key, sessionCount);
        }
        firstRunOfSession[sessionCount] = NULL_RUN;
        return sessionCount++;
    }

    private void append(final int session, final int index, final int run)
    {
        runOffsets[index] = run;
        nextRun[index] = NULL_RUN;
        if (NULL_RUN == firstRunOfSession[session])
        {
            firstRunOfSession[session] = index;
        }
        else
        {
            nextRun[lastRunOfSession[session]] = index;
        }
        lastRunOfSession[session] = index;
    }

    /** The first run of a session, to begin with; later what {@link #write(int)} returns. */
    int firstRun(final int session)
    {
        return firstRunOfSession[session];
    }

    /**
     * Writes one message from as many runs of one session and view as fit.
     *
     * @return the run to go on with, or {@link ByteRing#NULL_OFFSET}.
     */
    int write(final int firstIndex)
    {
        final int first = runOffsets[firstIndex];
        final UnsafeBuffer runs = queue.ring().buffer();
        int index = firstIndex;
        int resultsLength = 0;
        int count = 0;
        while (NULL_RUN != index && queue.view(runOffsets[index]) == queue.view(first) &&
            resultsLength + queue.resultsLength(runOffsets[index]) <= queue.resultsLengthMax() &&
            count + queue.resultCount(runOffsets[index]) <= queue.resultCountMax())
        {
            final int run = runOffsets[index];
            message.putBytes(
                MESSAGE_FIXED_LENGTH + resultsLength, runs, queue.resultsOffset(run), queue.resultsLength(run));
            resultsLength += queue.resultsLength(run);
            count += queue.resultCount(run);
            index = nextRun[index];
        }
        repliesEncoder.wrapAndApplyHeader(message, 0, headerEncoder);
        repliesEncoder.origin().clusterId(origin.clusterId()).epoch(origin.epoch()).sender(origin.sender());
        repliesEncoder.clientId(queue.clientId(first)).reserved(0)
            .sessionId(queue.sessionId(first)).view(queue.view(first));
        groupEncoder.wrap(message, GROUP_OFFSET)
            .blockLength(RepliesEncoder.ResultsEncoder.sbeBlockLength()).numInGroup(count);
        length = MESSAGE_FIXED_LENGTH + resultsLength;
        return NULL_RUN == index ? NULL_OFFSET : index;
    }

    int clientId(final int index)
    {
        return queue.clientId(runOffsets[index]);
    }

    long sessionId(final int index)
    {
        return queue.sessionId(runOffsets[index]);
    }

    UnsafeBuffer message()
    {
        return message;
    }

    int length()
    {
        return length;
    }
}
