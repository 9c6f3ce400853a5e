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

import io.aeron.Aeron;
import io.aeron.Counter;
import io.tagma.codecs.journal.Durability;
import io.tagma.journal.Journal;
import io.tagma.ordering.protocol.Phase;
import io.tagma.ordering.protocol.PhaseTimes;
import io.tagma.ordering.protocol.Rejection;
import io.tagma.ordering.protocol.ReplicaStatus;
import io.tagma.ordering.protocol.TransferCounts;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

import org.agrona.CloseHelper;

/**
 * Publishes what the ordering thread knows to Aeron's counters, some times a second: reading them costs it nothing.
 */
final class ReplicaCounters implements AutoCloseable
{
    private static final long INTERVAL_NS = 20_000_000L;

    private final ReplicaCore core;
    private final AeronPeerPublisher publisher;
    private final OutboxDrainer drainer;
    private final BusyTime busyTime = new BusyTime();
    private final ThreadMXBean threads =
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting ? counting : null;
    /** By ordinal; null where there is one for each reason or peer. */
    private final Counter[] counters = new Counter[ReplicaCounter.values().length];
    private final FrameRejection[] frameReasons = FrameRejection.values();
    private final Rejection[] coreReasons = Rejection.values();
    private final Counter[] frameRejections = new Counter[frameReasons.length];
    private final Counter[] coreRejections = new Counter[coreReasons.length];
    private final Counter[] peerDrops;
    private final Counter[] peerRejections;
    private long nextNs;

    ReplicaCounters(
        final Aeron aeron, final ReplicaCore core, final AeronPeerPublisher publisher, final OutboxDrainer drainer)
    {
        this.core = core;
        this.publisher = publisher;
        this.drainer = drainer;
        final String owner = "tagma " + core.origin().sender() + " ";
        for (final ReplicaCounter kind : ReplicaCounter.values())
        {
            counters[kind.ordinal()] = kind.isDetailed() ? null : add(aeron, owner, kind, "");
        }
        for (int i = 0; i < frameReasons.length; i++)
        {
            frameRejections[i] = add(aeron, owner, ReplicaCounter.FRAME_REJECTIONS, ": " + frameReasons[i]);
        }
        for (int i = 0; i < coreReasons.length; i++)
        {
            coreRejections[i] = add(aeron, owner, ReplicaCounter.CORE_REJECTIONS, ": " + coreReasons[i]);
        }
        final int replicaCount = core.context().cluster().replicaCount();
        peerDrops = new Counter[replicaCount];
        peerRejections = new Counter[replicaCount];
        for (int i = 0; i < replicaCount; i++)
        {
            peerDrops[i] = add(aeron, owner, ReplicaCounter.PEER_DROPS, " " + i);
            peerRejections[i] = add(aeron, owner, ReplicaCounter.PEER_REJECTIONS, " " + i);
        }
    }

    private static Counter add(final Aeron aeron, final String owner, final ReplicaCounter kind, final String detail)
    {
        return aeron.addCounter(kind.typeId(), owner + kind.label() + detail);
    }

    /**
     * At the end of each duty cycle.
     *
     * @param nowNs     monotonic clock, as read in it.
     * @param workCount of it.
     */
    void doWork(final long nowNs, final int workCount)
    {
        busyTime.onDutyCycle(nowNs, workCount);
        if (nowNs - nextNs >= 0)
        {
            nextNs = nowNs + INTERVAL_NS;
            publish();
        }
    }

    void publish()
    {
        final ReplicaStatus status = core.replica().status();
        final Outbox outbox = core.outbox();
        final Journal journal = core.journal();
        set(ReplicaCounter.REPLICA_ID, core.origin().sender());
        set(ReplicaCounter.VIEW, status.view());
        set(ReplicaCounter.IS_PRIMARY, status.isPrimary() ? 1 : 0);
        set(ReplicaCounter.SEQUENCE, Math.max(0, Math.max(status.proposedSequence(), status.heardSequence())));
        set(ReplicaCounter.STABLE_SEQUENCE, status.stableSequence());
        set(ReplicaCounter.EXECUTED_SEQUENCE, status.executedSequence());
        set(ReplicaCounter.NEXT_POSITION, status.nextPosition());
        set(ReplicaCounter.EFFECTIVE_TIME_NS, status.effectiveTimeNs());
        set(ReplicaCounter.INCARNATION, status.incarnation());
        set(ReplicaCounter.AWAITED_SEQUENCE, status.awaitedSequence());
        set(ReplicaCounter.SESSIONS, core.registry().sessionCount());
        set(ReplicaCounter.WAITING_BUNDLES, core.replica().waitingLength());
        set(ReplicaCounter.WAITING_OUTBOX, outbox.waitingBytes());
        set(ReplicaCounter.WAITING_VOTES, outbox.waitingVotes());
        set(ReplicaCounter.WAITING_SIDE, core.sideQueue().waitingBytes());
        set(ReplicaCounter.LAST_RECORD, journal.lastRecordNumber());
        set(ReplicaCounter.DURABLE_RECORD, journal.durableRecordNumber());
        set(ReplicaCounter.OUTBOX_DROPS,
            outbox.droppedMessages() + outbox.droppedVotes() + outbox.droppedReplies());
        set(ReplicaCounter.REPLY_DROPS, drainer.droppedReplyFrames());
        set(ReplicaCounter.REFUSED_CHANNELS, core.egress().refusedChannels());
        set(ReplicaCounter.BUSY_CYCLES, busyTime.cycles());
        set(ReplicaCounter.BUSY_NS, busyTime.sumNs());
        set(ReplicaCounter.ALLOCATED_BYTES, null == threads ? -1 : threads.getCurrentThreadAllocatedBytes());
        set(ReplicaCounter.SNAPSHOTS, core.snapshots().count());
        set(ReplicaCounter.SNAPSHOT_LENGTH, core.snapshots().length());
        set(ReplicaCounter.SNAPSHOT_PAUSE_MAX_NS, core.snapshots().pauseMaxNs());
        set(ReplicaCounter.SNAPSHOT_RESTORED, core.restoredSequence());
        set(ReplicaCounter.IS_ACTIVE, status.isActive() ? 1 : 0);
        set(ReplicaCounter.IS_POWER_DURABLE, Durability.POWER == core.context().durability() ? 1 : 0);
        set(ReplicaCounter.SNAPSHOTS_FETCHED, core.replica().snapshots().restored());
        set(ReplicaCounter.CHUNKS_FETCHED, core.replica().snapshots().chunksReceived());
        set(ReplicaCounter.CHUNKS_SENT, core.replica().snapshots().chunksSent());
        publishTransfer(core.replica().transferCounts());
        publishPhases(core.replica().phaseTimes());
        publishByReason(status);
    }

    private void publishTransfer(final TransferCounts counts)
    {
        set(ReplicaCounter.BATCHES_FETCHED, counts.batchesFetched());
        set(ReplicaCounter.BATCH_BYTES_FETCHED, counts.bytesFetched());
        set(ReplicaCounter.BATCHES_SENT, counts.batchesSent());
        set(ReplicaCounter.BATCH_BYTES_SENT, counts.bytesSent());
    }

    private void publishPhases(final PhaseTimes times)
    {
        set(ReplicaCounter.PHASE_REQUESTS, times.requests());
        set(ReplicaCounter.PHASE_WAIT_NS, times.sumNs(Phase.WAIT));
        set(ReplicaCounter.PHASE_PREPARE_NS, times.sumNs(Phase.PREPARE));
        set(ReplicaCounter.PHASE_COMMIT_NS, times.sumNs(Phase.COMMIT));
        set(ReplicaCounter.PHASE_EXECUTE_NS, times.sumNs(Phase.EXECUTE));
    }

    private void publishByReason(final ReplicaStatus status)
    {
        final FrameRejections rejections = core.rejections();
        for (int i = 0; i < frameReasons.length; i++)
        {
            frameRejections[i].setRelease(rejections.of(frameReasons[i]));
        }
        for (int i = 0; i < coreReasons.length; i++)
        {
            coreRejections[i].setRelease(status.rejections(coreReasons[i]));
        }
        for (int i = 0; i < peerDrops.length; i++)
        {
            long rejected = 0;
            for (final FrameRejection reason : frameReasons)
            {
                rejected += rejections.ofPeer(i, reason);
            }
            peerRejections[i].setRelease(rejected);
            peerDrops[i].setRelease(publisher.drops(i));
        }
    }

    private void set(final ReplicaCounter kind, final long value)
    {
        counters[kind.ordinal()].setRelease(value);
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(counters);
    }
}
