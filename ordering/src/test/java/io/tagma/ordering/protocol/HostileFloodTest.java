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
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.peer.BatchDecoder;
import io.tagma.codecs.peer.CheckpointEncoder;
import io.tagma.codecs.peer.FetchEncoder;
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.RelayEncoder;
import io.tagma.codecs.peer.StatusEncoder;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a replica with valid keys may send without end: none of it may take from others what they need.
 */
class HostileFloodTest
{
    private static final int INTERVAL = 16;
    private static final int HOSTILE = 3;
    private static final String CHANNEL = "aeron:udp?endpoint=localhost:9";

    private final CoreCluster cluster = new CoreCluster(4, INTERVAL);
    private final long session = cluster.open(1);

    @Test
    @DisplayName("K02 checkpoints in the name of another")
    void shouldTakeACheckpointFromItsSignerAlone()
    {
        final UnsafeBuffer genuine = checkpoint(1, 1);
        final UnsafeBuffer forged = checkpoint(HOSTILE, HOSTILE);
        final long duplicates = cluster.status(0).rejections(Rejection.DUPLICATE);
        cluster.replicas.get(0).onMessage(HOSTILE, forged, 0, forged.capacity());
        cluster.replicas.get(0).onMessage(1, genuine, 0, genuine.capacity());
        cluster.outbounds.get(0).answerAll();

        assertEquals(1, cluster.status(0).rejections(Rejection.SENDER));
        assertEquals(duplicates, cluster.status(0).rejections(Rejection.DUPLICATE));
        assertEquals(0, cluster.status(0).rejections(Rejection.SIGNATURE));
    }

    @Test
    @DisplayName("G06 forged certificates, one behind the other")
    void shouldNotCheckCertificatesOfTheSameForgerAllTheTime()
    {
        cluster.isLost = (sender, receiver) -> 2 == receiver;
        sendOneByOne(INTERVAL);
        final UnsafeBuffer genuine = RecordedHistory.certificate(cluster.outbounds.get(0).records, 1);
        assertTrue(genuine.capacity() > 0);
        final UnsafeBuffer forged = new UnsafeBuffer(new byte[genuine.capacity()]);
        forged.putBytes(0, genuine, 0, genuine.capacity());
        forged.putInt(forged.capacity() - FrameLayout.SIGNATURE_LENGTH, HOSTILE + 1);
        for (int i = 0; i < 10; i++)
        {
            cluster.replicas.get(2).onMessage(HOSTILE, forged, 0, forged.capacity());
            cluster.outbounds.get(2).answerAll();
        }
        assertEquals(1, cluster.status(2).rejections(Rejection.SIGNATURE));
        assertEquals(9, cluster.status(2).rejections(Rejection.BUDGET));
        cluster.replicas.get(2).onMessage(0, genuine, 0, genuine.capacity());
        cluster.outbounds.get(2).answerAll();
        assertEquals(INTERVAL, cluster.status(2).stableSequence());
    }

    @Test
    @DisplayName("K01 relayed bundles with signatures that are not their clients'")
    void shouldKeepPlacesForClientsWhenAReplicaRelaysRubbish()
    {
        for (int openNumber = 100; openNumber < 200; openNumber++)
        {
            final UnsafeBuffer relay = relay(openNumber);
            cluster.replicas.get(0).onMessage(HOSTILE, relay, 0, relay.capacity());
        }
        final long before = cluster.status(0).rejections(Rejection.BUDGET);
        final long duplicates = cluster.status(0).rejections(Rejection.DUPLICATE);
        cluster.bundle(0, BundleKind.OPEN, 0, 100, true, CHANNEL);
        assertEquals(before, cluster.status(0).rejections(Rejection.BUDGET));
        assertEquals(duplicates, cluster.status(0).rejections(Rejection.DUPLICATE));
    }

    @Test
    @DisplayName("G13 long batches, asked for again and again")
    void shouldSendABoundedNumberOfBytesToOneThatAsksForMore()
    {
        final String[] payloads = new String[50];
        IntStream.range(0, payloads.length).forEach(i -> payloads[i] = "x".repeat(1000));
        cluster.request(session, 1, payloads);
        cluster.run(10);
        final RecordedOutbound outbound = cluster.outbounds.get(1);
        final UnsafeBuffer fetch = fetch(cluster.status(1).executedSequence());
        outbound.takeSent();
        for (int i = 0; i < 100; i++)
        {
            cluster.replicas.get(1).onMessage(HOSTILE, fetch, 0, fetch.capacity());
        }
        final long served = outbound.takeSent().stream()
            .filter(sent -> BatchDecoder.TEMPLATE_ID == sent.message().getShort(2))
            .mapToLong(sent -> sent.message().capacity()).sum();
        assertTrue(served > 50_000 && served < 1_500_000, served + " bytes");
        cluster.run(20);
        cluster.replicas.get(1).onMessage(HOSTILE, fetch, 0, fetch.capacity());
        assertEquals(1, outbound.takeSent().stream()
            .filter(sent -> BatchDecoder.TEMPLATE_ID == sent.message().getShort(2)).count());
    }

    @Test
    @DisplayName("K01 an amnesia that never ends, in one incarnation after the other")
    void shouldNotFillTheLogForEverForOneThatSaysItForgot()
    {
        final long before = cluster.status(0).executedSequence();
        for (int incarnation = 2; incarnation < 1000; incarnation++)
        {
            final UnsafeBuffer status = amnesiacStatus(incarnation);
            cluster.replicas.get(0).onMessage(HOSTILE, status, 0, status.capacity());
            cluster.run(2);
        }
        final long filled = cluster.status(0).executedSequence() - before;
        assertTrue(filled >= 4 * INTERVAL && filled < 6 * INTERVAL, filled + " batches");
    }

    private static UnsafeBuffer amnesiacStatus(final long incarnation)
    {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[FrameLayout.HEADER_LENGTH +
            StatusEncoder.BLOCK_LENGTH + 2 * GroupSizeEncodingEncoder.ENCODED_LENGTH]);
        final StatusEncoder status = new StatusEncoder();
        status.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        status.origin().clusterId(1).epoch(0).sender(HOSTILE);
        status.incarnation(incarnation).counter(1).awaitedSequence(1_000_000);
        status.heldCount(0);
        status.marksCount(0);
        return message;
    }

    private void sendOneByOne(final int count)
    {
        for (int i = 1; i <= count; i++)
        {
            cluster.request(session, i, "r" + i);
            cluster.run(6);
        }
    }

    /** The next checkpoint of replica 1, as a replica passes it on. */
    private static UnsafeBuffer checkpoint(final int senderId, final int signatureOf)
    {
        final UnsafeBuffer message = new UnsafeBuffer(
            new byte[FrameLayout.HEADER_LENGTH + CheckpointEncoder.BLOCK_LENGTH]);
        final CheckpointEncoder checkpoint = new CheckpointEncoder();
        checkpoint.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        checkpoint.origin().clusterId(1).epoch(0).sender(senderId);
        checkpoint.content().sequence(INTERVAL).nextPosition(1);
        checkpoint.signer(1);
        message.putInt(FrameLayout.HEADER_LENGTH + CheckpointEncoder.signatureEncodingOffset(), signatureOf);
        return message;
    }

    private UnsafeBuffer relay(final long openNumber)
    {
        final UnsafeBuffer body = CoreCluster.body(BundleKind.OPEN, 0, openNumber, CHANNEL);
        final UnsafeBuffer authenticator = cluster.authenticator(true);
        final RelayEncoder relay = new RelayEncoder();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[
            FrameLayout.HEADER_LENGTH + RelayEncoder.BLOCK_LENGTH + 2 * Integer.BYTES + body.capacity() +
            authenticator.capacity()]);
        relay.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        relay.origin().clusterId(1).epoch(0).sender(HOSTILE);
        relay.putBody(body, 0, body.capacity()).putAuthenticator(authenticator, 0, authenticator.capacity());
        return message;
    }

    private UnsafeBuffer fetch(final long lastSequence)
    {
        final Digest digest = new Digest();
        long sequence = lastSequence;
        while (RecordedHistory.batch(cluster.outbounds.get(1).records, sequence).capacity() < 50_000)
        {
            sequence--;
        }
        RecordedHistory.entryDigest(cluster.outbounds.get(1).records, sequence, digest);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[
            FrameLayout.HEADER_LENGTH + FetchEncoder.BLOCK_LENGTH + GroupSizeEncodingEncoder.ENCODED_LENGTH +
            FetchEncoder.WantedEncoder.sbeBlockLength()]);
        final FetchEncoder fetch = new FetchEncoder();
        fetch.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        fetch.origin().clusterId(1).epoch(0).sender(HOSTILE);
        fetch.wantedCount(1).next().sequence(sequence).putDigest(digest.bytes(), 0, Digest.LENGTH);
        return message;
    }
}
