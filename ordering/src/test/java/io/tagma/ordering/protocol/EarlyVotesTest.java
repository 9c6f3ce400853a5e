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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Votes of a view to come: what one replica says takes no room but its own.
 */
class EarlyVotesTest implements EarlyVotes.Taker
{
    private static final int LIAR = 3;
    private static final int FLOOD = 200_000;
    private static final int RUNS = 5;

    private final ProtocolParameters parameters = new ProtocolParameters.Builder()
        .clusterId(1).replicaId(0).quorums(new Quorums(new int[]{ 1, 1, 1, 1 })).checkpointInterval(64).clientCount(1)
        .batchSlots(64).conclude();
    private final EarlyVotes votes = new EarlyVotes(parameters);
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[Digest.LENGTH]);
    private final List<String> taken = new ArrayList<>();

    @Override
    public void onEarlyVote(
        final boolean isCommit,
        final int senderId,
        final long sequence,
        final DirectBuffer digests,
        final int digestOffset)
    {
        taken.add(
            (isCommit ? "COMMIT " : "PREPARE ") + senderId + " " + sequence + " " + digests.getByte(digestOffset));
    }

    private void hear(final boolean isCommit, final int sender, final long view, final long sequence, final int content)
    {
        digest.putByte(0, (byte)content);
        votes.hear(isCommit, sender, view, sequence, digest, 0);
    }

    /** Kills: X33, all senders share one place for a sequence. */
    @Test
    @DisplayName("F16 X33 K01: one replica's votes for ever later views take no place from the votes of others")
    void floodOfLaterViews()
    {
        hear(false, 1, 1, 7, 11);
        hear(true, 1, 1, 7, 11);
        hear(false, 2, 1, 7, 12);
        for (int view = 1; view <= FLOOD; view++)
        {
            hear(0 == (view & 1), LIAR, view, 1 + view % parameters.window, 66);
        }
        votes.release(1, this);
        assertTrue(
            taken.containsAll(List.of("PREPARE 1 7 11", "COMMIT 1 7 11", "PREPARE 2 7 12")), taken::toString);
        taken.clear();
        votes.release(FLOOD, this);
        assertEquals(List.of("COMMIT 3 " + (1 + FLOOD % parameters.window) + " 66"), taken, "the newest view heard");
        taken.clear();
        votes.release(FLOOD, this);
        assertEquals(List.of(), taken, "each once");
    }

    @Test
    @DisplayName("F16: an older view does not come back, and the first vote of each kind in a view stands")
    void newestViewFirstVote()
    {
        hear(false, 1, 5, 3, 1);
        hear(false, 1, 4, 3, 2);
        hear(false, 1, 5, 3, 3);
        votes.release(4, this);
        assertEquals(List.of(), taken);
        votes.release(5, this);
        assertEquals(List.of("PREPARE 1 3 1"), taken);
    }

    @Test
    @DisplayName("F16 K01: however many there are, nothing is allocated for them")
    void nothingIsAllocated()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int view = 1; view <= FLOOD; view++)
            {
                hear(0 == (view & 1), LIAR, view, view, 66);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
