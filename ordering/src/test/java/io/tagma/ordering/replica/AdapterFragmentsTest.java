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

import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static io.tagma.ordering.replica.Frames.CLUSTER_ID;
import static io.tagma.ordering.replica.Frames.EPOCH;
import static io.tagma.ordering.replica.Frames.REPLICAS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FrameDescriptor;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.journal.Durability;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.protocol.Quorums;
import io.tagma.ordering.transport.EmbeddedDriver;
import io.tagma.ordering.transport.StreamIds;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What comes in fragments, over real sockets: put together in bounded room, or counted and dropped.
 */
class AdapterFragmentsTest implements IngressListener
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int OWN = 2;
    private static final int PEER = 1;
    private static final int CLIENT = 1;
    private static final long SESSION = 9;
    private static final int STREAMS = 4;
    private static final int MTU_LENGTH = 1408;
    private static final int POLLS = 100_000;
    /** Frames of 512 KiB: four times what any frame of the cluster may have. */
    private static final String LONG_TERMS = "|term-length=4m";

    private final EmbeddedDriver driver = new EmbeddedDriver(null, MTU_LENGTH, STREAMS, error ->
    {
        throw new AssertionError(error);
    });
    private final ClusterConfiguration cluster = GeneratedCluster.builder().basePort(25_600).generate().configuration();
    private final FrameLimits limits = FrameLimits.builder().replicaCount(REPLICAS).build();
    private final FrameOrigin origin = new FrameOrigin(CLUSTER_ID, EPOCH, OWN);
    private final FrameRejections rejections = new FrameRejections(REPLICAS);
    private final TestKeys keys = new TestKeys(OWN, REPLICAS).client(CLIENT, SESSION);
    private final ScratchJournal journal = new ScratchJournal();
    private final Outbox outbox = new Outbox(
        OutboxLimits.DEFAULT, 1024, Frames.sideQueue(), new Sessions(), (reason, sequence) -> {});
    private final IngressAdapter ingress = new IngressAdapter(
        driver.aeron(), cluster.replica(OWN).ingressEndpoint().channel(),
        new ClientFrameVerifier(
            origin, limits, clientId -> CLIENT == clientId, keys, rejections, this::onBundle, this),
        STREAMS);
    private final PeerAdapter peers = new PeerAdapter(
        driver.aeron(), cluster, OWN,
        new PeerFrameVerifier(origin, limits, new Quorums(new int[]{1, 1, 1, 1}), new TestHashing(), keys, rejections),
        null, outbox, STREAMS);
    private final BufferClaim claim = new BufferClaim();
    private int bundles;

    AdapterFragmentsTest()
    {
        outbox.start(journal, new DurabilityGate(journal, Durability.PROCESS));
    }

    @AfterEach
    void close()
    {
        ingress.close();
        peers.close();
        driver.close();
    }

    @Test
    @DisplayName("A10 I12 a frame of many fragments above the limit is counted and dropped; the next good one is heard")
    void dropsWhatIsLongerThanAnyFrame()
    {
        final byte[] good = goodFrame();
        assertTrue(good.length > 4 * MTU_LENGTH);
        final ExclusivePublication client = toIngress();
        send(client, new byte[200 * 1024]);
        send(client, good);
        await(1, () -> bundles);
        assertEquals(1, rejections.ofClients(FrameRejection.FRAGMENTS));
        assertEquals(1, rejections.total());

        final ExclusivePublication peer = toPeers();
        send(peer, new byte[200 * 1024]);
        await(1, () -> rejections.ofPeer(PEER, FrameRejection.FRAGMENTS));
        // Within the limit, and rubbish: whole, so it is the verifier that refuses it.
        send(peer, new byte[100 * 1024]);
        await(3, rejections::total);
        assertEquals(1, rejections.ofPeer(PEER, FrameRejection.FRAGMENTS));
    }

    @Test
    @DisplayName("I12 frames that never end, on as many streams as may come in, take a bounded amount of memory")
    void endlessFramesTakeBoundedMemory()
    {
        final ExclusivePublication[] publications = new ExclusivePublication[2 * STREAMS];
        for (int i = 0; i < STREAMS; i++)
        {
            publications[2 * i] = toIngress();
            publications[2 * i + 1] = toPeers();
        }
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        long sent = 0;
        for (int i = 0; i < 40_000; i++)
        {
            // A frame that goes on for ever, and on each other pair of streams one that begins again and again.
            final int stream = i % publications.length;
            final boolean begins = i < publications.length || stream % 4 > 1 && 0 == i % 5;
            sent += sendFragment(publications[stream], begins ? FrameDescriptor.BEGIN_FRAG_FLAG : 0);
        }
        assertTrue(sent > 40L << 20);
        final long places = 2L * STREAMS * (limits.messageLengthMax() + TAG_LENGTH);
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < places + (4 << 20), () -> allocated + " bytes for " + places + " in places");
        assertTrue(rejections.ofClients(FrameRejection.FRAGMENTS) > 100);
        assertTrue(rejections.ofPeer(PEER, FrameRejection.FRAGMENTS) > 100);

        send(publications[0], goodFrame());
        await(1, () -> bundles);
    }

    private byte[] goodFrame()
    {
        return new Frames().requests(
            CLIENT, SESSION, BundleKind.REQUESTS, new byte[limits.payloadLengthMax()],
            TestKeys.ofDirection("c1/9", "r2"));
    }

    private ExclusivePublication toIngress()
    {
        return connected(cluster.replica(OWN).ingressEndpoint().channel(), StreamIds.INGRESS);
    }

    private ExclusivePublication toPeers()
    {
        return connected(cluster.replica(OWN).peerEndpoint().channel(), StreamIds.peer(PEER));
    }

    private ExclusivePublication connected(final String channel, final int streamId)
    {
        final ExclusivePublication publication =
            driver.aeron().addExclusivePublication(channel + LONG_TERMS, streamId);
        await(1, () -> publication.isConnected() ? 1 : 0);
        return publication;
    }

    private void send(final ExclusivePublication publication, final byte[] frame)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        long position = publication.offer(buffer, 0, frame.length);
        for (int i = 0; position < 0 && i < POLLS; i++)
        {
            poll();
            position = publication.offer(buffer, 0, frame.length);
        }
        assertTrue(position > 0);
    }

    private int sendFragment(final ExclusivePublication publication, final byte flags)
    {
        final int length = publication.maxPayloadLength();
        for (int i = 0; i < POLLS; i++)
        {
            if (publication.tryClaim(length, claim) > 0)
            {
                claim.flags(flags).commit();
                poll();
                return length;
            }
            poll();
        }
        throw new AssertionError("no room for a fragment");
    }

    private void await(final long expected, final LongSupplier actual)
    {
        for (int i = 0; actual.getAsLong() < expected && i < POLLS; i++)
        {
            poll();
        }
        assertEquals(expected, actual.getAsLong());
    }

    private void poll()
    {
        driver.doWork();
        ingress.poll();
        peers.poll();
    }

    private void onBundle(
        final int clientId,
        final long sessionId,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength,
        final DirectBuffer authenticator,
        final int authenticatorOffset,
        final int authenticatorLength)
    {
        bundles++;
    }

    @Override
    public void onOpenHeard(final int clientId, final DirectBuffer channel, final int offset, final int length)
    {
        throw new AssertionError("no session is opened here");
    }

    @Override
    public void onUnknownSession(
        final int clientId, final long sessionId, final DirectBuffer frame, final int messageLength)
    {
        throw new AssertionError("every session is known here");
    }

    private static final class Sessions implements SessionEvents
    {
        @Override
        public void sessionOpened(
            final long sessionId,
            final int clientId,
            final DirectBuffer channel,
            final int channelOffset,
            final int channelLength)
        {
            throw new AssertionError("no session is opened here");
        }

        @Override
        public void sessionForgotten(final long sessionId)
        {
            throw new AssertionError("no session is forgotten here");
        }
    }
}
