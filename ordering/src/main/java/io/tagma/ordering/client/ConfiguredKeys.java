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
import io.tagma.ordering.authentication.IdentityKeys;
import io.tagma.ordering.authentication.MacKeys;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.authentication.SignatureDomain;
import io.tagma.ordering.authentication.Signatures;
import io.tagma.ordering.configuration.ClusterConfiguration;

/**
 * The keys of a configured client: its own private ones and the replicas' public ones.
 */
public final class ConfiguredKeys implements ClientKeys
{
    private final IdentityKeys identity;
    private final MacKeys macKeys;
    private final Signatures signatures;

    /**
     * Agrees on a secret with every replica: some hundreds of microseconds each.
     *
     * @param cluster  that has this client.
     * @param clientId of it.
     * @param identity its private keys.
     */
    public ConfiguredKeys(final ClusterConfiguration cluster, final int clientId, final IdentityKeys identity)
    {
        this.identity = identity;
        macKeys = cluster.macKeys(PartyKind.CLIENT, clientId, identity);
        signatures = new Signatures(cluster.clusterId(), cluster.epoch());
    }

    @Override
    public Authenticator toReplica(final int replicaId, final long sessionId)
    {
        return ClientSession.NO_SESSION == sessionId ?
            macKeys.toReplica(replicaId) : macKeys.toReplica(replicaId, sessionId);
    }

    @Override
    public Authenticator fromReplica(final int replicaId, final long sessionId)
    {
        return ClientSession.NO_SESSION == sessionId ?
            macKeys.fromReplica(replicaId) : macKeys.fromReplica(replicaId, sessionId);
    }

    @Override
    public void sign(
        final DirectBuffer body,
        final int offset,
        final int length,
        final MutableDirectBuffer signature,
        final int signatureOffset)
    {
        signatures.sign(
            SignatureDomain.BUNDLE, identity.signing(), body, offset, length, signature, signatureOffset);
    }
}
