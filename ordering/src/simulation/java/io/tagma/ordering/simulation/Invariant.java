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

/**
 * One invariant, fed with facts as the oracle reads them off bytes and calls. Facts about what a replica does
 * ({@code on...Appended}, {@code onVoteSent}, {@code onExecuted}, {@code onState}) are given for correct replicas only.
 */
abstract class Invariant
{
    private final String name;
    private final Verdict verdict;

    Invariant(final String name, final Verdict verdict)
    {
        this.name = name;
        this.verdict = verdict;
    }

    final void check(final boolean holds, final String text, final Object... details)
    {
        if (!holds)
        {
            final StringBuilder sentence = new StringBuilder(text);
            for (final Object detail : details)
            {
                final int place = sentence.indexOf("{}");
                sentence.replace(place, place + 2, String.valueOf(detail));
            }
            verdict.violated(name, sentence.toString());
        }
    }

    /** An Entry record: the replica accepts or proposes this. */
    void onEntryAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
    }

    /** A PreparedMark record. */
    void onPreparedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
    }

    /** A CommitMark record. */
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
    }

    /** A RestoredSnapshot record, and whether a certificate in a journal names that very snapshot. */
    void onSnapshotFetched(final int replica, final long record, final long sequence, final boolean isCertified)
    {
    }

    /**
     * A start goes on from the state after a sequence, 0 if it has none; where its journal begins late it leads on only
     * from the state after the one that is needed, or a later one.
     */
    void onRestored(final int replica, final long sequence, final long needed)
    {
    }

    /** A StableCertificate record, its root, and whose signatures the oracle found right, as a bit set. */
    void onCertificateAppended(
        final int replica, final long record, final long sequence, final DigestValue root, final long signers)
    {
    }

    /** A SelectedMark record: a NEW-VIEW that the replica goes by selects this, and the batch is here. */
    void onSelectedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
    }

    /** A TargetView record: every lower view is left. */
    void onTargetAppended(final int replica, final long record, final long view)
    {
    }

    /** The last part of a VIEW-CHANGE, of its own or of another one. */
    void onViewChangeAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.ViewChange viewChange)
    {
    }

    /** The last part of a NEW-VIEW that the replica made, or goes by. */
    void onNewViewAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.NewView newView)
    {
    }

    /** A part of a statement leaves under the replica's own signature. */
    void onStatementSent(final int replica, final boolean isViewChange, final long view, final DigestValue digest)
    {
    }

    /** Records up to this one are on the device. */
    void onDurable(final int replica, final long record)
    {
    }

    /** A process starts over its journal, which ends with this record; what lay behind is gone. */
    void onRestarted(final int replica, final long lastRecord)
    {
    }

    /** The process has read its journal: it may have forgotten votes up to a sequence, 0 if it has not. */
    void onStarted(final int replica, final long awaitedSequence)
    {
    }

    /** A vote leaves for another replica. */
    void onVoteSent(
        final int replica, final VoteType type, final long view, final long sequence, final DigestValue digest)
    {
    }

    /** A checkpoint leaves under the replica's own signature; the digest is over all that it signed. */
    void onCheckpointSent(final int replica, final long sequence, final DigestValue content)
    {
    }

    /** A replica states that a batch is committed: in COMMITTED. */
    void onCommittedStated(final int replica, final long sequence)
    {
    }

    /** A replica states that a batch is committed by replying to a request in it; session 0: to an OPEN. */
    void onReplied(
        final int replica, final int clientId, final long session, final long number, final long sequence)
    {
    }

    /** A vote that its sender really made arrives at a replica. */
    void onVoteDelivered(
        final int receiver,
        final int sender,
        final VoteType type,
        final long view,
        final long sequence,
        final DigestValue digest)
    {
    }

    /** A COMMITTED statement that its sender really made arrives at a replica. */
    void onStatementDelivered(final int receiver, final int sender, final long sequence, final DigestValue digest)
    {
    }

    /** A certificate arrives at a replica, with right signatures of some, as a bit set. */
    void onCertificateDelivered(final int receiver, final long sequence, final long signers)
    {
    }

    /** The service of a replica is given a request. */
    void onExecuted(final int replica, final Execution execution)
    {
    }

    /** What a replica says of itself after an event. */
    void onState(final int replica, final ReplicaState state)
    {
    }

    /**
     * A request as the service sees it.
     *
     * @param session     of the request.
     * @param position    global.
     * @param sequence    of its batch.
     * @param timestampNs agreed time.
     * @param payload     hash of the payload.
     */
    record Execution(long session, long position, long sequence, long timestampNs, long payload)
    {
    }

    /**
     * Counters of a replica.
     *
     * @param view             current.
     * @param sequence         last proposed or accepted.
     * @param stableSequence   h.
     * @param executedSequence last executed.
     * @param nextPosition     of the next executed request.
     * @param effectiveTimeNs  agreed time.
     */
    record ReplicaState(
        long view,
        long sequence,
        long stableSequence,
        long executedSequence,
        long nextPosition,
        long effectiveTimeNs)
    {
    }
}
