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
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;

import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.VotesEncoder;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes a run of votes of one view as one Votes message.
 */
final class VotesWriter
{
    private static final int FIXED_LENGTH =
        HEADER_LENGTH + VotesEncoder.BLOCK_LENGTH + 2 * GroupSizeEncodingEncoder.ENCODED_LENGTH;
    private static final int VOTE_LENGTH = Long.BYTES + DIGEST_LENGTH;

    private final FrameOrigin origin;
    private final int votesMax;
    private final UnsafeBuffer message;
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final VotesEncoder votesEncoder = new VotesEncoder();
    private int length;

    VotesWriter(final FrameOrigin origin, final int messageLengthMax, final int votesMax)
    {
        this.origin = origin;
        this.votesMax = Math.min(votesMax, (messageLengthMax - FIXED_LENGTH) / VOTE_LENGTH);
        message = new UnsafeBuffer(new byte[FIXED_LENGTH + this.votesMax * VOTE_LENGTH]);
    }

    /**
     * Encodes the longest run of votes from a position on that is of one view and fits one message.
     *
     * @return the position behind the run.
     */
    long write(final VoteQueue queue, final long from, final long to)
    {
        final long view = queue.view(from);
        int prepares = 0;
        long end = from;
        while (end < to && end - from < votesMax && queue.view(end) == view)
        {
            prepares += queue.isCommit(end) ? 0 : 1;
            end++;
        }

        votesEncoder.wrapAndApplyHeader(message, 0, headerEncoder);
        votesEncoder.origin().clusterId(origin.clusterId()).epoch(origin.epoch()).sender(origin.sender());
        votesEncoder.view(view);
        final VotesEncoder.PreparesEncoder preparesEncoder = votesEncoder.preparesCount(prepares);
        for (long i = from; i < end; i++)
        {
            if (!queue.isCommit(i))
            {
                preparesEncoder.next().sequence(queue.sequence(i))
                    .putDigest(queue.digests(), queue.digestOffset(i), DIGEST_LENGTH);
            }
        }
        final VotesEncoder.CommitsEncoder commitsEncoder = votesEncoder.commitsCount((int)(end - from) - prepares);
        for (long i = from; i < end; i++)
        {
            if (queue.isCommit(i))
            {
                commitsEncoder.next().sequence(queue.sequence(i))
                    .putDigest(queue.digests(), queue.digestOffset(i), DIGEST_LENGTH);
            }
        }
        length = HEADER_LENGTH + votesEncoder.encodedLength();
        return end;
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
