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

import static io.tagma.codecs.FrameLayout.BATCH_DOMAIN;
import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;
import static io.tagma.codecs.FrameLayout.DOMAIN_PREFIX_LENGTH;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.PeerFrameCheck;
import io.tagma.codecs.peer.BatchDecoder;
import io.tagma.codecs.peer.OriginDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.ordering.protocol.Hashing;
import io.tagma.ordering.protocol.Quorums;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks a frame from another replica for everything that needs only bytes and keys: structure, cluster, epoch, sender,
 * tag, digests, in this order, so that the cheap and the unauthenticated come first. What fails is counted and dropped.
 * Keeps nothing from one frame to the next and allocates nothing.
 */
public final class PeerFrameVerifier
{
    private static final int CLUSTER_ID_OFFSET = HEADER_LENGTH + OriginDecoder.clusterIdEncodingOffset();
    private static final int EPOCH_OFFSET = HEADER_LENGTH + OriginDecoder.epochEncodingOffset();
    private static final int SENDER_OFFSET = HEADER_LENGTH + OriginDecoder.senderEncodingOffset();
    private static final int VAR_DATA_HEADER_LENGTH = Integer.BYTES;
    private static final int HASHED_PREFIX_LENGTH = DOMAIN_PREFIX_LENGTH + 2 * Long.BYTES;

    private final FrameOrigin own;
    private final FrameLimits limits;
    private final Quorums quorums;
    private final Hashing hashing;
    private final LocalAuthenticators authenticators;
    private final FrameRejections rejections;
    /** The frame under check: a byte array, so that hashes and tags run over it without another copy. */
    private final UnsafeBuffer frame;
    private final UnsafeBuffer hashedPrefix = new UnsafeBuffer(new byte[HASHED_PREFIX_LENGTH]);
    private final UnsafeBuffer computedDigest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
    private int messageLength;

    /**
     * A verifier for the links of one replica.
     *
     * @param own            origin of this replica's own frames.
     * @param limits         of the cluster.
     * @param quorums        that name the primary of a view.
     * @param hashing        for digests.
     * @param authenticators that check the tags.
     * @param rejections     to count in.
     */
    public PeerFrameVerifier(
        final FrameOrigin own,
        final FrameLimits limits,
        final Quorums quorums,
        final Hashing hashing,
        final LocalAuthenticators authenticators,
        final FrameRejections rejections)
    {
        this.own = own;
        this.limits = limits;
        this.quorums = quorums;
        this.hashing = hashing;
        this.authenticators = authenticators;
        this.rejections = rejections;
        frame = new UnsafeBuffer(new byte[limits.messageLengthMax() + TAG_LENGTH]);
        FrameLayout.putDomainPrefix(hashedPrefix, 0, BATCH_DOMAIN, own.clusterId(), own.epoch());
    }

    /**
     * Checks a frame. If it passes, {@link #message()} holds its message until the next call.
     *
     * @param peerId whose link it came by, not this replica.
     * @param buffer that holds the frame.
     * @param offset of its first byte.
     * @param length in bytes, its tag included.
     * @return true if it passes; false if it was counted and is to be dropped.
     */
    public boolean verify(final int peerId, final DirectBuffer buffer, final int offset, final int length)
    {
        final FrameRejection rejection = check(peerId, buffer, offset, length);
        if (null != rejection)
        {
            rejections.countPeer(peerId, rejection);
            return false;
        }
        return true;
    }

    private FrameRejection check(final int peerId, final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < HEADER_LENGTH + TAG_LENGTH)
        {
            return FrameRejection.LENGTH;
        }
        if (length > frame.capacity())
        {
            return FrameRejection.SIZE;
        }
        frame.putBytes(0, buffer, offset, length);
        messageLength = length - TAG_LENGTH;

        final FrameVerdict verdict = PeerFrameCheck.check(frame, 0, messageLength, limits);
        if (FrameVerdict.OK != verdict)
        {
            return FrameRejection.of(verdict);
        }
        if (frame.getLong(CLUSTER_ID_OFFSET, LITTLE_ENDIAN) != own.clusterId())
        {
            return FrameRejection.CLUSTER;
        }
        if (frame.getInt(EPOCH_OFFSET, LITTLE_ENDIAN) != own.epoch())
        {
            return FrameRejection.EPOCH;
        }

        final int templateId = PeerFrames.templateId(frame, 0);
        if (!isPlausibleSender(peerId, templateId))
        {
            return FrameRejection.SENDER;
        }
        final int taggedLength = PeerFrames.taggedLength(frame, 0, messageLength);
        if (!authenticators.fromReplica(peerId).verify(frame, 0, taggedLength, frame, messageLength))
        {
            return FrameRejection.TAG;
        }
        return hasItsDigests(templateId) ? null : FrameRejection.DIGEST;
    }

    private boolean isPlausibleSender(final int peerId, final int templateId)
    {
        if (frame.getInt(SENDER_OFFSET, LITTLE_ENDIAN) != peerId || peerId == own.sender())
        {
            return false;
        }
        if (PrePrepareDecoder.TEMPLATE_ID == templateId)
        {
            final long view = frame.getLong(HEADER_LENGTH + PrePrepareDecoder.viewEncodingOffset(), LITTLE_ENDIAN);
            return quorums.primary(view, own.epoch()) == peerId;
        }
        return true;
    }

    private boolean hasItsDigests(final int templateId)
    {
        if (PrePrepareDecoder.TEMPLATE_ID == templateId)
        {
            final int bodies = HEADER_LENGTH + PrePrepareDecoder.BLOCK_LENGTH;
            final int authenticatorsHeader = bodies + VAR_DATA_HEADER_LENGTH + frame.getInt(bodies, LITTLE_ENDIAN);
            return hasBatchDigest(
                    HEADER_LENGTH + PrePrepareDecoder.sequenceEncodingOffset(),
                    HEADER_LENGTH + PrePrepareDecoder.timestampNsEncodingOffset(),
                    HEADER_LENGTH + PrePrepareDecoder.digestEncodingOffset(),
                    bodies) &&
                hasAuthenticatorsDigest(authenticatorsHeader);
        }
        if (BatchDecoder.TEMPLATE_ID == templateId)
        {
            return hasBatchDigest(
                HEADER_LENGTH + BatchDecoder.sequenceEncodingOffset(),
                HEADER_LENGTH + BatchDecoder.timestampNsEncodingOffset(),
                HEADER_LENGTH + BatchDecoder.digestEncodingOffset(),
                HEADER_LENGTH + BatchDecoder.BLOCK_LENGTH);
        }
        return true;
    }

    private boolean hasBatchDigest(
        final int sequenceOffset,
        final int timestampOffset,
        final int digestOffset,
        final int bodiesHeader)
    {
        // A batch up to the hand-over is of the epoch before.
        FrameLayout.putEpoch(hashedPrefix, 0, own.epochs().of(frame.getLong(sequenceOffset, LITTLE_ENDIAN)));
        // Little endian in the frame and under the hash: the bytes are copied as they are.
        hashedPrefix.putBytes(DOMAIN_PREFIX_LENGTH, frame, sequenceOffset, Long.BYTES);
        hashedPrefix.putBytes(DOMAIN_PREFIX_LENGTH + Long.BYTES, frame, timestampOffset, Long.BYTES);
        hashing.sha256(
            hashedPrefix, 0, HASHED_PREFIX_LENGTH,
            frame, bodiesHeader + VAR_DATA_HEADER_LENGTH, frame.getInt(bodiesHeader, LITTLE_ENDIAN),
            computedDigest, 0);
        return isComputedDigest(digestOffset);
    }

    private boolean hasAuthenticatorsDigest(final int authenticatorsHeader)
    {
        hashing.sha256(
            frame, authenticatorsHeader + VAR_DATA_HEADER_LENGTH, frame.getInt(authenticatorsHeader, LITTLE_ENDIAN),
            computedDigest, 0);
        return isComputedDigest(HEADER_LENGTH + PrePrepareDecoder.authenticatorsDigestEncodingOffset());
    }

    private boolean isComputedDigest(final int offset)
    {
        for (int i = 0; i < DIGEST_LENGTH; i += Long.BYTES)
        {
            if (frame.getLong(offset + i) != computedDigest.getLong(i))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * The message that passed last.
     *
     * @return the buffer that holds it from index 0 on.
     */
    public DirectBuffer message()
    {
        return frame;
    }

    /**
     * The length of the message that passed last.
     *
     * @return in bytes, without the tag.
     */
    public int messageLength()
    {
        return messageLength;
    }

    /**
     * @return greatest length of a frame in bytes, its tag included.
     */
    int frameLengthMax()
    {
        return frame.capacity();
    }

    /**
     * What was dropped before it was a whole frame.
     *
     * @param peerId the link.
     * @param count  of such frames since the start.
     */
    void onDroppedFragments(final int peerId, final long count)
    {
        rejections.setPeer(peerId, FrameRejection.FRAGMENTS, count);
    }
}
