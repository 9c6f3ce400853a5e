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
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.peer.ComplaintReason;
import io.tagma.codecs.peer.ComplaintsEncoder;
import io.tagma.codecs.peer.HeldDecoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a replica with valid keys may try on another one: each must be counted, and change nothing.
 */
class HostilePeerTest
{
    private static final int INTERVAL = 16;

    private final CoreCluster cluster = new CoreCluster(4, INTERVAL);
    private final long session = cluster.open(1);

    @Test
    @DisplayName("A05 a second PRE-PREPARE for an accepted sequence")
    void shouldKeepToTheFirstDigest()
    {
        final UnsafeBuffer first = proposal("a");
        final UnsafeBuffer second = proposalAt(first, "b");
        cluster.replicas.get(1).onMessage(0, first, 0, first.capacity());
        final int votes = cluster.outbounds.get(1).sent.size();
        cluster.replicas.get(1).onMessage(0, second, 0, second.capacity());

        assertEquals(1, cluster.status(1).rejections(Rejection.CONFLICT));
        assertEquals(votes, cluster.outbounds.get(1).sent.size(), "no PREPARE for the second");
        cluster.replicas.get(1).onMessage(0, first, 0, first.capacity());
        assertEquals(1, cluster.status(1).rejections(Rejection.CONFLICT));
        cluster.run(100);
        for (int i = 0; i < 4; i++)
        {
            assertEquals(List.of("a"), cluster.services.get(i).delivered, "the vote for the first stands");
        }
    }

    @Test
    @DisplayName("A08 a request forged in a client's name")
    void shouldNotPrepareWhatIsNotTheClients()
    {
        cluster.isTagWrong = (replicaId, sessionId) -> 0 != sessionId;
        final UnsafeBuffer forged = proposal("forged");
        for (int i = 1; i < 4; i++)
        {
            cluster.outbounds.get(i).takeSent();
            cluster.replicas.get(i).onMessage(0, forged, 0, forged.capacity());
            assertEquals(1, cluster.status(i).rejections(Rejection.CLIENT_AUTHENTICATION));
            for (final RecordedOutbound.Sent sent : cluster.outbounds.get(i).takeSent())
            {
                assertEquals(HeldDecoder.TEMPLATE_ID, sent.message().getShort(2), "no PREPARE, but HELD");
            }
        }
        cluster.run(20);
        for (int i = 1; i < 4; i++)
        {
            assertEquals(List.of(), cluster.services.get(i).delivered);
            final List<RecordedOutbound.Replied> replies = cluster.outbounds.get(i).replies;
            replies.clear();
            cluster.bundle(i, BundleKind.REQUESTS, session, 1, true, "genuine");
            assertEquals(List.of(), replies, "the number is not consumed: neither answered nor a conflict");
            assertEquals(0, cluster.status(i).rejections(Rejection.NUMBER));
        }
    }

    @Test
    @DisplayName("A08 a forged request in the place of a signed one whose check is slow")
    void shouldNotTakeALateAnswerForOneAboutAnotherBatch()
    {
        cluster.isTagWrong = (replicaId, sessionId) -> 0 != replicaId && 0 != sessionId;
        cluster.bundle(0, BundleKind.REQUESTS, session, 1, true, "signed");
        final UnsafeBuffer signed = propose();
        final UnsafeBuffer forged = proposalAt(signed, "forged");
        forged.putInt(forged.capacity() - FrameLayout.SIGNATURE_LENGTH, CoreCluster.CLIENT + 1);
        final RecordedOutbound outbound = cluster.outbounds.get(1);
        outbound.answerAll();
        outbound.takeSent();
        cluster.replicas.get(1).onMessage(0, signed, 0, signed.capacity());
        final Runnable late = outbound.answers.remove(0);
        for (int i = 0; i < 1 << 12; i++)
        {
            cluster.replicas.get(1).onMessage(0, forged, 0, forged.capacity());
            cluster.replicas.get(1).onMessage(0, signed, 0, signed.capacity());
            cluster.replicas.get(1).onMessage(0, forged, 0, forged.capacity());
            outbound.answers.clear();
            late.run();
        }
        assertEquals(List.of(), outbound.takeSent(), "no PREPARE");
    }

    @Test
    @DisplayName("A10 a batch of more bytes, or of more bundles, than one may have")
    void shouldRefuseABatchThatIsTooLong()
    {
        final UnsafeBuffer proposal = proposal("a");
        final UnsafeBuffer longer = new UnsafeBuffer(new byte[125 * 1024]);
        longer.putBytes(0, proposal, 0, proposal.capacity());
        cluster.replicas.get(1).onMessage(0, longer, 0, longer.capacity());
        assertEquals(1, cluster.status(1).rejections(Rejection.SIZE));

        final UnsafeBuffer more = new UnsafeBuffer(proposal.byteArray().clone());
        more.putInt(FrameLayout.HEADER_LENGTH + PrePrepareDecoder.bundleCountEncodingOffset(), 513);
        cluster.replicas.get(1).onMessage(0, more, 0, more.capacity());
        assertEquals(2, cluster.status(1).rejections(Rejection.SIZE));
        cluster.replicas.get(1).onMessage(0, proposal, 0, proposal.capacity());
        cluster.run(100);
        assertEquals(List.of("a"), cluster.services.get(1).delivered);
    }

    @Test
    @DisplayName("F14 K02 complaints of one replica about ever higher views cost one check in an interval")
    void complaintsAreCheckedAtABoundedRate()
    {
        final RecordedOutbound outbound = cluster.outbounds.get(1);
        outbound.answerAll();
        for (int view = 1; view <= 1000; view++)
        {
            final UnsafeBuffer complaint = complaint(3, view * 1_000_000_007L);
            cluster.replicas.get(1).onMessage(3, complaint, 0, complaint.capacity());
            assertEquals(1 == view ? 1 : 0, outbound.answers.size(), "checks asked for by the latest one");
            outbound.answerAll();
        }
        cluster.run(100);
        final UnsafeBuffer later = complaint(3, Long.MAX_VALUE - 1);
        cluster.replicas.get(1).onMessage(3, later, 0, later.capacity());
        assertEquals(1, outbound.answers.size(), "the interval has passed");
        cluster.run(100);
        assertEquals(0, cluster.status(1).targetView(), "one replica alone drives nobody out");
    }

    private static UnsafeBuffer complaint(final int signer, final long view)
    {
        final ComplaintsEncoder encoder = new ComplaintsEncoder();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
        encoder.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(1).epoch(0).sender(signer);
        final ComplaintsEncoder.EntriesEncoder entry = encoder.entriesCount(1).next();
        entry.content().view(view).signer(signer).reason(ComplaintReason.NO_PROGRESS).reserved(0);
        final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
        signature.putInt(0, signer);
        entry.putSignature(signature, 0, FrameLayout.SIGNATURE_LENGTH);
        return new UnsafeBuffer(message, 0, encoder.limit());
    }

    @Test
    @DisplayName("B07 what only the primary, or no primary, may say")
    void shouldRefuseTheWrongRole()
    {
        final UnsafeBuffer proposal = proposal("a");
        cluster.replicas.get(1).onMessage(2, proposal, 0, proposal.capacity());
        assertEquals(1, cluster.status(1).rejections(Rejection.SENDER));
        final UnsafeBuffer prepare = RecordedOutbound.votes(0, 0, next(), proposal, digestOffset(), true);
        cluster.replicas.get(1).onMessage(0, prepare, 0, prepare.capacity());
        assertEquals(2, cluster.status(1).rejections(Rejection.SENDER));
    }

    @Test
    @DisplayName("C01 a valid message a thousand times")
    void shouldNotChangeByRepetition()
    {
        final UnsafeBuffer proposal = proposal("a");
        final UnsafeBuffer prepare = RecordedOutbound.votes(2, 0, next(), proposal, digestOffset(), true);
        final UnsafeBuffer commit = RecordedOutbound.votes(2, 0, next(), proposal, digestOffset(), false);
        final Replica replica = cluster.replicas.get(1);
        cluster.outbounds.get(1).takeSent();
        final long before = cluster.status(1).rejections(Rejection.DUPLICATE);
        for (int i = 0; i < 1000; i++)
        {
            replica.onMessage(0, proposal, 0, proposal.capacity());
            replica.onMessage(2, prepare, 0, prepare.capacity());
            replica.onMessage(2, commit, 0, commit.capacity());
        }
        assertEquals(1, cluster.outbounds.get(1).sent.size(), "one PREPARE of our own");
        assertEquals(3 * 999, cluster.status(1).rejections(Rejection.DUPLICATE) - before);
        cluster.outbounds.get(1).answerAll();
        assertEquals(2, cluster.outbounds.get(1).sent.size(), "and one COMMIT, once our own PREPARE counts");
        assertEquals(List.of(), cluster.services.get(1).delivered, "one COMMIT repeated is one COMMIT");
    }

    @Test
    @DisplayName("E03 sequences outside the window")
    void shouldRefuseWhatLiesOutsideTheWindow()
    {
        final long stable = cluster.status(1).stableSequence();
        final long[] outside = {0, stable, stable + 2 * INTERVAL + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1, -1,
            Long.MIN_VALUE};
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[Digest.LENGTH]);
        final UnsafeBuffer proposal = proposal("a");
        final UnsafeBuffer genuine = new UnsafeBuffer(proposal.byteArray().clone());
        cluster.outbounds.get(1).takeSent();
        for (final long sequence : outside)
        {
            final long before = cluster.status(1).rejections(Rejection.WATERMARK);
            final UnsafeBuffer prepare = RecordedOutbound.votes(2, 0, sequence, digest, 0, true);
            final UnsafeBuffer commit = RecordedOutbound.votes(2, 0, sequence, digest, 0, false);
            proposal.putLong(FrameLayout.HEADER_LENGTH + PrePrepareDecoder.sequenceEncodingOffset(), sequence);
            cluster.replicas.get(1).onMessage(2, prepare, 0, prepare.capacity());
            cluster.replicas.get(1).onMessage(2, commit, 0, commit.capacity());
            cluster.replicas.get(1).onMessage(0, proposal, 0, proposal.capacity());
            assertEquals(before + 3, cluster.status(1).rejections(Rejection.WATERMARK), "sequence " + sequence);
        }
        assertEquals(List.of(), cluster.outbounds.get(1).takeSent());
        assertEquals(stable, cluster.status(1).stableSequence());
        cluster.replicas.get(1).onMessage(0, genuine, 0, genuine.capacity());
        cluster.run(100);
        assertEquals(List.of("a"), cluster.services.get(1).delivered);
    }

    @Test
    @DisplayName("C02 votes of another view")
    void shouldRefuseVotesOfAnotherView()
    {
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[Digest.LENGTH]);
        final long[][] votes = {{-1, next()}, {1, 0}, {1, next() + 4 * INTERVAL}};
        for (final long[] vote : votes)
        {
            final UnsafeBuffer commit = RecordedOutbound.votes(2, vote[0], vote[1], digest, 0, false);
            cluster.replicas.get(1).onMessage(2, commit, 0, commit.capacity());
        }
        assertEquals(votes.length, cluster.status(1).rejections(Rejection.VIEW));
    }

    @Test
    @DisplayName("L01 one number, two payloads")
    void shouldExecuteOnePayloadAndAnswerTheOther()
    {
        cluster.request(session, 1, "first");
        cluster.run(10);
        cluster.outbounds.get(0).replies.clear();
        cluster.request(session, 1, "other");
        cluster.run(10);

        for (int i = 0; i < 4; i++)
        {
            assertEquals(List.of("first"), cluster.services.get(i).delivered);
        }
        assertEquals(
            Outcome.REJECTED_CONFLICT.value(), cluster.outbounds.get(0).replies.get(0).outcome());
        cluster.bundle(3, BundleKind.REQUESTS, session, 1, false, "first");
        final List<RecordedOutbound.Replied> replies = cluster.outbounds.get(3).replies;
        assertEquals(Outcome.COMMITTED.value(), replies.get(replies.size() - 1).outcome());
    }

    @Test
    @DisplayName("L01 one number, two payloads, in one batch and to different replicas")
    void shouldExecuteOnePayloadWhereverTheOtherCameIn()
    {
        cluster.bundle(2, BundleKind.REQUESTS, session, 1, true, "to a backup");
        cluster.request(session, 1, "first");
        cluster.request(session, 1, "other");
        cluster.bundle(3, BundleKind.REQUESTS, session, 1, true, "to another");
        cluster.run(50);

        final List<String> delivered = cluster.services.get(0).delivered;
        assertEquals(1, delivered.size());
        for (int i = 1; i < 4; i++)
        {
            assertEquals(delivered, cluster.services.get(i).delivered);
            assertEquals(0, cluster.replicas.get(i).waitingLength(), "nothing is left waiting");
        }
        cluster.request(session, 2, "next");
        cluster.run(20);
        assertEquals("next", delivered.get(1));
    }

    @Test
    @DisplayName("A09 a timestamp far ahead is held, not refused")
    void shouldHoldATimestampAheadOfTheClock()
    {
        cluster.epochNs += 3_600_000_000_000L;
        final UnsafeBuffer ahead = proposal("later");
        cluster.epochNs -= 3_600_000_000_000L;
        cluster.isDown[0] = true;
        for (int i = 1; i < 4; i++)
        {
            cluster.replicas.get(i).onTime(cluster.nowNs, cluster.epochNs);
            cluster.replicas.get(i).onMessage(0, ahead, 0, ahead.capacity());
        }
        cluster.run(10);
        assertEquals(List.of(), cluster.services.get(1).delivered);
        cluster.epochNs += 3_600_000_000_000L;
        cluster.run(10);
        assertEquals(List.of("later"), cluster.services.get(1).delivered);
        assertTrue(cluster.status(1).effectiveTimeNs() > 1_700_000_000_000_000_000L + 3_600_000_000_000L);
    }

    /** What the primary proposes next, taken before it reaches anybody. */
    private UnsafeBuffer proposal(final String payload)
    {
        cluster.request(session, 1, payload);
        return propose();
    }

    private UnsafeBuffer propose()
    {
        final Replica primary = cluster.replicas.get(0);
        primary.onTime(cluster.nowNs, cluster.epochNs);
        primary.onEndOfBurst();
        return cluster.outbounds.get(0).takeSent().stream()
            .map(RecordedOutbound.Sent::message)
            .filter(message -> PrePrepareDecoder.TEMPLATE_ID == message.getShort(2))
            .findFirst().orElseThrow();
    }

    /** The same proposal with another payload, as a primary with two faces would send it. */
    private static UnsafeBuffer proposalAt(final UnsafeBuffer proposal, final String payload)
    {
        final UnsafeBuffer other = new UnsafeBuffer(proposal.byteArray().clone());
        final int digest = digestOffset();
        other.putByte(digest, (byte)(other.getByte(digest) + payload.length()));
        assertNotEquals(proposal, other);
        return other;
    }

    private static int digestOffset()
    {
        return FrameLayout.HEADER_LENGTH + PrePrepareDecoder.digestEncodingOffset();
    }

    private long next()
    {
        return cluster.status(0).proposedSequence();
    }
}
