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

import io.tagma.codecs.peer.MessageHeaderDecoder;
import io.tagma.ordering.service.OrderedService;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One replica of the ordering protocol: inputs in, effects out through {@link Outbound}, nothing else.
 * <p>
 * A duty cycle is {@link #onTime}, any number of inputs, {@link #onEndOfBurst}. Before the first one the journal is
 * replayed with {@link #onRecord} and {@link #onReplayed}. For one thread. Sub-protocols do not know each other: they
 * say what happened, and what follows is decided here.
 */
public final class Replica
{
    private final ProtocolParameters parameters;
    private final Core core;
    private final ReplicaStatus status;
    private final Invariants invariants;
    private final PendingBundles pending;
    private final Proposing proposing;
    private final Execution execution;
    private final Delivery delivery;
    private final PeerMessages router;
    private final NormalCase normalCase;
    private final SnapshotInputs snapshotInputs;
    private final Checkpointing checkpointing;
    private final StateTransfer stateTransfer;
    private final Lacking lacking;
    private final Retransmission retransmission;
    private final ClientRequests clientRequests;
    private final SignedRequests signedRequests;
    private final ViewChange viewChange;
    private final SideAnswers sideAnswers;
    private final Recovery recovery;
    private final Amnesia amnesia;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long lastTickNs;

    /**
     * A replica before its journal is replayed.
     *
     * @param parameters     sizes and intervals.
     * @param outbound       that carries out effects.
     * @param hashing        SHA-256.
     * @param authentication that knows the clients' keys.
     * @param service        that runs on the order.
     */
    public Replica(
        final ProtocolParameters parameters,
        final Outbound outbound,
        final Hashing hashing,
        final BundleAuthentication authentication,
        final OrderedService service)
    {
        this.parameters = parameters;
        core = new Core(parameters, outbound, hashing, authentication);
        status = core.status;
        invariants = new Invariants(status);
        pending = new PendingBundles(parameters.pendingLength);
        execution = new Execution(parameters, status, core.sessions, core.records, outbound, hashing, service);
        normalCase = new NormalCase(core);
        final Snapshots snapshots = new Snapshots(core, new AgreedState(core, execution));
        checkpointing = new Checkpointing(core, execution);
        snapshotInputs = new SnapshotInputs(core, snapshots, checkpointing);
        final TakeOver takeOver = new TakeOver(core, normalCase);
        stateTransfer = new StateTransfer(core, execution, takeOver);
        lacking = new Lacking(core, checkpointing);
        retransmission = new Retransmission(core, checkpointing);
        signedRequests = new SignedRequests(core, pending);
        clientRequests = new ClientRequests(core, signedRequests, execution);
        delivery = new Delivery(core, execution, snapshots, checkpointing, normalCase);
        proposing = new Proposing(core, pending, normalCase);
        viewChange = new ViewChange(core, normalCase, checkpointing, takeOver, proposing, signedRequests);
        router = new PeerMessages(normalCase, new HeldMessages(core, normalCase, signedRequests.wanted()),
            checkpointing, stateTransfer, retransmission, clientRequests, viewChange, snapshotInputs);
        sideAnswers = new SideAnswers(core, normalCase, checkpointing, stateTransfer, signedRequests, viewChange);
        recovery = new Recovery(core, delivery, checkpointing, takeOver, viewChange);
        amnesia = new Amnesia(core);
    }

    /**
     * One record of the journal, in order, before anything else.
     *
     * @param buffer that holds the message.
     * @param offset of its header.
     * @param length in bytes.
     */
    public void onRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!status.isHalted())
        {
            recovery.onRecord(buffer, offset);
        }
    }

    /**
     * The journal holds no more: this replica takes part from here on.
     *
     * @param incarnation     count of starts, this one included.
     * @param awaitedSequence H of an open amnesia, 0 if there is none.
     */
    public void onReplayed(final long incarnation, final long awaitedSequence)
    {
        if (status.isHalted() || !recovery.end())
        {
            return;
        }
        status.resumed(incarnation, awaitedSequence);
        checkpointing.signWhatIsUnsigned();
        proposing.resume();
        normalCase.voteAgain(lacking.firstUnfinished());
        viewChange.resumed();
    }

    /** @return the sequence of the highest certificate in the replayed journal, 0 if there is none. */
    public long highestCertificate()
    {
        return recovery.highestCertificate();
    }

    /**
     * Begins a duty cycle.
     *
     * @param nowNs   monotonic clock.
     * @param epochNs wall clock, since the Unix epoch.
     */
    public void onTime(final long nowNs, final long epochNs)
    {
        status.time(nowNs, epochNs);
        viewChange.onTime();
    }

    /**
     * A message of the peer schema whose structure, origin, tag and digests are right.
     *
     * @param senderId whose key its tag was made with; this replica's own id for its own votes.
     * @param buffer   that holds the message.
     * @param offset   of its header.
     * @param length   in bytes, without the tag.
     */
    public void onMessage(final int senderId, final DirectBuffer buffer, final int offset, final int length)
    {
        if (status.isHalted())
        {
            return;
        }
        header.wrap(buffer, offset);
        final Rejection rejection = router.route(senderId, header.templateId(), buffer, offset, length);
        if (Rejection.NONE != rejection)
        {
            status.reject(rejection);
        }
        delivery.executeReady();
    }

    /**
     * One bundle of a Requests frame whose structure, origin and tag are right.
     *
     * @param clientId            under whose key.
     * @param sessionId           under whose key; 0 for the sessionless one.
     * @param body                that holds the bundle body.
     * @param bodyOffset          of its first byte.
     * @param bodyLength          in bytes.
     * @param authenticator       that holds its authenticator.
     * @param authenticatorOffset of its first byte.
     * @param authenticatorLength in bytes.
     */
    public void onBundle(
        final int clientId,
        final long sessionId,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength,
        final DirectBuffer authenticator,
        final int authenticatorOffset,
        final int authenticatorLength)
    {
        if (status.isHalted())
        {
            return;
        }
        final Rejection rejection = clientRequests.onBundle(
            clientId, sessionId, body, bodyOffset, bodyLength, authenticator, authenticatorOffset,
            authenticatorLength);
        if (Rejection.NONE != rejection)
        {
            status.reject(rejection);
        }
    }

    /**
     * The side agent has signed.
     *
     * @param token     of the question.
     * @param signature that holds 64 bytes.
     * @param offset    of the first of them.
     */
    public void onSigned(final long token, final DirectBuffer signature, final int offset)
    {
        if (!status.isHalted())
        {
            sideAnswers.onSigned(token, signature, offset);
        }
    }

    /**
     * The side agent has verified.
     *
     * @param token   of the question.
     * @param isValid whether the signature is right.
     */
    public void onVerified(final long token, final boolean isValid)
    {
        if (status.isHalted())
        {
            return;
        }
        sideAnswers.onVerified(token, isValid);
        delivery.executeReady();
    }

    /**
     * The side agent has read a batch for a peer.
     *
     * @param peerId      for whom.
     * @param storedBatch that holds a StoredBatch message of the journal schema.
     * @param offset      of its header.
     * @param length      in bytes.
     */
    public void onBatchRead(final int peerId, final DirectBuffer storedBatch, final int offset, final int length)
    {
        retransmission.onBatchRead(peerId, storedBatch, offset);
    }

    /**
     * The side agent has read a run of executed digests for a peer.
     *
     * @param peerId            for whom.
     * @param firstSequence     of the run.
     * @param count             of digests, 0 if the journal does not hold them.
     * @param digests           that holds them one behind the other.
     * @param digestsOffset     of the first.
     * @param certificate       that holds the lowest certificate at or above the first, a Certificate message.
     * @param certificateOffset of its header.
     * @param certificateLength in bytes, 0 if there is none.
     */
    public void onHistoryRead(
        final int peerId,
        final long firstSequence,
        final int count,
        final DirectBuffer digests,
        final int digestsOffset,
        final DirectBuffer certificate,
        final int certificateOffset,
        final int certificateLength)
    {
        retransmission.onHistoryRead(
            peerId, firstSequence, count, digests, digestsOffset, certificate, certificateOffset, certificateLength);
    }

    /**
     * Records have reached the device.
     *
     * @param recordNumber up to which.
     */
    public void onDurable(final long recordNumber)
    {
        if (status.isHalted())
        {
            return;
        }
        if (checkpointing.onDurable(recordNumber))
        {
            stateTransfer.onCertificate(checkpointing.stableCertificate());
        }
        viewChange.onDurable(recordNumber);
        amnesia.onDurable(recordNumber);
        delivery.executeReady();
    }

    /**
     * Ends a duty cycle: executes, proposes, and does what time asks for.
     *
     * @return work done.
     */
    public int onEndOfBurst()
    {
        if (status.isHalted())
        {
            return 0;
        }
        int workCount = delivery.executeReady();
        viewChange.onEndOfBurst();
        workCount += proposing.propose();
        stateTransfer.fetchMissing();
        snapshotInputs.work();
        if (status.nowNs() - lastTickNs >= parameters.repairIntervalNs / 8 || 0 == lastTickNs)
        {
            lastTickNs = status.nowNs();
            workCount += tick();
        }
        invariants.check();
        return workCount;
    }

    private int tick()
    {
        normalCase.lookAgain();
        signedRequests.tick();
        amnesia.tick();
        viewChange.tick();
        if (!lacking.tick())
        {
            return 0;
        }
        normalCase.voteAgain(lacking.firstUnfinished());
        checkpointing.signWhatIsUnsigned();
        return 1;
    }

    /**
     * Whether clients may be heard; if not, their bundles are left where they are.
     *
     * @return true while less than half of the room for waiting bundles is taken.
     */
    public boolean hasRoom()
    {
        return pending.hasRoom();
    }

    /**
     * Bytes of bundles that wait to be proposed.
     *
     * @return 0 or above.
     */
    public long waitingLength()
    {
        return pending.waitingLength();
    }

    /** @return where this replica stands: a live view, for the thread of the replica. */
    public ReplicaStatus status()
    {
        return status;
    }

    /** @return what the shell tells this replica about snapshots. */
    public SnapshotInputs snapshots()
    {
        return snapshotInputs;
    }

    /** What it would bring along into a new view. */
    Claims claims()
    {
        return core.claims;
    }

    /** @return where the time of requests goes: a live view, for the thread of the replica. */
    public PhaseTimes phaseTimes()
    {
        return core.phaseTimes;
    }

    /** @return what went from replica to replica: a live view, for the thread of the replica. */
    public TransferCounts transferCounts()
    {
        return core.transferCounts;
    }

    /**
     * Root of the Merkle tree over the executed batches.
     *
     * @param root   to write 32 bytes to.
     * @param offset of the first of them.
     */
    public void treeHead(final MutableDirectBuffer root, final int offset)
    {
        execution.frontier().root(root, offset);
    }
}
