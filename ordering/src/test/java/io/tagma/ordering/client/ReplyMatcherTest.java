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
package io.tagma.ordering.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.ordering.protocol.Quorums;

class ReplyMatcherTest
{
    private static final short COMMITTED = 0;
    private static final short CLOSED = 1;
    private static final int NUMBER = 5;
    private static final Quorums FOUR = new Quorums(new int[]{1, 1, 1, 1});
    private static final Quorums SEVEN = new Quorums(new int[]{1, 1, 1, 1, 1, 1, 1});

    private final TestHashing hashing = new TestHashing();
    private ReplyMatcher matcher = new ReplyMatcher(FOUR, hashing, 8, 64);

    private boolean full(final int replicaId, final long position, final String result)
    {
        return reply(replicaId, position, COMMITTED, false, result.getBytes(US_ASCII));
    }

    private boolean digest(final int replicaId, final long position, final String result)
    {
        return reply(replicaId, position, COMMITTED, true, TestHashing.of(result.getBytes(US_ASCII)));
    }

    private boolean reply(
        final int replicaId, final long position, final short outcome, final boolean isDigest, final byte[] bytes)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 3]);
        buffer.putBytes(3, bytes);
        return matcher.onReply(replicaId, NUMBER, position, outcome, isDigest, buffer, 3, bytes.length);
    }

    private void assertBelieved(final long position, final String result)
    {
        assertEquals(position, matcher.acceptedPosition());
        assertEquals(COMMITTED, matcher.acceptedOutcome());
        assertEquals(result, matcher.acceptedResult()
            .getStringWithoutLengthAscii(matcher.acceptedOffset(), matcher.acceptedLength()));
    }

    @Test
    void believesTheSecondEqualReplyOfFour()
    {
        assertFalse(full(2, 9, "fill"));
        assertTrue(full(0, 9, "fill"));
        assertBelieved(9, "fill");
        assertEquals(0, hashing.count, "equal bytes need no hash");
    }

    @Test
    @DisplayName("M01 f replicas send the same wrong reply: not believed, and the right one is")
    void doesNotBelieveAsManyAsMayLie()
    {
        matcher = new ReplyMatcher(SEVEN, hashing, 8, 64);
        assertFalse(full(5, 8, "lie"));
        assertFalse(full(6, 8, "lie"));
        assertFalse(full(0, 9, "fill"));
        assertFalse(full(5, 9, "fill"), "a liar's second reply is no second vote");
        assertFalse(full(6, 8, "lie"));
        assertFalse(full(1, 9, "fill"));
        assertTrue(full(2, 9, "fill"));
        assertBelieved(9, "fill");
    }

    @Test
    @DisplayName("M01 each of f replicas sends another wrong reply: the right one is still believed")
    void keepsRoomForTheTruthBesideDifferentLies()
    {
        matcher = new ReplyMatcher(SEVEN, hashing, 8, 64);
        assertFalse(full(5, 8, "lie"));
        assertFalse(digest(6, 9, "other lie"));
        assertFalse(full(0, 9, "fill"));
        assertFalse(digest(1, 9, "fill"));
        assertTrue(digest(2, 9, "fill"));
        assertBelieved(9, "fill");
    }

    @Test
    void countsOneReplicaOnceHoweverOftenItRepeats()
    {
        for (int i = 0; i < 100; i++)
        {
            assertFalse(full(3, 9, "fill"));
            assertFalse(digest(3, 9, "fill"));
        }
        assertTrue(digest(1, 9, "fill"));
    }

    @Test
    void holdsApartPositionsOutcomesAndResults()
    {
        matcher = new ReplyMatcher(SEVEN, hashing, 8, 64);
        assertFalse(full(0, 9, ""));
        assertFalse(full(1, 10, ""));
        assertFalse(reply(2, 9, CLOSED, false, new byte[0]));
        assertFalse(full(3, 9, ""));
        assertTrue(full(4, 9, ""));
        assertBelieved(9, "");
    }

    @Test
    void waitsForTheBytesWhenAQuorumOnlyGaveTheDigest()
    {
        assertFalse(digest(0, 9, "a long result"));
        assertFalse(digest(1, 9, "a long result"));
        assertFalse(digest(2, 9, "a long result"));
        assertFalse(full(3, 9, "not that result"));
        assertTrue(full(2, 9, "a long result"), "the same replica sends the bytes on a retransmission");
        assertBelieved(9, "a long result");
    }

    @Test
    void believesBytesFromALiarIfTheDigestProvesThem()
    {
        assertFalse(full(3, 8, "lie"));
        assertFalse(digest(0, 9, "fill"));
        assertFalse(digest(1, 9, "fill"));
        assertTrue(full(3, 9, "fill"));
        assertBelieved(9, "fill");
    }

    @Test
    void matchesADigestAgainstBytesThatCameFirst()
    {
        assertFalse(full(0, 9, "fill"));
        assertFalse(digest(1, 9, "gill"));
        assertTrue(digest(2, 9, "fill"));
        assertBelieved(9, "fill");
    }

    @Test
    void countsWeightsAndNotHeads()
    {
        matcher = new ReplyMatcher(new Quorums(new int[]{3, 3, 2, 1, 1}), hashing, 8, 64);
        assertFalse(full(4, 9, "fill"));
        assertFalse(full(3, 9, "fill"));
        assertTrue(full(2, 9, "fill"), "1 + 1 + 2 = F + 1");
        matcher.forget(NUMBER);
        assertFalse(full(0, 9, "fill"), "3 = F");
        assertTrue(full(4, 9, "fill"));
    }

    @Test
    void forgetsVotesOfANumberWithItsOutcome()
    {
        assertFalse(full(0, 9, "fill"));
        matcher.forget(NUMBER);
        assertFalse(full(1, 9, "fill"));
        assertTrue(full(0, 9, "fill"));
    }

    @Test
    void dropsDigestsAndResultsOfImpossibleLength()
    {
        assertFalse(reply(0, 9, COMMITTED, true, new byte[31]));
        assertFalse(reply(0, 9, COMMITTED, false, new byte[65]));
        assertFalse(full(1, 9, "fill"));
        assertTrue(full(0, 9, "fill"), "what was dropped was no vote");
    }

    /**
     * All orders of all choices of four replicas where one lies, in every mix of forms: believed exactly at the reply
     * that completes a weak quorum of honest replicas with the bytes at hand, and never the lie.
     */
    @Test
    void believesTheTruthAtTheRightMomentInEveryOrder()
    {
        int orders = 0;
        for (int permutation = 0; permutation < 256; permutation++)
        {
            final int[] order =
                {permutation & 3, permutation >> 2 & 3, permutation >> 4 & 3, permutation >> 6 & 3};
            if (15 != (1 << order[0] | 1 << order[1] | 1 << order[2] | 1 << order[3]))
            {
                continue;
            }
            for (int digests = 0; digests < 16; digests++)
            {
                for (int liar = 0; liar < 4; liar++)
                {
                    run(order, digests, liar);
                    orders++;
                }
            }
        }
        assertEquals(24 * 16 * 4, orders);
    }

    private void run(final int[] order, final int digests, final int liar)
    {
        matcher.forget(NUMBER);
        int honest = 0;
        boolean hasBytes = false;
        boolean isDone = false;
        for (final int replicaId : order)
        {
            final boolean isDigest = 0 != (digests & 1 << replicaId);
            final String result = liar == replicaId ? "lie" : "fill";
            final boolean believed = isDigest ? digest(replicaId, 9, result) : full(replicaId, 9, result);
            if (isDone)
            {
                continue;
            }
            if (liar != replicaId)
            {
                honest++;
                hasBytes |= !isDigest;
            }
            final boolean expected = liar != replicaId && honest >= 2 && hasBytes;
            assertEquals(expected, believed);
            if (believed)
            {
                assertBelieved(9, "fill");
                isDone = true;
            }
        }
    }
}
