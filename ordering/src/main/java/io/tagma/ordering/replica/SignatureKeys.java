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

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Ed25519 with the keys of the configuration, for the side thread alone. May allocate.
 */
public interface SignatureKeys
{
    /**
     * Signs a checkpoint with this replica's key.
     *
     * @param buffer          that holds what is signed, domain prefix included.
     * @param offset          of its first byte.
     * @param length          in bytes.
     * @param signature       to write 64 bytes to.
     * @param signatureOffset of the first of them.
     */
    void sign(DirectBuffer buffer, int offset, int length, MutableDirectBuffer signature, int signatureOffset);

    /**
     * Verifies a checkpoint with a replica's key.
     *
     * @param replicaId       whose key.
     * @param buffer          that holds what is signed, domain prefix included.
     * @param offset          of its first byte.
     * @param length          in bytes.
     * @param signature       that holds the signature.
     * @param signatureOffset of its first byte.
     * @return whether it is right; false if there is no such replica.
     */
    boolean verifyReplica(
        int replicaId,
        DirectBuffer buffer,
        int offset,
        int length,
        DirectBuffer signature,
        int signatureOffset);

    /**
     * Verifies a bundle body with a client's key.
     *
     * @param clientId        whose key.
     * @param buffer          that holds the body; the domain prefix is put before it.
     * @param offset          of its first byte.
     * @param length          in bytes.
     * @param signature       that holds the signature.
     * @param signatureOffset of its first byte.
     * @return whether it is right; false if there is no such client.
     */
    boolean verifyClient(
        int clientId,
        DirectBuffer buffer,
        int offset,
        int length,
        DirectBuffer signature,
        int signatureOffset);
}
