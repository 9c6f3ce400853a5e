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
    private boolean isHealed;

    ClientLies(final int clientId, final Simulation simulation)
    {
        this.clientId = clientId;
        this.simulation = simulation;
        random = simulation.random().stream("client lies", clientId);
    }

    void heal()
    {
        isHealed = true;
    }

    void send(final Frame honest)
    {
        if (isHealed || !random.chance(LIE_PPM))
        {
            simulation.sendOnNetwork(honest);
            return;
        }
        simulation.faults().add(Fault.CLIENT_LIE);
        final Frame lie = new Frame(honest.from, honest.to, honest.creator, honest.buffer, 0, honest.length());
        final UnsafeBuffer buffer = lie.buffer;
        final int bodies = BODIES_OFFSET + Integer.BYTES;
        final int authenticators = bodies + buffer.getInt(BODIES_OFFSET, LITTLE_ENDIAN) + Integer.BYTES;
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
                sendTagged(lie);
                return;
            }
            case 3 -> spoilSignature(buffer, authenticators);
            default ->
            {
                buffer.putByte(lie.length() - 1, (byte)(buffer.getByte(lie.length() - 1) ^ 1));
                simulation.sendOnNetwork(new Frame(lie.from, lie.to, Frame.NOBODY, buffer, 0, lie.length()));
                return;
            }
        }
        tagBundle(buffer, bodies, authenticators);
        sendTagged(lie);
        if (random.coin())
        {
            simulation.sendOnNetwork(honest);
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
