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
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.FrameLimits;
import io.tagma.ordering.protocol.Quorums;

/**
 * A real engine between a transport that records and replicas that say what a test has them say.
 */
final class EngineHarness implements ResponseHandler
{
    static final String CHANNEL = "aeron:udp?endpoint=127.0.0.1:40000";
    static final long CLUSTER_ID = 0x7A67_6D61L;
    static final int EPOCH = 0;
    static final int CLIENT_ID = 7;
    static final long START_EPOCH_NS = 1_700_000_000_000_000_000L;

    final ClientParameters parameters;
    final RecordingTransport transport;
    final TestKeys keys = new TestKeys();
    final ClientEngine engine;
    final ReplyFrame reply = new ReplyFrame(CLUSTER_ID, EPOCH, CLIENT_ID);
    final List<String> outcomes = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    Runnable onOutcome = () -> {};
    long nowNs = -5_000;
    long view;

    EngineHarness()
    {
        this(parameters(new int[]{1, 1, 1, 1}).build());
    }

    EngineHarness(final ClientParameters parameters)
    {
        this.parameters = parameters;
        transport = new RecordingTransport(parameters);
        engine = new ClientEngine(parameters, keys, new TestHashing(), transport, this, errors::add);
    }

    static ClientParameters.Builder parameters(final int[] weights)
    {
        return ClientParameters.builder().clusterId(CLUSTER_ID).epoch(EPOCH).clientId(CLIENT_ID)
            .quorums(new Quorums(weights))
            .limits(FrameLimits.builder().replicaCount(weights.length).build());
    }

    @Override
    public void onResponse(
        final long number,
        final Outcome outcome,
        final short reason,
        final long position,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        outcomes.add(number + " " + outcome + " " + (Outcome.REJECTED == outcome ? reason : position) + " " +
            result.getStringWithoutLengthAscii(offset, length));
        onOutcome.run();
    }

    @Override
    public void onResolved(
        final long number,
        final Resolution resolution,
        final long position,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        outcomes.add(number + " resolved " + resolution + " " + position + " " +
            result.getStringWithoutLengthAscii(offset, length));
    }

    @Override
    public void onSessionOpened(final long sessionId)
    {
        outcomes.add("opened " + sessionId);
    }

    @Override
    public void onSessionClosed(final long sessionId)
    {
        outcomes.add("closed " + sessionId);
    }

    @Override
    public void onSessionRefused(final short reason)
    {
        outcomes.add("refused " + reason);
    }

    /** Opens a session through replicas 0 and 1, and forgets what was sent and heard for it. */
    EngineHarness opened(final long sessionId)
    {
        engine.onTime(nowNs, START_EPOCH_NS);
        engine.connect(CHANNEL);
        cycle();
        final long openNumber = transport.take().get(0).firstNumber();
        answerOpen(0, openNumber, sessionId);
        answerOpen(1, openNumber, sessionId);
        assertEquals(SessionState.OPEN, engine.state());
        outcomes.clear();
        return this;
    }

    void answerOpen(final int replicaId, final long openNumber, final long sessionId)
    {
        reply.begin(replicaId, 0, view, 1).full(openNumber, sessionId, new byte[0]);
        deliver();
    }

    long offer(final String payload)
    {
        final byte[] bytes = payload.getBytes(US_ASCII);
        return engine.offer(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    int cycle()
    {
        engine.onTime(nowNs, START_EPOCH_NS + nowNs);
        return engine.doWork();
    }

    void passMs(final long milliseconds)
    {
        nowNs += MILLISECONDS.toNanos(milliseconds);
        cycle();
    }

    /** One committed reply in full, from each of the replicas. */
    void answer(final long number, final long position, final String result, final int... replicaIds)
    {
        for (final int replicaId : replicaIds)
        {
            reply.begin(replicaId, engine.sessionId(), view, 1).full(number, position, result.getBytes(US_ASCII));
            deliver();
        }
    }

    void reject(final long number, final io.tagma.codecs.client.Outcome outcome, final int... replicaIds)
    {
        final long sessionId = engine.sessionId();
        for (final int replicaId : replicaIds)
        {
            reply.begin(replicaId, sessionId, view, 1).rejected(number, outcome);
            deliver();
        }
    }

    void deliver()
    {
        engine.onFrame(reply.buffer, 0, reply.end());
    }

    List<String> takeOutcomes()
    {
        final List<String> taken = new ArrayList<>(outcomes);
        outcomes.clear();
        return taken;
    }
}
