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

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleBodyDecoder;
import io.tagma.codecs.client.MessageHeaderEncoder;
import io.tagma.codecs.client.RepliesEncoder;
import io.tagma.codecs.client.Resolution;
import io.tagma.codecs.client.ResolvedDecoder;
import io.tagma.codecs.client.ResultForm;
import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.authentication.MacAlgorithm;
import io.tagma.ordering.authentication.Sha256;

/**
 * Send and receive path, real authentication codes included, over a million requests.
 */
class ClientAllocationTest
{
    private static final int BUNDLE = 100;
    private static final int REPLICAS = 4;
    private static final long SESSION_ID = 41;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final KeysByNumber keys = new KeysByNumber();
    private final Authenticator[] fromReplicas = new Authenticator[REPLICAS];
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[100]);
    private final UnsafeBuffer result = new UnsafeBuffer(new byte[24]);
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[64 * 1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RepliesEncoder replies = new RepliesEncoder();
    private final BundleBodyDecoder body = new BundleBodyDecoder();
    private final RequestClaim claim = new RequestClaim();

    private long firstNumber;
    private int count;
    private long committed;
    private long nowNs;

    private final ClientEngine engine = new ClientEngine(
        EngineHarness.parameters(new int[]{1, 1, 1, 1}).build(), keys, new Sha256(), this::onSent,
        this::onResponse, error ->
        {
            throw new AssertionError(error);
        });

    private boolean onSent(
        final int replicaId, final DirectBuffer message, final int offset, final int length, final DirectBuffer tag)
    {
        body.wrap(message, offset + 44, BundleBodyDecoder.BLOCK_LENGTH, BundleBodyDecoder.SCHEMA_VERSION);
        firstNumber = body.firstNumber();
        count = body.count();
        return true;
    }

    private void onResponse(
        final long number,
        final Outcome outcome,
        final short reason,
        final long position,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        committed += Outcome.COMMITTED == outcome && 24 == length ? 1 : 0;
    }

    private void reply(final int replicaId, final long sessionId, final long position, final boolean isDigest)
    {
        replies.wrapAndApplyHeader(frame, 0, header);
        replies.origin().clusterId(EngineHarness.CLUSTER_ID).epoch(EngineHarness.EPOCH).sender(replicaId);
        replies.clientId(EngineHarness.CLIENT_ID).reserved(0).sessionId(sessionId).view(0);
        final RepliesEncoder.ResultsEncoder results = replies.resultsCount(count);
        for (int i = 0; i < count; i++)
        {
            results.next().number(firstNumber + i).position(position + i)
                .outcome(io.tagma.codecs.client.Outcome.COMMITTED)
                .form(isDigest ? ResultForm.DIGEST : ResultForm.FULL).reserved(0);
            results.putResult(isDigest ? digest : result, 0, isDigest ? 32 : 24);
        }
        final int length = FrameLayout.HEADER_LENGTH + replies.encodedLength();
        (0 == sessionId ? keys.fromReplica(replicaId, 0) : fromReplicas[replicaId]).tag(
            frame, 0, length, frame, length);
        engine.onFrame(frame, 0, length + FrameLayout.TAG_LENGTH);
    }

    private void open()
    {
        engine.onTime(nowNs, 1);
        engine.connect(EngineHarness.CHANNEL);
        engine.doWork();
        for (int i = 0; i < REPLICAS; i++)
        {
            fromReplicas[i] = keys.fromReplica(i, SESSION_ID);
            reply(i, 0, SESSION_ID, false);
        }
        new Sha256().sha256(result, 0, 24, digest, 0);
    }

    private void run(final int cycles)
    {
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            nowNs += 50_000;
            engine.onTime(nowNs, nowNs);
            for (int i = 0; i < BUNDLE; i++)
            {
                if (0 == (i & 1))
                {
                    engine.offer(payload, 0, 100);
                }
                else if (engine.tryClaim(100, claim) > 0)
                {
                    claim.buffer().putLong(0, i);
                    claim.commit();
                }
            }
            engine.doWork();
            final boolean isDigest = 0 == (cycle & 3);
            for (int i = 0; i < REPLICAS; i++)
            {
                reply(i, SESSION_ID, 100 + cycle * (long)BUNDLE, isDigest && i > 0);
            }
        }
    }

    @Test
    void aMillionRequestsAllocateNothing()
    {
        open();
        run(2_000);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5 && 0 != least; i++)
        {
            committed = 0;
            final long before = threads.getCurrentThreadAllocatedBytes();
            run(1_000_000 / BUNDLE);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertEquals(1_000_000, committed);
        }
        assertEquals(0, least, "bytes allocated for a million requests");
        assertEquals(0, engine.resendCount());
    }

    private void ask(final int questions)
    {
        for (int i = 0; i < questions; i++)
        {
            nowNs += 50_000;
            engine.onTime(nowNs, nowNs);
            engine.resolve(SESSION_ID - 1, 1 + i);
            engine.doWork();
            for (int replica = 0; replica < REPLICAS; replica++)
            {
                reply(replica, SESSION_ID, 100 + i, false);
            }
        }
    }

    @Test
    void questionsAllocateNothing()
    {
        open();
        result.putShort(ResolvedDecoder.resolutionEncodingOffset(), (short)Resolution.NEVER.value(), LITTLE_ENDIAN);
        ask(50_000);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5 && 0 != least; i++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            ask(100_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertEquals(0, engine.outstandingCount());
        }
        assertEquals(0, least, "bytes allocated for a hundred thousand questions");
    }

    private static final class KeysByNumber implements ClientKeys
    {
        @Override
        public Authenticator toReplica(final int replicaId, final long sessionId)
        {
            return authenticator(1, replicaId, sessionId);
        }

        @Override
        public Authenticator fromReplica(final int replicaId, final long sessionId)
        {
            return authenticator(2, replicaId, sessionId);
        }

        private static Authenticator authenticator(final int direction, final int replicaId, final long sessionId)
        {
            final UnsafeBuffer key = new UnsafeBuffer(new byte[MacAlgorithm.KEY_LENGTH]);
            key.putInt(0, direction);
            key.putInt(4, replicaId);
            key.putLong(8, sessionId);
            return MacAlgorithm.AES_CMAC.authenticator(key.byteArray());
        }

        @Override
        public void sign(
            final DirectBuffer content,
            final int offset,
            final int length,
            final MutableDirectBuffer signature,
            final int signatureOffset)
        {
            signature.setMemory(signatureOffset, FrameLayout.SIGNATURE_LENGTH, (byte)1);
        }
    }
}
