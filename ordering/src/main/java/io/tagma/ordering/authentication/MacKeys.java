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
package io.tagma.ordering.authentication;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The authenticators of one local party, replica or client, for every direction that it sends or receives in.
 * <p>
 * The secrets shared with all others are computed at construction (tens of microseconds each); an authenticator costs a
 * few hashes and the set-up of a cipher, some microseconds and some kilobytes. Each call makes a new one: keep it, and
 * use it on one thread. The methods themselves may be called from several threads.
 */
public final class MacKeys
{
    private static final byte[] DOMAIN = "tagma/mac/1".getBytes(US_ASCII);
    private static final byte[] UNBOUND = new byte[0];
    private static final long NO_SESSION = 0;
    private static final int INFO_LENGTH_MAX = 128;

    private final long clusterId;
    private final int epoch;
    private final MacAlgorithm algorithm;
    private final PartyKind ownKind;
    private final int ownId;
    /** By id; null at one's own. */
    private final byte[][] replicaSecrets;
    /** By id, from 1; null at index 0, and all of them if this is a client: clients do not talk to each other. */
    private final byte[][] clientSecrets;
    private final byte[] salt;

    /**
     * Of a local party.
     *
     * @param clusterId         of the cluster.
     * @param epoch             of its configuration.
     * @param algorithm         of the cluster.
     * @param ownKind           what the local party is.
     * @param ownId             its id.
     * @param keys              its agreement keys.
     * @param replicaPublicKeys agreement keys of all replicas, by id.
     * @param clientPublicKeys  agreement keys of all clients: that of client 1 comes first.
     */
    public MacKeys(
        final long clusterId,
        final int epoch,
        final MacAlgorithm algorithm,
        final PartyKind ownKind,
        final int ownId,
        final AgreementKeys keys,
        final AgreementPublicKey[] replicaPublicKeys,
        final AgreementPublicKey[] clientPublicKeys)
    {
        this.clusterId = clusterId;
        this.epoch = epoch;
        this.algorithm = algorithm;
        this.ownKind = ownKind;
        this.ownId = ownId;
        salt = UNBOUND;

        replicaSecrets = new byte[replicaPublicKeys.length][];
        for (int id = 0; id < replicaPublicKeys.length; id++)
        {
            if (PartyKind.REPLICA != ownKind || id != ownId)
            {
                replicaSecrets[id] = keys.agree(replicaPublicKeys[id]);
            }
        }
        clientSecrets = new byte[clientPublicKeys.length + 1][];
        if (PartyKind.REPLICA == ownKind)
        {
            for (int id = 1; id < clientSecrets.length; id++)
            {
                clientSecrets[id] = keys.agree(clientPublicKeys[id - 1]);
            }
        }
    }

    private MacKeys(final MacKeys unbound, final byte[] salt)
    {
        clusterId = unbound.clusterId;
        epoch = unbound.epoch;
        algorithm = unbound.algorithm;
        ownKind = unbound.ownKind;
        ownId = unbound.ownId;
        replicaSecrets = unbound.replicaSecrets;
        clientSecrets = unbound.clientSecrets;
        this.salt = salt.clone();
    }

    /**
     * The keys that are derived with a salt: with another one they are worth nothing.
     *
     * @param value salt of the derivation; empty for none.
     * @return other keys of the same party.
     */
    public MacKeys boundTo(final byte[] value)
    {
        return new MacKeys(this, value);
    }

    /**
     * For frames to a replica: from another replica, or from a client outside a session.
     *
     * @param replicaId of the receiver.
     * @return a new authenticator, for one thread.
     */
    public Authenticator toReplica(final int replicaId)
    {
        return outgoing(PartyKind.REPLICA, replicaId, NO_SESSION);
    }

    /**
     * For frames from a replica: to another replica, or to a client outside a session.
     *
     * @param replicaId of the sender.
     * @return a new authenticator, for one thread.
     */
    public Authenticator fromReplica(final int replicaId)
    {
        return incoming(PartyKind.REPLICA, replicaId, NO_SESSION);
    }

    /**
     * For a client's frames and bundle tags to a replica within a session.
     *
     * @param replicaId of the receiver.
     * @param sessionId of the session, above 0.
     * @return a new authenticator, for one thread.
     */
    public Authenticator toReplica(final int replicaId, final long sessionId)
    {
        return outgoing(PartyKind.REPLICA, replicaId, checkSession(sessionId));
    }

    /**
     * For a replica's frames to a client within a session, at the client.
     *
     * @param replicaId of the sender.
     * @param sessionId of the session, above 0.
     * @return a new authenticator, for one thread.
     */
    public Authenticator fromReplica(final int replicaId, final long sessionId)
    {
        return incoming(PartyKind.REPLICA, replicaId, checkSession(sessionId));
    }

    /**
     * For a replica's frames to a client outside a session: the answer to an OPEN.
     *
     * @param clientId of the receiver.
     * @return a new authenticator, for one thread.
     */
    public Authenticator toClient(final int clientId)
    {
        return outgoing(PartyKind.CLIENT, clientId, NO_SESSION);
    }

    /**
     * For a client's frames and bundle tags outside a session, at a replica: an OPEN.
     *
     * @param clientId of the sender.
     * @return a new authenticator, for one thread.
     */
    public Authenticator fromClient(final int clientId)
    {
        return incoming(PartyKind.CLIENT, clientId, NO_SESSION);
    }

    /**
     * For a replica's frames to a client within a session.
     *
     * @param clientId  of the receiver.
     * @param sessionId of the session, above 0.
     * @return a new authenticator, for one thread.
     */
    public Authenticator toClient(final int clientId, final long sessionId)
    {
        return outgoing(PartyKind.CLIENT, clientId, checkSession(sessionId));
    }

    /**
     * For a client's frames and bundle tags within a session, at a replica.
     *
     * @param clientId  of the sender.
     * @param sessionId of the session, above 0.
     * @return a new authenticator, for one thread.
     */
    public Authenticator fromClient(final int clientId, final long sessionId)
    {
        return incoming(PartyKind.CLIENT, clientId, checkSession(sessionId));
    }

    /**
     * How many clients there are keys for.
     *
     * @return their number; their ids begin with 1.
     */
    public int clientCount()
    {
        return clientSecrets.length - 1;
    }

    private Authenticator outgoing(final PartyKind otherKind, final int otherId, final long sessionId)
    {
        return authenticator(secret(otherKind, otherId), info(ownKind, ownId, otherKind, otherId, sessionId));
    }

    private Authenticator incoming(final PartyKind otherKind, final int otherId, final long sessionId)
    {
        return authenticator(secret(otherKind, otherId), info(otherKind, otherId, ownKind, ownId, sessionId));
    }

    private Authenticator authenticator(final byte[] secret, final byte[] info)
    {
        final byte[] key = Hkdf.derive(secret, salt, info, MacAlgorithm.KEY_LENGTH);
        try
        {
            return algorithm.authenticator(key);
        }
        finally
        {
            Arrays.fill(key, (byte)0);
        }
    }

    private byte[] secret(final PartyKind kind, final int id)
    {
        final byte[][] secrets = PartyKind.REPLICA == kind ? replicaSecrets : clientSecrets;
        final byte[] secret = id >= 0 && id < secrets.length ? secrets[id] : null;
        if (null == secret)
        {
            throw new IllegalArgumentException(
                ownKind.label() + " " + ownId + " shares no key with " + kind.label() + " " + id);
        }
        return secret;
    }

    /** Every field behind its length: no two different lists of fields give the same bytes. */
    private byte[] info(
        final PartyKind senderKind,
        final int senderId,
        final PartyKind receiverKind,
        final int receiverId,
        final long sessionId)
    {
        final ByteBuffer info = ByteBuffer.allocate(INFO_LENGTH_MAX).order(LITTLE_ENDIAN);
        putField(info, DOMAIN);
        info.putInt(Long.BYTES).putLong(clusterId);
        info.putInt(Integer.BYTES).putInt(epoch);
        putField(info, senderKind.encoded());
        info.putInt(Integer.BYTES).putInt(senderId);
        putField(info, receiverKind.encoded());
        info.putInt(Integer.BYTES).putInt(receiverId);
        if (NO_SESSION != sessionId)
        {
            info.putInt(Long.BYTES).putLong(sessionId);
        }
        return Arrays.copyOf(info.array(), info.position());
    }

    private static void putField(final ByteBuffer info, final byte[] field)
    {
        info.putInt(field.length).put(field);
    }

    private static long checkSession(final long sessionId)
    {
        if (sessionId <= NO_SESSION)
        {
            throw new IllegalArgumentException("session " + sessionId + ": must be above 0");
        }
        return sessionId;
    }
}
