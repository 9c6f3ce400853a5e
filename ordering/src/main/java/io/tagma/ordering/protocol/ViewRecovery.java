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
import io.tagma.codecs.journal.StoredStatementPartDecoder;
import io.tagma.codecs.journal.TargetViewDecoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartDecoder;
import org.agrona.DirectBuffer;

/**
 * What the journal says of views: those that were left, and the statements that were made or found right. A statement
 * of which a part is missing was never said nor gone by.
 */
final class ViewRecovery
{
    private final ProtocolParameters parameters;
    private final Statements statements;
    private final ViewChange viewChange;
    private final StatementPartDecoder part = new StatementPartDecoder();
    private final NewViewText text = new NewViewText();
    private final Statement[] viewChanges;
    private final Statement[] members;
    private Statement newView;

    ViewRecovery(final Core core, final ViewChange viewChange)
    {
        parameters = core.parameters;
        statements = core.statements;
        this.viewChange = viewChange;
        viewChanges = new Statement[parameters.quorums.size()];
        members = new Statement[viewChanges.length];
    }

    void onTargetView(final DirectBuffer buffer, final int block)
    {
        final int complaints = block + TargetViewDecoder.BLOCK_LENGTH + Integer.BYTES;
        viewChange.replayTarget(
            buffer.getLong(block + TargetViewDecoder.viewEncodingOffset(), LITTLE_ENDIAN),
            buffer,
            complaints,
            buffer.getInt(complaints - Integer.BYTES, LITTLE_ENDIAN));
    }

    void onPart(final DirectBuffer buffer, final int block)
    {
        final int message = block + StoredStatementPartDecoder.BLOCK_LENGTH + Integer.BYTES;
        final int partBlock = message + FrameLayout.HEADER_LENGTH;
        part.wrap(buffer, partBlock, StatementPartDecoder.BLOCK_LENGTH, StatementPartDecoder.SCHEMA_VERSION);
        final Statement statement = placeFor(buffer, partBlock + StatementPartDecoder.digestEncodingOffset());
        if (Statement.State.GATHERING != statement.state())
        {
            return;
        }
        final int bytes = partBlock + StatementPartDecoder.BLOCK_LENGTH + Integer.BYTES;
        statement.part(
            part.partNumber(), (int)part.statementLength(), buffer, bytes,
            buffer.getInt(bytes - Integer.BYTES, LITTLE_ENDIAN), 0);
        statement.signature.putBytes(
            0, buffer, partBlock + StatementPartDecoder.signatureEncodingOffset(), FrameLayout.SIGNATURE_LENGTH);
        if (statement.hasAllParts())
        {
            whole(statement);
        }
    }

    private Statement placeFor(final DirectBuffer buffer, final int digestOffset)
    {
        final StatementKind kind = part.kind();
        final int signer = (int)part.signer();
        final Statement known = statements.find(kind, signer, part.view(), buffer, digestOffset);
        if (StatementKind.NEW_VIEW == kind)
        {
            if (null == known)
            {
                if (null != newView)
                {
                    newView.release();
                }
                newView = take(kind, signer, buffer, digestOffset);
                return newView;
            }
            return known;
        }
        if (null == known)
        {
            ViewChangeLog.set(viewChanges, signer, null);
            viewChanges[signer] = take(kind, signer, buffer, digestOffset);
            return viewChanges[signer];
        }
        ViewChangeLog.set(viewChanges, signer, known);
        return known;
    }

    private Statement take(
        final StatementKind kind, final int signer, final DirectBuffer buffer, final int digestOffset)
    {
        final Statement statement = statements.take(kind, signer, part.view());
        statement.digest.set(buffer, digestOffset);
        return statement;
    }

    private void whole(final Statement statement)
    {
        statement.valid();
        if (NewViewText.isNewView(statement))
        {
            wholeNewView(statement);
        }
        else if (statement.signer() == parameters.replicaId)
        {
            viewChange.replayOwn(statement);
        }
    }

    private void wholeNewView(final Statement statement)
    {
        text.wrap(statement);
        for (int i = 0; i < text.memberCount(); i++)
        {
            final Statement member = statements.find(
                StatementKind.VIEW_CHANGE, text.member(i), statement.view(), text.buffer(),
                text.memberDigestOffset(i));
            ViewChangeLog.set(members, text.member(i), member);
        }
        viewChange.replayNewView(statement, members);
        ViewChangeLog.clear(members);
    }

    /** The journal holds no more. */
    void end()
    {
        ViewChangeLog.clear(viewChanges);
        if (null != newView)
        {
            newView.release();
            newView = null;
        }
    }
}
