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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows all that really happened in a run and holds every invariant against it. Reads facts off journals
 * ({@link JournalWitness}) and frames ({@link FrameWitness}), keeps the agreed history, and hands each fact to each
 * invariant.
 */
final class Oracle
{
    private final ClusterFacts cluster;
    private final Verdict verdict;
    private final List<Invariant> invariants = new ArrayList<>();
    private final ValidityInvariant validity;
    private final ExactlyOnceInvariant exactlyOnce;
    private final BoundsInvariant bounds;
    private final ReferenceExecution reference;
    /** Batches that some correct replica journalled, by digest. */
    private final Map<DigestValue, BatchContent> contents = new HashMap<>();
    /** Digest of sequence i + 1 as first committed. */
    private final List<DigestValue> history = new ArrayList<>();
    private long committedRequests;
    private long viewChanges;
    private long claimingViewChanges;
    private long newViews;
    private long nullsSelected;

    Oracle(final ClusterFacts cluster, final Verdict verdict, final ReferenceExecution.Limits limits)
    {
        this.cluster = cluster;
        this.verdict = verdict;
        reference = new ReferenceExecution(limits);
        validity = new ValidityInvariant(verdict);
        exactlyOnce = new ExactlyOnceInvariant(verdict, cluster, reference);
        bounds = new BoundsInvariant(verdict, cluster);
        invariants.add(new AgreementInvariant(verdict));
        invariants.add(new NoGapInvariant(verdict, cluster));
        invariants.add(validity);
        invariants.add(exactlyOnce);
        invariants.add(new CheckpointInvariant(verdict, cluster));
        invariants.add(new LockInvariant(verdict, cluster));
        invariants.add(new GhostLedgerInvariant(verdict, cluster));
        invariants.add(new ClaimsInvariant(verdict, cluster));
        invariants.add(new JournalBeforeSendInvariant(verdict, cluster, reference));
        invariants.add(new MonotoneInvariant(verdict, cluster));
        invariants.add(new QuorumSoundnessInvariant(verdict, cluster));
        invariants.add(new NewViewInvariant(verdict, cluster));
        invariants.add(bounds);
    }

    /** Somebody else who wants to know all that the invariants are told. */
    void add(final Invariant witness)
    {
        invariants.add(witness);
    }

    void entryAppended(
        final int replica,
        final long record,
        final long view,
        final long sequence,
        final DigestValue digest,
        final BatchContent batch,
        final DigestValue computed)
    {
        batchAppended(replica, digest, batch, computed);
        for (final Invariant invariant : invariants)
        {
            invariant.onEntryAppended(replica, record, view, sequence, digest);
        }
    }

    void batchAppended(
        final int replica, final DigestValue digest, final BatchContent batch, final DigestValue computed)
    {
        validity.onBatchAppended(replica, batch, digest, computed);
        contents.putIfAbsent(digest, batch);
    }

    void preparedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onPreparedAppended(replica, record, view, sequence, digest);
        }
    }

    void committedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        if (sequence == history.size() + 1)
        {
            extendHistory(replica, sequence, digest);
        }
        for (final Invariant invariant : invariants)
        {
            invariant.onCommittedAppended(replica, record, sequence, digest);
        }
    }

    private void extendHistory(final int replica, final long sequence, final DigestValue digest)
    {
        history.add(digest);
        final BatchContent batch = contents.get(digest);
        if (null == batch)
        {
            verdict.violated(
                "INV3 validity",
                "replica " + replica + " committed " + digest + " at " + sequence + ", which nobody journalled");
            return;
        }
        validity.onBatchAgreed(batch);
        final long before = reference.nextPosition();
        reference.execute(batch);
        committedRequests += reference.nextPosition() - before;
    }

    void certificateAppended(
        final int replica, final long record, final long sequence, final DigestValue root, final long signers)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onCertificateAppended(replica, record, sequence, root, signers);
        }
    }

    void snapshotFetched(final int replica, final long record, final long sequence, final boolean isCertified)
    {
        invariants.forEach(each -> each.onSnapshotFetched(replica, record, sequence, isCertified));
    }

    void selectedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onSelectedAppended(replica, record, view, sequence, digest);
        }
    }

    void targetAppended(final int replica, final long record, final long view)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onTargetAppended(replica, record, view);
        }
    }

    void statementAppended(final int replica, final long record, final DigestValue digest, final byte[] statement)
    {
        count(replica, statement);
        for (final Invariant invariant : invariants)
        {
            if (StatementContent.isViewChange(statement))
            {
                invariant.onViewChangeAppended(replica, record, digest, StatementContent.viewChange(statement));
            }
            else
            {
                invariant.onNewViewAppended(replica, record, digest, StatementContent.newView(statement));
            }
        }
    }

    private void count(final int replica, final byte[] statement)
    {
        if (StatementContent.isViewChange(statement))
        {
            final StatementContent.ViewChange viewChange = StatementContent.viewChange(statement);
            viewChanges += viewChange.signer() == replica ? 1 : 0;
            claimingViewChanges += viewChange.signer() == replica && !viewChange.prepared().isEmpty() ? 1 : 0;
        }
        else
        {
            final StatementContent.NewView newView = StatementContent.newView(statement);
            newViews++;
            for (int i = 0; i < newView.selected().size(); i++)
            {
                final long sequence = newView.start() + 1 + i;
                nullsSelected += newView.selects(sequence, ReferenceSelection.nullDigest(sequence)) ? 1 : 0;
            }
        }
    }

    /** VIEW-CHANGEs of correct replicas, those with something prepared, NEW-VIEWs gone by, nulls selected in them. */
    long[] viewCounts()
    {
        return new long[]{ viewChanges, claimingViewChanges, newViews, nullsSelected };
    }

    void statementSent(final int replica, final boolean isViewChange, final long view, final DigestValue digest)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onStatementSent(replica, isViewChange, view, digest);
        }
    }

    void durable(final int replica, final long record)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onDurable(replica, record);
        }
    }

    void restarted(final int replica, final long lastRecord)
    {
        if (cluster.isCorrect(replica))
        {
            for (final Invariant invariant : invariants)
            {
                invariant.onRestarted(replica, lastRecord);
            }
        }
    }

    void restored(final int replica, final long sequence, final long needed)
    {
        if (cluster.isCorrect(replica))
        {
            invariants.forEach(invariant -> invariant.onRestored(replica, sequence, needed));
        }
    }

    void started(final int replica, final long awaitedSequence)
    {
        if (cluster.isCorrect(replica))
        {
            for (final Invariant invariant : invariants)
            {
                invariant.onStarted(replica, awaitedSequence);
            }
        }
    }

    void voteSent(
        final int replica, final VoteType type, final long view, final long sequence, final DigestValue digest)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onVoteSent(replica, type, view, sequence, digest);
        }
    }

    void checkpointSent(final int replica, final long sequence, final DigestValue root, final DigestValue content)
    {
        voteSent(replica, VoteType.CHECKPOINT, 0, sequence, root);
        for (final Invariant invariant : invariants)
        {
            invariant.onCheckpointSent(replica, sequence, content);
        }
    }

    void committedStated(final int replica, final long sequence, final DigestValue digest)
    {
        if (sequence >= 1 && sequence <= history.size() && !history.get((int)sequence - 1).equals(digest))
        {
            verdict.violated(
                "INV1 agreement", "replica " + replica + " states that " + digest + " is committed at " + sequence);
        }
        for (final Invariant invariant : invariants)
        {
            invariant.onCommittedStated(replica, sequence);
        }
    }

    void committedReply(
        final int replica,
        final int clientId,
        final long session,
        final long number,
        final long position,
        final byte[] result,
        final boolean isDigest)
    {
        exactlyOnce.onCommittedReply(replica, clientId, session, number, position, result, isDigest);
        final long sequence = reference.sequenceOf(position);
        invariants.forEach(each -> each.onReplied(replica, clientId, session, number, sequence));
    }

    void voteDelivered(
        final int receiver,
        final int sender,
        final VoteType type,
        final long view,
        final long sequence,
        final DigestValue digest)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onVoteDelivered(receiver, sender, type, view, sequence, digest);
        }
    }

    void statementDelivered(final int receiver, final int sender, final long sequence, final DigestValue digest)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onStatementDelivered(receiver, sender, sequence, digest);
        }
    }

    void certificateDelivered(final int receiver, final long sequence, final long signers)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onCertificateDelivered(receiver, sequence, signers);
        }
    }

    void executed(final int replica, final Invariant.Execution execution)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onExecuted(replica, execution);
        }
    }

    void state(final int replica, final Invariant.ReplicaState state)
    {
        for (final Invariant invariant : invariants)
        {
            invariant.onState(replica, state);
        }
    }

    void occupancy(final int replica, final String what, final long used, final long capacity)
    {
        bounds.onOccupancy(replica, what, used, capacity);
    }

    void requestMade(final BatchContent.Request request)
    {
        validity.onMade(request);
    }

    /** A correct client took an answer for true (part of INV12). */
    void answerAccepted(
        final int clientId, final long session, final long number, final long position, final byte[] result)
    {
        final ReferenceExecution.Answer answer = reference.answer(clientId, session, number);
        if (null == answer || answer.position() != position || !Arrays.equals(answer.result(), result))
        {
            verdict.violated(
                "INV12 client truth",
                "client " + clientId + " took position " + position + " for request " + number + " of session " +
                session + ", right is " + (null == answer ? "none" : answer.position()));
        }
    }

    ClusterFacts cluster()
    {
        return cluster;
    }

    ReferenceExecution reference()
    {
        return reference;
    }

    long historyLength()
    {
        return history.size();
    }

    DigestValue agreed(final long sequence)
    {
        return history.get((int)sequence - 1);
    }

    long committedRequests()
    {
        return committedRequests;
    }
}
