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
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Checkpoints that do not agree, that are not sent, or that nobody needs: the window waits, and nothing else happens.
 */
class CheckpointRowsTest
{
    private static final int INTERVAL = 8;
    private static final int WINDOW = 2 * INTERVAL;
    private static final int LIAR = 3;

    private final CoreCluster cluster = new CoreCluster(4, INTERVAL, 1);
    private final long session = cluster.open(1);
    private int requests;

    /** Kills: X16b, signatures are counted whatever they sign. */
    @Test
    @DisplayName("G03 E04 X16: two say one thing and two another: nothing is stable, and all stop at the window's end")
    void split()
    {
        cluster.outbounds.get(2).snapshotFlip = 1;
        cluster.outbounds.get(LIAR).snapshotFlip = 1;
        request(8 * INTERVAL);
        cluster.run(3_000);
        // Snapshots are named one checkpoint after they are taken.
        for (int id = 0; id < 4; id++)
        {
            final ReplicaStatus status = cluster.status(id);
            assertEquals(cluster.status(0).stableSequence(), status.stableSequence(), status.toString());
            assertTrue(status.stableSequence() <= 2 * INTERVAL, status.toString());
            assertEquals(status.highWatermark(), status.executedSequence(), "up to the end of the window");
            assertEquals(0, status.view(), "to wait for checkpoints is nobody's fault");
            assertEquals(List.of(), cluster.outbounds.get(id).halts);
        }
    }

    @Test
    @DisplayName("G01: a wrong tree head, rightly signed, is counted for nobody, and keeps nobody back")
    void wrongRoot()
    {
        cluster.isDown[LIAR] = true;
        final UnsafeBuffer wrong = checkpoint(INTERVAL);
        for (int id = 0; id < LIAR; id++)
        {
            cluster.replicas.get(id).onMessage(LIAR, wrong, 0, wrong.capacity());
        }
        cluster.isDown[2] = true;
        request(INTERVAL);
        cluster.run(300);
        assertEquals(0, cluster.status(0).stableSequence(), "two that agree and a liar are no quorum");
        cluster.isDown[2] = false;
        request(INTERVAL);
        cluster.run(300);
        for (int id = 0; id < LIAR; id++)
        {
            assertTrue(cluster.status(id).stableSequence() >= INTERVAL, cluster.status(id).toString());
            assertEquals(cluster.treeHead(0), cluster.treeHead(id));
        }
    }

    @Test
    @DisplayName("G04: checkpoints out of reach are refused, and of one signer so many are kept, the nearest ones")
    void outOfReach()
    {
        final ReplicaStatus status = cluster.status(0);
        for (final long sequence : new long[]{ 0, 2 * WINDOW + 1, Long.MAX_VALUE })
        {
            final long before = status.rejections(Rejection.CHECKPOINT);
            hear(sequence);
            assertEquals(before + 1, status.rejections(Rejection.CHECKPOINT), "sequence " + sequence);
        }
        for (long sequence = 2 * WINDOW; sequence > 0; sequence--)
        {
            hear(sequence);
            cluster.outbounds.get(0).answerAll();
        }
        final long before = status.rejections(Rejection.BUDGET);
        for (long sequence = CheckpointLog.ENTRIES_PER_SIGNER + 1; sequence <= 2 * WINDOW; sequence++)
        {
            hear(sequence);
        }
        assertEquals(2 * WINDOW - CheckpointLog.ENTRIES_PER_SIGNER, status.rejections(Rejection.BUDGET) - before);
        cluster.run(100);
        assertEquals(0, status.stableSequence());
    }

    @Test
    @DisplayName("E07: whose window lags behind the others' refuses what is above it, and gets there all the same")
    void laggingWindow()
    {
        cluster.link = (sender, receiver, message) -> LIAR == receiver &&
            (CheckpointEncoder.TEMPLATE_ID == message.getShort(2) ||
            CertificateDecoder.TEMPLATE_ID == message.getShort(2)) ? -1 : 0;
        request(4 * INTERVAL);
        cluster.run(500);
        assertEquals(0, cluster.status(LIAR).stableSequence());
        assertEquals(WINDOW, cluster.status(LIAR).executedSequence());
        assertTrue(cluster.status(LIAR).rejections(Rejection.WATERMARK) > 0);
        assertTrue(cluster.status(0).executedSequence() > WINDOW);
        cluster.link = (sender, receiver, message) -> 0;
        request(INTERVAL);
        cluster.run(500);
        for (int id = 0; id < 4; id++)
        {
            assertEquals(requests, cluster.services.get(id).delivered.size(), "replica " + id);
            assertEquals(0, cluster.status(id).view(), "nobody was blamed for it");
            assertEquals(cluster.status(0).stableSequence(), cluster.status(id).stableSequence());
        }
    }

    @Test
    @DisplayName("G06: a certificate that too few signed moves nothing, and costs no check of a signature")
    void tooFewSigners()
    {
        cluster.link = (sender, receiver, message) -> LIAR == receiver &&
            (CheckpointEncoder.TEMPLATE_ID == message.getShort(2) ||
            CertificateDecoder.TEMPLATE_ID == message.getShort(2)) ? -1 : 0;
        request(INTERVAL);
        cluster.run(20);
        final UnsafeBuffer whole = RecordedHistory.certificate(cluster.outbounds.get(0).records, 1);
        final UnsafeBuffer few = withoutLastSigner(whole);
        final RecordedOutbound outbound = cluster.outbounds.get(LIAR);
        outbound.answerAll();
        cluster.replicas.get(LIAR).onMessage(0, few, 0, few.capacity());
        assertEquals(1, cluster.status(LIAR).rejections(Rejection.CERTIFICATE_WEIGHT));
        assertEquals(List.of(), outbound.answers);
        cluster.replicas.get(LIAR).onMessage(0, whole, 0, whole.capacity());
        outbound.answerAll();
        cluster.run(1);
        assertEquals(INTERVAL, cluster.status(LIAR).stableSequence(), "the sender is still listened to");
    }

    /** One signature less than a quorum. */
    static UnsafeBuffer withoutLastSigner(final UnsafeBuffer certificate)
    {
        final int group = FrameLayout.HEADER_LENGTH + CertificateDecoder.BLOCK_LENGTH;
        final int count = certificate.getShort(group + 2);
        assertEquals(3, count);
        final int length = certificate.capacity() - CertificateDecoder.SignaturesDecoder.sbeBlockLength();
        final UnsafeBuffer few = new UnsafeBuffer(new byte[length]);
        few.putBytes(0, certificate, 0, length);
        few.putShort(group + 2, (short)(count - 1));
        return few;
    }

    private void request(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            cluster.request(session, ++requests, "r" + requests);
            cluster.run(6);
        }
    }

    private void hear(final long sequence)
    {
        final UnsafeBuffer message = checkpoint(sequence);
        cluster.replicas.get(0).onMessage(LIAR, message, 0, message.capacity());
    }

    private static UnsafeBuffer checkpoint(final long sequence)
    {
        final UnsafeBuffer message = new UnsafeBuffer(
            new byte[FrameLayout.HEADER_LENGTH + CheckpointEncoder.BLOCK_LENGTH]);
        final CheckpointEncoder checkpoint = new CheckpointEncoder();
        checkpoint.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        checkpoint.origin().clusterId(1).epoch(0).sender(LIAR);
        checkpoint.content().sequence(sequence).nextPosition(1);
        checkpoint.signer(LIAR);
        message.putInt(FrameLayout.HEADER_LENGTH + CheckpointEncoder.signatureEncodingOffset(), LIAR);
        return message;
    }
}
