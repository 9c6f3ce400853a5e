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
import io.tagma.codecs.client.BundleAuthenticatorDecoder;
import io.tagma.codecs.client.RequestsDecoder;
import io.tagma.ordering.authentication.PartyKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a Byzantine client makes of the frames of its engine: other payloads under the same numbers, far numbers, wrong
 * tags for some replicas, wrong signatures. It holds the client's keys.
 */
final class ClientLies
{
    private static final int BODIES_OFFSET = FrameLayout.HEADER_LENGTH + RequestsDecoder.BLOCK_LENGTH;
    private static final int BODY_PAYLOAD_OFFSET = 32 + Integer.BYTES;
    private static final int FIRST_NUMBER_OFFSET = 24;
    private static final int LIE_PPM = 300_000;

    private final int clientId;
    private final Simulation simulation;
    private final SimulationRandom random;
    private final ClientLie lie;
    private boolean isHealed;

    ClientLies(final int clientId, final Simulation simulation)
    {
        this.clientId = clientId;
        this.simulation = simulation;
        random = simulation.random().stream("client lies", clientId);
        lie = simulation.configuration().clientLie;
    }

    /** Whether its session should end now, so that it opens another one. */
    boolean churns()
    {
        return !isHealed && ClientLie.Kind.SESSION_CHURN == lie.kind() && random.chance(LIE_PPM);
    }

    void heal()
    {
        isHealed = true;
    }

    /** A frame of the honest engine, which takes a replica for the primary. */
    void send(final Frame honest, final int primary)
    {
        if (isHealed || ClientLie.Kind.SESSION_CHURN == lie.kind() || !lie.isAboutTags() && !random.chance(LIE_PPM))
        {
            simulation.sendOnNetwork(honest);
            return;
        }
        simulation.faults().add(Fault.CLIENT_LIE);
        final Frame frame = new Frame(honest.from, honest.to, honest.creator, honest.buffer, 0, honest.length());
        final UnsafeBuffer buffer = frame.buffer;
        final int bodies = BODIES_OFFSET + Integer.BYTES;
        final int authenticators = bodies + buffer.getInt(BODIES_OFFSET, LITTLE_ENDIAN) + Integer.BYTES;
        if (lie.isAboutTags())
        {
            spoilTags(frame, bodies, authenticators, primary);
            return;
        }
        if (ClientLie.Kind.FAR_NUMBERS == lie.kind())
        {
            jump(buffer, bodies, authenticators);
            sendTagged(frame);
            simulation.sendOnNetwork(honest);
            return;
        }
        final boolean hasPayload = buffer.getInt(bodies + BODY_PAYLOAD_OFFSET - Integer.BYTES, LITTLE_ENDIAN) > 0;
        switch (hasPayload ? random.below(5) : 1 + random.below(4))
        {
            case 0 -> buffer.putByte(
                bodies + BODY_PAYLOAD_OFFSET, (byte)(buffer.getByte(bodies + BODY_PAYLOAD_OFFSET) ^ 0x55));
            case 1 -> buffer.putLong(
                bodies + FIRST_NUMBER_OFFSET,
                buffer.getLong(bodies + FIRST_NUMBER_OFFSET, LITTLE_ENDIAN) + random.between(-3, 100),
                LITTLE_ENDIAN);
            case 2 ->
            {
                spoilOneTag(buffer, authenticators);
                sendTagged(frame);
                return;
            }
            case 3 -> spoilSignature(buffer, authenticators);
            default ->
            {
                buffer.putByte(frame.length() - 1, (byte)(buffer.getByte(frame.length() - 1) ^ 1));
                simulation.sendOnNetwork(new Frame(frame.from, frame.to, Frame.NOBODY, buffer, 0, frame.length()));
                return;
            }
        }
        tagBundle(buffer, bodies, authenticators);
        sendTagged(frame);
        if (random.coin())
        {
            simulation.sendOnNetwork(honest);
        }
    }

    private void spoilTags(final Frame frame, final int bodies, final int authenticators, final int primary)
    {
        final boolean isSigned = frame.buffer.getShort(authenticators + 2, LITTLE_ENDIAN) > 0;
        final boolean opens = 0 == frame.buffer.getLong(bodies + 16, LITTLE_ENDIAN);
        if (isSigned && !opens && ClientLie.Signing.NEVER == lie.signing())
        {
            return;
        }
        if (isSigned && !opens && ClientLie.Signing.WRONG == lie.signing())
        {
            spoilSignature(frame.buffer, authenticators);
        }
        final int replicas = simulation.configuration().replicaCount;
        int left = switch (lie.kind())
        {
            case WEAK_QUORUM_TAGS -> simulation.configuration().quorums().weakQuorum();
            case BACKUP_TAGS -> replicas - 1;
            default -> 1;
        };
        int victim = ClientLie.Kind.PRIMARY_TAG == lie.kind() ? primary : (primary + 1) % replicas;
        for (; left > 0; left--)
        {
            final int tag = authenticators + BundleAuthenticatorDecoder.BLOCK_LENGTH + victim * FrameLayout.TAG_LENGTH;
            frame.buffer.putByte(tag, (byte)(frame.buffer.getByte(tag) ^ 1));
            victim = (victim + 1) % replicas;
        }
        sendTagged(frame);
    }

    private void jump(final UnsafeBuffer buffer, final int bodies, final int authenticators)
    {
        buffer.putLong(
            bodies + FIRST_NUMBER_OFFSET,
            buffer.getLong(bodies + FIRST_NUMBER_OFFSET, LITTLE_ENDIAN) + random.between(2, 40), LITTLE_ENDIAN);
        tagBundle(buffer, bodies, authenticators);
        if (buffer.getShort(authenticators + 2, LITTLE_ENDIAN) > 0)
        {
            final UnsafeBuffer message = SimulationKeys.signedByClient(
                buffer, bodies, buffer.getInt(bodies + 4, LITTLE_ENDIAN));
            simulation.keys().sign(
                PartyKind.CLIENT, clientId, message, 0, message.capacity(), buffer,
                authenticators + BundleAuthenticatorDecoder.BLOCK_LENGTH +
                simulation.configuration().replicaCount * FrameLayout.TAG_LENGTH);
        }
    }

    /** One backup alone cannot authenticate the bundle; the others' PREPAREs must do. */
    private void spoilOneTag(final UnsafeBuffer buffer, final int authenticators)
    {
        final int replicas = simulation.configuration().replicaCount;
        final int victim = (SimulationKeys.EPOCH + 1) % replicas;
        final int tag = authenticators + BundleAuthenticatorDecoder.BLOCK_LENGTH + victim * FrameLayout.TAG_LENGTH;
        buffer.putByte(tag, (byte)(buffer.getByte(tag) ^ 1));
    }

    private void spoilSignature(final UnsafeBuffer buffer, final int authenticators)
    {
        if (buffer.getShort(authenticators + 2, LITTLE_ENDIAN) > 0)
        {
            final int signature = authenticators + BundleAuthenticatorDecoder.BLOCK_LENGTH +
                simulation.configuration().replicaCount * FrameLayout.TAG_LENGTH;
            buffer.putByte(signature, (byte)(buffer.getByte(signature) ^ 1));
        }
    }

    /** The first bundle's own tags, right again for what it says now. */
    private void tagBundle(final UnsafeBuffer buffer, final int bodies, final int authenticators)
    {
        final int bodyLength = buffer.getInt(bodies + 4, LITTLE_ENDIAN);
        final long session = buffer.getLong(bodies + 16, LITTLE_ENDIAN);
        for (int i = 0; i < simulation.configuration().replicaCount; i++)
        {
            simulation.keys().atClient(true, clientId, i, session).tag(
                buffer, bodies, bodyLength, buffer,
                authenticators + BundleAuthenticatorDecoder.BLOCK_LENGTH + i * FrameLayout.TAG_LENGTH);
        }
    }

    private void sendTagged(final Frame frame)
    {
        final long session = frame.buffer.getLong(
            FrameLayout.HEADER_LENGTH + RequestsDecoder.sessionIdEncodingOffset(), LITTLE_ENDIAN);
        final int length = frame.length() - FrameLayout.TAG_LENGTH;
        simulation.keys().atClient(true, clientId, frame.to, session).tag(
            frame.buffer, 0, length, frame.buffer, length);
        SimulatedClient.noteMade(simulation, frame);
        simulation.sendOnNetwork(frame);
    }
}
