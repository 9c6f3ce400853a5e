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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.StatementCheck;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.statement.MessageHeaderDecoder;
import io.tagma.codecs.statement.NewViewDecoder;
import io.tagma.codecs.statement.NewViewEncoder;
import io.tagma.codecs.statement.OriginDecoder;
import io.tagma.codecs.statement.ViewChangeDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Places for signed statements, a fixed number: for each replica the newest VIEW-CHANGE and one that is coming in, and
 * those that two NEW-VIEWs name; for each link one NEW-VIEW that is coming in.
 */
final class Statements
{
    private static final int CLUSTER_ID = FrameLayout.HEADER_LENGTH + OriginDecoder.clusterIdEncodingOffset();
    private static final int EPOCH = FrameLayout.HEADER_LENGTH + OriginDecoder.epochEncodingOffset();
    private static final int SENDER = FrameLayout.HEADER_LENGTH + OriginDecoder.senderEncodingOffset();
    private static final int VIEW = FrameLayout.HEADER_LENGTH + ViewChangeDecoder.viewEncodingOffset();
    private static final int TEMPLATE = MessageHeaderDecoder.templateIdEncodingOffset();

    private final ProtocolParameters parameters;
    private final Hashing hashing;
    private final Statement[] viewChanges;
    private final Statement[] newViews;
    private final UnsafeBuffer viewChangePrefix = new UnsafeBuffer(new byte[Statement.OFFSET]);
    private final UnsafeBuffer newViewPrefix = new UnsafeBuffer(new byte[Statement.OFFSET]);
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[Digest.LENGTH]);

    Statements(final ProtocolParameters parameters, final Hashing hashing)
    {
        this.parameters = parameters;
        this.hashing = hashing;
        final FrameLimits limits = parameters.viewChange.limits();
        final int size = parameters.quorums.size();
        FrameLayout.putDomainPrefix(
            viewChangePrefix, 0, FrameLayout.VIEW_CHANGE_DOMAIN, parameters.clusterId, parameters.epoch);
        FrameLayout.putDomainPrefix(
            newViewPrefix, 0, FrameLayout.NEW_VIEW_DOMAIN, parameters.clusterId, parameters.epoch);
        // Incoming and newest of each replica; those named by the NEW-VIEW under check, by the one in the making, by
        // the one on its way to the device and by the highest one validated; and our own in the making.
        viewChanges = new Statement[6 * size + 1];
        for (int i = 0; i < viewChanges.length; i++)
        {
            viewChanges[i] = new Statement(limits, limits.statementLengthMax());
        }
        final int newViewLength = FrameLayout.HEADER_LENGTH + NewViewEncoder.BLOCK_LENGTH + 2 * Integer.BYTES +
            size * NewViewEncoder.ViewChangesEncoder.sbeBlockLength() +
            parameters.window * NewViewEncoder.SelectedEncoder.sbeBlockLength();
        newViews = new Statement[size + 6];
        for (int i = 0; i < newViews.length; i++)
        {
            newViews[i] = new Statement(limits, newViewLength);
        }
    }

    /** A free place, with one that refers to it. */
    Statement take(final StatementKind kind, final int signer, final long view)
    {
        for (final Statement statement : StatementKind.VIEW_CHANGE == kind ? viewChanges : newViews)
        {
            if (Statement.State.FREE == statement.state())
            {
                statement.begin(kind, signer, view);
                statement.retain();
                return statement;
            }
        }
        throw new IllegalStateException("every place for statements is taken: " + kind);
    }

    /**
     * The statement of this name in any state, or null. A liar may name the digest of what was said in another view:
     * that one must not stand in the way of it.
     */
    Statement find(
        final StatementKind kind, final int signer, final long view, final DirectBuffer name, final int offset)
    {
        for (final Statement statement : StatementKind.VIEW_CHANGE == kind ? viewChanges : newViews)
        {
            if (statement.view() == view && statement.isNamed(kind, signer, name, offset))
            {
                return statement;
            }
        }
        return null;
    }

    int count()
    {
        return viewChanges.length + newViews.length;
    }

    Statement at(final int place)
    {
        return place < viewChanges.length ? viewChanges[place] : newViews[place - viewChanges.length];
    }

    /** Names a statement of our own by its bytes; from here on they stay as they are. */
    void name(final Statement statement)
    {
        hash(statement);
        statement.digest.set(digest, 0);
    }

    private void hash(final Statement statement)
    {
        statement.buffer.putBytes(
            0, StatementKind.VIEW_CHANGE == statement.kind() ? viewChangePrefix : newViewPrefix, 0, Statement.OFFSET);
        hashing.sha256(statement.buffer, 0, Statement.OFFSET + statement.length(), digest, 0);
    }

    /** Whether the bytes have the digest that their parts were sent under; if not, some are not its signer's. */
    boolean hasItsDigest(final Statement statement)
    {
        hash(statement);
        return statement.digest.is(digest, 0);
    }

    /** Whether the bytes are a well-formed statement of the kind, signer and view that they are said to be. */
    boolean isWellFormed(final Statement statement)
    {
        final UnsafeBuffer buffer = statement.buffer;
        final int offset = Statement.OFFSET;
        final boolean isViewChange = StatementKind.VIEW_CHANGE == statement.kind();
        return FrameVerdict.OK == StatementCheck.check(
            buffer, offset, statement.length(), parameters.viewChange.limits()) &&
            buffer.getShort(offset + TEMPLATE, ByteOrder.LITTLE_ENDIAN) ==
            (isViewChange ? ViewChangeDecoder.TEMPLATE_ID : NewViewDecoder.TEMPLATE_ID) &&
            buffer.getLong(offset + CLUSTER_ID, ByteOrder.LITTLE_ENDIAN) == parameters.clusterId &&
            buffer.getInt(offset + EPOCH, ByteOrder.LITTLE_ENDIAN) == parameters.epoch &&
            buffer.getInt(offset + SENDER, ByteOrder.LITTLE_ENDIAN) == statement.signer() &&
            buffer.getLong(offset + VIEW, ByteOrder.LITTLE_ENDIAN) == statement.view();
    }
}
