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

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.authentication.AgreementKeys;
import io.tagma.ordering.authentication.AgreementPublicKey;
import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.authentication.MacAlgorithm;
import io.tagma.ordering.authentication.MacKeys;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.authentication.SignatureDomain;
import io.tagma.ordering.authentication.Signatures;
import io.tagma.ordering.authentication.SigningKeys;
import io.tagma.ordering.authentication.SigningPublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Real keys, made once from a constant: runs differ in what is done with them. Authenticators are kept, as making one
 * costs more than a simulated duty cycle. A signature that its owner made in this life of the keys is known to be right
 * without the arithmetic; every other one is verified. For one thread.
 */
final class SimulationKeys implements JournalWitness.SignatureCheck
{
    static final long CLUSTER_ID = 0x7A61_676D_6153_494DL;
    /** Not 0, so that the primary of view 0 is not replica 0. */
    static final int EPOCH = 1;
    static final int CLIENTS_MAX = 4;

    private static final int KEPT_MAX = 20_000;

    private record Direction(boolean outgoing, PartyKind own, int ownId, PartyKind other, int otherId, long session)
    {
    }

    private record Signed(PartyKind kind, int id, DigestValue message, DigestValue signature)
    {
    }

    private final SigningKeys[] replicaSigning;
    private final SigningKeys[] clientSigning = new SigningKeys[CLIENTS_MAX];
    private final SigningPublicKey[] replicaPublic;
    private final SigningPublicKey[] clientPublic = new SigningPublicKey[CLIENTS_MAX];
    private final MacKeys[] replicaMacs;
    private final MacKeys[] clientMacs = new MacKeys[CLIENTS_MAX];
    private final Signatures signatures = new Signatures(CLUSTER_ID, EPOCH);
    private final Authenticator[] betweenReplicas;
    private final Map<Direction, Authenticator> authenticators = new HashMap<>();
    private final Set<Signed> genuine = new HashSet<>();

    /**
     * Keys of a cluster.
     *
     * @param replicaCount n.
     */
    SimulationKeys(final int replicaCount)
    {
        final SimulationRandom random = new SimulationRandom(replicaCount).stream("keys");
        replicaSigning = new SigningKeys[replicaCount];
        replicaPublic = new SigningPublicKey[replicaCount];
        replicaMacs = new MacKeys[replicaCount];
        betweenReplicas = new Authenticator[replicaCount * replicaCount * 2];
        final AgreementKeys[] replicaAgreement = new AgreementKeys[replicaCount];
        final AgreementKeys[] clientAgreement = new AgreementKeys[CLIENTS_MAX];
        final AgreementPublicKey[] replicaAgreementPublic = new AgreementPublicKey[replicaCount];
        final AgreementPublicKey[] clientAgreementPublic = new AgreementPublicKey[CLIENTS_MAX];
        for (int i = 0; i < replicaCount; i++)
        {
            replicaSigning[i] = new SigningKeys(draw(random));
            replicaPublic[i] = replicaSigning[i].publicKey();
            replicaAgreement[i] = new AgreementKeys(draw(random));
            replicaAgreementPublic[i] = replicaAgreement[i].publicKey();
        }
        for (int i = 0; i < CLIENTS_MAX; i++)
        {
            clientSigning[i] = new SigningKeys(draw(random));
            clientPublic[i] = clientSigning[i].publicKey();
            clientAgreement[i] = new AgreementKeys(draw(random));
            clientAgreementPublic[i] = clientAgreement[i].publicKey();
        }
        for (int i = 0; i < replicaCount; i++)
        {
            replicaMacs[i] = new MacKeys(
                CLUSTER_ID, EPOCH, MacAlgorithm.AES_CMAC, PartyKind.REPLICA, i, replicaAgreement[i],
                replicaAgreementPublic, clientAgreementPublic);
        }
        for (int i = 0; i < CLIENTS_MAX; i++)
        {
            clientMacs[i] = new MacKeys(
                CLUSTER_ID, EPOCH, MacAlgorithm.AES_CMAC, PartyKind.CLIENT, i + 1, clientAgreement[i],
                replicaAgreementPublic, clientAgreementPublic);
        }
    }

    private static byte[] draw(final SimulationRandom random)
    {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[32]);
        for (int i = 0; i < 32; i += 8)
        {
            key.putLong(i, random.nextLong());
        }
        return key.byteArray();
    }

    byte[] publicKey(final int replica)
    {
        return replicaSigning[replica].publicKey().encoded();
    }

    /** For what derives session keys itself. */
    MacKeys macKeys(final int replica)
    {
        return replicaMacs[replica];
    }

    Authenticator betweenReplicas(final boolean outgoing, final int own, final int other)
    {
        final int index = (own * replicaMacs.length + other) * 2 + (outgoing ? 1 : 0);
        if (null == betweenReplicas[index])
        {
            betweenReplicas[index] =
                outgoing ? replicaMacs[own].toReplica(other) : replicaMacs[own].fromReplica(other);
        }
        return betweenReplicas[index];
    }

    Authenticator atReplica(final boolean outgoing, final int own, final int clientId, final long session)
    {
        return kept(new Direction(outgoing, PartyKind.REPLICA, own, PartyKind.CLIENT, clientId, session));
    }

    Authenticator atClient(final boolean outgoing, final int clientId, final int replica, final long session)
    {
        return kept(new Direction(outgoing, PartyKind.CLIENT, clientId, PartyKind.REPLICA, replica, session));
    }

    private Authenticator kept(final Direction direction)
    {
        Authenticator authenticator = authenticators.get(direction);
        if (null == authenticator)
        {
            if (authenticators.size() >= KEPT_MAX)
            {
                authenticators.clear();
            }
            authenticator = make(direction);
            authenticators.put(direction, authenticator);
        }
        return authenticator;
    }

    private Authenticator make(final Direction direction)
    {
        final boolean isReplica = PartyKind.REPLICA == direction.own;
        final MacKeys keys = isReplica ? replicaMacs[direction.ownId] : clientMacs[direction.ownId - 1];
        if (0 == direction.session)
        {
            return isReplica ?
                direction.outgoing ? keys.toClient(direction.otherId) : keys.fromClient(direction.otherId) :
                direction.outgoing ? keys.toReplica(direction.otherId) : keys.fromReplica(direction.otherId);
        }
        return isReplica ?
            direction.outgoing ?
                keys.toClient(direction.otherId, direction.session) :
                keys.fromClient(direction.otherId, direction.session) :
            direction.outgoing ?
                keys.toReplica(direction.otherId, direction.session) :
                keys.fromReplica(direction.otherId, direction.session);
    }

    /**
     * Signs.
     *
     * @param kind      of the signer.
     * @param id        of the signer.
     * @param message   that holds what is signed, with its domain prefix: the domain is that of the kind.
     * @param offset    of its first byte.
     * @param length    in bytes.
     * @param signature to write to.
     * @param at        of the first byte there.
     */
    void sign(
        final PartyKind kind,
        final int id,
        final DirectBuffer message,
        final int offset,
        final int length,
        final MutableDirectBuffer signature,
        final int at)
    {
        final boolean isReplica = PartyKind.REPLICA == kind;
        signatures.sign(
            isReplica ? SignatureDomain.CHECKPOINT : SignatureDomain.BUNDLE,
            isReplica ? replicaSigning[id] : clientSigning[id - 1],
            message,
            offset + FrameLayout.DOMAIN_PREFIX_LENGTH,
            length - FrameLayout.DOMAIN_PREFIX_LENGTH,
            signature,
            at);
        if (genuine.size() > KEPT_MAX)
        {
            genuine.clear();
        }
        genuine.add(signed(kind, id, message, offset, length, signature, at));
    }

    /** Whether a signature over a message with its domain prefix is right. */
    boolean verify(
        final PartyKind kind,
        final int id,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int at)
    {
        final boolean isReplica = PartyKind.REPLICA == kind;
        if (genuine.contains(signed(kind, id, message, offset, length, signature, at)))
        {
            return true;
        }
        return signatures.verify(
            isReplica ? SignatureDomain.CHECKPOINT : SignatureDomain.BUNDLE,
            isReplica ? replicaPublic[id] : clientPublic[id - 1],
            message,
            offset + FrameLayout.DOMAIN_PREFIX_LENGTH,
            length - FrameLayout.DOMAIN_PREFIX_LENGTH,
            signature,
            at);
    }

    /** What a client signs when it signs a bundle. */
    static UnsafeBuffer signedByClient(final DirectBuffer body, final int offset, final int length)
    {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[FrameLayout.DOMAIN_PREFIX_LENGTH + length]);
        FrameLayout.putDomainPrefix(message, 0, FrameLayout.BUNDLE_DOMAIN, CLUSTER_ID, EPOCH);
        message.putBytes(FrameLayout.DOMAIN_PREFIX_LENGTH, body, offset, length);
        return message;
    }

    @Override
    public boolean isRight(final int replica, final byte[] message, final byte[] signature)
    {
        return verify(
            PartyKind.REPLICA, replica, new UnsafeBuffer(message), 0, message.length, new UnsafeBuffer(signature), 0);
    }

    private static Signed signed(
        final PartyKind kind,
        final int id,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int at)
    {
        final byte[] messageBytes = new byte[length];
        message.getBytes(offset, messageBytes);
        final byte[] signatureBytes = new byte[FrameLayout.SIGNATURE_LENGTH];
        signature.getBytes(at, signatureBytes);
        return new Signed(
            kind,
            id,
            DigestValue.at(new UnsafeBuffer(Sha256Digests.of(messageBytes)), 0),
            DigestValue.at(new UnsafeBuffer(Sha256Digests.of(signatureBytes)), 0));
    }
}
