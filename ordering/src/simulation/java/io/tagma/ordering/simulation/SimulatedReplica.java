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
package io.tagma.ordering.simulation;

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.journal.Durability;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.JournalReader;
import io.tagma.journal.fixture.InMemoryJournal;
import io.tagma.journal.fixture.OpenedInMemoryJournal;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.protocol.HaltReason;
import io.tagma.ordering.protocol.Rejection;
import io.tagma.ordering.protocol.Replica;
import io.tagma.ordering.protocol.ReplicaStatus;
import io.tagma.ordering.replica.ClientFrameVerifier;
import io.tagma.ordering.replica.DurabilityGate;
import io.tagma.ordering.replica.FrameOrigin;
import io.tagma.ordering.replica.FrameRejection;
import io.tagma.ordering.replica.FrameRejections;
import io.tagma.ordering.replica.Outbox;
import io.tagma.ordering.replica.OutboxDrainer;
import io.tagma.ordering.replica.OutboxLimits;
import io.tagma.ordering.replica.PeerFrameVerifier;
import io.tagma.ordering.replica.UnknownSessionResponder;
import java.util.ArrayDeque;
import org.agrona.MutableDirectBuffer;

/**
 * One replica: a device that lasts, and a process over it that may die at any effect and start again. The process is
 * the shipped core between the shipped verifiers, outbox and durability gate; its duty cycle is that of the shell.
 */
final class SimulatedReplica
{
    private static final int FRAMES_PER_CYCLE = 16;
    private static final int INBOX_MAX = 4_096;
    private static final OutboxLimits OUTBOX = new OutboxLimits(40 << 10, 256 << 10, 256 << 10, 256);
    private static final int NEVER = Integer.MAX_VALUE;

    private final int id;
    private final Simulation simulation;
    private final SimulationConfiguration configuration;
    private final SimulatedStorage storage;
    private final FrameOrigin origin;
    private final ArrayDeque<Frame> inbox = new ArrayDeque<>();
    private final SnapshotDisk snapshots;

    private ObservedJournal journal;
    private InMemoryJournal memory;
    private ReplicaKeyRing keyRing;
    private FrameRejections rejections;
    private Outbox outbox;
    private OutboxDrainer drainer;
    private DurabilityGate gate;
    private PeerFrameVerifier peerVerifier;
    private ClientFrameVerifier clientVerifier;
    private UnknownSessionResponder responder;
    private Replica core;
    private ReferenceService service;
    private SideInbox sideInbox;
    private boolean isUp;
    private boolean isHalted;
    private boolean isSyncing;
    private long lives;
    private int effectsUntilCrash = NEVER;

    SimulatedReplica(final int id, final Simulation simulation)
    {
        this.id = id;
        this.simulation = simulation;
        configuration = simulation.configuration();
        origin = new FrameOrigin(SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH, id);
        snapshots = new SnapshotDisk(configuration.snapshotChunkLength);
        storage = new SimulatedStorage(new JournalIdentity(
            SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH, id, simulation.keys().publicKey(id)));
    }

    /** The process starts: recovers its journal, replays it into a new core, says START, and takes part. */
    void start()
    {
        final OpenedInMemoryJournal opened = storage.open();
        if (null == opened)
        {
            return;
        }
        simulation.onRestarted(id, opened.lastRecordNumber());
        lives++;
        isSyncing = false;
        effectsUntilCrash = NEVER;
        keyRing = new ReplicaKeyRing(simulation.keys(), id);
        rejections = new FrameRejections(configuration.replicaCount);
        service = new ReferenceService();
        sideInbox = new SideInbox(simulation, this);
        final SimulatedSideAgent sideAgent = new SimulatedSideAgent(simulation.keys(), id, snapshots, sideInbox);
        outbox = new Outbox(OUTBOX, configuration.sessionWindow, sideAgent, keyRing, this::onHalt);
        core = new Replica(
            configuration.parameters(id, simulation.limits()), outbox, new Sha256(), keyRing,
            new ObservedService(service, id, simulation));
        final SimulatedStart start = new SimulatedStart(opened::replay, snapshots, core);
        start.restore(id, simulation);
        start.replay(() -> sideInbox.afterRecord(core));
        sideInbox.replayed();
        final boolean amnesiac = opened.isTailAmnesia() || opened.isAmnesiaOpen();
        final long awaited = amnesiac ?
            Math.max(opened.awaitedSequence(), core.highestCertificate() + configuration.window()) : 0;
        simulation.onStarted(id, awaited);
        final long incarnation = opened.incarnation();
        final Durability durability = configuration.powerDurability ? Durability.POWER : Durability.PROCESS;
        memory = opened.start(durability, amnesiac, awaited);
        journal = new ObservedJournal(memory, configuration.logsAreCut, new JournalObserver());
        simulation.onDurable(id, memory.durableRecordNumber());
        sideAgent.serve(journal.newReader(), configuration.logsAreCut);
        gate = new DurabilityGate(journal, durability);
        outbox.start(journal, gate);
        isUp = true;
        connect();
        try
        {
            core.onTime(simulation.nowNs(), simulation.wallClockNs(id));
            core.onReplayed(incarnation, awaited);
            drainer.drain();
        }
        catch (final SimulatedCrash crash)
        {
            simulation.onCrash(this);
        }
    }

    /** While the process is down a bit of its newest snapshot flips. */
    void rotSnapshot(final int bit)
    {
        if (!isUp && snapshots.rot(bit))
        {
            simulation.faults().add(Fault.SNAPSHOT_ROT);
        }
    }

    /** While the process is down a record of its journal rots, if there is one that is worth it. */
    void rotJournal()
    {
        storage.rot(memory);
    }

    private void connect()
    {
        final ReplicaPublisher publisher = new ReplicaPublisher(id, simulation, this::beforeEffect);
        responder = new UnknownSessionResponder(origin, simulation.keys().macKeys(id), publisher);
        drainer = new OutboxDrainer(
            origin, configuration.replicaCount, OUTBOX, outbox, gate,
            new OutboxDrainer.Peers(publisher, publisher, keyRing));
        drainer.connect(core::onMessage, core::onDurable);
        final FrameLimits limits = simulation.limits();
        peerVerifier = new PeerFrameVerifier(
            origin, limits, configuration.quorums(), new Sha256(), keyRing, rejections);
        clientVerifier = new ClientFrameVerifier(
            origin, limits, clientId -> clientId >= 1 && clientId <= SimulationKeys.CLIENTS_MAX, keyRing, rejections,
            core::onBundle, new IngressEvents(responder));
    }

    /** A frame has arrived at the host; what comes for a dead process, or finds no room, is lost. */
    void onArrival(final Frame frame)
    {
        if (isUp && inbox.size() < INBOX_MAX)
        {
            inbox.add(frame);
            simulation.wake(this);
        }
    }

    /** One duty cycle: the order of the shell's agent. */
    void dutyCycle()
    {
        if (!isUp || isHalted)
        {
            return;
        }
        try
        {
            core.onTime(simulation.nowNs(), simulation.wallClockNs(id));
            journal.doWork();
            responder.onDutyCycle(simulation.nowNs(), core.status().view(), core.status().nextPosition());
            sideInbox.giveTo(core);
            for (int i = 0; i < FRAMES_PER_CYCLE && !inbox.isEmpty() && outbox.hasRoomForPeers(); i++)
            {
                onFrame(inbox.poll());
            }
            core.onEndOfBurst();
            drainer.drain();
        }
        catch (final SimulatedCrash crash)
        {
            simulation.onCrash(this);
            return;
        }
        scheduleSync();
        if (!inbox.isEmpty() && outbox.hasRoomForPeers())
        {
            simulation.wake(this);
        }
    }

    private void onFrame(final Frame frame)
    {
        simulation.trace().add(frame.buffer, 0, frame.length());
        if (frame.from < configuration.replicaCount)
        {
            simulation.onDelivered(frame);
            if (peerVerifier.verify(frame.from, frame.buffer, 0, frame.length()))
            {
                simulation.onVerified(frame);
                core.onMessage(frame.from, peerVerifier.message(), 0, peerVerifier.messageLength());
            }
        }
        else if (core.hasRoom() && outbox.hasRoomForClients())
        {
            clientVerifier.onFrame(frame.buffer, 0, frame.length());
        }
    }

    private void scheduleSync()
    {
        if (!isSyncing && memory.isSyncRequested())
        {
            isSyncing = true;
            final long life = lives;
            simulation.schedule(
                simulation.latencies().drawSyncNs(),
                () ->
                {
                    if (life == lives && isUp)
                    {
                        isSyncing = false;
                        memory.completeSync();
                        simulation.onDurable(id, memory.durableRecordNumber());
                        simulation.wake(this);
                    }
                });
        }
    }

    private void beforeEffect()
    {
        if (effectsUntilCrash != NEVER && --effectsUntilCrash < 0)
        {
            throw new SimulatedCrash();
        }
    }

    /** From now on so many effects still happen; then the process dies in the middle of things. */
    void crashAfter(final int effects)
    {
        effectsUntilCrash = effects;
    }

    /** The process dies; its host lives. */
    void die(final int garbageLength)
    {
        stop();
        storage.processCrash(garbageLength);
    }

    /** The host loses power: the first unsynced records may have made it, and a piece of the next. */
    void losePower(final int keptRecords, final int keptBytes)
    {
        stop();
        storage.losePower(keptRecords, keptBytes);
    }

    private void stop()
    {
        isUp = false;
        isHalted = false;
        memory.abandon();
        inbox.clear();
        sideInbox.close();
        simulation.onStopped(this);
    }

    private void onHalt(final HaltReason reason, final long sequence)
    {
        isHalted = true;
        simulation.onHalted(id, reason, sequence);
    }

    int id()
    {
        return id;
    }

    SimulatedStorage storage()
    {
        return storage;
    }

    boolean isUp()
    {
        return isUp;
    }

    ReplicaStatus status()
    {
        return core.status();
    }

    /** Counters as the oracle takes them. */
    Invariant.ReplicaState state()
    {
        final ReplicaStatus status = core.status();
        return new Invariant.ReplicaState(
            status.view(), status.proposedSequence(), status.stableSequence(), status.executedSequence(),
            status.nextPosition(), status.effectiveTimeNs());
    }

    /** What the journal holds, or what of it is on the device, into another core. */
    void replayInto(final Replica shadow)
    {
        final long last = configuration.powerDurability ? memory.durableRecordNumber() : memory.lastRecordNumber();
        try (JournalReader reader = memory.newReader())
        {
            final SimulatedStart start = new SimulatedStart(
                handler ->
                {
                    reader.seek(JournalReader.START_POSITION);
                    reader.poll(SimulatedStart.upTo(last, handler), Integer.MAX_VALUE);
                },
                snapshots, shadow);
            start.restoreIfCut();
            start.replay(shadow::waitingLength);
        }
    }

    void treeHead(final MutableDirectBuffer root)
    {
        core.treeHead(root, 0);
    }

    long serviceState()
    {
        return service.state();
    }

    long rejected(final FrameRejection reason)
    {
        return rejections.of(reason);
    }

    long rejected(final Rejection reason)
    {
        return core.status().rejections(reason);
    }

    Outbox outbox()
    {
        return outbox;
    }

    static long outboxCapacity()
    {
        return (long)OUTBOX.messageArenaLength() + OUTBOX.replyArenaLength();
    }

    private final class JournalObserver implements ObservedJournal.Observer
    {
        @Override
        public void beforeAppend()
        {
            beforeEffect();
        }

        @Override
        public void onAppended(final long record, final MutableDirectBuffer message, final int length)
        {
            simulation.onAppended(id, record, message, length);
        }

        @Override
        public void onCut()
        {
            simulation.result().storage().cut();
            new CutWitness(memory.newReader()).verify(id, snapshots, simulation.verdict());
        }
    }
}
