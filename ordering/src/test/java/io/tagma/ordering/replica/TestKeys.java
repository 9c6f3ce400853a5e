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

import io.tagma.ordering.authentication.Authenticator;

import java.util.HashMap;
import java.util.Map;

/**
 * The keys of one replica of a test cluster: for each direction one, and sessions known or not.
 */
final class TestKeys implements LocalAuthenticators
{
    private final int replicaId;
    private final Authenticator[] toReplica;
    private final Authenticator[] fromReplica;
    private final Map<Long, Authenticator> toClient = new HashMap<>();
    private final Map<Long, Authenticator> fromClient = new HashMap<>();

    TestKeys(final int replicaId, final int replicaCount)
    {
        this.replicaId = replicaId;
        toReplica = new Authenticator[replicaCount];
        fromReplica = new Authenticator[replicaCount];
        for (int i = 0; i < replicaCount; i++)
        {
            toReplica[i] = ofDirection("r" + replicaId, "r" + i);
            fromReplica[i] = ofDirection("r" + i, "r" + replicaId);
        }
    }

    static Authenticator ofDirection(final String from, final String to)
    {
        return new DigestAuthenticator(from + ">" + to);
    }

    TestKeys client(final int clientId, final long sessionId)
    {
        toClient.put(key(clientId, sessionId), ofDirection("r" + replicaId, "c" + clientId + "/" + sessionId));
        fromClient.put(key(clientId, sessionId), ofDirection("c" + clientId + "/" + sessionId, "r" + replicaId));
        return this;
    }

    private static long key(final int clientId, final long sessionId)
    {
        return sessionId << 16 | clientId;
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
        return toClient.get(key(clientId, sessionId));
    }

    @Override
    public Authenticator fromClient(final int clientId, final long sessionId)
    {
        return fromClient.get(key(clientId, sessionId));
    }
}
