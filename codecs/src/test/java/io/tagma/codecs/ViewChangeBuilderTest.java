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

import static io.tagma.codecs.SampleFrames.LIMITS;
import static io.tagma.codecs.SampleStatements.A;
import static io.tagma.codecs.SampleStatements.B;
import static io.tagma.codecs.SampleStatements.C;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What the builder makes passes the check, and the cursor reads from it what was put in.
 */
class ViewChangeBuilderTest
{
    private static final long CLUSTER = 0x1122334455667788L;
    private static final int OFFSET = 3;
    private static final int ROUNDS = 20_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LIMITS.statementLengthMax() + OFFSET]);
    private final ViewChangeBuilder builder = new ViewChangeBuilder();
    private final ViewChangeCursor cursor = new ViewChangeCursor();

    /** What a model keeps of one sequence. */
    private static final class Claims
    {
        private final Map<Integer, Long> accepted = new TreeMap<>();
        private long preparedView = -1;
        private int prepared;

        boolean hasAccepted(final int digest, final long leastView)
        {
            return accepted.getOrDefault(digest, -1L) >= leastView || preparedView >= leastView && prepared == digest;
        }
    }

    @Test
    void makesWhatAnotherImplementationWould()
    {
        final UnsafeBuffer certificate = new UnsafeBuffer(SampleFrames.certificate(0, 1, 3));
        builder.begin(buffer, OFFSET, CLUSTER, 0, 2, 5, 1024);
        builder.sequence(1025).prepared(4, digest(A), 0).accepted(4, digest(A), 0);
        builder.sequence(1026).prepared(4, digest(B), 0).accepted(3, digest(B), 0);
        builder.sequence(1027);
        builder.sequence(1028).accepted(2, digest(A), 0).accepted(4, digest(B), 0);
        builder.sequence(1029).accepted(3, digest(C), 0).accepted(4, digest(B), 0).prepared(3, digest(A), 0);
        builder.sequence(1030)
            .accepted(1, digest(A), 0).prepared(3, digest(B), 0).accepted(4, digest(A), 0).accepted(3, digest(C), 0);

        assertArrayEquals(SampleStatements.viewChange(), made(builder.end(certificate, 0, certificate.capacity())));
    }

    @Test
    void makesAnEmptyOne()
    {
        builder.begin(buffer, OFFSET, CLUSTER, 0, 2, 1, 0);

        assertArrayEquals(SampleStatements.viewChange(1, 0, new byte[0]), made(builder.end(null, 0, 0)));
        cursor.wrap(buffer, OFFSET);
        assertEquals(0, cursor.lastPrepared());
        assertFalse(cursor.next());
        assertFalse(cursor.next());
        assertFalse(cursor.seek(1));
        assertEquals(0, cursor.certificateLength());
    }

    @Test
    void refusesMoreDigestsThanCanBeNamed()
    {
        final UnsafeBuffer digests = new UnsafeBuffer(new byte[9 * 32]);
        builder.begin(buffer, OFFSET, CLUSTER, 0, 2, 5, 0).sequence(1);
        for (int i = 0; i < 8; i++)
        {
            digests.putByte(i * 32, (byte)i);
            builder.accepted(1, digests, i * 32).accepted(2, digests, i * 32);
        }
        digests.putByte(8 * 32, (byte)8);

        assertThrows(IllegalStateException.class, () -> builder.accepted(1, digests, 8 * 32));
        builder.prepared(1, digests, 8 * 32);
        assertThrows(IllegalStateException.class, () -> builder.end(null, 0, 0));
    }

    @Test
    void theCursorTellsWhatItIsAbout()
    {
        final byte[] certificate = SampleFrames.certificate(0, 1, 3);
        buffer.putBytes(OFFSET, SampleStatements.viewChange());
        cursor.wrap(buffer, OFFSET);

        assertEquals(2, cursor.sender());
        assertEquals(5, cursor.view());
        assertEquals(1024, cursor.stableSequence());
        assertEquals(1030, cursor.lastPrepared());
        assertEquals(certificate.length, cursor.certificateLength());
        buffer.putBytes(OFFSET, SampleStatements.viewChange(5, 1024, certificate));
        assertEquals(0, cursor.wrap(buffer, OFFSET).lastPrepared());
        assertEquals(certificate.length, cursor.certificateLength());
        final byte[] found = new byte[certificate.length];
        buffer.getBytes(cursor.certificateOffset(), found);
        assertArrayEquals(certificate, found);
    }

    @Test
    void readsBackWhateverWasPutIn()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++)
        {
            final long view = random.nextInt(1, 6);
            final TreeMap<Long, Claims> model = new TreeMap<>();
            final int length = build(random, view, model);

            final String where = "seed " + seed + " round " + round;
            assertEquals(FrameVerdict.OK, StatementCheck.check(buffer, OFFSET, length, LIMITS), where);
            assertWalk(model, where);
            assertSeek(random, model, view, where);
        }
    }

    private int build(final Random random, final long view, final TreeMap<Long, Claims> model)
    {
        builder.begin(buffer, OFFSET, CLUSTER, 0, 2, view, 0);
        final int digestCount = 1 + random.nextInt(8);
        long sequence = 0;
        for (int i = random.nextInt(12); i > 0; i--)
        {
            sequence += random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
            builder.sequence(sequence);
            final Claims claims = new Claims();
            final List<Integer> digests = new ArrayList<>();
            for (int j = 0; j < digestCount; j++)
            {
                digests.add(j);
            }
            Collections.shuffle(digests, random);
            for (int j = random.nextInt(digestCount + 1); j > 0; j--)
            {
                final long acceptedIn = random.nextInt((int)view);
                claims.accepted.merge(digests.get(j - 1), acceptedIn, Math::max);
                builder.accepted(acceptedIn, numbered(digests.get(j - 1)), 0);
            }
            if (random.nextBoolean())
            {
                claims.prepared = random.nextInt(digestCount);
                claims.preparedView = random.nextInt((int)view);
                builder.prepared(claims.preparedView, numbered(claims.prepared), 0);
            }
            if (claims.preparedView >= 0 || !claims.accepted.isEmpty())
            {
                model.put(sequence, claims);
            }
        }
        return builder.end(null, 0, 0);
    }

    private void assertWalk(final TreeMap<Long, Claims> model, final String where)
    {
        long lastPrepared = 0;
        cursor.wrap(buffer, OFFSET);
        for (final Map.Entry<Long, Claims> entry : model.entrySet())
        {
            final Claims claims = entry.getValue();
            assertTrue(cursor.next(), where);
            assertEquals(entry.getKey(), cursor.sequence(), where);
            assertEquals(claims.preparedView >= 0, cursor.isPrepared(), where);
            if (cursor.isPrepared())
            {
                lastPrepared = cursor.sequence();
                assertEquals(claims.preparedView, cursor.preparedView(), where);
                assertEquals(claims.prepared, buffer.getInt(cursor.preparedOffset()), where);
            }
            final Map<Integer, Long> accepted = new TreeMap<>(claims.accepted);
            accepted.computeIfPresent(
                claims.preparedView < 0 ? -1 : claims.prepared,
                (digest, view) -> view > claims.preparedView ? view : null);
            final Map<Integer, Long> found = new TreeMap<>();
            for (int i = 0; i < cursor.acceptedCount(); i++)
            {
                found.put(buffer.getInt(cursor.acceptedOffset(i)), cursor.acceptedView(i));
            }
            assertEquals(accepted, found, where);
        }
        assertFalse(cursor.next(), where);
        assertEquals(lastPrepared, cursor.lastPrepared(), where);
    }

    private void assertSeek(
        final Random random, final TreeMap<Long, Claims> model, final long view, final String where)
    {
        cursor.rewind();
        for (long sequence = 0; sequence < 40; sequence += random.nextInt(1, 4))
        {
            final Claims claims = model.get(sequence);
            assertEquals(null != claims, cursor.seek(sequence), where);
            for (int digest = 0; null != claims && digest < 8; digest++)
            {
                for (long least = 0; least <= view; least++)
                {
                    assertEquals(
                        claims.hasAccepted(digest, least), cursor.hasAccepted(numbered(digest), 0, least), where);
                }
            }
        }
    }

    private byte[] made(final int length)
    {
        final byte[] statement = new byte[length];
        buffer.getBytes(OFFSET, statement);
        assertEquals(FrameVerdict.OK, StatementCheck.check(buffer, OFFSET, length, LIMITS));
        return statement;
    }

    private static UnsafeBuffer numbered(final int number)
    {
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
        digest.putInt(0, number);
        return digest;
    }

    private static UnsafeBuffer digest(final byte[] bytes)
    {
        return new UnsafeBuffer(Arrays.copyOf(bytes, 32));
    }
}
