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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.FrameLayout;

class ClientHostileFramesTest
{
    private static final int RUNS = 2 == Integer.getInteger("tagma.test.tier", 1) ? 10_000_000 : 200_000;

    private final EngineHarness harness = new EngineHarness();
    private final ClientEngine engine = harness.engine;
    private final ReplyFrame reply = harness.reply;

    @BeforeEach
    void open()
    {
        harness.opened(41);
        for (int i = 0; i < 20; i++)
        {
            harness.offer("a" + i);
        }
        harness.cycle();
    }

    private static long sum(final ClientEngine engine)
    {
        long sum = 0;
        for (final ReplyRejection rejection : ReplyRejection.values())
        {
            sum += engine.rejectionCount(rejection);
        }
        return sum;
    }

    private void validFrame(final Random random, final int replicaId)
    {
        reply.begin(replicaId, 0 == random.nextInt(20) ? 0 : 41, random.nextInt(3), 3);
        for (int i = 0; i < 3; i++)
        {
            final byte[] result = ("result " + random.nextInt(1_000)).getBytes(US_ASCII);
            final long number = 1L + random.nextInt(25);
            if (random.nextBoolean())
            {
                reply.full(number, 50 + random.nextInt(5), result);
            }
            else
            {
                reply.digest(number, 50 + random.nextInt(5), result);
            }
        }
    }

    @Test
    @DisplayName("J01 random bytes on the response channel are counted and change nothing")
    void randomBytesAreDropped()
    {
        final long seed = 41L;
        final Random random = new Random(seed);
        for (int i = 0; i < RUNS; i++)
        {
            final byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            engine.onFrame(new UnsafeBuffer(bytes), 0, bytes.length);
        }
        assertEquals(RUNS, engine.rejectionCount(ReplyRejection.STRUCTURE), "seed " + seed);
        assertEquals(List.of(), harness.takeOutcomes());
    }

    @Test
    @DisplayName("J01 replies with any bit changed are counted and change nothing, whole weak quorums of them")
    void mutatedFramesAreDropped()
    {
        final long seed = 42L;
        final Random random = new Random(seed);
        for (int i = 0; i < RUNS; i++)
        {
            validFrame(random, random.nextInt(4));
            final int length = reply.end();
            final byte[] exact = new byte[length];
            reply.buffer.getBytes(0, exact);
            exact[random.nextInt(length)] ^= (byte)(1 << random.nextInt(8));
            final int cut = 0 == random.nextInt(4) ? random.nextInt(length) : length;
            engine.onFrame(new UnsafeBuffer(exact, 0, cut), 0, cut);
        }
        assertEquals(RUNS, sum(engine), "seed " + seed);
        assertTrue(engine.rejectionCount(ReplyRejection.WRONG_TAG) > RUNS / 4);
        assertEquals(List.of(), harness.takeOutcomes());
        assertEquals(20, engine.outstandingCount());
    }

    @Test
    @DisplayName("M01 a replica with good tags that says anything at all is never believed, and hides no truth")
    void anythingFromOneReplicaIsNotBelieved()
    {
        final long seed = 43L;
        final Random random = new Random(seed);
        for (int i = 0; i < RUNS; i++)
        {
            validFrame(random, 3);
            final int length = reply.end() - FrameLayout.TAG_LENGTH;
            for (int j = random.nextInt(3); j > 0; j--)
            {
                reply.buffer.putByte(48 + random.nextInt(length - 48), (byte)random.nextInt(256));
            }
            new TestKeys().fromReplica(3, reply.buffer.getLong(32)).tag(reply.buffer, 0, length, reply.buffer, length);
            engine.onFrame(reply.buffer, 0, length + FrameLayout.TAG_LENGTH);
        }
        assertEquals(List.of(), harness.takeOutcomes(), "seed " + seed);
        assertEquals(SessionState.OPEN, engine.state());
        assertEquals(0, engine.believedPrimary());
        for (int number = 1; number <= 20; number++)
        {
            harness.answer(number, 1_000 + number, "R" + number, 0, 1);
            assertEquals(List.of(number + " COMMITTED " + (1_000 + number) + " R" + number), harness.takeOutcomes());
        }
    }

    @Test
    void framesForOthersAreCountedApart()
    {
        final ReplyFrame otherCluster =
            new ReplyFrame(EngineHarness.CLUSTER_ID + 1, EngineHarness.EPOCH, EngineHarness.CLIENT_ID);
        final ReplyFrame otherEpoch =
            new ReplyFrame(EngineHarness.CLUSTER_ID, EngineHarness.EPOCH + 1, EngineHarness.CLIENT_ID);
        final ReplyFrame otherClient =
            new ReplyFrame(EngineHarness.CLUSTER_ID, EngineHarness.EPOCH, EngineHarness.CLIENT_ID + 1);
        for (final ReplyFrame frame : List.of(otherCluster, otherEpoch, otherClient))
        {
            frame.begin(0, 41, 0, 1).full(1, 50, new byte[0]);
            engine.onFrame(frame.buffer, 0, frame.end());
        }
        assertEquals(3, engine.rejectionCount(ReplyRejection.OTHER_RECIPIENT));
        reply.begin(0, 40, 0, 1).full(1, 50, new byte[0]);
        harness.deliver();
        assertEquals(1, engine.rejectionCount(ReplyRejection.OTHER_SESSION));
        reply.begin(4, 41, 0, 1).full(1, 50, new byte[0]);
        harness.deliver();
        assertEquals(1, engine.rejectionCount(ReplyRejection.STRUCTURE), "there is no replica 4");
    }

    @Test
    void anEndOfTheFrameInsideAnotherBufferIsItsEnd()
    {
        reply.begin(0, 41, 0, 1).full(1, 50, new byte[9]);
        final int length = reply.end();
        final UnsafeBuffer term = new UnsafeBuffer(new byte[4096]);
        term.putBytes(64, reply.buffer, 0, length);
        for (int cut = 0; cut < length; cut++)
        {
            engine.onFrame(term, 64, cut);
        }
        assertEquals(length, engine.rejectionCount(ReplyRejection.STRUCTURE));
        engine.onFrame(term, 64, length);
        reply.begin(1, 41, 0, 1).full(1, 50, new byte[9]);
        harness.deliver();
        assertEquals(1, harness.takeOutcomes().size());
    }
}
