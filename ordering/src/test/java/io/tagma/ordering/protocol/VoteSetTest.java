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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class VoteSetTest
{
    private static final int REPLICAS = 4;
    private static final int DIGESTS = 2;

    private final Quorums quorums = new Quorums(new int[]{1, 1, 1, 1});

    @Test
    void shouldCountTheFirstVoteOfEachSenderInEveryOrder()
    {
        // Every sequence of five votes over four senders and two digests, repetitions included.
        final int choices = REPLICAS * DIGESTS;
        for (int code = 0; code < choices * choices * choices * choices * choices; code++)
        {
            final VoteSet votes = new VoteSet(quorums);
            final int[] first = {-1, -1, -1, -1};
            for (int i = 0, rest = code; i < 5; i++, rest /= choices)
            {
                final int sender = rest % choices / DIGESTS;
                final int value = rest % DIGESTS;
                assertEquals(first[sender] < 0, votes.record(sender, digest(value).bytes(), 0));
                first[sender] = first[sender] < 0 ? value : first[sender];
            }
            for (int value = 0; value < DIGESTS; value++)
            {
                int expected = 0;
                for (final int voted : first)
                {
                    expected += voted == value ? 1 : 0;
                }
                assertEquals(expected, votes.weightFor(digest(value), ReplicaStatus.NULL_REPLICA));
            }
        }
    }

    @Test
    void shouldLeaveOutTheOneThatDoesNotCount()
    {
        final VoteSet votes = new VoteSet(new Quorums(new int[]{2, 2, 2, 1}));
        votes.record(0, digest(1).bytes(), 0);
        votes.record(3, digest(1).bytes(), 0);
        assertEquals(3, votes.weightFor(digest(1), ReplicaStatus.NULL_REPLICA));
        assertEquals(1, votes.weightFor(digest(1), 0));
    }

    @Test
    void shouldForgetWhenCleared()
    {
        final VoteSet votes = new VoteSet(quorums);
        assertTrue(votes.record(1, digest(0).bytes(), 0));
        assertFalse(votes.record(1, digest(0).bytes(), 0));
        votes.clear();
        assertEquals(0, votes.weightFor(digest(0), ReplicaStatus.NULL_REPLICA));
        assertTrue(votes.record(1, digest(1).bytes(), 0));
    }

    private static Digest digest(final int value)
    {
        final Digest digest = new Digest();
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[Digest.LENGTH]);
        bytes.putInt(28, value);
        digest.set(bytes, 0);
        return digest;
    }
}
