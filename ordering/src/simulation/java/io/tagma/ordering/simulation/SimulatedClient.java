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
package io.tagma.ordering.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.RequestsDecoder;
import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.client.ClientEngine;
import io.tagma.ordering.client.ClientKeys;
import io.tagma.ordering.client.ClientParameters;
import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.Resolution;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.client.SessionState;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client: the shipped engine over the simulated network, with a number of requests to get done. What it sends is
 * noted as made by it; what it takes for true is held against the oracle.
 */
final class SimulatedClient implements ResponseHandler, ClientKeys
{
    private static final int FRAMES_PER_CYCLE = 32;

    private final int clientId;
    private final Simulation simulation;
    private final SimulationConfiguration configuration;
    private final SimulationRandom random;
    private ClientEngine engine;
    private final ClientLies lies;
    private final ArrayDeque<Frame> inbox = new ArrayDeque<>();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[256]);
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1 << 16]);
    private int remaining;
    /** Requests offered that have no outcome; the engine's own keep-alives are none. */
    private int unanswered;
    private long nextOfferNs;
    private long made;
    private long committed;
    private final LostRequests lost;
    /** The last session that was opened. */
    private long sessionId;
    private final boolean closesAtEnd;
    private boolean isClosing;

    SimulatedClient(final int clientId, final Simulation simulation, final boolean isByzantine)
    {
        this.clientId = clientId;
        this.simulation = simulation;
        configuration = simulation.configuration();
        random = simulation.random().stream("client", clientId);
        remaining = configuration.requestsPerClient;
        closesAtEnd = random.coin();
        lost = new LostRequests(clientId, simulation);
        lies = isByzantine ? new ClientLies(clientId, simulation) : null;
        engine = connected();
    }

    private ClientEngine connected()
    {
        final ClientParameters parameters = ClientParameters.builder()
            .clusterId(SimulationKeys.CLUSTER_ID)
            .epoch(SimulationKeys.EPOCH)
            .clientId(clientId)
            .quorums(configuration.quorums())
            .limits(simulation.limits())
            .sendBufferLength(1 << 15)
            .resendTimeoutNs(configuration.resendTimeoutNs, 8 * configuration.resendTimeoutNs)
            .sessionTimeoutNs(configuration.sessionTimeoutNs)
            .signaturesPerCycle(4)
            .build();
        final ClientEngine connected = new ClientEngine(
            parameters, this, new Sha256(), this::send, this,
            error ->
            {
                throw new IllegalStateException(error);
            });
        connected.onTime(simulation.nowNs(), simulation.wallClockNs(nodeOffset()));
        connected.connect("aeron:udp?endpoint=client:" + clientId);
        return connected;
    }

    private int nodeOffset()
    {
        return configuration.replicaCount + clientId - 1;
    }

    void onArrival(final Frame frame)
    {
        inbox.add(frame);
    }

    void dutyCycle()
    {
        engine.onTime(simulation.nowNs(), simulation.wallClockNs(nodeOffset()));
        for (int i = 0; i < FRAMES_PER_CYCLE && !inbox.isEmpty(); i++)
        {
            final Frame frame = inbox.poll();
            simulation.trace().add(frame.buffer, 0, frame.length());
            engine.onFrame(frame.buffer, 0, frame.length());
        }
        giveUp();
        if (SessionState.OPEN == engine.state())
        {
            lost.ask(engine);
        }
        offer();
        if (closesAtEnd && !isClosing && 0 == remaining && 0 == unanswered && lost.isEmpty() &&
            SessionState.OPEN == engine.state())
        {
            isClosing = true;
            engine.close();
        }
        if (null != lies && SessionState.OPEN == engine.state() && lies.churns())
        {
            engine.close();
        }
        else if (null != lies && SessionState.CLOSED == engine.state() && lies.churns())
        {
            engine = connected();
        }
        engine.doWork();
    }

    /** Its process dies, so to speak, while requests are under way; the next one asks what became of them. */
    private void giveUp()
    {
        if (configuration.clientDeathPpm > 0 && unanswered > 0 && lost.isEmpty() &&
            random.chance(configuration.clientDeathPpm))
        {
            engine.abandon();
            engine = connected();
        }
    }

    private void offer()
    {
        int burst = 1 + random.below(8);
        while (remaining > 0 && burst-- > 0 && simulation.nowNs() >= nextOfferNs)
        {
            final int length = Math.max(16, random.below(configuration.payloadLengthMax + 1));
            payload.putLong(0, ++made, LITTLE_ENDIAN);
            payload.putInt(8, clientId, LITTLE_ENDIAN);
            payload.putInt(12, (int)random.nextLong(), LITTLE_ENDIAN);
            for (int i = 16; i < length; i++)
            {
                payload.putByte(i, (byte)i);
            }
            if (engine.offer(payload, 0, length) < 0)
            {
                return;
            }
            remaining--;
            unanswered++;
        }
        if (simulation.nowNs() >= nextOfferNs)
        {
            nextOfferNs = simulation.nowNs() + random.exponential(configuration.thinkTimeNs);
        }
    }

    private boolean send(
        final int replicaId, final DirectBuffer message, final int offset, final int length, final DirectBuffer tag)
    {
        scratch.putBytes(0, message, offset, length);
        scratch.putBytes(length, tag, 0, FrameLayout.TAG_LENGTH);
        final Frame frame =
            new Frame(nodeOffset(), replicaId, nodeOffset(), scratch, 0, length + FrameLayout.TAG_LENGTH);
        noteMade(simulation, frame);
        if (null == lies)
        {
            simulation.sendOnNetwork(frame);
        }
        else
        {
            lies.send(frame, engine.believedPrimary());
        }
        return true;
    }

    /** Every request in a frame was made by the client whose keys it bears. */
    static void noteMade(final Simulation simulation, final Frame frame)
    {
        final int bodies = FrameLayout.HEADER_LENGTH + RequestsDecoder.BLOCK_LENGTH;
        final BatchContent content = BatchContent.of(
            0, 0, frame.buffer, bodies + Integer.BYTES, frame.buffer.getInt(bodies, LITTLE_ENDIAN));
        content.requests().forEach(simulation.oracle()::requestMade);
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
        if (lost.isAskedAgain(number))
        {
            return;
        }
        unanswered--;
        if (Outcome.UNKNOWN == outcome)
        {
            lost.add(sessionId, number);
        }
        if (Outcome.COMMITTED == outcome)
        {
            final byte[] bytes = new byte[length];
            result.getBytes(offset, bytes);
            committed++;
            if (null == lies)
            {
                simulation.oracle().answerAccepted(clientId, engine.sessionId(), number, position, bytes);
            }
        }
        else
        {
            // The session ended first: the application asks again in the next one.
            remaining++;
        }
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
        final byte[] bytes = new byte[length];
        result.getBytes(offset, bytes);
        lost.onResolved(number, resolution, position, bytes);
    }

    @Override
    public void onSessionOpened(final long openedSessionId)
    {
        sessionId = openedSessionId;
    }

    @Override
    public Authenticator toReplica(final int replicaId, final long sessionId)
    {
        return simulation.keys().atClient(true, clientId, replicaId, sessionId);
    }

    @Override
    public Authenticator fromReplica(final int replicaId, final long sessionId)
    {
        return simulation.keys().atClient(false, clientId, replicaId, sessionId);
    }

    @Override
    public void sign(
        final DirectBuffer body,
        final int offset,
        final int length,
        final MutableDirectBuffer signature,
        final int signatureOffset)
    {
        final UnsafeBuffer message = SimulationKeys.signedByClient(body, offset, length);
        simulation.keys().sign(
            PartyKind.CLIENT, clientId, message, 0, message.capacity(), signature, signatureOffset);
    }

    /** Whether everything that it wanted is committed; a liar is always done. */
    boolean isDone()
    {
        return null != lies || 0 == remaining && 0 == unanswered && lost.isEmpty() &&
            (!closesAtEnd || SessionState.CLOSED == engine.state());
    }

    /** From now on it behaves, and asks for nothing new. */
    void heal()
    {
        if (null != lies)
        {
            remaining = 0;
            lies.heal();
        }
    }

    long committed()
    {
        return committed;
    }

    @Override
    public String toString()
    {
        return "client " + clientId + " " + engine.state() + " remaining " + remaining + " outstanding " +
            unanswered + " committed " + committed + " resent " + engine.resendCount();
    }
}
