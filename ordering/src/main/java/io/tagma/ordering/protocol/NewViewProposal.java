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

import io.tagma.codecs.peer.StatementKind;
import org.agrona.DirectBuffer;

/**
 * As primary of the view to be entered: the NEW-VIEW. It is made once some set of VIEW-CHANGEs decides for every
 * sequence and this replica holds every batch that is selected, journalled as selected for this view: else a batch that
 * is prepared with its weight could lack claims later. It is on the device before it is said.
 */
final class NewViewProposal
{
    private enum State
    {
        /** VIEW-CHANGEs are waited for. */
        COLLECTING,
        /** A set decides; some selected batches may be missing. */
        HOLDING,
        /** Its bytes stand; the side agent has yet to be asked. */
        BUILT,
        /** The side agent is asked. */
        SIGNING,
        /** Signed; another NEW-VIEW may still be on its way to the device. */
        SIGNED,
        /** Handed on, to be journalled and said. */
        DONE
    }

    private static final int TOKEN_PLACE = 1;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final Outbound outbound;
    private final Statements statements;
    private final ViewChangeLog log;
    private final TakeOver takeOver;
    private final NullBatch nullBatch;
    private final NewViewCalculator calculator;
    private final NewViewSelection selection;
    private final NewViewText text = new NewViewText();
    private final Statement[] members;
    private State state = State.COLLECTING;
    private Statement statement;
    private int membersSeen;
    /** A view for which something was selected before this start, the highest; no NEW-VIEW of ours for it any more. */
    private long markedView;

    NewViewProposal(
        final Core core, final Statements statements, final ViewChangeLog log, final TakeOver takeOver)
    {
        parameters = core.parameters;
        status = core.status;
        outbound = core.outbound;
        nullBatch = core.nullBatch;
        this.statements = statements;
        this.log = log;
        this.takeOver = takeOver;
        calculator = new NewViewCalculator(parameters.quorums);
        selection = new NewViewSelection(parameters.window);
        members = new Statement[parameters.quorums.size()];
    }

    /** The view was left, or entered otherwise. */
    void abandon()
    {
        ViewChangeLog.clear(members);
        if (null != statement)
        {
            statement.release();
            statement = null;
        }
        membersSeen = 0;
        state = State.COLLECTING;
    }

    /** Goes on as far as it can: after a VIEW-CHANGE, a batch, or the passing of time. */
    void advance()
    {
        if (!status.isPrimary() || status.isActive() || status.targetView() != status.view() ||
            0 != status.awaitedSequence() || status.newView() >= status.view() || status.view() == markedView)
        {
            return;
        }
        if (State.COLLECTING == state)
        {
            collect();
        }
        if (State.HOLDING == state && takeOver.holdsAll())
        {
            build();
        }
        if (State.BUILT == state && outbound.sign(
            Token.of(Token.STATEMENT_SIGNATURE, TOKEN_PLACE, statement.stamp(), statement.view()),
            statement.buffer,
            0,
            Statement.OFFSET + statement.length()))
        {
            state = State.SIGNING;
        }
    }

    /**
     * From our own journal. Who began to take over as primary and did not come to sign its NEW-VIEW could select
     * otherwise now, and would claim two batches for one sequence of its own view: it leaves that view to the time-out.
     */
    void replayedMark(final long view)
    {
        markedView = Math.max(view, markedView);
    }

    private void collect()
    {
        int seen = 0;
        for (int id = 0; id < members.length; id++)
        {
            seen += isMember(id) ? 1 : 0;
        }
        if (seen == membersSeen || !isMember(parameters.replicaId))
        {
            return;
        }
        membersSeen = seen;
        calculator.clear();
        for (int id = 0; id < members.length; id++)
        {
            ViewChangeLog.set(members, id, isMember(id) ? log.newest(id) : null);
            if (null != members[id])
            {
                calculator.add(members[id].buffer, Statement.OFFSET);
            }
        }
        if (calculator.decides(selection))
        {
            statement = statements.take(StatementKind.NEW_VIEW, parameters.replicaId, status.view());
            text.write(statement, members, selection, nullBatch, parameters);
            takeOver.prepare(text.wrap(statement), status.view());
            state = State.HOLDING;
        }
        else
        {
            ViewChangeLog.clear(members);
        }
    }

    private boolean isMember(final int id)
    {
        return null != log.newest(id) && log.newest(id).view() == status.view();
    }

    private void build()
    {
        statements.name(statement);
        state = State.BUILT;
    }

    boolean isAsked(final long token)
    {
        return State.SIGNING == state && TOKEN_PLACE == Token.place(token) &&
            Token.isOf(token, statement.stamp(), statement.view());
    }

    void onSigned(final DirectBuffer signature, final int offset)
    {
        statement.signature.putBytes(0, signature, offset, statement.signature.capacity());
        state = State.SIGNED;
    }

    /**
     * The NEW-VIEW, once: to be journalled, with the members, and said after that.
     *
     * @return it, or null if it is not signed yet, or too late.
     */
    Statement take()
    {
        if (State.SIGNED != state || status.newView() >= status.view() || status.targetView() != status.view())
        {
            return null;
        }
        state = State.DONE;
        return statement;
    }

    Statement[] members()
    {
        return members;
    }
}
