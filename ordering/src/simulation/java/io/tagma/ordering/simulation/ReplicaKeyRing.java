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

import io.tagma.codecs.client.BundleAuthenticatorDecoder;
import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.protocol.BundleAuthentication;
import io.tagma.ordering.replica.LocalAuthenticators;
import io.tagma.ordering.replica.SessionEvents;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The keys of one replica process, its sessions' included: they come and go with execution.
 */
final class ReplicaKeyRing implements LocalAuthenticators, BundleAuthentication, SessionEvents
{
    private final SimulationKeys keys;
    private final int replica;
    private final Map<Long, Integer> clientOfSession = new HashMap<>();

    ReplicaKeyRing(final SimulationKeys keys, final int replica)
    {
        this.keys = keys;
        this.replica = replica;
    }

    @Override
    public Authenticator toReplica(final int replicaId)
    {
        return keys.betweenReplicas(true, replica, replicaId);
    }

    @Override
    public Authenticator fromReplica(final int replicaId)
    {
        return keys.betweenReplicas(false, replica, replicaId);
    }

    @Override
    public Authenticator toClient(final int clientId, final long sessionId)
    {
        return knows(clientId, sessionId) ? keys.atReplica(true, replica, clientId, sessionId) : null;
    }

    @Override
    public Authenticator fromClient(final int clientId, final long sessionId)
    {
        return knows(clientId, sessionId) ? keys.atReplica(false, replica, clientId, sessionId) : null;
    }

    private boolean knows(final int clientId, final long sessionId)
    {
        if (clientId < 1 || clientId > SimulationKeys.CLIENTS_MAX)
        {
            return false;
        }
        final Integer owner = clientOfSession.get(sessionId);
        return 0 == sessionId || null != owner && owner == clientId;
    }

    @Override
    public boolean isAuthentic(
        final int clientId,
        final long sessionId,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength,
        final DirectBuffer authenticator,
        final int authenticatorOffset)
    {
        final Authenticator key = fromClient(clientId, sessionId);
        final int tag =
            authenticatorOffset + BundleAuthenticatorDecoder.BLOCK_LENGTH + replica * FrameLayout.TAG_LENGTH;
        return null != key && key.verify(body, bodyOffset, bodyLength, authenticator, tag);
    }

    @Override
    public void sessionOpened(
        final long sessionId,
        final int clientId,
        final DirectBuffer channel,
        final int channelOffset,
        final int channelLength)
    {
        clientOfSession.put(sessionId, clientId);
    }

    @Override
    public void sessionForgotten(final long sessionId)
    {
        clientOfSession.remove(sessionId);
    }
}
