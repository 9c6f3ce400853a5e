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

import io.tagma.codecs.peer.ComplaintReason;
import org.agrona.DirectBuffer;

/**
 * From one view to the next: who left, who is to be followed, and when the next one is entered. A view is left by the
 * complaints of a weak quorum, or because a weak quorum of others is further on; then a VIEW-CHANGE says what this
 * replica brings along, and a NEW-VIEW what is taken over. Each step is on the device before anybody hears of it.
 * <p>
 * In a view that goes well nothing of this costs anything but a look now and then.
 */
final class ViewChange
{
    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final PeerStates peers;
    private final OrderingLog orderingLog;
    private final BatchStore store;
    private final HeldBundles heldBundles;
    private final EarlyVotes earlyVotes;
    private final Outbound outbound;
    private final NormalCase normalCase;
    private final Complaints complaints;
    private final StatementChecks checks;
    private final StatementPartWriter writer;
    private final ViewChangeLog log;
    private final StatementIntake intake;
    private final OwnViewChange own;
    private final NewViewProposal proposal;
    private final NewViewCheck check;
    private final NewViewJournal journal;
    private final NewViews newViews;
    private final TakeOver takeOver;
    private final ViewTimers timers;
    private final Proposing proposing;
    private final SignedRequests requests;
    private final NewViewText text = new NewViewText();
    private final ViewResending resending;
    /** The record that says that the view is left; on its way to the device. */
    private long targetRecordNumber = RecordWriter.NULL_RECORD;

    ViewChange(
        final Core core,
        final NormalCase normalCase,
        final Checkpointing checkpointing,
        final TakeOver takeOver,
        final Proposing proposing,
        final SignedRequests requests)
    {
        parameters = core.parameters;
        status = core.status;
        peers = core.peers;
        orderingLog = core.log;
        store = core.store;
        heldBundles = core.heldBundles;
        earlyVotes = core.earlyVotes;
        outbound = core.outbound;
        log = core.viewChangeLog;
        this.normalCase = normalCase;
        this.takeOver = takeOver;
        this.proposing = proposing;
        this.requests = requests;
        final Statements statements = core.statements;
        complaints = new Complaints(core);
        checks = new StatementChecks(core, statements);
        writer = new StatementPartWriter(parameters, outbound);
        intake = new StatementIntake(core, statements, checks, writer, log);
        own = new OwnViewChange(core, checkpointing, statements, writer);
        proposal = new NewViewProposal(core, statements, log, takeOver);
        check = new NewViewCheck(core, statements, writer);
        journal = new NewViewJournal(core, checkpointing, checks, writer, log, takeOver);
        newViews = new NewViews(core, complaints, intake, check, journal);
        timers = new ViewTimers(core, requests, complaints);
        resending = new ViewResending(core, complaints, own, writer);
        core.retention.connect(new PresentView(core, complaints, own, journal, writer));
    }

    /** A duty cycle begins. */
    void onTime()
    {
        timers.onTime();
    }

    /** The journal is replayed. */
    void resumed()
    {
        timers.resumed();
        tick();
    }

    /** Does what time asks for. */
    void tick()
    {
        timers.tick();
        complaints.tick();
        follow();
        if (RecordWriter.NULL_RECORD == targetRecordNumber && !status.isActive())
        {
            if (own.isNone() && 0 == status.awaitedSequence())
            {
                own.build(status.view());
            }
            enterIfValidated();
        }
        own.tick();
        intake.tick();
        checks.tick();
        check.tick();
        journalProposal();
        newViews.advance();
        proposal.advance();
        takeOver.tick();
    }

    /** A burst ends: batches that were waited for may have come. */
    void onEndOfBurst()
    {
        if (!takeOver.isComplete())
        {
            proposal.advance();
            takeOver.advance();
        }
    }

    /** Leaves for the greatest view that somebody correct wants to enter. */
    private void follow()
    {
        final long left = complaints.credibleView();
        final long target = Math.max(
            left >= status.targetView() ? left + 1 : 0, Math.max(peers.credibleView(), 0));
        if (target > status.targetView())
        {
            leave(target);
        }
    }

    private void leave(final long target)
    {
        final boolean isComplained = complaints.hasAny(target - 1);
        complaints.encode(target - 1);
        targetRecordNumber = writer.journalTarget(
            target, complaints.encoded(), 0, isComplained ? complaints.encodedLength() : 0);
        outbound.forgetVotes();
        status.leaving(target);
        if (0 == status.awaitedSequence())
        {
            own.build(target);
        }
        else
        {
            outbound.requestSync();
        }
    }

    /** Every lower view is left, and the journal says so. */
    private void left()
    {
        heldBundles.leave();
        status.left();
        orderingLog.leaveView(status.stableSequence());
        store.leaveView();
        proposal.abandon();
        takeOver.abandon();
        timers.left();
        proposing.left();
        earlyVotes.release(status.view(), normalCase);
    }

    /** From our own journal; a restart point says the same once more. */
    void replayTarget(
        final long view, final DirectBuffer complaintsMessage, final int offset, final int length)
    {
        if (view == status.targetView())
        {
            return;
        }
        if (length > 0)
        {
            complaints.replay(complaintsMessage, offset);
        }
        status.leaving(view);
        left();
    }

    /** From our own journal: our own VIEW-CHANGE, which may have been said. */
    void replayOwn(final Statement viewChange)
    {
        // One of a view that was left before it was said, or that a late NEW-VIEW names, is not what is said now.
        if (viewChange.view() == status.view())
        {
            own.replayed(viewChange);
            log.newest(viewChange);
        }
    }

    /** From our own journal: something was selected for a view, by whom is not said. */
    void replayMark(final long view)
    {
        proposal.replayedMark(view);
    }

    /** From our own journal: a NEW-VIEW that was made or validated, with all that it names. */
    void replayNewView(final Statement newView, final Statement[] members)
    {
        log.newView(newView, members);
        status.validated(newView.view());
        takeOver.clean(newView, newView.view() < status.view());
        enterIfValidated();
    }

    private void enterIfValidated()
    {
        if (!status.isActive() && status.targetView() == status.view() && status.newView() == status.view() &&
            status.view() > 0)
        {
            text.wrap(log.newView());
            takeOver.prepare(text, status.view());
            status.entered(text.endSequence());
            takeOver.advance();
            proposal.abandon();
            timers.entered();
            proposing.entered();
            requests.entered();
        }
    }

    /** The primary proposed another digest where one was accepted: a belief, since its tag proves it to nobody else. */
    void onConflict()
    {
        if (status.isVoting())
        {
            complaints.complain(status.view(), ComplaintReason.PRIMARY_CONFLICT);
        }
    }

    Rejection onComplaints(final int senderId, final DirectBuffer buffer, final int offset)
    {
        return complaints.onComplaints(senderId, buffer, offset);
    }

    Rejection onPart(final int senderId, final DirectBuffer buffer, final int offset)
    {
        final Rejection rejection = intake.onPart(senderId, buffer, offset);
        checks.tick();
        return rejection;
    }

    Rejection onFetch(final int senderId, final DirectBuffer buffer, final int offset)
    {
        return intake.onFetch(senderId, buffer, offset);
    }

    /** A STATUS came. */
    void onStatus(final int peerId)
    {
        resending.onStatus(peerId);
    }

    void onSigned(final long token, final DirectBuffer signature, final int offset)
    {
        if (Token.COMPLAINT_SIGNATURE == Token.kind(token))
        {
            complaints.onSigned(token, signature, offset);
            follow();
        }
        else if (own.isAsked(token))
        {
            own.onSigned(signature, offset);
        }
        else if (proposal.isAsked(token))
        {
            proposal.onSigned(signature, offset);
            journalProposal();
        }
    }

    /** One NEW-VIEW at a time is on its way to the device. */
    private void journalProposal()
    {
        final Statement proposed = journal.isIdle() ? proposal.take() : null;
        if (null != proposed)
        {
            journal.append(proposed, proposal.members());
        }
    }

    /**
     * The side agent has verified.
     *
     * @return false if the question was not asked here.
     */
    boolean onVerified(final long token, final boolean isValid)
    {
        switch (Token.kind(token))
        {
            case Token.COMPLAINT_VERIFICATION ->
            {
                complaints.onVerified(token, isValid);
                follow();
            }
            case Token.STATEMENT_VERIFICATION -> decided(checks.onSignature(token, isValid), isValid);
            case Token.STATEMENT_CERTIFICATE_VERIFICATION -> decided(checks.onCertificate(token, isValid), true);
            default ->
            {
                return false;
            }
        }
        return true;
    }

    private void decided(final Statement statement, final boolean isSigned)
    {
        if (null == statement)
        {
            return;
        }
        if (!statement.isValid())
        {
            newViews.onFalse(statement, isSigned);
            intake.decided(statement);
        }
        else if (!NewViewText.isNewView(statement))
        {
            peers.isAtOrAbove(statement.signer(), statement.view());
            if (log.isNewer(statement.signer(), statement.view()))
            {
                log.newest(statement);
            }
            intake.decided(statement);
            follow();
            proposal.advance();
        }
        checks.tick();
        newViews.advance();
    }

    /** Records up to here are on the device. */
    void onDurable(final long recordNumber)
    {
        if (RecordWriter.NULL_RECORD != targetRecordNumber && recordNumber >= targetRecordNumber)
        {
            targetRecordNumber = RecordWriter.NULL_RECORD;
            left();
            enterIfValidated();
        }
        if (own.onDurable(recordNumber))
        {
            say(own.said());
        }
        if (journal.onDurable(recordNumber))
        {
            if (parameters.replicaId == log.newView().signer())
            {
                writer.broadcast(log.newView());
            }
            enterIfValidated();
            newViews.advance();
        }
    }

    private void say(final Statement viewChange)
    {
        if (null != viewChange)
        {
            complaints.broadcast(viewChange.view() - 1);
            writer.broadcast(viewChange);
            log.newest(viewChange);
            proposal.advance();
        }
    }
}
