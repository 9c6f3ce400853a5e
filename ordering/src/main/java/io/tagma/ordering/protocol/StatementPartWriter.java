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
import io.tagma.codecs.journal.StoredStatementPartEncoder;
import io.tagma.codecs.journal.TargetViewEncoder;
import io.tagma.codecs.peer.FetchStatementsEncoder;
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Signed statements on their way out: to the journal first, then to others, part by part, the same bytes each time.
 */
final class StatementPartWriter
{
    private static final int LENGTH_FIELD = Integer.BYTES;
    private static final int PART_OVERHEAD =
        FrameLayout.HEADER_LENGTH + StatementPartEncoder.BLOCK_LENGTH + LENGTH_FIELD;
    private static final int RECORD_OVERHEAD =
        FrameLayout.HEADER_LENGTH + StoredStatementPartEncoder.BLOCK_LENGTH + LENGTH_FIELD;
    private static final int ALL_PARTS = 0xFFFF;

    private final ProtocolParameters parameters;
    private final Outbound outbound;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final io.tagma.codecs.journal.MessageHeaderEncoder recordHeader =
        new io.tagma.codecs.journal.MessageHeaderEncoder();
    private final StatementPartEncoder part = new StatementPartEncoder();
    private final FetchStatementsEncoder fetch = new FetchStatementsEncoder();
    private final StoredStatementPartEncoder stored = new StoredStatementPartEncoder();
    private final TargetViewEncoder targetView = new TargetViewEncoder();

    StatementPartWriter(final ProtocolParameters parameters, final Outbound outbound)
    {
        this.parameters = parameters;
        this.outbound = outbound;
    }

    /** That every lower view is left, with the complaints that it is left by, if any. */
    long journalTarget(final long view, final DirectBuffer complaints, final int offset, final int length)
    {
        targetView
            .wrapAndApplyHeader(
                outbound.claimRecord(
                    FrameLayout.HEADER_LENGTH + TargetViewEncoder.BLOCK_LENGTH + LENGTH_FIELD + length),
                0,
                recordHeader)
            .view(view)
            .putComplaints(complaints, offset, length);
        return outbound.commitRecord();
    }

    /**
     * All of it, on its way to the device once a sync is asked for.
     *
     * @return the record number that must be durable before it is said.
     */
    long journal(final Statement statement)
    {
        long recordNumber = RecordWriter.NULL_RECORD;
        for (int i = 0; i < statement.partCount(); i++)
        {
            final int length = PART_OVERHEAD + statement.partLength(i);
            final MutableDirectBuffer buffer = outbound.claimRecord(RECORD_OVERHEAD + length);
            stored.wrapAndApplyHeader(buffer, 0, recordHeader);
            buffer.putInt(RECORD_OVERHEAD - LENGTH_FIELD, length, java.nio.ByteOrder.LITTLE_ENDIAN);
            encode(statement, i, buffer, RECORD_OVERHEAD);
            recordNumber = outbound.commitRecord();
        }
        return recordNumber;
    }

    void broadcast(final Statement statement)
    {
        for (int i = 0; i < statement.partCount(); i++)
        {
            encode(statement, i, outbound.claimMessage(PART_OVERHEAD + statement.partLength(i)), 0);
            outbound.broadcast();
        }
    }

    void sendTo(final int peerId, final Statement statement)
    {
        for (int i = 0; i < statement.partCount(); i++)
        {
            sendTo(peerId, statement, i);
        }
    }

    void sendTo(final int peerId, final Statement statement, final int partNumber)
    {
        encode(statement, partNumber, outbound.claimMessage(PART_OVERHEAD + statement.partLength(partNumber)), 0);
        outbound.sendTo(peerId);
    }

    private void encode(
        final Statement statement, final int partNumber, final MutableDirectBuffer buffer, final int offset)
    {
        part.wrapAndApplyHeader(buffer, offset, header);
        part.origin().clusterId(parameters.clusterId).epoch(parameters.epoch).sender(parameters.replicaId);
        part
            .view(statement.view())
            .signer(statement.signer())
            .kind(statement.kind())
            .partNumber(partNumber)
            .statementLength(statement.length())
            .reserved(0)
            .putDigest(statement.digest.bytes(), 0, Digest.LENGTH)
            .putSignature(statement.signature, 0, FrameLayout.SIGNATURE_LENGTH)
            .putPart(statement.buffer, statement.partOffset(partNumber), statement.partLength(partNumber));
    }

    /** Asks one replica for what is missing of a statement. */
    void fetchFrom(final int peerId, final Statement statement)
    {
        fetch.wrapAndApplyHeader(
            outbound.claimMessage(
                FrameLayout.HEADER_LENGTH + FetchStatementsEncoder.BLOCK_LENGTH +
                GroupSizeEncodingEncoder.ENCODED_LENGTH + FetchStatementsEncoder.WantedEncoder.sbeBlockLength()),
            0,
            header);
        fetch.origin().clusterId(parameters.clusterId).epoch(parameters.epoch).sender(parameters.replicaId);
        final StatementKind kind = statement.kind();
        fetch.wantedCount(1).next()
            .view(statement.view())
            .putDigest(statement.digest.bytes(), 0, Digest.LENGTH)
            .signer(statement.signer())
            .kind(kind)
            .firstPart(statement.firstMissingPart())
            .partCount(ALL_PARTS)
            .reserved1(0)
            .reserved2(0);
        outbound.sendTo(peerId);
    }
}
