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

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static io.tagma.ordering.replica.Frames.CLUSTER_ID;
import static io.tagma.ordering.replica.Frames.EPOCH;
import static io.tagma.ordering.replica.Frames.REPLICAS;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.protocol.Quorums;

import java.util.Arrays;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Replica 2 hears from replica 0, the primary of view 0, and from replica 1, a backup.
 */
class PeerFrameVerifierTest
{
    private static final int OWN = 2;
    private static final int PRIMARY = 0;
    private static final int BACKUP = 1;
    private static final int CLUSTER_OFFSET = HEADER_LENGTH;
    private static final int EPOCH_OFFSET = HEADER_LENGTH + 8;
    private static final int SENDER_OFFSET = HEADER_LENGTH + 12;

    private final Frames frames = new Frames();
    private final FrameLimits limits = FrameLimits.builder().replicaCount(REPLICAS).build();
    private final FrameRejections rejections = new FrameRejections(REPLICAS);
    private final PeerFrameVerifier verifier = new PeerFrameVerifier(
        new FrameOrigin(CLUSTER_ID, EPOCH, OWN), limits, new Quorums(new int[]{1, 1, 1, 1}), new TestHashing(),
        new TestKeys(OWN, REPLICAS), rejections);
    private final Authenticator primaryKey = TestKeys.ofDirection("r0", "r2");
    private final Authenticator backupKey = TestKeys.ofDirection("r1", "r2");

    @Test
    void passesWhatCorrectReplicasSend()
    {
        assertAccepted(BACKUP, frames.votes(BACKUP, 0, 7, backupKey));
        assertAccepted(PRIMARY, frames.prePrepare(PRIMARY, 0, 100, primaryKey));
        assertEquals(0, rejections.total());
    }

    @Test
    void messageIsTheFrameWithoutItsTag()
    {
        final byte[] frame = frames.votes(BACKUP, 0, 7, backupKey);
        assertAccepted(BACKUP, frame);
        assertEquals(frame.length - TAG_LENGTH, verifier.messageLength());
        for (int i = 0; i < verifier.messageLength(); i++)
        {
            assertEquals(frame[i], verifier.message().getByte(i));
        }
    }

    @Test
    @DisplayName("B05 garbled tag: any flipped bit, all zero, that of another message, truncated")
    void rejectsGarbledTags()
    {
        final byte[] good = frames.votes(BACKUP, 0, 7, backupKey);
        for (int bit = 0; bit < TAG_LENGTH * 8; bit++)
        {
            final byte[] frame = good.clone();
            frame[frame.length - TAG_LENGTH + bit / 8] ^= (byte)(1 << bit % 8);
            assertRejected(BACKUP, frame, FrameRejection.TAG);
        }
        final byte[] zero = good.clone();
        Arrays.fill(zero, zero.length - TAG_LENGTH, zero.length, (byte)0);
        assertRejected(BACKUP, zero, FrameRejection.TAG);

        final byte[] other = frames.votes(BACKUP, 0, 8, backupKey);
        System.arraycopy(good, good.length - TAG_LENGTH, other, other.length - TAG_LENGTH, TAG_LENGTH);
        assertRejected(BACKUP, other, FrameRejection.TAG);

        for (int length = 0; length < good.length; length++)
        {
            assertRejected(BACKUP, Arrays.copyOf(good, length), null);
        }
    }

    @Test
    @DisplayName("B05 a tag of the other direction, or for another receiver")
    void rejectsTagsUnderOtherKeys()
    {
        assertRejected(
            BACKUP, frames.votes(BACKUP, 0, 7, TestKeys.ofDirection("r2", "r1")), FrameRejection.TAG);
        assertRejected(
            BACKUP, frames.votes(BACKUP, 0, 7, TestKeys.ofDirection("r1", "r3")), FrameRejection.TAG);
    }

    @Test
    @DisplayName("B06 a replica claims to be another: on its own link and on the other's")
    void rejectsBorrowedSenderIds()
    {
        assertRejected(BACKUP, frames.votes(3, 0, 7, backupKey), FrameRejection.SENDER);
        assertRejected(3, frames.votes(3, 0, 7, backupKey), FrameRejection.TAG);
    }

    @Test
    @DisplayName("B07 sender out of range, negative, own id, and a pre-prepare from a backup")
    void rejectsImpossibleSenders()
    {
        for (final int sender : new int[]{REPLICAS, REPLICAS + 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
        {
            assertRejected(BACKUP, frames.votes(sender, 0, 7, backupKey), FrameRejection.SENDER);
        }
        assertRejected(BACKUP, frames.votes(OWN, 0, 7, backupKey), FrameRejection.SENDER);
        assertRejected(BACKUP, frames.prePrepare(BACKUP, 0, 100, backupKey), FrameRejection.SENDER);
        assertAccepted(BACKUP, frames.prePrepare(BACKUP, 1, 100, backupKey));
    }

    @Test
    @DisplayName("B10 every byte of a frame is covered: no single change of one gets through")
    void rejectsEveryChangedByte()
    {
        assertEveryChangeRejected(BACKUP, frames.votes(BACKUP, 0, 7, backupKey));
        assertEveryChangeRejected(PRIMARY, frames.prePrepare(PRIMARY, 0, 100, primaryKey));
    }

    @Test
    @DisplayName("B10 trailing bytes before and behind the tag")
    void rejectsTrailingBytes()
    {
        final byte[] good = frames.votes(BACKUP, 0, 7, backupKey);
        assertRejected(BACKUP, Arrays.copyOf(good, good.length + 1), null);
        final byte[] longer = Arrays.copyOf(good, good.length + 8);
        assertRejected(BACKUP, frames.retagged(longer, backupKey), FrameRejection.LENGTH);
    }

    @Test
    @DisplayName("C03 replay from another cluster or epoch with the same keys")
    void rejectsOtherClustersAndEpochs()
    {
        final byte[] cluster = frames.votes(BACKUP, 0, 7, backupKey);
        new UnsafeBuffer(cluster).putLong(CLUSTER_OFFSET, CLUSTER_ID + 1, LITTLE_ENDIAN);
        assertRejected(BACKUP, frames.retagged(cluster, backupKey), FrameRejection.CLUSTER);

        final byte[] epoch = frames.votes(BACKUP, 0, 7, backupKey);
        new UnsafeBuffer(epoch).putInt(EPOCH_OFFSET, EPOCH + 1, LITTLE_ENDIAN);
        assertRejected(BACKUP, frames.retagged(epoch, backupKey), FrameRejection.EPOCH);
    }

    @Test
    @DisplayName("A03 a payload that is not that of the digest, under good keys; the right one still passes")
    void rejectsPayloadsOfOtherDigest()
    {
        final byte[] good = frames.prePrepare(PRIMARY, 0, 100, primaryKey);
        final int lastPayloadByte = HEADER_LENGTH + PrePrepareDecoder.BLOCK_LENGTH + 4 + 32 + 4 + 99;
        final byte[] other = good.clone();
        other[lastPayloadByte] ^= 1;
        assertRejected(PRIMARY, frames.retagged(other, primaryKey), FrameRejection.DIGEST);
        assertAccepted(PRIMARY, good);

        final byte[] authenticators = good.clone();
        authenticators[good.length - TAG_LENGTH - 1] ^= 1;
        assertRejected(PRIMARY, frames.retagged(authenticators, primaryKey), FrameRejection.DIGEST);
    }

    @Test
    @DisplayName("A10 payload of the greatest length passes, one byte more does not; nor does a frame above the limit")
    void rejectsOversizedBatches()
    {
        assertAccepted(PRIMARY, frames.prePrepare(PRIMARY, 0, limits.payloadLengthMax(), primaryKey));
        assertRejected(
            PRIMARY, frames.prePrepare(PRIMARY, 0, limits.payloadLengthMax() + 1, primaryKey), FrameRejection.SIZE);
        assertRejected(PRIMARY, new byte[limits.messageLengthMax() + TAG_LENGTH + 1], FrameRejection.SIZE);
    }

    @Test
    void countsByPeerAndReason()
    {
        assertRejected(BACKUP, frames.votes(3, 0, 7, backupKey), FrameRejection.SENDER);
        assertRejected(3, frames.votes(3, 0, 7, backupKey), FrameRejection.TAG);
        assertEquals(1, rejections.ofPeer(BACKUP, FrameRejection.SENDER));
        assertEquals(0, rejections.ofPeer(3, FrameRejection.SENDER));
        assertEquals(1, rejections.of(FrameRejection.TAG));
        assertEquals(2, rejections.total());
    }

    @Test
    void senderFieldIsWhereTheTestsWriteIt()
    {
        assertEquals(BACKUP,
            new UnsafeBuffer(frames.votes(BACKUP, 0, 7, backupKey)).getInt(SENDER_OFFSET, LITTLE_ENDIAN));
    }

    private void assertEveryChangeRejected(final int peerId, final byte[] good)
    {
        for (int i = 0; i < good.length; i++)
        {
            final byte[] frame = good.clone();
            frame[i] ^= 0x10;
            assertRejected(peerId, frame, null);
        }
        assertAccepted(peerId, good);
    }

    private void assertAccepted(final int peerId, final byte[] frame)
    {
        assertTrue(verifier.verify(peerId, new UnsafeBuffer(frame), 0, frame.length));
    }

    private void assertRejected(final int peerId, final byte[] frame, final FrameRejection reason)
    {
        final long before = rejections.total();
        final long beforeReason = null == reason ? 0 : rejections.ofPeer(peerId, reason);
        assertFalse(verifier.verify(peerId, new UnsafeBuffer(frame), 0, frame.length));
        assertEquals(before + 1, rejections.total());
        if (null != reason)
        {
            assertEquals(beforeReason + 1, rejections.ofPeer(peerId, reason));
        }
    }
}
