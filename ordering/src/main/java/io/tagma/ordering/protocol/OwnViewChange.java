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

import io.tagma.codecs.ViewChangeBuilder;
import io.tagma.codecs.peer.StatementKind;
import org.agrona.DirectBuffer;

/**
 * This replica's VIEW-CHANGE for the view that it wants to enter: built once, signed off this thread, journalled as the
 * bytes that are signed, on the device before anybody hears of it, and the same bytes ever after.
 */
final class OwnViewChange
{
    private enum State
    {
        /** None for this view. */
        NONE,
        /** Its bytes stand; the side agent has yet to be asked. */
        BUILT,
        /** The side agent is asked. */
        SIGNING,
        /** On its way to the device. */
        JOURNALLED,
        /** May be said. */
        SAID
    }

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final Claims claims;
    private final Outbound outbound;
    private final Checkpointing checkpointing;
    private final Statements statements;
    private final StatementPartWriter writer;
    private final ViewChangeBuilder builder = new ViewChangeBuilder();
    private State state = State.NONE;
    private Statement statement;
    private long recordNumber;

    OwnViewChange(
        final Core core,
        final Checkpointing checkpointing,
        final Statements statements,
        final StatementPartWriter writer)
    {
        parameters = core.parameters;
        status = core.status;
        claims = core.claims;
        outbound = core.outbound;
        this.checkpointing = checkpointing;
        this.statements = statements;
        this.writer = writer;
    }

    /** What was in the making for a lower view was never said. */
    private void abandon()
    {
        if (null != statement)
        {
            statement.release();
            statement = null;
        }
        state = State.NONE;
    }

    /**
     * Says what this replica brings along, as soon as it says nothing any more in the view that it is about to leave:
     * one sync puts that it leaves and what it brings along on the device.
     */
    void build(final long view)
    {
        abandon();
        statement = statements.take(StatementKind.VIEW_CHANGE, parameters.replicaId, view);
        final CertificateStore stable = checkpointing.stableCertificate();
        builder.begin(
            statement.buffer, Statement.OFFSET, parameters.clusterId, parameters.epoch, parameters.replicaId,
            view, stable.sequence());
        claims.putInto(builder);
        statement.encoded(builder.end(stable.buffer, 0, stable.length()));
        statements.name(statement);
        state = State.BUILT;
        tick();
    }

    /** Found whole in the journal: it may have been said, so it is what will be said. */
    void replayed(final Statement replayed)
    {
        abandon();
        replayed.retain();
        statement = replayed;
        state = State.SAID;
    }

    /** The side agent may have had no room. */
    void tick()
    {
        if (State.BUILT == state && outbound.sign(
            Token.of(Token.STATEMENT_SIGNATURE, 0, statement.stamp(), statement.view()),
            statement.buffer,
            0,
            Statement.OFFSET + statement.length()))
        {
            state = State.SIGNING;
        }
    }

    boolean isAsked(final long token)
    {
        return State.SIGNING == state && Token.isOf(token, statement.stamp(), statement.view()) &&
            0 == Token.place(token);
    }

    void onSigned(final DirectBuffer signature, final int offset)
    {
        statement.signature.putBytes(0, signature, offset, statement.signature.capacity());
        recordNumber = writer.journal(statement);
        outbound.requestSync();
        state = State.JOURNALLED;
    }

    /**
     * Records up to here are on the device.
     *
     * @return whether it may be said from now on.
     */
    boolean onDurable(final long durableRecordNumber)
    {
        if (State.JOURNALLED == state && durableRecordNumber >= recordNumber)
        {
            statement.valid();
            state = State.SAID;
            return true;
        }
        return false;
    }

    /** Whether it is built, and cannot be said yet. */
    boolean isInTheMaking()
    {
        return State.NONE != state && State.SAID != state;
    }

    boolean isNone()
    {
        return null == statement || statement.view() < status.view();
    }

    /** It, if it may be said and is for the view that this replica wants to enter; else null. */
    Statement said()
    {
        return State.SAID == state && statement.view() == status.view() ? statement : null;
    }
}
