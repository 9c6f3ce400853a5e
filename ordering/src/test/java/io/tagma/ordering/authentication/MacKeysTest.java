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

import static io.tagma.ordering.authentication.Vectors.buffer;
import static io.tagma.ordering.authentication.Vectors.hex;
import static io.tagma.ordering.authentication.Vectors.random;
import static io.tagma.ordering.authentication.Vectors.tag;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MacKeysTest
{
    private static final long CLUSTER = 0x0102030405060708L;
    private static final byte[] MESSAGE = random(30, 100);

    private final AgreementKeys[] replicaKeys = keys(100, 4);
    private final AgreementKeys[] clientKeys = keys(200, 2);

    @ParameterizedTest
    @EnumSource
    void giveBothEndsOfADirectionTheSameKey(final MacAlgorithm algorithm)
    {
        final MacKeys zero = replica(0, CLUSTER, 0, algorithm);
        final MacKeys two = replica(2, CLUSTER, 0, algorithm);
        final MacKeys client = client(1, CLUSTER, 0, algorithm);

        assertConnected(zero.toReplica(2), two.fromReplica(0));
        assertConnected(two.toReplica(0), zero.fromReplica(2));
        assertConnected(client.toReplica(2), two.fromClient(1));
        assertConnected(two.toClient(1), client.fromReplica(2));
        assertConnected(client.toReplica(2, 77), two.fromClient(1, 77));
        assertConnected(two.toClient(1, 77), client.fromReplica(2, 77));
    }

    @Test
    @DisplayName("B06 another sender, receiver, direction, kind, session, epoch or cluster is another key")
    void giveEveryDirectionItsOwnKey()
    {
        final MacKeys zero = replica(0, CLUSTER, 0, MacAlgorithm.AES_CMAC);
        final Set<String> tags = new HashSet<>();

        for (int other = 1; other < 4; other++)
        {
            addNew(tags, zero.toReplica(other));
            addNew(tags, zero.fromReplica(other));
        }
        for (int client = 1; client <= 2; client++)
        {
            addNew(tags, zero.toClient(client));
            addNew(tags, zero.fromClient(client));
            addNew(tags, zero.toClient(client, 1));
            addNew(tags, zero.fromClient(client, 1));
            addNew(tags, zero.toClient(client, 1L << 32));
            addNew(tags, zero.fromClient(client, 1L << 32));
        }
        addNew(tags, replica(0, CLUSTER + 1, 0, MacAlgorithm.AES_CMAC).toReplica(1));
        addNew(tags, replica(0, CLUSTER, 1, MacAlgorithm.AES_CMAC).toReplica(1));
        addNew(tags, replica(0, CLUSTER, 0, MacAlgorithm.HMAC_SHA_256_128).toReplica(1));
        assertEquals(21, tags.size());
    }

    @Test
    @DisplayName("B05 a tag of another direction does not verify, though the secret is the same")
    void refuseAReflectedFrame()
    {
        final MacKeys zero = replica(0, CLUSTER, 0, MacAlgorithm.AES_CMAC);
        final UnsafeBuffer made = buffer(new byte[16]);
        zero.toReplica(1).tag(buffer(MESSAGE), 0, MESSAGE.length, made, 0);

        assertFalse(zero.fromReplica(1).verify(buffer(MESSAGE), 0, MESSAGE.length, made, 0));
    }

    /** Fixes the derivation: another version that derives other keys could not talk to this one. */
    @Test
    void deriveKeysInTheDocumentedWay()
    {
        final String info = field("tagma/mac/1".getBytes(US_ASCII)) +
            "08000000" + "0807060504030201" +
            "04000000" + "05000000" +
            field("client".getBytes(US_ASCII)) + "04000000" + "02000000" +
            field("replica".getBytes(US_ASCII)) + "04000000" + "03000000" +
            "08000000" + "0900000000000000";
        final byte[] secret = clientKeys[1].agree(replicaKeys[3].publicKey());
        final byte[] key = Hkdf.derive(secret, new byte[0], hex(info), 32);

        assertEquals(
            tag(new AesCmac(key, 0), MESSAGE),
            tag(client(2, CLUSTER, 5, MacAlgorithm.AES_CMAC).toReplica(3, 9), MESSAGE));
        assertEquals(
            tag(new HmacSha256(key), MESSAGE),
            tag(client(2, CLUSTER, 5, MacAlgorithm.HMAC_SHA_256_128).toReplica(3, 9), MESSAGE));
    }

    @Test
    void refuseStrangersOneselfAndSessionsThatCannotBe()
    {
        final MacKeys zero = replica(0, CLUSTER, 0, MacAlgorithm.AES_CMAC);
        final MacKeys client = client(1, CLUSTER, 0, MacAlgorithm.AES_CMAC);

        assertThrows(IllegalArgumentException.class, () -> zero.toReplica(0));
        assertThrows(IllegalArgumentException.class, () -> zero.toReplica(4));
        assertThrows(IllegalArgumentException.class, () -> zero.toReplica(-1));
        assertThrows(IllegalArgumentException.class, () -> zero.fromClient(0));
        assertThrows(IllegalArgumentException.class, () -> zero.fromClient(3));
        assertThrows(IllegalArgumentException.class, () -> zero.fromClient(1, 0));
        assertThrows(IllegalArgumentException.class, () -> zero.fromClient(1, -1));
        assertThrows(IllegalArgumentException.class, () -> client.toClient(2));
    }

    private static String field(final byte[] bytes)
    {
        return hex(new byte[]{(byte)bytes.length, 0, 0, 0}) + hex(bytes);
    }

    private static void addNew(final Set<String> tags, final Authenticator authenticator)
    {
        assertTrue(tags.add(tag(authenticator, MESSAGE)));
    }

    private static void assertConnected(final Authenticator sender, final Authenticator receiver)
    {
        final UnsafeBuffer made = buffer(new byte[16]);
        sender.tag(buffer(MESSAGE), 0, MESSAGE.length, made, 0);
        assertTrue(receiver.verify(buffer(MESSAGE), 0, MESSAGE.length, made, 0));
    }

    private MacKeys replica(final int id, final long clusterId, final int epoch, final MacAlgorithm algorithm)
    {
        return new MacKeys(
            clusterId, epoch, algorithm, PartyKind.REPLICA, id, replicaKeys[id], publicKeys(replicaKeys),
            publicKeys(clientKeys));
    }

    private MacKeys client(final int id, final long clusterId, final int epoch, final MacAlgorithm algorithm)
    {
        return new MacKeys(
            clusterId, epoch, algorithm, PartyKind.CLIENT, id, clientKeys[id - 1], publicKeys(replicaKeys),
            publicKeys(clientKeys));
    }

    private static AgreementKeys[] keys(final int seed, final int count)
    {
        final AgreementKeys[] keys = new AgreementKeys[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = new AgreementKeys(random(seed + i, 32));
        }
        return keys;
    }

    private static AgreementPublicKey[] publicKeys(final AgreementKeys[] keys)
    {
        final AgreementPublicKey[] publicKeys = new AgreementPublicKey[keys.length];
        for (int i = 0; i < keys.length; i++)
        {
            publicKeys[i] = keys[i].publicKey();
        }
        return publicKeys;
    }
}
