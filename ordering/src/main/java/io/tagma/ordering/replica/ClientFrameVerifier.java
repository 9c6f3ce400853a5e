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
import static io.tagma.codecs.FrameLayout.PAYLOAD_HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.ClientFrameCheck;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.client.BundleBodyDecoder;
import io.tagma.codecs.client.OriginDecoder;
import io.tagma.codecs.client.RequestsDecoder;
import io.tagma.ordering.authentication.Authenticator;

import java.util.function.IntPredicate;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks a frame from a client for everything that needs only bytes and keys, in this order: structure, cluster, epoch,
 * client, session, tag. Then hands its bundles on, one by one. Allocates nothing.
 */
public final class ClientFrameVerifier
{
    private static final int CLUSTER_ID_OFFSET = HEADER_LENGTH + OriginDecoder.clusterIdEncodingOffset();
    private static final int EPOCH_OFFSET = HEADER_LENGTH + OriginDecoder.epochEncodingOffset();
    private static final int SENDER_OFFSET = HEADER_LENGTH + OriginDecoder.senderEncodingOffset();
    private static final int SESSION_ID_OFFSET = HEADER_LENGTH + RequestsDecoder.sessionIdEncodingOffset();
    private static final int BODIES_OFFSET = HEADER_LENGTH + RequestsDecoder.BLOCK_LENGTH;
    private static final long SESSIONLESS = 0;

    private final FrameOrigin own;
    private final FrameLimits limits;
    private final IntPredicate isKnownClient;
    private final LocalAuthenticators authenticators;
    private final FrameRejections rejections;
    private final BundleHandler bundleHandler;
    private final IngressListener listener;
    private final BundleCursor cursor = new BundleCursor();
    /** The frame under check: a byte array, so that tags run over it without another copy. */
    private final UnsafeBuffer frame;

    /**
     * A verifier for the clients of one replica.
     *
     * @param own            origin of this replica's own frames.
     * @param limits         of the cluster.
     * @param isKnownClient  whether a client id is configured.
     * @param authenticators that check the tags.
     * @param rejections     to count in.
     * @param bundleHandler  to hand bundles to.
     * @param listener       to tell what the shell needs to know.
     */
    public ClientFrameVerifier(
        final FrameOrigin own,
        final FrameLimits limits,
        final IntPredicate isKnownClient,
        final LocalAuthenticators authenticators,
        final FrameRejections rejections,
        final BundleHandler bundleHandler,
        final IngressListener listener)
    {
        this.own = own;
        this.limits = limits;
        this.isKnownClient = isKnownClient;
        this.authenticators = authenticators;
        this.rejections = rejections;
        this.bundleHandler = bundleHandler;
        this.listener = listener;
        frame = new UnsafeBuffer(new byte[limits.messageLengthMax() + TAG_LENGTH]);
    }

    /**
     * Checks a frame and hands its bundles on if it passes.
     *
     * @param buffer that holds the frame.
     * @param offset of its first byte.
     * @param length in bytes, its tag included.
     * @return true if it passed; false if it was counted and dropped.
     */
    public boolean onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final FrameRejection rejection = check(buffer, offset, length);
        if (null != rejection)
        {
            rejections.countClient(rejection);
            return false;
        }
        handOn();
        return true;
    }

    private FrameRejection check(final DirectBuffer buffer, final int offset, final int length)
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
        final int messageLength = length - TAG_LENGTH;

        final FrameVerdict verdict = ClientFrameCheck.checkRequests(frame, 0, messageLength, limits);
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
        return checkSender(messageLength);
    }

    private FrameRejection checkSender(final int messageLength)
    {
        final int clientId = frame.getInt(SENDER_OFFSET, LITTLE_ENDIAN);
        if (!isKnownClient.test(clientId))
        {
            return FrameRejection.CLIENT;
        }
        final long sessionId = frame.getLong(SESSION_ID_OFFSET, LITTLE_ENDIAN);
        final Authenticator authenticator = authenticators.fromClient(clientId, sessionId);
        if (null == authenticator)
        {
            listener.onUnknownSession(clientId, sessionId, frame, messageLength);
            return FrameRejection.SESSION;
        }
        return authenticator.verify(frame, 0, messageLength, frame, messageLength) ? null : FrameRejection.TAG;
    }

    private void handOn()
    {
        final int bodiesLength = frame.getInt(BODIES_OFFSET, LITTLE_ENDIAN);
        final int bodies = BODIES_OFFSET + Integer.BYTES;
        final int authenticatorsHeader = bodies + bodiesLength;
        cursor.wrap(
            frame, bodies, bodiesLength,
            frame, authenticatorsHeader + Integer.BYTES, frame.getInt(authenticatorsHeader, LITTLE_ENDIAN));
        while (cursor.next())
        {
            if (SESSIONLESS == cursor.sessionId())
            {
                final int payload = cursor.bodyOffset() + BundleBodyDecoder.BLOCK_LENGTH;
                listener.onOpenHeard(cursor.clientId(), frame,
                    payload + PAYLOAD_HEADER_LENGTH, frame.getInt(payload, LITTLE_ENDIAN));
            }
            bundleHandler.onBundle(
                cursor.clientId(), cursor.sessionId(),
                frame, cursor.bodyOffset(), cursor.bodyLength(),
                frame, cursor.authenticatorOffset(), cursor.authenticatorLength());
        }
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
     * @param count of such frames since the start.
     */
    void onDroppedFragments(final long count)
    {
        rejections.setClient(FrameRejection.FRAGMENTS, count);
    }
}
