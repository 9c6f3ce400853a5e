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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.FetchStatementsDecoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartDecoder;
import org.agrona.DirectBuffer;

/**
 * Statements on their way in, part by part, and out again to who asks. A VIEW-CHANGE is taken from its signer's own
 * link, or from anybody where its digest is known; a NEW-VIEW from any link, each with a place of its own. So what one
 * replica sends never takes another one's place.
 */
final class StatementIntake
{
    private static final int VIEW = StatementPartDecoder.viewEncodingOffset();
    private static final int SIGNER = StatementPartDecoder.signerEncodingOffset();
    private static final int KIND = StatementPartDecoder.kindEncodingOffset();
    private static final int PART_NUMBER = StatementPartDecoder.partNumberEncodingOffset();
    private static final int STATEMENT_LENGTH = StatementPartDecoder.statementLengthEncodingOffset();
    private static final int DIGEST = StatementPartDecoder.digestEncodingOffset();
    private static final int SIGNATURE = StatementPartDecoder.signatureEncodingOffset();
    private static final int PART = StatementPartDecoder.BLOCK_LENGTH + Integer.BYTES;
    private static final int PARTS_PER_INTERVAL = 16;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final BaseTimeout baseTimeout;
    private final Statements statements;
    private final StatementChecks checks;
    private final StatementPartWriter writer;
    private final ViewChangeLog log;
    private final FetchStatementsDecoder fetch = new FetchStatementsDecoder();
    private final Digest wanted = new Digest();
    /** By signer. */
    private final Statement[] viewChanges;
    /** By link. */
    private final Statement[] newViews;
    /** By signer, and by link: when what came on its account may be checked next. */
    private final long[] viewChangeNotBeforeNs;
    private final long[] newViewNotBeforeNs;
    private final long[] servedAtNs;
    private final int[] servedParts;
    /** Whose NEW-VIEW was taken up last. */
    private int lastLink;

    StatementIntake(
        final Core core,
        final Statements statements,
        final StatementChecks checks,
        final StatementPartWriter writer,
        final ViewChangeLog log)
    {
        parameters = core.parameters;
        status = core.status;
        baseTimeout = core.baseTimeout;
        this.statements = statements;
        this.checks = checks;
        this.writer = writer;
        this.log = log;
        final int size = parameters.quorums.size();
        viewChanges = new Statement[size];
        newViews = new Statement[size];
        viewChangeNotBeforeNs = new long[size];
        newViewNotBeforeNs = new long[size];
        servedAtNs = new long[size];
        servedParts = new int[size];
    }

    /**
     * A part of a statement.
     *
     * @return whether it was of use.
     */
    Rejection onPart(final int senderId, final DirectBuffer buffer, final int offset)
    {
        final int block = offset + FrameLayout.HEADER_LENGTH;
        final int signer = buffer.getInt(block + SIGNER, LITTLE_ENDIAN);
        final boolean isViewChange =
            StatementKind.VIEW_CHANGE.value() == buffer.getShort(block + KIND, LITTLE_ENDIAN);
        final Statement statement = isViewChange ?
            viewChangeFor(senderId, signer, buffer, block) : newViewFor(senderId, signer, buffer, block);
        if (null == statement)
        {
            return Rejection.UNWANTED;
        }
        if (Statement.State.GATHERING != statement.state())
        {
            return Rejection.DUPLICATE;
        }
        final int statementLength = buffer.getInt(block + STATEMENT_LENGTH, LITTLE_ENDIAN);
        if (senderId != statement.sourceId() || !statement.part(
            buffer.getShort(block + PART_NUMBER, LITTLE_ENDIAN) & 0xFFFF,
            statementLength,
            buffer,
            block + PART,
            buffer.getInt(block + PART - Integer.BYTES, LITTLE_ENDIAN),
            status.nowNs()))
        {
            return Rejection.UNWANTED;
        }
        statement.signature.putBytes(0, buffer, block + SIGNATURE, FrameLayout.SIGNATURE_LENGTH);
        return statement.hasAllParts() ? complete(statement) : Rejection.NONE;
    }

    private Statement viewChangeFor(
        final int senderId, final int signer, final DirectBuffer buffer, final int block)
    {
        final long view = buffer.getLong(block + VIEW, LITTLE_ENDIAN);
        final Statement known = statements.find(StatementKind.VIEW_CHANGE, signer, view, buffer, block + DIGEST);
        if (null != known)
        {
            return known;
        }
        final Statement incoming = viewChanges[signer];
        if (senderId != signer || signer == parameters.replicaId || view < status.view() ||
            !log.isNewer(signer, view) ||
            null != incoming && view <= incoming.view())
        {
            return null;
        }
        return replace(viewChanges, signer, StatementKind.VIEW_CHANGE, signer, senderId, buffer, block);
    }

    private Statement newViewFor(final int senderId, final int signer, final DirectBuffer buffer, final int block)
    {
        final long view = buffer.getLong(block + VIEW, LITTLE_ENDIAN);
        if (signer == parameters.replicaId || view <= status.newView() ||
            signer != parameters.quorums.primary(view, parameters.epoch))
        {
            return null;
        }
        final Statement incoming = newViews[senderId];
        if (null != incoming && incoming.isNamed(StatementKind.NEW_VIEW, signer, buffer, block + DIGEST))
        {
            return incoming;
        }
        final Statement known = statements.find(StatementKind.NEW_VIEW, signer, view, buffer, block + DIGEST);
        if (null != known && known.isValid())
        {
            return known;
        }
        if (null != incoming && view <= incoming.view())
        {
            return null;
        }
        return replace(newViews, senderId, StatementKind.NEW_VIEW, signer, senderId, buffer, block);
    }

    private Statement replace(
        final Statement[] places,
        final int place,
        final StatementKind kind,
        final int signer,
        final int senderId,
        final DirectBuffer buffer,
        final int block)
    {
        ViewChangeLog.set(places, place, null);
        places[place] = statements.take(kind, signer, buffer.getLong(block + VIEW, LITTLE_ENDIAN));
        places[place].digest.set(buffer, block + DIGEST);
        places[place].source(senderId, status.nowNs());
        return places[place];
    }

    private Rejection complete(final Statement statement)
    {
        if (!statements.hasItsDigest(statement))
        {
            // Some part of it was not its signer's: all of it is asked for again.
            statement.forgetParts();
            return Rejection.CONFLICT;
        }
        if (!statements.isWellFormed(statement))
        {
            statement.malformed();
            decided(statement);
            return Rejection.CONFLICT;
        }
        statement.whole();
        if (statement == viewChanges[statement.signer()])
        {
            checks.after(statement, viewChangeNotBeforeNs[statement.signer()]);
            viewChangeNotBeforeNs[statement.signer()] = notAgainBefore(viewChangeNotBeforeNs[statement.signer()]);
        }
        else if (statement == newViews[statement.sourceId()])
        {
            checks.after(statement, newViewNotBeforeNs[statement.sourceId()]);
            newViewNotBeforeNs[statement.sourceId()] = notAgainBefore(newViewNotBeforeNs[statement.sourceId()]);
        }
        else
        {
            checks.after(statement, status.nowNs());
        }
        return Rejection.NONE;
    }

    /** One check on one's own account in a base time-out; what was never checked is not charged for ever. */
    private long notAgainBefore(final long notBeforeNs)
    {
        final long timeoutNs = baseTimeout.baseNs();
        return Math.min(Math.max(notBeforeNs, status.nowNs()) + timeoutNs, status.nowNs() + 2 * timeoutNs);
    }

    /** Asks for what is missing of what has begun to come in. */
    void tick()
    {
        for (int id = 0; id < viewChanges.length; id++)
        {
            askAgain(viewChanges, id);
            askAgain(newViews, id);
        }
    }

    private void askAgain(final Statement[] places, final int id)
    {
        final Statement statement = places[id];
        if (null == statement)
        {
            return;
        }
        final boolean isStale = NewViewText.isNewView(statement) ?
            statement.view() <= status.newView() : statement.view() < status.view();
        if (isStale)
        {
            ViewChangeLog.set(places, id, null);
        }
        else if (Statement.State.GATHERING == statement.state() &&
            status.nowNs() - statement.touchedAtNs() > parameters.repairIntervalNs &&
            status.nowNs() - statement.askedAtNs() > parameters.repairIntervalNs)
        {
            statement.asked(status.nowNs());
            writer.fetchFrom(statement.sourceId(), statement);
        }
    }

    /** Decided, one way or the other: its place is for the next one. */
    void decided(final Statement statement)
    {
        final Statement[] places = NewViewText.isNewView(statement) ? newViews : viewChanges;
        for (int id = 0; id < places.length; id++)
        {
            if (places[id] == statement)
            {
                ViewChangeLog.set(places, id, null);
            }
        }
    }

    /**
     * A NEW-VIEW whose signature is right and whose view is above those validated, of another digest: that of the
     * present view before others, else each link's in turn, so that no link can put itself before the others for ever.
     *
     * @return it, or null.
     */
    Statement validNewView(final Statement except)
    {
        Statement next = null;
        for (int i = 1; i <= newViews.length; i++)
        {
            final Statement statement = newViews[(lastLink + i) % newViews.length];
            if (null != statement && (null == except || !statement.digest.is(except.digest)) && statement.isValid() &&
                statement.view() > status.newView() &&
                (null == next || statement.view() == status.view() && next.view() != status.view()))
            {
                next = statement;
            }
        }
        return next;
    }

    /** It is taken up: the next link's is next. */
    void takenUp(final Statement newView)
    {
        lastLink = newView.sourceId();
    }

    /** Somebody asks for parts of statements; those that are here are sent, at a bounded rate. */
    Rejection onFetch(final int senderId, final DirectBuffer buffer, final int offset)
    {
        if (status.nowNs() - servedAtNs[senderId] > parameters.repairIntervalNs)
        {
            servedAtNs[senderId] = status.nowNs();
            servedParts[senderId] = 0;
        }
        fetch.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, FetchStatementsDecoder.BLOCK_LENGTH,
            FetchStatementsDecoder.SCHEMA_VERSION);
        for (final FetchStatementsDecoder.WantedDecoder entry = fetch.wanted(); entry.hasNext(); )
        {
            entry.next();
            wanted.set(
                buffer,
                fetch.limit() - FetchStatementsDecoder.WantedDecoder.sbeBlockLength() +
                FetchStatementsDecoder.WantedDecoder.digestEncodingOffset());
            final Statement statement =
                statements.find(entry.kind(), (int)entry.signer(), entry.view(), wanted.bytes(), 0);
            if (null != statement && statement.isValid() &&
                !serve(senderId, statement, entry.firstPart(), entry.partCount()))
            {
                return Rejection.BUDGET;
            }
        }
        return Rejection.NONE;
    }

    private boolean serve(final int peerId, final Statement statement, final int firstPart, final int partCount)
    {
        for (int part = firstPart; part < statement.partCount() && part - firstPart < partCount; part++)
        {
            if (++servedParts[peerId] > PARTS_PER_INTERVAL)
            {
                return false;
            }
            writer.sendTo(peerId, statement, part);
        }
        return true;
    }
}
