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
package io.tagma.ordering.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.peer.HeldDecoder;
import io.tagma.codecs.peer.HeldEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.VotesDecoder;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What vouches for a bundle and what does not; what is said of a batch that is held back, and what its primary does.
 * Seven replicas, so that a weak quorum of 3 is the primary and two others.
 */
class HeldTest
{
    private static final int A = 0;
    private static final int B = 1;

    private final CoreCluster cluster = new CoreCluster(7, 16);
    private long sessionA;
    private long sessionB;
    /** What the replicas can authenticate. */
    private Set<Integer> believeA = Set.of(0, 1, 2, 3, 4, 5, 6);
    private Set<Integer> believeB = Set.of(0, 1, 2, 3, 4, 5, 6);

    @BeforeEach
    void open()
    {
        sessionA = cluster.open(1);
        sessionB = cluster.open(2);
        cluster.isTagWrong = (replica, session) ->
            session == sessionA && !believeA.contains(replica) || session == sessionB && !believeB.contains(replica);
    }

    @Test
    @DisplayName("B02 nobody believes the whole batch: what each holds back vouches for the rest, and all is ordered")
    void heldVouchesForWhatItDoesNotName()
    {
        believeA = Set.of(0, 1, 2);
        believeB = Set.of(0, 3, 4);
        requestBoth();
        cluster.run(30);

        assertAllDelivered();
        assertEquals(0, cluster.status(0).view());
    }

    @Test
    @DisplayName("A HELD that names a bundle does not vouch for it, however many there are")
    void namingIsNotVouching()
    {
        believeA = Set.of(0);
        final UnsafeBuffer proposal = proposeBoth();
        hear(1, 0, proposal);
        for (int sender = 2; sender < 7; sender++)
        {
            hear(1, sender, held(sender, proposal, A));
        }
        assertFalse(hasPrepared(1));
    }

    @Test
    @DisplayName("One replica has one voice for a bundle, whatever it says and how often; the primary has no other")
    void oneVoiceEach()
    {
        believeA = Set.of(0);
        final UnsafeBuffer proposal = proposeBoth();
        hear(1, 0, proposal);
        for (int i = 0; i < 3; i++)
        {
            hear(1, 2, held(2, proposal, B));
            hear(1, 2, prepare(2, proposal));
            hear(1, 0, held(0, proposal, B));
            hear(1, 0, prepare(0, proposal));
        }
        assertFalse(hasPrepared(1));
        assertEquals(6, cluster.status(1).rejections(Rejection.SENDER));

        hear(1, 3, held(3, proposal, B));
        assertTrue(hasPrepared(1), "looked at again after each voucher");
    }

    @Test
    @DisplayName("A HELD is for one batch: another digest, view or sequence vouches for nothing")
    void onlyForItsBatch()
    {
        believeA = Set.of(0);
        final UnsafeBuffer proposal = proposeBoth();
        hear(1, 0, proposal);
        for (int sender = 2; sender < 7; sender++)
        {
            final UnsafeBuffer other = held(sender, proposal, B);
            other.putByte(at(HeldDecoder.digestEncodingOffset()), (byte)77);
            hear(1, sender, other);
            final UnsafeBuffer later = held(sender, proposal, B);
            later.putLong(at(HeldDecoder.viewEncodingOffset()), 1);
            hear(1, sender, later);
            final UnsafeBuffer next = held(sender, proposal, B);
            next.putLong(at(HeldDecoder.sequenceEncodingOffset()), sequence(proposal) + 1);
            hear(1, sender, next);
        }
        assertFalse(hasPrepared(1));
        assertEquals(5, cluster.status(1).rejections(Rejection.VIEW));
    }

    @Test
    @DisplayName("E03 a HELD below what is executed, beyond what is in memory, or beyond the window")
    void outOfReach()
    {
        final UnsafeBuffer proposal = proposeBoth();
        final long executed = cluster.status(1).executedSequence();
        final long repeated = cluster.status(1).rejections(Rejection.DUPLICATE);
        hear(1, 2, heldAt(2, proposal, executed));
        assertEquals(repeated + 1, cluster.status(1).rejections(Rejection.DUPLICATE));
        hear(1, 2, heldAt(2, proposal, executed + 9));
        assertEquals(1, cluster.status(1).rejections(Rejection.ROOM));
        hear(1, 2, heldAt(2, proposal, cluster.status(1).highWatermark() + 1));
        hear(1, 2, heldAt(2, proposal, (1L << 62) - 1));
        assertEquals(2, cluster.status(1).rejections(Rejection.WATERMARK));
    }

    @Test
    @DisplayName("C01 what was vouched for stays so: an older HELD that comes late takes nothing back")
    void replayed()
    {
        believeA = Set.of(0);
        final UnsafeBuffer proposal = proposeBoth();
        final long repeated = cluster.status(1).rejections(Rejection.DUPLICATE);
        hear(1, 2, held(2, proposal, B));
        hear(1, 2, held(2, proposal, A, B));
        hear(1, 3, held(3, proposal, A, B));
        hear(1, 3, held(3, proposal, B));
        hear(1, 3, held(3, proposal, B));
        assertEquals(repeated + 2, cluster.status(1).rejections(Rejection.DUPLICATE));
        hear(1, 0, proposal);
        assertTrue(hasPrepared(1), "HELDs that came before the proposal count");
    }

    @Test
    @DisplayName("HELD names what is not authentic, once; not while a session may be opened yet, or time is ahead")
    void saidOnce()
    {
        believeA = Set.of(0);
        final UnsafeBuffer proposal = proposeBoth();
        cluster.outbounds.get(1).takeSent();
        for (int i = 0; i < 3; i++)
        {
            hear(1, 0, proposal);
        }
        final List<UnsafeBuffer> said = saidHeld(1);
        assertEquals(1, said.size());
        assertEquals(1 << A, said.get(0).getByte(at(HeldDecoder.bundlesEncodingOffset())));

        final CoreCluster ahead = new CoreCluster(4, 16);
        final long session = ahead.open(1);
        ahead.isTagWrong = (replica, id) -> 0 != replica && id == session;
        ahead.epochNs += 3_600_000_000_000L;
        ahead.request(session, 1, "a");
        final UnsafeBuffer early = propose(ahead);
        ahead.epochNs -= 3_600_000_000_000L;
        ahead.replicas.get(1).onTime(ahead.nowNs, ahead.epochNs);
        ahead.outbounds.get(1).takeSent();
        ahead.replicas.get(1).onMessage(0, early, 0, early.capacity());
        assertEquals(0, ahead.outbounds.get(1).takeSent().size());
    }

    @Test
    @DisplayName("B01 the primary asks for the signature that replicas weighing K lack, and passes it on to all")
    void signatureIsAskedForAndPassedOn()
    {
        believeA = Set.of(0, 1);
        requestBoth();
        cluster.run(10);
        assertTrue(asked(0, sessionA) > 0);
        assertEquals(0, asked(0, sessionB));
        for (int backup = 1; backup < 7; backup++)
        {
            assertEquals(0, asked(backup, sessionA), "only the primary asks");
            assertEquals(List.of(), cluster.services.get(backup).delivered);
        }
        cluster.bundle(0, BundleKind.REQUESTS, sessionA, 1, true, "a");
        cluster.run(20);
        assertAllDelivered();
        assertEquals(0, cluster.status(0).view());
    }

    @Test
    @DisplayName("B02 below K nobody is asked; a wrong signature, or one under another body, is passed on by nobody")
    void wrongSignature()
    {
        believeA = Set.of(0, 1, 2, 3, 4);
        requestBoth();
        cluster.run(10);
        assertAllDelivered();
        assertEquals(0, asked(0, sessionA));

        believeA = Set.of(0);
        cluster.request(sessionA, 2, "c");
        cluster.run(10);
        final UnsafeBuffer body = CoreCluster.body(BundleKind.REQUESTS, sessionA, 2, "c");
        final UnsafeBuffer wrong = cluster.authenticator(true);
        wrong.putInt(wrong.capacity() - FrameLayout.SIGNATURE_LENGTH, CoreCluster.CLIENT + 1);
        cluster.replicas.get(0).onBundle(
            CoreCluster.CLIENT, sessionA, body, 0, body.capacity(), wrong, 0, wrong.capacity());
        cluster.bundle(0, BundleKind.REQUESTS, sessionA, 2, true, "d");
        cluster.run(10);
        assertTrue(cluster.status(0).rejections(Rejection.SIGNATURE) > 0);
        assertEquals(2, cluster.services.get(1).delivered.size());
        cluster.bundle(0, BundleKind.REQUESTS, sessionA, 2, true, "c");
        cluster.run(20);
        assertEquals(List.of("a", "b", "c"), cluster.services.get(1).delivered);
    }

    @Test
    @DisplayName("A HELD that is lost comes with STATUS")
    void statusRepeatsIt()
    {
        believeA = Set.of(0, 1, 2);
        believeB = Set.of(0, 3, 4);
        cluster.isTemplateLost = template -> HeldDecoder.TEMPLATE_ID == template;
        requestBoth();
        cluster.run(100);
        assertAllDelivered();
        assertEquals(0, cluster.status(0).view());
    }

    @Test
    @DisplayName("B01 a client that signs nothing costs one view; the next primary has it sign first")
    void markedClientSignsFirst()
    {
        believeA = Set.of(0);
        requestBoth();
        cluster.run(2_000);
        assertEquals(1, cluster.status(2).view());

        believeA = Set.of();
        cluster.bundle(1, BundleKind.REQUESTS, sessionA, 1, false, "a");
        cluster.bundle(1, BundleKind.REQUESTS, sessionB, 1, false, "b");
        cluster.run(2_000);
        assertEquals(1, cluster.status(2).view());
        assertTrue(asked(1, sessionA) > 0);
        assertEquals(List.of(), cluster.services.get(2).delivered, "both sessions are of one marked client");
        cluster.bundle(1, BundleKind.REQUESTS, sessionA, 1, true, "a");
        cluster.bundle(1, BundleKind.REQUESTS, sessionB, 1, true, "b");
        cluster.run(100);
        assertEquals(List.of("a", "b"), cluster.services.get(2).delivered);
        assertEquals(1, cluster.status(2).view());
    }

    private void requestBoth()
    {
        cluster.request(sessionA, 1, "a");
        cluster.request(sessionB, 1, "b");
    }

    private UnsafeBuffer proposeBoth()
    {
        requestBoth();
        return propose(cluster);
    }

    private static UnsafeBuffer propose(final CoreCluster cluster)
    {
        final Replica primary = cluster.replicas.get(0);
        primary.onTime(cluster.nowNs, cluster.epochNs);
        primary.onEndOfBurst();
        return cluster.outbounds.get(0).takeSent().stream()
            .map(RecordedOutbound.Sent::message)
            .filter(message -> PrePrepareDecoder.TEMPLATE_ID == message.getShort(2))
            .findFirst().orElseThrow();
    }

    private void assertAllDelivered()
    {
        for (int i = 0; i < 7; i++)
        {
            assertEquals(List.of("a", "b"), cluster.services.get(i).delivered, "replica " + i);
        }
    }

    private void hear(final int receiver, final int sender, final UnsafeBuffer message)
    {
        cluster.replicas.get(receiver).onMessage(sender, message, 0, message.capacity());
    }

    private boolean hasPrepared(final int replica)
    {
        return cluster.outbounds.get(replica).sent.stream()
            .anyMatch(sent -> VotesDecoder.TEMPLATE_ID == sent.message().getShort(2));
    }

    private List<UnsafeBuffer> saidHeld(final int replica)
    {
        return cluster.outbounds.get(replica).takeSent().stream()
            .map(RecordedOutbound.Sent::message)
            .filter(message -> HeldDecoder.TEMPLATE_ID == message.getShort(2))
            .toList();
    }

    private long asked(final int replica, final long session)
    {
        return cluster.outbounds.get(replica).replies.stream()
            .filter(reply -> session == reply.sessionId() && Outcome.SIGNATURE_WANTED.value() == reply.outcome())
            .count();
    }

    private static UnsafeBuffer held(final int sender, final UnsafeBuffer proposal, final int... bundles)
    {
        final UnsafeBuffer message = heldAt(sender, proposal, sequence(proposal));
        int set = 0;
        for (final int bundle : bundles)
        {
            set |= 1 << bundle;
        }
        message.putByte(at(HeldDecoder.bundlesEncodingOffset()), (byte)set);
        return message;
    }

    private static UnsafeBuffer heldAt(final int sender, final UnsafeBuffer proposal, final long sequence)
    {
        final UnsafeBuffer message = new UnsafeBuffer(
            new byte[FrameLayout.HEADER_LENGTH + HeldEncoder.BLOCK_LENGTH]);
        final HeldEncoder encoder = new HeldEncoder();
        encoder.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(1).epoch(0).sender(sender);
        encoder.view(0).sequence(sequence);
        message.putBytes(
            at(HeldDecoder.digestEncodingOffset()), proposal, at(PrePrepareDecoder.digestEncodingOffset()),
            Digest.LENGTH);
        message.putByte(at(HeldDecoder.bundlesEncodingOffset()), (byte)(1 << B));
        return message;
    }

    private static UnsafeBuffer prepare(final int sender, final UnsafeBuffer proposal)
    {
        return RecordedOutbound.votes(
            sender, 0, sequence(proposal), proposal, at(PrePrepareDecoder.digestEncodingOffset()), true);
    }

    private static long sequence(final UnsafeBuffer proposal)
    {
        return proposal.getLong(at(PrePrepareDecoder.sequenceEncodingOffset()));
    }

    /** Where a field of a block is in its message. */
    private static int at(final int blockOffset)
    {
        return FrameLayout.HEADER_LENGTH + blockOffset;
    }
}
