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

/**
 * One NEW-VIEW under check at a time, its signature right: the VIEW-CHANGEs that it names are had, by digest and from
 * anybody, and checked; then what follows from them is computed again, and must be the same bytes.
 */
final class NewViewCheck
{
    /** What came of a check so far. */
    enum Outcome
    {
        /** Something is still missing. */
        OPEN,
        /** It is what follows from valid VIEW-CHANGEs of a quorum. */
        VALID,
        /** Its primary signed what it should not have. */
        FALSE
    }

    private static final int PATIENCE_SHIFT_MAX = 20;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final BaseTimeout baseTimeout;
    private final Statements statements;
    private final StatementPartWriter writer;
    private final NullBatch nullBatch;
    private final NewViewCalculator calculator;
    private final NewViewSelection selection;
    private final NewViewText text = new NewViewText();
    private final NewViewText recomputedText = new NewViewText();
    private final Statement[] members;
    private final Statement recomputed;
    private Statement candidate;
    private long beganAtNs;
    /** How often one gave way without a decision. */
    private long gaveWay;

    NewViewCheck(final Core core, final Statements statements, final StatementPartWriter writer)
    {
        parameters = core.parameters;
        status = core.status;
        baseTimeout = core.baseTimeout;
        nullBatch = core.nullBatch;
        this.statements = statements;
        this.writer = writer;
        calculator = new NewViewCalculator(parameters.quorums);
        selection = new NewViewSelection(parameters.window);
        members = new Statement[parameters.quorums.size()];
        recomputed = statements.take(StatementKind.NEW_VIEW, parameters.replicaId, 1);
    }

    boolean isIdle()
    {
        return null == candidate;
    }

    /**
     * Whether the one under check has had its time, and may give way to another. Each time that happens the next one
     * has more of it: what it names may take long to come and to be checked.
     */
    boolean mayGiveWay()
    {
        return null != candidate && status.nowNs() - beganAtNs > baseTimeout.timeoutNs(gaveWay);
    }

    void givesWay()
    {
        gaveWay++;
    }

    void begin(final Statement newView)
    {
        newView.retain();
        candidate = newView;
        beganAtNs = status.nowNs();
        text.wrap(newView);
        for (int i = 0; i < text.memberCount(); i++)
        {
            name(text.member(i), i);
        }
    }

    private void name(final int id, final int entry)
    {
        final Statement known = statements.find(
            StatementKind.VIEW_CHANGE, id, candidate.view(), text.buffer(), text.memberDigestOffset(entry));
        if (null != known)
        {
            ViewChangeLog.set(members, id, known);
            return;
        }
        final Statement wanted = statements.take(StatementKind.VIEW_CHANGE, id, candidate.view());
        wanted.digest.set(text.buffer(), text.memberDigestOffset(entry));
        wanted.source(candidate.sourceId(), status.nowNs());
        members[id] = wanted;
        fetch(wanted);
    }

    /** Asks again for what is missing, each time another replica. */
    void tick()
    {
        for (final Statement member : members)
        {
            if (null != member && Statement.State.GATHERING == member.state() &&
                status.nowNs() - member.touchedAtNs() > patienceNs(member))
            {
                member.source(behind(member.sourceId()), status.nowNs());
                fetch(member);
            }
        }
    }

    /**
     * How long one replica has to answer. With each round it is twice as long: where a message takes longer than the
     * interval, every answer would come when the next replica had been asked.
     */
    private long patienceNs(final Statement member)
    {
        final int rounds = Math.min(member.sourceCount() / members.length, PATIENCE_SHIFT_MAX);
        return Math.min(parameters.repairIntervalNs << rounds, parameters.viewChange.timeoutMaxNs());
    }

    /** The next one that is somebody else. */
    private int behind(final int id)
    {
        final int next = (id + 1) % members.length;
        return next == parameters.replicaId ? (next + 1) % members.length : next;
    }

    private void fetch(final Statement member)
    {
        if (member.sourceId() != parameters.replicaId)
        {
            writer.fetchFrom(member.sourceId(), member);
        }
    }

    Outcome outcome()
    {
        text.wrap(candidate);
        calculator.clear();
        boolean isOpen = false;
        for (int i = 0; i < text.memberCount(); i++)
        {
            final Statement member = members[text.member(i)];
            if (!member.digest.is(text.buffer(), text.memberDigestOffset(i)) ||
                Statement.State.FREE == member.state() || Statement.State.MALFORMED == member.state() ||
                member.view() != candidate.view())
            {
                return Outcome.FALSE;
            }
            isOpen |= !member.isValid();
        }
        if (isOpen)
        {
            return Outcome.OPEN;
        }
        for (int i = 0; i < text.memberCount(); i++)
        {
            calculator.add(members[text.member(i)].buffer, Statement.OFFSET);
        }
        return calculator.decides(selection) && isSame() ? Outcome.VALID : Outcome.FALSE;
    }

    private boolean isSame()
    {
        recomputed.begin(StatementKind.NEW_VIEW, candidate.signer(), candidate.view());
        recomputedText.write(recomputed, members, selection, nullBatch, parameters);
        if (recomputed.length() != candidate.length())
        {
            return false;
        }
        for (int i = Statement.OFFSET; i < Statement.OFFSET + candidate.length(); i++)
        {
            if (recomputed.buffer.getByte(i) != candidate.buffer.getByte(i))
            {
                return false;
            }
        }
        return true;
    }

    /** Whether a statement is what the candidate names: it can never become valid, so neither can the candidate. */
    boolean names(final Statement viewChange)
    {
        return null != candidate && members[viewChange.signer()] == viewChange;
    }

    Statement candidate()
    {
        return candidate;
    }

    Statement[] members()
    {
        return members;
    }

    /** Lets go of it, whatever came of it. */
    void end()
    {
        if (null != candidate)
        {
            candidate.release();
            candidate = null;
        }
        ViewChangeLog.clear(members);
    }
}
