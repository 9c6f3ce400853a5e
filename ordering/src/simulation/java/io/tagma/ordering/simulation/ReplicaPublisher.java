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

import static io.tagma.codecs.FrameLayout.TAG_LENGTH;

import io.tagma.ordering.replica.ClientPublisher;
import io.tagma.ordering.replica.PeerPublisher;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the frames of one replica on the simulated network.
 */
final class ReplicaPublisher implements PeerPublisher, ClientPublisher
{
    private final int replica;
    private final Simulation simulation;
    private final Runnable beforeEffect;
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1 << 17]);

    ReplicaPublisher(final int replica, final Simulation simulation, final Runnable beforeEffect)
    {
        this.replica = replica;
        this.simulation = simulation;
        this.beforeEffect = beforeEffect;
    }

    @Override
    public boolean isConnected(final int peerId)
    {
        return true;
    }

    @Override
    public boolean offer(
        final int peerId,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        beforeEffect.run();
        simulation.sendToReplica(frame(peerId, message, offset, length, tag, tagOffset));
        return true;
    }

    @Override
    public boolean offer(
        final int clientId,
        final long sessionId,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        if (!simulation.isClient(clientId))
        {
            return false;
        }
        beforeEffect.run();
        simulation.sendToClient(
            frame(simulation.nodeOfClient(clientId), message, offset, length, tag, tagOffset), clientId, sessionId);
        return true;
    }

    private Frame frame(
        final int to,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        scratch.putBytes(0, message, offset, length);
        scratch.putBytes(length, tag, tagOffset, TAG_LENGTH);
        return new Frame(replica, to, replica, scratch, 0, length + TAG_LENGTH);
    }
}
