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
import io.tagma.codecs.client.BundleAuthenticatorEncoder;
import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.RequestsEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.PrePrepareEncoder;
import io.tagma.codecs.peer.VotesEncoder;
import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.protocol.SnapshotDigest;

import java.util.Arrays;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whole frames as correct senders make them, for tests to spoil.
 */
final class Frames
{
    static final long CLUSTER_ID = 0x7A6D_0001L;
    static final int EPOCH = 0;
    static final int REPLICAS = 4;
    private static final int SIZE = 1 << 17;

    private final TestHashing hashing = new TestHashing();

    byte[] votes(final int sender, final long view, final long sequence, final Authenticator authenticator)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SIZE]);
        final VotesEncoder encoder = new VotesEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER_ID).epoch(EPOCH).sender(sender);
        encoder.view(view);
        encoder.preparesCount(1).next().sequence(sequence).putDigest(new byte[DIGEST_LENGTH], 0, DIGEST_LENGTH);
        encoder.commitsCount(0);
        return tagged(buffer, HEADER_LENGTH + encoder.encodedLength(), authenticator);
    }

    byte[] prePrepare(final int sender, final long view, final int payloadLength, final Authenticator authenticator)
    {
        final byte[] body = body(BundleKind.REQUESTS, 1, 9, 1, new byte[payloadLength]);
        final byte[] tags = authenticators();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SIZE]);
        final PrePrepareEncoder encoder =
            new PrePrepareEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER_ID).epoch(EPOCH).sender(sender);
        encoder.view(view).sequence(7).timestampNs(1_000)
            .putDigest(batchDigest(7, 1_000, body), 0, DIGEST_LENGTH)
            .putAuthenticatorsDigest(digest(tags), 0, DIGEST_LENGTH)
            .bundleCount(1).reserved(0)
            .putBodies(body, 0, body.length)
            .putAuthenticators(tags, 0, tags.length);
        return tagged(buffer, HEADER_LENGTH + encoder.encodedLength(), authenticator);
    }

    byte[] requests(
        final int clientId,
        final long sessionId,
        final BundleKind kind,
        final byte[] payload,
        final Authenticator authenticator)
    {
        final byte[] body = body(kind, clientId, sessionId, 1, payload);
        final byte[] tags = authenticators();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SIZE]);
        final RequestsEncoder encoder = new RequestsEncoder().wrapAndApplyHeader(
            buffer, 0, new io.tagma.codecs.client.MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER_ID).epoch(EPOCH).sender(clientId);
        encoder.sessionId(sessionId).bundleCount(1).reserved(0)
            .putBodies(body, 0, body.length)
            .putAuthenticators(tags, 0, tags.length);
        return tagged(buffer, HEADER_LENGTH + encoder.encodedLength(), authenticator);
    }

    private byte[] tagged(final UnsafeBuffer buffer, final int length, final Authenticator authenticator)
    {
        authenticator.tag(buffer, 0, taggedLength(buffer, length), buffer, length);
        return Arrays.copyOf(buffer.byteArray(), length + TAG_LENGTH);
    }

    /** Tags a spoiled frame anew: a sender with valid keys lies. */
    byte[] retagged(final byte[] frame, final Authenticator authenticator)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int length = frame.length - TAG_LENGTH;
        authenticator.tag(buffer, 0, taggedLength(buffer, length), buffer, length);
        return frame;
    }

    private static int taggedLength(final UnsafeBuffer buffer, final int length)
    {
        final boolean isPeer = VotesEncoder.SCHEMA_ID == (buffer.getShort(4, LITTLE_ENDIAN) & 0xFFFF);
        return isPeer ? PeerFrames.taggedLength(buffer, 0, length) : length;
    }

    static byte[] body(
        final BundleKind kind,
        final int clientId,
        final long sessionId,
        final long firstNumber,
        final byte[] payload)
    {
        final int length = BundleBodyEncoder.BLOCK_LENGTH + 4 + payload.length;
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        new BundleBodyEncoder().wrap(buffer, 0).kind(kind).count(1).bodyLength(length).clientId(clientId).reserved(0)
            .sessionId(sessionId).firstNumber(firstNumber);
        buffer.putInt(BundleBodyEncoder.BLOCK_LENGTH, payload.length, LITTLE_ENDIAN);
        buffer.putBytes(BundleBodyEncoder.BLOCK_LENGTH + 4, payload);
        return buffer.byteArray();
    }

    static byte[] authenticators()
    {
        final int length = BundleAuthenticatorEncoder.BLOCK_LENGTH + REPLICAS * TAG_LENGTH;
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        new BundleAuthenticatorEncoder().wrap(buffer, 0).tagCount(REPLICAS).signatureCount(0).reserved(0);
        return buffer.byteArray();
    }

    byte[] batchDigest(final long sequence, final long timestampNs, final byte[] bodies)
    {
        final UnsafeBuffer prefix = new UnsafeBuffer(new byte[DOMAIN_PREFIX_LENGTH + 16]);
        FrameLayout.putDomainPrefix(prefix, 0, BATCH_DOMAIN, CLUSTER_ID, EPOCH);
        prefix.putLong(DOMAIN_PREFIX_LENGTH, sequence, LITTLE_ENDIAN);
        prefix.putLong(DOMAIN_PREFIX_LENGTH + 8, timestampNs, LITTLE_ENDIAN);
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
        hashing.sha256(prefix, 0, prefix.capacity(), new UnsafeBuffer(bodies), 0, bodies.length, digest, 0);
        return digest.byteArray();
    }

    byte[] digest(final byte[] bytes)
    {
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
        hashing.sha256(new UnsafeBuffer(bytes), 0, bytes.length, digest, 0);
        return digest.byteArray();
    }

    /** A queue to a side agent that never answers. */
    static SideAgentQueue sideQueue()
    {
        return new SideAgentQueue(
            1 << 21, new SnapshotAgent(new SnapshotDigest(CLUSTER_ID, EPOCH, 1024, new TestHashing()), null, () -> {}),
            new ChunkQueue(() -> {}), () -> {});
    }
}
