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
package io.tagma.ordering.configuration;

import io.tagma.ordering.authentication.AgreementPublicKey;
import io.tagma.ordering.authentication.IdentityKeys;
import io.tagma.ordering.authentication.KeyDirectory;
import io.tagma.ordering.authentication.KeyException;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.authentication.SigningPublicKey;

/**
 * Whose a private key is, by the public keys of the cluster file.
 */
final class KeyOwners
{
    private KeyOwners()
    {
    }

    static void check(
        final ClusterConfiguration configuration,
        final PartyKind kind,
        final int id,
        final IdentityKeys keys,
        final String path)
    {
        if (PartyKind.ADMINISTRATOR == kind)
        {
            throw new IllegalArgumentException("an administrator has no id");
        }
        final boolean isReplica = PartyKind.REPLICA == kind;
        final SigningPublicKey signingKey =
            isReplica ? configuration.replica(id).signingKey() : configuration.client(id).signingKey();
        final AgreementPublicKey agreementKey =
            isReplica ? configuration.replica(id).agreementKey() : configuration.client(id).agreementKey();

        if (!signingKey.equals(keys.signing().publicKey()))
        {
            refuse(configuration, path + KeyDirectory.SIGNING_FILE, kind, id, keys.signing().publicKey());
        }
        if (!agreementKey.equals(keys.agreement().publicKey()))
        {
            refuse(configuration, path + KeyDirectory.AGREEMENT_FILE, kind, id, keys.agreement().publicKey());
        }
    }

    private static void refuse(
        final ClusterConfiguration configuration,
        final String file,
        final PartyKind kind,
        final int id,
        final Object key)
    {
        final String owner = owner(configuration, key);
        throw new KeyException(
            "key file " + file + " does not hold the key of " + kind.label() + " " + id + " in " +
            configuration.source() + ": it holds " + (null == owner ? "one that is nobody's there" : owner));
    }

    private static String owner(final ClusterConfiguration configuration, final Object key)
    {
        for (int id = 0; id < configuration.replicaCount(); id++)
        {
            final ReplicaMember replica = configuration.replica(id);
            if (key.equals(replica.signingKey()) || key.equals(replica.agreementKey()))
            {
                return "that of replica " + id;
            }
        }
        for (int id = 1; id <= configuration.clientCount(); id++)
        {
            final ClientMember client = configuration.client(id);
            if (key.equals(client.signingKey()) || key.equals(client.agreementKey()))
            {
                return "that of client " + id;
            }
        }
        return null;
    }
}
