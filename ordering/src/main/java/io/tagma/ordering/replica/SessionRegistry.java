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
package io.tagma.ordering.replica;

import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.client.BundleAuthenticatorDecoder;
import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.authentication.MacKeys;
import io.tagma.ordering.protocol.BundleAuthentication;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The authenticators of a replica: for the other replicas and for clients without a session made at construction, for
 * each session when the order opens it, until the order forgets it. Only opening a session allocates.
 */
public final class SessionRegistry implements LocalAuthenticators, SessionEvents, BundleAuthentication
{
    private static final long SESSIONLESS = 0;
    private static final int FIRST_CLIENT_ID = 1;

    private final int replicaId;
    private final int replicaCount;
    private final MacKeys keys;
    private final SessionEvents next;
    private final Authenticator[] toReplica;
    private final Authenticator[] fromReplica;
    private final Authenticator[] toClient;
    private final Authenticator[] fromClient;
    private final Long2ObjectHashMap<SessionKeys> sessions = new Long2ObjectHashMap<>();

    /**
     * The keys of one replica.
     *
     * @param replicaId    of this replica.
     * @param replicaCount number of replicas.
     * @param clientCount  number of configured clients; their ids begin with 1.
     * @param keys         to derive from.
     * @param next         told of sessions after the keys are there.
     */
    public SessionRegistry(
        final int replicaId,
        final int replicaCount,
        final int clientCount,
        final MacKeys keys,
        final SessionEvents next)
    {
        this.replicaId = replicaId;
        this.replicaCount = replicaCount;
        this.keys = keys;
        this.next = next;
        toReplica = new Authenticator[replicaCount];
        fromReplica = new Authenticator[replicaCount];
        for (int i = 0; i < replicaCount; i++)
        {
            if (i != replicaId)
            {
                toReplica[i] = keys.toReplica(i);
                fromReplica[i] = keys.fromReplica(i);
            }
        }
        toClient = new Authenticator[FIRST_CLIENT_ID + clientCount];
        fromClient = new Authenticator[FIRST_CLIENT_ID + clientCount];
        for (int i = FIRST_CLIENT_ID; i < toClient.length; i++)
        {
            toClient[i] = keys.toClient(i);
            fromClient[i] = keys.fromClient(i);
        }
    }

    /**
     * Whether a client is configured.
     *
     * @param clientId of the client.
     * @return true if it is.
     */
    public boolean isKnownClient(final int clientId)
    {
        return clientId >= FIRST_CLIENT_ID && clientId < fromClient.length;
    }

    /**
     * How many sessions are known.
     *
     * @return their number.
     */
    public int sessionCount()
    {
        return sessions.size();
    }

    @Override
    public void sessionOpened(
        final long sessionId,
        final int clientId,
        final DirectBuffer channel,
        final int channelOffset,
        final int channelLength)
    {
        sessions.put(
            sessionId,
            new SessionKeys(clientId, keys.toClient(clientId, sessionId), keys.fromClient(clientId, sessionId)));
        next.sessionOpened(sessionId, clientId, channel, channelOffset, channelLength);
    }

    @Override
    public void sessionForgotten(final long sessionId)
    {
        sessions.remove(sessionId);
        next.sessionForgotten(sessionId);
    }

    @Override
    public Authenticator toReplica(final int id)
    {
        return toReplica[id];
    }

    @Override
    public Authenticator fromReplica(final int id)
    {
        return fromReplica[id];
    }

    @Override
    public Authenticator toClient(final int clientId, final long sessionId)
    {
        if (SESSIONLESS == sessionId)
        {
            return isKnownClient(clientId) ? toClient[clientId] : null;
        }
        final SessionKeys session = sessions.get(sessionId);
        return null != session && session.clientId == clientId ? session.toClient : null;
    }

    @Override
    public Authenticator fromClient(final int clientId, final long sessionId)
    {
        if (SESSIONLESS == sessionId)
        {
            return isKnownClient(clientId) ? fromClient[clientId] : null;
        }
        final SessionKeys session = sessions.get(sessionId);
        return null != session && session.clientId == clientId ? session.fromClient : null;
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
        final Authenticator own = fromClient(clientId, sessionId);
        final int tagCount = authenticator.getShort(
            authenticatorOffset + BundleAuthenticatorDecoder.tagCountEncodingOffset(), LITTLE_ENDIAN);
        if (null == own || tagCount != replicaCount)
        {
            return false;
        }
        final int tagOffset = authenticatorOffset + BundleAuthenticatorDecoder.BLOCK_LENGTH + replicaId * TAG_LENGTH;
        return own.verify(body, bodyOffset, bodyLength, authenticator, tagOffset);
    }

    private record SessionKeys(int clientId, Authenticator toClient, Authenticator fromClient)
    {
    }
}
