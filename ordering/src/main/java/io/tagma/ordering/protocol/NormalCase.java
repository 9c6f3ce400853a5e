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

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.VotesDecoder;
import org.agrona.DirectBuffer;

/**
 * PRE-PREPARE, PREPARE, COMMIT (TOCS 20(4), section 4.2), with acceptance held back where something is still missing:
 * the clock, a session, or proof that a bundle is its client's. The only writer of slots, votes and claims.
 */
final class NormalCase implements EarlyVotes.Taker
{
    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final PeerStates peers;
    private final OrderingLog log;
    private final Claims claims;
    private final BatchStore store;
    private final Admission admission;
    private final ClientSessions sessions;
    private final HeldBundles heldBundles;
    private final MessageWriter messages;
    private final RecordWriter records;
    private final TransferPlan plan;
    private final PhaseTimes phaseTimes;
    private final EarlyVotes earlyVotes;
    private final PrePrepareDecoder prePrepare = new PrePrepareDecoder();
    private final VotesDecoder votes = new VotesDecoder();
    private final BundleCursor cursor = new BundleCursor();
    private final Digest digest = new Digest();

    NormalCase(final Core core)
    {
        parameters = core.parameters;
        status = core.status;
        peers = core.peers;
        log = core.log;
        claims = core.claims;
        store = core.store;
        admission = core.admission;
        sessions = core.sessions;
        heldBundles = core.heldBundles;
        messages = core.messages;
        records = core.records;
        plan = core.plan;
        phaseTimes = core.phaseTimes;
        earlyVotes = core.earlyVotes;
    }

    /** As primary: the batch in its slot is the next proposal. Journal, then send. */
    void propose(final BatchSlot batch)
    {
        final OrderingSlot slot = log.slot(batch.sequence);
        status.proposed(batch.sequence);
        records.entry(batch.sequence, batch.digest, batch.buffer, 0, batch.prePrepareLength);
        slot.accept(batch.digest);
        claims.accepted(batch.sequence, status.view(), batch.digest);
        batch.isJournalled = true;
        phaseTimes.proposed(batch);
        messages.prePrepare(batch);
        checkPrepared(slot);
    }

    Rejection onPrePrepare(final int senderId, final DirectBuffer buffer, final int offset, final int length)
    {
        prePrepare.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, PrePrepareDecoder.BLOCK_LENGTH,
            PrePrepareDecoder.SCHEMA_VERSION);
        final long sequence = prePrepare.sequence();
        final Rejection rejection = admission.ofPrePrepare(senderId, prePrepare.view(), sequence);
        if (Rejection.NONE != rejection)
        {
            return rejection;
        }
        if (!store.fits(length, prePrepare.bundleCount()))
        {
            return Rejection.SIZE;
        }
        status.heard(sequence);
        digest.set(buffer, offset + FrameLayout.HEADER_LENGTH + PrePrepareDecoder.digestEncodingOffset());
        final OrderingSlot slot = log.slot(sequence);
        if (slot.accepted.isPresent())
        {
            return slot.accepted.is(digest) ? Rejection.DUPLICATE : Rejection.CONFLICT;
        }
        final Digest agreed = plan.agreedDigest(sequence);
        if (agreed.isPresent() && !agreed.is(digest))
        {
            return Rejection.CONFLICT;
        }
        if (sequence <= status.executedSequence())
        {
            acceptExecuted(slot, buffer, offset, length);
            return Rejection.NONE;
        }
        if (sequence > status.executedSequence() + parameters.batchSlots)
        {
            return Rejection.ROOM;
        }
        if (!hasConsistentNumbers(buffer, offset))
        {
            return Rejection.BUNDLE_ORDER;
        }
        return hold(slot, buffer, offset, length);
    }

    /** Executed on the word of others before the proposal came: our PREPARE may be what others still lack. */
    private void acceptExecuted(
        final OrderingSlot slot, final DirectBuffer buffer, final int offset, final int length)
    {
        if (slot.committed.is(digest) && status.isVoting())
        {
            records.entry(slot.sequence(), digest, buffer, offset, length);
            slot.accept(digest);
            claims.accepted(slot.sequence(), status.view(), digest);
            messages.prepare(slot);
            checkPrepared(slot);
        }
    }

    private boolean hasConsistentNumbers(final DirectBuffer buffer, final int offset)
    {
        final int bodiesOffset = offset + FrameLayout.HEADER_LENGTH + PrePrepareDecoder.BLOCK_LENGTH + Integer.BYTES;
        sessions.beginCheck();
        cursor.wrap(buffer, bodiesOffset, prePrepare.bodiesLength());
        while (cursor.next())
        {
            if (!sessions.continuesBatch(cursor))
            {
                return false;
            }
        }
        return true;
    }

    private Rejection hold(final OrderingSlot slot, final DirectBuffer buffer, final int offset, final int length)
    {
        final BatchSlot before = store.find(slot.sequence(), digest);
        final boolean isKnown = null != before;
        if (isKnown)
        {
            heldBundles.keepAuthentic(before);
        }
        final BatchSlot batch = store.putPrePrepare(buffer, offset, length);
        if (isKnown)
        {
            heldBundles.restoreAuthentic(batch);
        }
        heldBundles.holding();
        if (!status.isVoting())
        {
            return Rejection.NOT_VOTING;
        }
        if (!tryAccept(slot, batch))
        {
            return heldBundles.reason();
        }
        peers.heard(status.primary(), status.nowNs());
        return Rejection.NONE;
    }

    /**
     * Accepts a held batch if nothing is missing any more.
     *
     * @return whether it is accepted.
     */
    private boolean tryAccept(final OrderingSlot slot, final BatchSlot batch)
    {
        if (!heldBundles.isAcceptable(batch, slot.prepares))
        {
            heldBundles.say(batch);
            return false;
        }
        records.entry(batch.sequence, batch.digest, batch.buffer, 0, batch.prePrepareLength);
        slot.accept(batch.digest);
        claims.accepted(batch.sequence, status.view(), batch.digest);
        messages.prepare(slot);
        batch.isJournalled = true;
        phaseTimes.accepted(batch.sequence);
        checkPrepared(slot);
        return true;
    }

    /** After an execution, a voucher, a signature, or the passing of time: what is held may be acceptable now. */
    void lookAgain()
    {
        if (!heldBundles.mayHold() || !status.isVoting() || status.isPrimary())
        {
            return;
        }
        boolean stillHolds = false;
        final long first = Math.max(status.executedSequence(), status.stableSequence()) + 1;
        final long last = Math.min(status.executedSequence() + parameters.batchSlots, status.highWatermark());
        for (long sequence = first; sequence <= last; sequence++)
        {
            stillHolds |= stillHolds(sequence);
        }
        if (!stillHolds)
        {
            heldBundles.holdingNothing();
        }
    }

    /** After a voucher for what is held at one sequence. */
    void lookAgain(final long sequence)
    {
        if (heldBundles.mayHold() && status.isVoting() && !status.isPrimary())
        {
            stillHolds(sequence);
        }
    }

    private boolean stillHolds(final long sequence)
    {
        final BatchSlot batch = store.place(sequence);
        return batch.sequence == sequence && batch.prePrepareLength > 0 && sequence > status.executedSequence() &&
            log.slot(sequence).accepted.isAbsent() && !tryAccept(log.slot(sequence), batch);
    }

    /**
     * Own votes count here only once they came back. Those that a crash, or a full queue, swallowed on their way are
     * said again: what is journalled allows it.
     *
     * @param firstUnfinished the first sequence that votes of ours still matter for.
     */
    void voteAgain(final long firstUnfinished)
    {
        if (!status.isVoting())
        {
            return;
        }
        final long first = Math.max(firstUnfinished, status.stableSequence() + 1);
        final long last = Math.min(
            Math.min(status.heardSequence(), status.highWatermark()),
            status.executedSequence() + parameters.batchSlots);
        for (long sequence = first; sequence <= last; sequence++)
        {
            final OrderingSlot slot = log.slot(sequence);
            if (slot.accepted.isPresent() && !status.isPrimary() && !slot.prepares.has(parameters.replicaId))
            {
                messages.prepare(slot);
            }
            if (slot.isPrepared() && !slot.commits.has(parameters.replicaId))
            {
                messages.commit(slot);
            }
        }
    }

    void onVotes(final int senderId, final DirectBuffer buffer, final int offset)
    {
        votes.wrap(buffer, offset + FrameLayout.HEADER_LENGTH, VotesDecoder.BLOCK_LENGTH, VotesDecoder.SCHEMA_VERSION);
        final long view = votes.view();
        for (final VotesDecoder.PreparesDecoder prepares = votes.prepares(); prepares.hasNext(); )
        {
            prepares.next();
            onPrepare(
                senderId, view, prepares.sequence(), buffer,
                votes.limit() - VotesDecoder.PreparesDecoder.sbeBlockLength() +
                VotesDecoder.PreparesDecoder.digestEncodingOffset());
        }
        for (final VotesDecoder.CommitsDecoder commits = votes.commits(); commits.hasNext(); )
        {
            commits.next();
            onCommit(
                senderId, view, commits.sequence(), buffer,
                votes.limit() - VotesDecoder.CommitsDecoder.sbeBlockLength() +
                VotesDecoder.CommitsDecoder.digestEncodingOffset());
        }
    }

    private void onPrepare(
        final int senderId, final long view, final long sequence, final DirectBuffer buffer, final int digestOffset)
    {
        final Rejection rejection = admission.ofPrepare(senderId, view, sequence);
        if (Rejection.NONE != rejection)
        {
            refuse(rejection, false, senderId, view, sequence, buffer, digestOffset);
            return;
        }
        status.heard(sequence);
        final OrderingSlot slot = log.slot(sequence);
        if (!slot.prepares.record(senderId, buffer, digestOffset))
        {
            status.reject(Rejection.DUPLICATE);
            return;
        }
        if (slot.accepted.isPresent())
        {
            checkPrepared(slot);
        }
        else
        {
            lookAgain(sequence);
        }
    }

    private void onCommit(
        final int senderId, final long view, final long sequence, final DirectBuffer buffer, final int digestOffset)
    {
        final Rejection rejection = admission.ofCommit(view, sequence);
        if (Rejection.NONE != rejection)
        {
            refuse(rejection, true, senderId, view, sequence, buffer, digestOffset);
            return;
        }
        status.heard(sequence);
        final OrderingSlot slot = log.slot(sequence);
        if (!slot.commits.record(senderId, buffer, digestOffset))
        {
            status.reject(Rejection.DUPLICATE);
            return;
        }
        if (slot.committed.isAbsent())
        {
            digest.set(buffer, digestOffset);
            if (slot.commits.weightFor(digest, ReplicaStatus.NULL_REPLICA) >= parameters.quorums.quorum())
            {
                slot.commit(digest);
                phaseTimes.committed(sequence);
            }
        }
    }

    /** A vote of a view to come is kept until then. */
    private void refuse(
        final Rejection rejection,
        final boolean isCommit,
        final int senderId,
        final long view,
        final long sequence,
        final DirectBuffer buffer,
        final int digestOffset)
    {
        if (Rejection.VIEW == rejection && view > status.view() && admission.inWindow(sequence))
        {
            earlyVotes.hear(isCommit, senderId, view, sequence, buffer, digestOffset);
        }
        else
        {
            status.reject(rejection);
        }
    }

    @Override
    public void onEarlyVote(
        final boolean isCommit,
        final int senderId,
        final long sequence,
        final DirectBuffer digests,
        final int digestOffset)
    {
        if (isCommit)
        {
            onCommit(senderId, status.view(), sequence, digests, digestOffset);
        }
        else
        {
            onPrepare(senderId, status.view(), sequence, digests, digestOffset);
        }
    }

    /** The primary's pre-prepare counts as its prepare; it sends none, and one from it was refused. */
    void checkPrepared(final OrderingSlot slot)
    {
        if (slot.isPrepared() || slot.accepted.isAbsent() || !status.isVoting())
        {
            return;
        }
        final int primary = status.primary();
        final int weight = slot.prepares.weightFor(slot.accepted, primary) + parameters.quorums.weight(primary);
        if (weight >= parameters.quorums.quorum())
        {
            records.preparedMark(slot.sequence(), slot.accepted);
            slot.prepared();
            claims.prepared(slot.sequence(), status.view(), slot.accepted);
            phaseTimes.prepared(slot.sequence());
            messages.commit(slot);
        }
    }
}
