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

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import io.tagma.ordering.authentication.Authenticator;

/**
 * The client's keys, as its logic needs them. Derivation happens only when a session opens.
 */
public interface ClientKeys
{
    /**
     * Derives the key that authenticates what this client says to a replica.
     *
     * @param replicaId of the replica.
     * @param sessionId of the session; 0 for the sessionless key.
     * @return a new authenticator, for one thread.
     */
    Authenticator toReplica(int replicaId, long sessionId);

    /**
     * Derives the key that authenticates what a replica says to this client.
     *
     * @param replicaId of the replica.
     * @param sessionId of the session; 0 for the sessionless key.
     * @return a new authenticator, for one thread.
     */
    Authenticator fromReplica(int replicaId, long sessionId);

    /**
     * Signs a bundle with the client's Ed25519 key, for this cluster and epoch.
     *
     * @param body            that holds the bundle's body, which the domain prefix goes before.
     * @param offset          of its first byte.
     * @param length          in bytes.
     * @param signature       to write 64 bytes to; may be the same buffer.
     * @param signatureOffset of the first of them.
     */
    void sign(DirectBuffer body, int offset, int length, MutableDirectBuffer signature, int signatureOffset);
}
