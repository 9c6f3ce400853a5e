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

import static io.tagma.codecs.FrameLayout.DOMAIN_PREFIX_LENGTH;

import io.tagma.ordering.authentication.SignatureDomain;
import io.tagma.ordering.authentication.Signatures;
import io.tagma.ordering.authentication.SigningKeys;
import io.tagma.ordering.authentication.SigningPublicKey;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The configured Ed25519 keys. The core hands over bytes that begin with a domain prefix; it is replaced by the one
 * that belongs to the purpose, so a signature made here is never worth anything for another.
 */
public final class ReplicaSignatures implements SignatureKeys
{
    private static final int FIRST_CLIENT_ID = 1;
    private static final SignatureDomain[] REPLICA_DOMAINS = {
        SignatureDomain.CHECKPOINT, SignatureDomain.COMPLAINT, SignatureDomain.VIEW_CHANGE, SignatureDomain.NEW_VIEW };

    private final Signatures signatures;
    private final SigningKeys own;
    private final SigningPublicKey[] replicas;
    private final SigningPublicKey[] clients;

    /**
     * For one thread.
     *
     * @param signatures of the cluster and epoch.
     * @param own        keys of this replica.
     * @param replicas   public keys by id.
     * @param clients    public keys: that of client 1 comes first.
     */
    public ReplicaSignatures(
        final Signatures signatures,
        final SigningKeys own,
        final SigningPublicKey[] replicas,
        final SigningPublicKey[] clients)
    {
        this.signatures = signatures;
        this.own = own;
        this.replicas = replicas.clone();
        this.clients = clients.clone();
    }

    @Override
    public void sign(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer signature,
        final int signatureOffset)
    {
        signatures.sign(
            domainOf(buffer, offset), own,
            buffer, offset + DOMAIN_PREFIX_LENGTH, length - DOMAIN_PREFIX_LENGTH, signature, signatureOffset);
    }

    @Override
    public boolean verifyReplica(
        final int replicaId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        return replicaId >= 0 && replicaId < replicas.length && signatures.verify(
            domainOf(buffer, offset), replicas[replicaId],
            buffer, offset + DOMAIN_PREFIX_LENGTH, length - DOMAIN_PREFIX_LENGTH, signature, signatureOffset);
    }

    /** By its prefix, which comes from the core and never from a peer. */
    private SignatureDomain domainOf(final DirectBuffer buffer, final int offset)
    {
        for (final SignatureDomain domain : REPLICA_DOMAINS)
        {
            if (signatures.isPrefix(domain, buffer, offset))
            {
                return domain;
            }
        }
        throw new IllegalStateException("replicas sign nothing with the prefix " +
            buffer.getStringWithoutLengthAscii(offset, Long.BYTES));
    }

    @Override
    public boolean verifyClient(
        final int clientId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        final int index = clientId - FIRST_CLIENT_ID;
        return index >= 0 && index < clients.length && signatures.verify(
            SignatureDomain.BUNDLE, clients[index], buffer, offset, length, signature, signatureOffset);
    }
}
