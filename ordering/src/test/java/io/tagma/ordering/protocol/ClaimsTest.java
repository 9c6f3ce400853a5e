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
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.StatementCheck;
import io.tagma.codecs.ViewChangeBuilder;
import io.tagma.codecs.ViewChangeCursor;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClaimsTest
{
    private static final int WINDOW = 8;
    private static final int LAST_VIEW = 1_000_000;
    private static final int ROUNDS = 2_000;
    private static final int STEPS = 60;

    private final FrameLimits limits = FrameLimits.builder().replicaCount(4).window(WINDOW).build();
    private final UnsafeBuffer statement = new UnsafeBuffer(new byte[limits.statementLengthMax()]);
    private final ViewChangeBuilder builder = new ViewChangeBuilder();
    private final ViewChangeCursor cursor = new ViewChangeCursor();
    private Claims claims = claims();

    @Test
    @DisplayName("F25 what is prepared in a later view takes the place, what is accepted stays beside it")
    void keepsTheLastPreparedAndEveryAccepted()
    {
        claims.accepted(1, 0, digest(1));
        claims.prepared(1, 0, digest(1));
        claims.accepted(1, 2, digest(2));
        assertEquals("1: P 1@0 Qs 1@0 2@2", claimsInWords(0));
        claims.prepared(1, 2, digest(2));
        claims.accepted(1, 5, digest(1));
        assertEquals("1: P 2@2 Qs 1@5 2@2", claimsInWords(0));
        claims.prepared(1, 5, digest(1));
        assertEquals("1: P 1@5 Qs 1@5 2@2", claimsInWords(0));
    }

    @Test
    void preparesOnlyWhatIsAcceptedInThatView()
    {
        assertThrows(IllegalStateException.class, () -> claims.prepared(1, 0, digest(1)));
        claims.accepted(1, 3, digest(1));
        assertThrows(IllegalStateException.class, () -> claims.prepared(1, 4, digest(1)));
        assertThrows(IllegalStateException.class, () -> claims.prepared(1, 3, digest(2)));
        claims.prepared(1, 3, digest(1));
        assertEquals("1: P 1@3 Qs 1@3", claimsInWords(0));
    }

    @Test
    @DisplayName("F16 the ninth digest pushes out the oldest, never what is prepared or was selected last")
    void isBounded()
    {
        claims.accepted(1, 0, digest(0));
        claims.prepared(1, 0, digest(0));
        claims.selected(1, 1, digest(1));
        for (int i = 2; i < 8; i++)
        {
            claims.accepted(1, i, digest(i));
        }
        assertEquals("1: P 0@0 Qs 0@0 1@1 2@2 3@3 4@4 5@5 6@6 7@7", claimsInWords(0));
        claims.accepted(1, 8, digest(8));
        assertEquals("1: P 0@0 Qs 0@0 1@1 3@3 4@4 5@5 6@6 7@7 8@8", claimsInWords(0));
        claims.selected(1, 2, digest(9));
        assertEquals("1: P 0@0 Qs 0@0 3@3 4@4 5@5 6@6 7@7 8@8 9@2", claimsInWords(0));
        claims.accepted(1, 1, digest(7));
        assertEquals("1: P 0@0 Qs 0@0 3@3 4@4 5@5 6@6 7@7 8@8 9@2", claimsInWords(0));
        claims.accepted(1, 1, digest(1));
        assertEquals("1: P 0@0 Qs 0@0 3@3 4@4 5@5 6@6 7@7 8@8 9@2", claimsInWords(0));
    }

    @Test
    @DisplayName("F24 what a later NEW-VIEW does not select is prepared no longer, but accepted still")
    void dropsWhatIsSuperseded()
    {
        final Digest beyondItsEnd = new Digest();
        for (int sequence = 1; sequence <= 4; sequence++)
        {
            claims.accepted(sequence, 3, digest(sequence));
            claims.prepared(sequence, 3, digest(sequence));
        }
        claims.superseded(1, 4, digest(1));
        claims.superseded(2, 4, digest(9));
        claims.superseded(3, 3, digest(9));
        claims.superseded(4, 4, beyondItsEnd);
        claims.superseded(5, 4, beyondItsEnd);
        assertEquals("1: P 1@3 Qs 1@3; 2: Qs 2@3; 3: P 3@3 Qs 3@3; 4: Qs 4@3", claimsInWords(0));
    }

    @Test
    @DisplayName("X12 claims go when the stable checkpoint passes them, and not before")
    void goesWithTheWindow()
    {
        for (int sequence = 1; sequence <= WINDOW; sequence++)
        {
            claims.accepted(sequence, 0, digest(sequence));
        }
        claims.prepared(4, 0, digest(4));
        claims.prepared(5, 0, digest(5));
        claims.advance(4);
        assertEquals("5: P 5@0 Qs 5@0; 6: Qs 6@0; 7: Qs 7@0; 8: Qs 8@0", claimsInWords(4));
        claims.accepted(12, 1, digest(12));
        assertEquals("5: P 5@0 Qs 5@0; 6: Qs 6@0; 7: Qs 7@0; 8: Qs 8@0; 12: Qs 12@1", claimsInWords(4));
        claims.advance(40);
        assertEquals("", claimsInWords(40));
        claims.accepted(48, 1, digest(1));
        claims.advance(47);
        assertEquals("48: Qs 1@1", claimsInWords(47));
    }

    /** One digest a view and sequence, as in a core: a view is entered, batches are accepted, some of them prepared. */
    @Test
    void isWhatAModelKeeps()
    {
        final long seed = Long.getLong("tagma.seed", System.nanoTime());
        final SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++)
        {
            claims = claims();
            final Map<Long, Model> model = new TreeMap<>();
            long stable = 0;
            for (int view = 0; view < STEPS; view++)
            {
                for (long sequence = stable + 1; sequence <= stable + WINDOW; sequence++)
                {
                    if (0 != random.nextInt(3))
                    {
                        final int batch = random.nextInt(12);
                        final Model slot = model.computeIfAbsent(sequence, (s) -> new Model());
                        claims.accepted(sequence, view, digest(batch));
                        slot.accept(batch, view);
                        if (0 == random.nextInt(4))
                        {
                            claims.prepared(sequence, view, digest(batch));
                            slot.prepared = batch;
                            slot.preparedView = view;
                        }
                    }
                }
                if (0 == random.nextInt(20))
                {
                    stable += 1 + random.nextInt(2 * WINDOW);
                    final long newStable = stable;
                    claims.advance(stable);
                    model.keySet().removeIf((sequence) -> sequence <= newStable);
                }
            }
            assertEquals(inWords(model), claimsInWords(stable), "seed " + seed + " round " + round);
        }
    }

    @Test
    void allocatesNothing()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final Digest[] digests = new Digest[16];
        for (int i = 0; i < digests.length; i++)
        {
            digests[i] = digest(i);
        }
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 5; run++)
        {
            claims = claims();
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 1; i < 100_000; i++)
            {
                claims.accepted(i, i, digests[i & 15]);
                claims.selected(i, i + 1, digests[i + 1 & 15]);
                claims.prepared(i, i + 1, digests[i + 1 & 15]);
                claims.superseded(i, i + 2, digests[0]);
                if (0 == (i & 3))
                {
                    claims.advance(i);
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    /** What is kept of one sequence, if the oldest goes first but for what is prepared. */
    private static final class Model
    {
        private final Map<Integer, Integer> accepted = new TreeMap<>();
        private int prepared = -1;
        private int preparedView = -1;

        void accept(final int batch, final int view)
        {
            accepted.put(batch, view);
            if (accepted.size() > Claims.DIGESTS_MAX)
            {
                accepted.remove(accepted.entrySet().stream()
                    .filter((entry) -> entry.getKey() != prepared)
                    .min(Map.Entry.comparingByValue()).orElseThrow().getKey());
            }
        }
    }

    private static String inWords(final Map<Long, Model> model)
    {
        final StringBuilder text = new StringBuilder();
        model.forEach((sequence, slot) ->
        {
            text.append(text.isEmpty() ? "" : "; ").append(sequence).append(':');
            text.append(slot.preparedView < 0 ? "" : " P " + slot.prepared + "@" + slot.preparedView).append(" Qs");
            slot.accepted.forEach((batch, view) -> text.append(' ').append(batch).append('@').append(view));
        });
        return text.toString();
    }

    /** As a VIEW-CHANGE says it to others, what follows from P put back. */
    private String claimsInWords(final long stable)
    {
        builder.begin(statement, 0, 1, 0, 0, LAST_VIEW, stable);
        claims.putInto(builder);
        final int length = builder.end(null, 0, 0);
        if (0 == stable)
        {
            assertEquals(FrameVerdict.OK, StatementCheck.check(statement, 0, length, limits));
        }
        final StringBuilder text = new StringBuilder();
        cursor.wrap(statement, 0);
        while (cursor.next())
        {
            text.append(text.isEmpty() ? "" : "; ").append(cursor.sequence()).append(':');
            final Map<Integer, Long> accepted = new TreeMap<>();
            for (int i = 0; i < cursor.acceptedCount(); i++)
            {
                accepted.put(statement.getInt(cursor.acceptedOffset(i)), cursor.acceptedView(i));
            }
            if (cursor.isPrepared())
            {
                final int prepared = statement.getInt(cursor.preparedOffset());
                text.append(" P ").append(prepared).append('@').append(cursor.preparedView());
                accepted.putIfAbsent(prepared, cursor.preparedView());
            }
            text.append(" Qs");
            accepted.forEach((batch, view) -> text.append(' ').append(batch).append('@').append(view));
        }
        return text.toString();
    }

    private static Claims claims()
    {
        return new Claims(new ProtocolParameters.Builder()
            .quorums(new Quorums(new int[]{1, 1, 1, 1}))
            .checkpointInterval(WINDOW / 2)
            .batchSlots(WINDOW)
            .conclude());
    }

    private static Digest digest(final int number)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[Digest.LENGTH]);
        bytes.putInt(0, number);
        final Digest digest = new Digest();
        digest.set(bytes, 0);
        return digest;
    }
}
