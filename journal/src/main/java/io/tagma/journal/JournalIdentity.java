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
package io.tagma.journal;

import java.util.Arrays;
import java.util.HexFormat;

import org.agrona.DirectBuffer;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.InitDecoder;

/**
 * Whose journal it is: one replica, in one epoch of one cluster, with one key.
 */
public final class JournalIdentity
{
    private final long clusterId;
    private final int epoch;
    private final int replicaId;
    private final byte[] publicKey;

    /**
     * An identity.
     *
     * @param clusterId of the cluster.
     * @param epoch     of the configuration that the journal was made for.
     * @param replicaId of the replica.
     * @param publicKey the replica's raw Ed25519 public key, 32 bytes.
     */
    public JournalIdentity(final long clusterId, final int epoch, final int replicaId, final byte[] publicKey)
    {
        if (FrameLayout.DIGEST_LENGTH != publicKey.length)
        {
            throw new IllegalArgumentException("A raw Ed25519 public key has 32 bytes, not " + publicKey.length + ".");
        }
        this.clusterId = clusterId;
        this.epoch = epoch;
        this.replicaId = replicaId;
        this.publicKey = publicKey.clone();
    }

    /**
     * Reads an Init message.
     *
     * @param buffer that holds it.
     * @param offset of its header's first byte.
     * @return the identity in it.
     */
    public static JournalIdentity of(final DirectBuffer buffer, final int offset)
    {
        final InitDecoder decoder = new InitDecoder().wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, InitDecoder.BLOCK_LENGTH, InitDecoder.SCHEMA_VERSION);
        final byte[] key = new byte[FrameLayout.DIGEST_LENGTH];
        decoder.getPublicKey(key, 0, key.length);
        return new JournalIdentity(decoder.clusterId(), (int)decoder.epoch(), (int)decoder.replicaId(), key);
    }

    /**
     * Of the cluster.
     *
     * @return its id.
     */
    public long clusterId()
    {
        return clusterId;
    }

    /**
     * Of the configuration that the journal was made for.
     *
     * @return the epoch.
     */
    public int epoch()
    {
        return epoch;
    }

    /**
     * Of the replica.
     *
     * @return its id.
     */
    public int replicaId()
    {
        return replicaId;
    }

    /**
     * The replica's raw Ed25519 public key.
     *
     * @return a copy of its 32 bytes.
     */
    public byte[] publicKey()
    {
        return publicKey.clone();
    }

    /**
     * The first thing in which two identities differ, for a sentence to the operator.
     *
     * @param expected the other identity.
     * @return for example {@code "replica 2, not 1"}; null if they are equal.
     */
    public String differenceTo(final JournalIdentity expected)
    {
        if (clusterId != expected.clusterId)
        {
            return "cluster " + hex(clusterId) + ", not " + hex(expected.clusterId);
        }
        if (epoch != expected.epoch)
        {
            return "epoch " + epoch + ", not " + expected.epoch;
        }
        if (replicaId != expected.replicaId)
        {
            return "replica " + replicaId + ", not " + expected.replicaId;
        }
        if (!Arrays.equals(publicKey, expected.publicKey))
        {
            return "the replica with public key " + HexFormat.of().formatHex(publicKey) + ", not " +
                HexFormat.of().formatHex(expected.publicKey);
        }
        return null;
    }

    /**
     * The same replica in another epoch.
     *
     * @param otherEpoch of the configuration.
     * @return an identity that differs in nothing else.
     */
    public JournalIdentity inEpoch(final int otherEpoch)
    {
        return new JournalIdentity(clusterId, otherEpoch, replicaId, publicKey);
    }

    /**
     * Why a start with another identity is refused, and what to do.
     *
     * @param expected the identity that it has.
     * @param name     of the journal.
     * @return a sentence to the operator; null if the identities are equal.
     */
    String refusal(final JournalIdentity expected, final String name)
    {
        final String difference = differenceTo(expected);
        if (null == difference)
        {
            return null;
        }
        if (null != inEpoch(expected.epoch).differenceTo(expected))
        {
            return "The journal " + name + " is of " + difference + ": give the replica its own journal directory.";
        }
        return epoch < expected.epoch ?
            "The journal " + name + " is in epoch " + epoch + ", and the cluster file in epoch " + expected.epoch +
            ": give the replica the recovery file that its cluster was brought back by (tagma recover apply)." :
            "The journal " + name + " is in epoch " + epoch + ", and the cluster file in epoch " + expected.epoch +
            ": start the replica with the cluster file of epoch " + epoch + " (tagma recover configuration).";
    }

    private static String hex(final long value)
    {
        return HexFormat.of().toHexDigits(value);
    }

    @Override
    public String toString()
    {
        return "cluster " + hex(clusterId) + " epoch " + epoch + " replica " + replicaId;
    }
}
