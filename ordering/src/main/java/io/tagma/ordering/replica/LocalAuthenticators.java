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

/**
 * The keys that this replica shares with others, one authenticator for each direction. Look-ups allocate nothing.
 */
public interface LocalAuthenticators
{
    /**
     * From this replica to another.
     *
     * @param replicaId of the other one, configured and not this one.
     * @return the authenticator.
     */
    Authenticator toReplica(int replicaId);

    /**
     * From another replica to this one.
     *
     * @param replicaId of the other one, configured and not this one.
     * @return the authenticator.
     */
    Authenticator fromReplica(int replicaId);

    /**
     * From this replica to a client.
     *
     * @param clientId  of the client.
     * @param sessionId of its session; 0 for the sessionless key.
     * @return the authenticator, or null if no such client or session is known.
     */
    Authenticator toClient(int clientId, long sessionId);

    /**
     * From a client to this replica.
     *
     * @param clientId  of the client.
     * @param sessionId of its session; 0 for the sessionless key.
     * @return the authenticator, or null if no such client or session is known.
     */
    Authenticator fromClient(int clientId, long sessionId);
}
