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
import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.peer.PrePrepareDecoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * One proposal of a primary that then falls silent: what the others make of it, and of the view without it.
 */
class ProposalRowsTest
{
    private static final int INTERVAL = 64;
    private static final int LONG = 2_000;
    private static final int SEQUENCE = FrameLayout.HEADER_LENGTH + PrePrepareDecoder.sequenceEncodingOffset();
    private static final int TIMESTAMP = FrameLayout.HEADER_LENGTH + PrePrepareDecoder.timestampNsEncodingOffset();
    private static final int DIGEST = FrameLayout.HEADER_LENGTH + PrePrepareDecoder.digestEncodingOffset();
    private static final int BODIES =
        FrameLayout.HEADER_LENGTH + PrePrepareDecoder.BLOCK_LENGTH + Integer.BYTES;
    private static final int FIRST_NUMBER = BODIES + BundleBodyEncoder.firstNumberEncodingOffset();
    private static final int BODY_LENGTH = BODIES + BundleBodyEncoder.bodyLengthEncodingOffset();

    private final CoreCluster cluster = new CoreCluster(4, INTERVAL);
    private final long session = cluster.open(1);

    @Test
    @DisplayName("A09: a timestamp in the past is accepted, and agreed time does not go back for it")
    void past()
    {
        final long before = cluster.status(1).effectiveTimeNs();
        final UnsafeBuffer proposal = proposal("a");
        proposal.putLong(TIMESTAMP, before - 3_600_000_000_000L);
        propose(proposal);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(List.of("a"), cluster.services.get(id).delivered);
            assertEquals(before, cluster.status(id).effectiveTimeNs());
        }
    }

    @Test
    @DisplayName("A09: a timestamp at the end of time is held until the primary is replaced, and is not agreed on")
    void endOfTime()
    {
        final UnsafeBuffer proposal = proposal("a");
        proposal.putLong(TIMESTAMP, Long.MAX_VALUE);
        propose(proposal);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(List.of(), cluster.services.get(id).delivered);
        }
        requestAtBackups(1, "a");
        cluster.run(LONG);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(1, cluster.status(id).view());
            assertEquals(List.of("a"), cluster.services.get(id).delivered);
            assertTrue(cluster.status(id).effectiveTimeNs() <= cluster.epochNs, "agreed time is not ahead");
        }
    }

    @Test
    @DisplayName("E02: a jump within reach is kept by the next view, with nulls before it; there is no room beyond")
    void jump()
    {
        final UnsafeBuffer proposal = proposal("a");
        final long next = proposal.getLong(SEQUENCE);
        final UnsafeBuffer far = new UnsafeBuffer(proposal.byteArray().clone());
        far.putLong(SEQUENCE, cluster.status(1).highWatermark());
        cluster.replicas.get(1).onMessage(0, far, 0, far.capacity());
        assertEquals(1, cluster.status(1).rejections(Rejection.ROOM));
        proposal.putLong(SEQUENCE, next + 4);
        propose(proposal);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(next - 1, cluster.status(id).executedSequence(), "nothing behind the gap");
        }
        cluster.run(LONG);
        requestAtBackups(2, "b");
        cluster.run(LONG);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(1, cluster.status(id).view());
            assertTrue(cluster.status(id).executedSequence() > next + 4);
            assertEquals(List.of("a", "b"), cluster.services.get(id).delivered);
            assertEquals(cluster.treeHead(1), cluster.treeHead(id));
        }
    }

    @Test
    @DisplayName("D05 L01: a batch in which a session's numbers do not rise by one is refused whole")
    void numbersOutOfOrder()
    {
        cluster.request(session, 1, "a");
        final UnsafeBuffer proposal = proposal("b", 2);
        assertEquals(2, proposal.getInt(FrameLayout.HEADER_LENGTH + PrePrepareDecoder.bundleCountEncodingOffset()));
        final int second = FIRST_NUMBER + proposal.getInt(BODY_LENGTH);
        assertEquals(2, proposal.getLong(second));
        proposal.putLong(second, 4);
        propose(proposal);
        for (int id = 1; id < 4; id++)
        {
            assertEquals(1, cluster.status(id).rejections(Rejection.BUNDLE_ORDER));
            assertEquals(List.of(), cluster.services.get(id).delivered);
        }
    }

    private UnsafeBuffer proposal(final String payload)
    {
        return proposal(payload, 1);
    }

    private UnsafeBuffer proposal(final String payload, final long number)
    {
        cluster.request(session, number, payload);
        final Replica primary = cluster.replicas.get(0);
        primary.onTime(cluster.nowNs, cluster.epochNs);
        primary.onEndOfBurst();
        final UnsafeBuffer proposal = cluster.outbounds.get(0).takeSent().stream()
            .map(RecordedOutbound.Sent::message)
            .filter(message -> PrePrepareDecoder.TEMPLATE_ID == message.getShort(2))
            .findFirst().orElseThrow();
        return new UnsafeBuffer(proposal.byteArray().clone());
    }

    /** Another content has another digest; then nothing more comes from the primary. */
    private void propose(final UnsafeBuffer proposal)
    {
        proposal.putByte(DIGEST, (byte)(proposal.getByte(DIGEST) ^ 1));
        cluster.isDown[0] = true;
        for (int id = 1; id < 4; id++)
        {
            cluster.replicas.get(id).onMessage(0, proposal, 0, proposal.capacity());
        }
        cluster.run(10);
    }

    private void requestAtBackups(final long number, final String payload)
    {
        for (int id = 1; id < 4; id++)
        {
            cluster.bundle(id, BundleKind.REQUESTS, session, number, true, payload);
        }
    }
}
