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

import io.tagma.ordering.authentication.Authenticator;

/**
 * The keys of one session, or the sessionless ones, in both directions, by replica id.
 */
final class SessionKeys
{
    final long sessionId;
    final Authenticator[] toReplicas;
    final Authenticator[] fromReplicas;

    SessionKeys(final ClientKeys keys, final long sessionId, final int replicaCount)
    {
        this.sessionId = sessionId;
        toReplicas = new Authenticator[replicaCount];
        fromReplicas = new Authenticator[replicaCount];
        for (int i = 0; i < replicaCount; i++)
        {
            toReplicas[i] = keys.toReplica(i, sessionId);
            fromReplicas[i] = keys.fromReplica(i, sessionId);
        }
    }
}
