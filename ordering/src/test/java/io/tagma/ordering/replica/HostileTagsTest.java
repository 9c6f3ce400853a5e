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
import static io.tagma.codecs.FrameLayout.SIGNATURE_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static io.tagma.ordering.replica.Frames.CLUSTER_ID;
import static io.tagma.ordering.replica.Frames.EPOCH;
import static io.tagma.ordering.replica.Frames.REPLICAS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.peer.CheckpointEncoder;
import io.tagma.codecs.peer.ComplaintReason;
import io.tagma.codecs.peer.ComplaintsEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartEncoder;
import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.authentication.MacAlgorithm;
import io.tagma.ordering.protocol.Hashing;
import io.tagma.ordering.protocol.Quorums;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a frame with a wrong tag costs: one tag, and nothing behind it.
 */
class HostileTagsTest implements LocalAuthenticators, Hashing
{
    private static final int OWN = 2;
    private static final int PRIMARY = 0;
    private static final int LIAR = 1;
    private static final int FLOOD = 1_000_000;
    private static final int RUNS = 5;

    private final Frames frames = new Frames();
    private final FrameRejections rejections = new FrameRejections(REPLICAS);
    private final PeerFrameVerifier verifier = new PeerFrameVerifier(
        new FrameOrigin(CLUSTER_ID, EPOCH, OWN), FrameLimits.builder().replicaCount(REPLICAS).build(),
        new Quorums(new int[]{ 1, 1, 1, 1 }), this, this, rejections);
    private final Authenticator key =
        new Counting(MacAlgorithm.AES_CMAC.authenticator(new byte[MacAlgorithm.KEY_LENGTH]));
    private final TestHashing hashing = new TestHashing();
    private long tagsVerified;
    private long digestsComputed;

    @Test
    @DisplayName("B12: a million frames with wrong tags are counted, cost a tag each, and keep no good one out")
    void floodOfWrongTags()
    {
        final byte[] good = frames.votes(LIAR, 0, 7, key);
        final byte[] proposal = frames.prePrepare(PRIMARY, 0, 100, key);
        final UnsafeBuffer bad = new UnsafeBuffer(spoiled(good));
        final UnsafeBuffer badProposal = new UnsafeBuffer(spoiled(proposal));
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < FLOOD / RUNS / 2; i++)
            {
                verifier.verify(LIAR, bad, 0, bad.capacity());
                verifier.verify(PRIMARY, badProposal, 0, badProposal.capacity());
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            // The same peers, at once: nothing that is not authenticated is held against them.
            final long digestsBefore = digestsComputed;
            assertTrue(verifier.verify(LIAR, new UnsafeBuffer(good), 0, good.length));
            assertTrue(verifier.verify(PRIMARY, new UnsafeBuffer(proposal), 0, proposal.length));
            assertEquals(digestsBefore + 2, digestsComputed, "of the good proposal alone");
        }
        assertEquals(FLOOD / 2, rejections.ofPeer(LIAR, FrameRejection.TAG));
        assertEquals(FLOOD / 2, rejections.ofPeer(PRIMARY, FrameRejection.TAG));
        assertEquals(FLOOD, rejections.total());
        assertEquals(FLOOD + 2 * RUNS, tagsVerified, "one for each frame");
        assertEquals(2 * RUNS, digestsComputed, "none for a frame whose tag is wrong");
        assertEquals(0, least, "bytes allocated");
    }

    /** Kills: X34, what is signed is handed on whatever its tag is. */
    @Test
    @DisplayName("K02 X34: what carries a signature and has a wrong tag ends here: nobody checks its signature")
    void signedUnderWrongTags()
    {
        for (final byte[] good : new byte[][]{ checkpoint(), complaint(), statementPart() })
        {
            assertTrue(verifier.verify(LIAR, new UnsafeBuffer(good), 0, good.length));
            final byte[] bad = spoiled(good);
            final long before = rejections.ofPeer(LIAR, FrameRejection.TAG);
            assertFalse(verifier.verify(LIAR, new UnsafeBuffer(bad), 0, bad.length));
            assertEquals(before + 1, rejections.ofPeer(LIAR, FrameRejection.TAG));
        }
    }

    private static byte[] spoiled(final byte[] good)
    {
        final byte[] bad = good.clone();
        bad[bad.length - 1] ^= 1;
        return bad;
    }

    private byte[] checkpoint()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final CheckpointEncoder encoder =
            new CheckpointEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER_ID).epoch(EPOCH).sender(LIAR);
        encoder.content().sequence(1024).nextPosition(1);
        encoder.signer(LIAR).reserved(0);
        return tagged(buffer, encoder.encodedLength());
    }

    private byte[] complaint()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final ComplaintsEncoder encoder =
            new ComplaintsEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER_ID).epoch(EPOCH).sender(LIAR);
        final ComplaintsEncoder.EntriesEncoder entry = encoder.entriesCount(1).next();
        entry.content().view(0).signer(LIAR).reason(ComplaintReason.NO_PROGRESS).reserved(0);
        entry.putSignature(new byte[SIGNATURE_LENGTH], 0, SIGNATURE_LENGTH);
        return tagged(buffer, encoder.encodedLength());
    }

    private byte[] statementPart()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final StatementPartEncoder encoder =
            new StatementPartEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER_ID).epoch(EPOCH).sender(LIAR);
        encoder.view(1).signer(LIAR).kind(StatementKind.VIEW_CHANGE).partNumber(0).statementLength(100).reserved(0)
            .putPart(new byte[100], 0, 100);
        return tagged(buffer, encoder.encodedLength());
    }

    private byte[] tagged(final UnsafeBuffer buffer, final int encodedLength)
    {
        final int length = HEADER_LENGTH + encodedLength;
        return frames.retagged(Arrays.copyOf(buffer.byteArray(), length + TAG_LENGTH), key);
    }

    @Override
    public Authenticator toReplica(final int replicaId)
    {
        return key;
    }

    @Override
    public Authenticator fromReplica(final int replicaId)
    {
        return key;
    }

    @Override
    public Authenticator toClient(final int clientId, final long sessionId)
    {
        return null;
    }

    @Override
    public Authenticator fromClient(final int clientId, final long sessionId)
    {
        return null;
    }

    @Override
    public void sha256(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer digest,
        final int digestOffset)
    {
        digestsComputed++;
        hashing.sha256(buffer, offset, length, digest, digestOffset);
    }

    @Override
    public void sha256(
        final DirectBuffer first,
        final int firstOffset,
        final int firstLength,
        final DirectBuffer second,
        final int secondOffset,
        final int secondLength,
        final MutableDirectBuffer digest,
        final int digestOffset)
    {
        digestsComputed++;
        hashing.sha256(
            first, firstOffset, firstLength, second, secondOffset, secondLength, digest, digestOffset);
    }

    /** Counts how often it is asked. */
    private final class Counting implements Authenticator
    {
        private final Authenticator authenticator;

        private Counting(final Authenticator authenticator)
        {
            this.authenticator = authenticator;
        }

        @Override
        public void tag(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MutableDirectBuffer tag,
            final int tagOffset)
        {
            authenticator.tag(buffer, offset, length, tag, tagOffset);
        }

        @Override
        public boolean verify(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final DirectBuffer tag,
            final int tagOffset)
        {
            tagsVerified++;
            return authenticator.verify(buffer, offset, length, tag, tagOffset);
        }
    }
}
