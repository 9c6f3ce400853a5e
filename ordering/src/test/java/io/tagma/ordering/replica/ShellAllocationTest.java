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
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static io.tagma.ordering.replica.Frames.CLUSTER_ID;
import static io.tagma.ordering.replica.Frames.EPOCH;
import static io.tagma.ordering.replica.Frames.REPLICAS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.journal.CommitMarkEncoder;
import io.tagma.codecs.journal.Durability;
import io.tagma.ordering.authentication.MacKeys;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.protocol.Quorums;

import java.lang.management.ManagementFactory;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the shell does with each frame and each effect, with the real keys: zero bytes once warm.
 */
class ShellAllocationTest implements PeerPublisher, ClientPublisher, SessionEvents, IngressListener
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_CYCLES = 5_000;
    private static final int MEASURED_CYCLES = 1_000;
    private static final int RUNS = 5;
    private static final int OWN = 2;
    private static final int PRIMARY = 0;
    private static final int CLIENT = 1;
    private static final long SESSION = 9;
    private static final FrameOrigin ORIGIN = new FrameOrigin(CLUSTER_ID, EPOCH, OWN);

    private final GeneratedCluster cluster = GeneratedCluster.builder().replicas(REPLICAS).clients(1).generate();
    private final Frames frames = new Frames();
    private final FrameLimits limits = FrameLimits.builder().replicaCount(REPLICAS).build();
    private final FrameRejections rejections = new FrameRejections(REPLICAS);
    private final SessionRegistry registry =
        new SessionRegistry(OWN, REPLICAS, 1, replicaKeys(OWN), this);
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[1024]);
    private long count;
    private long bundles;

    private MacKeys replicaKeys(final int replicaId)
    {
        return cluster.configuration().macKeys(PartyKind.REPLICA, replicaId, cluster.replicaKeys(replicaId));
    }

    @BeforeEach
    void openSession()
    {
        registry.sessionOpened(SESSION, CLIENT, bytes, 0, 0);
    }

    @Test
    void outboxAndDrainerMakeNoGarbage()
    {
        for (final Durability durability : new Durability[]{Durability.PROCESS, Durability.POWER})
        {
            final ScratchJournal journal = new ScratchJournal();
            final DurabilityGate gate = new DurabilityGate(journal, durability);
            final Outbox outbox = new Outbox(
                OutboxLimits.DEFAULT, 1024, Frames.sideQueue(), this, (reason, sequence) -> {});
            outbox.start(journal, gate);
            final OutboxDrainer drainer = new OutboxDrainer(
                ORIGIN, REPLICAS, OutboxLimits.DEFAULT, outbox, gate, new OutboxDrainer.Peers(this, this, registry));
            drainer.connect((sender, message, offset, length) -> count++, recordNumber -> count++);
            assertEquals(0, leastAllocated(() -> cycle(outbox, drainer)));
        }
        assertTrue(count > 0);
    }

    private void cycle(final Outbox outbox, final OutboxDrainer drainer)
    {
        final int markLength = HEADER_LENGTH + CommitMarkEncoder.BLOCK_LENGTH;
        for (int i = 0; i < 3; i++)
        {
            outbox.claimRecord(markLength);
            outbox.commitRecord();
            outbox.prepare(0, i, bytes, 0);
            outbox.commit(0, i, bytes, 0);
            outbox.claimMessage(400).putBytes(0, bytes, 0, 400);
            outbox.broadcast();
            for (int number = 1; number <= 16; number++)
            {
                outbox.reply(CLIENT, SESSION, 0, number, number, (short)0, (short)0, bytes, 0, 64);
                outbox.reply(CLIENT, 0, 0, number, number, (short)0, (short)0, bytes, 0, 64);
            }
        }
        drainer.drain();
        drainer.drain();
    }

    @Test
    void verifiersMakeNoGarbage()
    {
        count = 0;
        final PeerFrameVerifier peers = new PeerFrameVerifier(
            ORIGIN, limits, new Quorums(new int[]{1, 1, 1, 1}), new Sha256(), registry, rejections);
        final ClientFrameVerifier clients = new ClientFrameVerifier(
            ORIGIN, limits, registry::isKnownClient, registry, rejections, this::onBundle, this);
        final MacKeys primaryKeys = replicaKeys(PRIMARY);
        final MacKeys clientKeys =
            cluster.configuration().macKeys(PartyKind.CLIENT, CLIENT, cluster.clientKeys(CLIENT));
        final UnsafeBuffer votes = new UnsafeBuffer(frames.votes(PRIMARY, 0, 7, primaryKeys.toReplica(OWN)));
        final UnsafeBuffer prePrepare =
            new UnsafeBuffer(frames.prePrepare(PRIMARY, 0, 1000, primaryKeys.toReplica(OWN)));
        final UnsafeBuffer requests = new UnsafeBuffer(frames.requests(
            CLIENT, SESSION, BundleKind.REQUESTS, new byte[100], clientKeys.toReplica(OWN, SESSION)));
        final UnsafeBuffer garbled = new UnsafeBuffer(new byte[requests.capacity()]);
        garbled.putBytes(0, requests, 0, requests.capacity());
        garbled.putByte(requests.capacity() - 1, (byte)~requests.getByte(requests.capacity() - 1));

        assertEquals(0, leastAllocated(() ->
        {
            count += peers.verify(PRIMARY, votes, 0, votes.capacity()) ? 1 : 0;
            count += peers.verify(PRIMARY, prePrepare, 0, prePrepare.capacity()) ? 1 : 0;
            count += clients.onFrame(requests, 0, requests.capacity()) ? 1 : 0;
            count += clients.onFrame(garbled, 0, garbled.capacity()) ? 1 : 0;
        }));
        final long cycles = WARM_UP_CYCLES + (long)RUNS * MEASURED_CYCLES;
        assertEquals(cycles, rejections.ofClients(FrameRejection.TAG));
        assertEquals(3 * cycles, count);
        assertEquals(cycles, bundles);
    }

    @Test
    void unknownSessionsMakeNoGarbageOnceTheirKeysAreThere()
    {
        count = 0;
        final long gone = SESSION - 1;
        final UnknownSessionResponder responder = new UnknownSessionResponder(ORIGIN, replicaKeys(OWN), this);
        final MacKeys clientKeys =
            cluster.configuration().macKeys(PartyKind.CLIENT, CLIENT, cluster.clientKeys(CLIENT));
        final UnsafeBuffer request = new UnsafeBuffer(frames.requests(
            CLIENT, gone, BundleKind.REQUESTS, new byte[100], clientKeys.toReplica(OWN, gone)));
        final UnsafeBuffer forged = new UnsafeBuffer(new byte[request.capacity()]);
        forged.putBytes(0, request, 0, request.capacity());
        forged.putByte(request.capacity() - 1, (byte)~request.getByte(request.capacity() - 1));
        final int messageLength = request.capacity() - TAG_LENGTH;
        final long[] nowNs = new long[1];

        assertEquals(0, leastAllocated(() ->
        {
            responder.onDutyCycle(nowNs[0] += 10_000_000L, 0, SESSION);
            responder.onUnknownSession(CLIENT, gone - 1, forged, messageLength);
            responder.onUnknownSession(CLIENT, gone, request, messageLength);
        }));
        assertTrue(count > 0);
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
        // The bundle's own tag is all zero in these frames: looked at like any other, and wrong.
        bundles += registry.isAuthentic(
            clientId, sessionId, body, bodyOffset, bodyLength, authenticator, authenticatorOffset) ? 0 : 1;
    }

    /** The least of several runs: a compiler thread may charge this one for its own work now and then. */
    private static long leastAllocated(final Runnable work)
    {
        for (int i = 0; i < WARM_UP_CYCLES; i++)
        {
            work.run();
        }
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < MEASURED_CYCLES; i++)
            {
                work.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Override
    public boolean isConnected(final int peerId)
    {
        return true;
    }

    @Override
    public boolean offer(
        final int peerId,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        count += length;
        return true;
    }

    @Override
    public boolean offer(
        final int clientId,
        final long sessionId,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        count += length;
        return true;
    }

    @Override
    public void sessionOpened(
        final long sessionId,
        final int clientId,
        final DirectBuffer channel,
        final int channelOffset,
        final int channelLength)
    {
        count++;
    }

    @Override
    public void sessionForgotten(final long sessionId)
    {
        count--;
    }

    @Override
    public void onOpenHeard(final int clientId, final DirectBuffer channel, final int offset, final int length)
    {
        count++;
    }

    @Override
    public void onUnknownSession(
        final int clientId, final long sessionId, final DirectBuffer frame, final int messageLength)
    {
        count++;
    }
}
