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

import io.tagma.codecs.FrameLimits;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.ChunkStore;
import io.tagma.journal.JournalContext;
import io.tagma.journal.JournalException;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.OpenedChronicleJournal;
import io.tagma.journal.SnapshotStore;
import io.tagma.ordering.authentication.IdentityKeys;
import io.tagma.ordering.authentication.MacKeys;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.authentication.Signatures;
import io.tagma.ordering.authentication.SigningPublicKey;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.protocol.ChunkView;
import io.tagma.ordering.protocol.HaltReason;
import io.tagma.ordering.protocol.ProtocolParameters;
import io.tagma.ordering.protocol.Replica;
import io.tagma.ordering.protocol.SnapshotDigest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.CompositeAgent;

/**
 * A replica without its network: keys checked, journal opened and replayed, this start written, ready to speak. What is
 * refused here is refused before any packet is sent.
 */
final class ReplicaCore implements AutoCloseable
{
    private final ReplicaContext context;
    private final FrameOrigin origin;
    private final IdentityKeys keys;
    private final MacKeys macKeys;
    private final EgressPublisher egress;
    private final SessionRegistry registry;
    private final FrameRejections rejections;
    private final SnapshotAgent snapshots;
    private final ChunkAgent chunks;
    private CertifiedSnapshots certified;
    private final long restoredSequence;
    private final SideAgentQueue sideQueue;
    private final Outbox outbox;
    private final Replica replica;
    private SideThread sideThread;
    private SideThread snapshotThread;
    private ChronicleJournal journal;
    private DurabilityGate gate;
    private SideThread syncerThread;
    private volatile String haltReason;

    /**
     * Loads keys, opens and replays the journal, writes the start.
     *
     * @param context concluded.
     */
    ReplicaCore(final ReplicaContext context)
    {
        this.context = context;
        final ClusterConfiguration cluster = context.cluster();
        origin = context.origin();
        keys = cluster.loadKeys(PartyKind.REPLICA, origin.sender(), context.directory().resolve("keys"));
        macKeys = cluster.macKeys(PartyKind.REPLICA, origin.sender(), keys);
        final OpenedChronicleJournal opened = ChronicleJournal.open(journalContext());
        boolean isReplayed = false;
        try
        {
            egress = new EgressPublisher(cluster.clientCount());
            registry = new SessionRegistry(
                origin.sender(), cluster.replicaCount(), cluster.clientCount(), macKeys, egress);
            rejections = new FrameRejections(cluster.replicaCount());
            final ProtocolParameters parameters = context.protocolParameters();
            final SnapshotStore store = new SnapshotStore(opened.directory(), FileChannel::force);
            snapshots = new SnapshotAgent(snapshotDigests(), store, this::wakeSnapshotThread);
            final ChunkQueue chunkQueue = new ChunkQueue(this::wakeSnapshotThread);
            chunks = chunkAgent(chunkQueue, store, opened.directory());
            sideQueue = new SideAgentQueue(context.sideQueueLength(), snapshots, chunkQueue, this::wakeSideThread);
            outbox = new Outbox(
                context.outboxLimits(), context.frameLimits().sessionWindow(), sideQueue, registry, this::onHalt);
            replica = new Replica(parameters, outbox, new Sha256(), registry, context.service());
            final SideResultAdapter results = new SideResultAdapter(replica);
            sideQueue.connect(results);
            chunkQueue.connect(results);
            restoredSequence = restore(opened, store);
            opened.replay(this::onRecord);
            checkNotHalted();
            isReplayed = true;
        }
        catch (final IOException | UncheckedIOException ex)
        {
            throw new JournalException(
                JournalException.Reason.FAILED,
                "The snapshots in " + opened.directory() + " cannot be read (" + ex.getMessage() +
                "): check the device, then start again.",
                ex);
        }
        finally
        {
            if (!isReplayed)
            {
                opened.close();
            }
        }
        startJournal(opened);
    }

    private SnapshotDigest snapshotDigests()
    {
        return new SnapshotDigest(
            origin.clusterId(), origin.epochs(), context.frameLimits().chunkLengthMax(), new Sha256());
    }

    private ChunkAgent chunkAgent(final ChunkQueue queue, final SnapshotStore store, final Path directory)
    {
        final FrameLimits limits = context.frameLimits();
        return new ChunkAgent(
            queue, store,
            new ChunkStore(directory, ChunkView.messageLength(FrameLimits.CHUNK_PATH_MAX, limits.chunkLengthMax())),
            limits, snapshotDigests(),
            new Sha256(), new ReadBudget(System::nanoTime, context.number(ReplicaSetting.READ_RATE)));
    }

    private long restore(final OpenedChronicleJournal opened, final SnapshotStore store)
    {
        final JournalInspection inspection = new JournalInspection(opened.directory(), context.frameLimits());
        opened.replay(inspection);
        certified = inspection.certified;
        certified.tellEpoch(replica);
        inspection.epochs.verify(opened.directory(), certified.isCut(), context.cluster());
        return certified.restore(
            sequence ->
            {
                try
                {
                    return store.map(sequence);
                }
                catch (final IOException ex)
                {
                    throw new UncheckedIOException(ex);
                }
            },
            snapshotDigests(), replica);
    }

    /** No thread works for this one yet: what the record asks for is done before the next. */
    private void onRecord(
        final long recordNumber, final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        if (recordNumber < certified.replayedFrom())
        {
            return;
        }
        replica.onRecord(buffer, offset, length);
        if (snapshots.doWork() > 0)
        {
            sideQueue.pollResults();
        }
    }

    private JournalContext journalContext()
    {
        final ClusterConfiguration cluster = context.cluster();
        final Path directory = context.directory().resolve("journal");
        return new JournalContext()
            .directory(directory)
            .identity(new JournalIdentity(
                origin.clusterId(), origin.epoch(), origin.sender(),
                cluster.replica(origin.sender()).signingKey().encoded()))
            .segmentLength(context.number(ReplicaSetting.JOURNAL_SEGMENT_LENGTH))
            .blockLength(context.integer(ReplicaSetting.JOURNAL_BLOCK_LENGTH))
            .minimumFreeSpace(context.number(ReplicaSetting.JOURNAL_FREE_MIN))
            .archive(context.isArchive())
            .conclude();
    }

    /** Tail amnesia: votes at or below H may be forgotten, H = the highest certificate in the journal + L. */
    private void startJournal(final OpenedChronicleJournal opened)
    {
        final boolean isAmnesiac = opened.isTailAmnesia() || opened.isAmnesiaOpen();
        final long forgottenUpTo = opened.isTailAmnesia() ?
            replica.highestCertificate() + context.protocolParameters().window() : 0;
        final long awaited = isAmnesiac ? Math.max(opened.awaitedSequence(), forgottenUpTo) : 0;
        final long incarnation = opened.incarnation();
        journal = opened.start(context.durability(), isAmnesiac, awaited);
        gate = new DurabilityGate(journal, context.durability());
        outbox.start(journal, gate);
        replica.onReplayed(incarnation, awaited);
    }

    /** The threads that work for the ordering thread, and wake it when they have something for it. */
    void startThreads(final ErrorHandler errorHandler, final Runnable wakeOrderingThread)
    {
        final int messageLengthMax = context.outboxLimits().messageLengthMax();
        final SignerAgent agent = new SignerAgent(
            sideQueue, messageLengthMax, context.signedLengthMax(), signatureKeys(),
            new JournalLookup(
                journal.newReader(), journal.newReader(), messageLengthMax, FrameLimits.DIGESTS_MAX),
            new ReadBudget(System::nanoTime, context.number(ReplicaSetting.READ_RATE)));
        sideThread = new SideThread("tagma-side-" + origin.sender(), agent, null, wakeOrderingThread, errorHandler);
        sideThread.start();
        snapshotThread = new SideThread(
            "tagma-snapshots-" + origin.sender(), new CompositeAgent(snapshots, chunks), null,
            wakeOrderingThread, errorHandler);
        snapshotThread.start();
        syncerThread = new SideThread(
            "tagma-sync-" + origin.sender(), journal.syncer(), journal.syncer().idleStrategy(),
            wakeOrderingThread, errorHandler);
        syncerThread.start();
    }

    private void wakeSideThread()
    {
        if (null != sideThread)
        {
            sideThread.wake();
        }
    }

    private void wakeSnapshotThread()
    {
        if (null != snapshotThread)
        {
            snapshotThread.wake();
        }
    }

    private ReplicaSignatures signatureKeys()
    {
        final ClusterConfiguration cluster = context.cluster();
        final SigningPublicKey[] replicas = new SigningPublicKey[cluster.replicaCount()];
        for (int i = 0; i < replicas.length; i++)
        {
            replicas[i] = cluster.replica(i).signingKey();
        }
        final SigningPublicKey[] clients = new SigningPublicKey[cluster.clientCount()];
        for (int i = 0; i < clients.length; i++)
        {
            clients[i] = cluster.client(i + 1).signingKey();
        }
        return new ReplicaSignatures(
            new Signatures(origin.clusterId(), origin.epoch()), keys.signing(), replicas, clients);
    }

    private void onHalt(final HaltReason reason, final long sequence)
    {
        haltReason = "The replica stops at sequence " + sequence + ": " + reason + ".";
    }

    /** A journal that the core refuses stays refused; a running replica that stops may find itself in order again. */
    void checkNotHalted()
    {
        if (null != haltReason)
        {
            throw new JournalException(
                null == journal ? JournalException.Reason.REFUSED : JournalException.Reason.FAILED, haltReason);
        }
    }

    /** Stops the threads, then the journal with the clean mark. */
    @Override
    public void close()
    {
        stopThreads();
        journal.close();
    }

    /** Stops as if the process had died: nothing more is written. */
    void abandon()
    {
        stopThreads();
        journal.abandon();
    }

    private void stopThreads()
    {
        if (null != sideThread)
        {
            sideThread.close();
        }
        if (null != snapshotThread)
        {
            snapshotThread.close();
        }
        if (null != syncerThread)
        {
            syncerThread.close();
        }
    }

    ReplicaContext context()
    {
        return context;
    }

    FrameOrigin origin()
    {
        return origin;
    }

    MacKeys macKeys()
    {
        return macKeys;
    }

    EgressPublisher egress()
    {
        return egress;
    }

    SessionRegistry registry()
    {
        return registry;
    }

    FrameRejections rejections()
    {
        return rejections;
    }

    SideAgentQueue sideQueue()
    {
        return sideQueue;
    }

    /** Of the snapshot that this start went on from; 0 if it replayed its journal from the beginning. */
    long restoredSequence()
    {
        return restoredSequence;
    }

    SnapshotAgent snapshots()
    {
        return snapshots;
    }

    Outbox outbox()
    {
        return outbox;
    }

    Replica replica()
    {
        return replica;
    }

    ChronicleJournal journal()
    {
        return journal;
    }

    DurabilityGate gate()
    {
        return gate;
    }
}
