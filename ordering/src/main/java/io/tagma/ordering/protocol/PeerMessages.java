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
import io.tagma.codecs.peer.BatchDecoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointDecoder;
import io.tagma.codecs.peer.ChunkDecoder;
import io.tagma.codecs.peer.CommittedDecoder;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.FetchChunksDecoder;
import io.tagma.codecs.peer.FetchDecoder;
import io.tagma.codecs.peer.FetchStatementsDecoder;
import io.tagma.codecs.peer.HeldDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.RelayDecoder;
import io.tagma.codecs.peer.StatementPartDecoder;
import io.tagma.codecs.peer.StatusDecoder;
import io.tagma.codecs.peer.VotesDecoder;
import org.agrona.DirectBuffer;

/**
 * Which sub-protocol a message of the peer schema is for.
 */
final class PeerMessages
{
    private final NormalCase normalCase;
    private final Checkpointing checkpointing;
    private final StateTransfer stateTransfer;
    private final Retransmission retransmission;
    private final ClientRequests clientRequests;
    private final ViewChange viewChange;
    private final SnapshotInputs snapshots;
    private final HeldMessages heldMessages;
    private final CertificateDecoder certificate = new CertificateDecoder();

    PeerMessages(
        final NormalCase normalCase,
        final HeldMessages heldMessages,
        final Checkpointing checkpointing,
        final StateTransfer stateTransfer,
        final Retransmission retransmission,
        final ClientRequests clientRequests,
        final ViewChange viewChange,
        final SnapshotInputs snapshots)
    {
        this.normalCase = normalCase;
        this.heldMessages = heldMessages;
        this.checkpointing = checkpointing;
        this.stateTransfer = stateTransfer;
        this.retransmission = retransmission;
        this.clientRequests = clientRequests;
        this.viewChange = viewChange;
        this.snapshots = snapshots;
    }

    /** Hands one message to whom it concerns. */
    Rejection route(
        final int senderId, final int templateId, final DirectBuffer buffer, final int offset, final int length)
    {
        return switch (templateId)
        {
            case VotesDecoder.TEMPLATE_ID -> onVotes(senderId, buffer, offset);
            case PrePrepareDecoder.TEMPLATE_ID -> onPrePrepare(senderId, buffer, offset, length);
            case CheckpointDecoder.TEMPLATE_ID -> checkpointing.onCheckpoint(senderId, buffer, offset);
            case CertificateDecoder.TEMPLATE_ID -> onCertificate(senderId, buffer, offset, length);
            case StatusDecoder.TEMPLATE_ID -> onStatus(senderId, buffer, offset);
            case CommittedDecoder.TEMPLATE_ID -> stateTransfer.onCommitted(senderId, buffer, offset);
            case FetchDecoder.TEMPLATE_ID -> retransmission.onFetch(senderId, buffer, offset);
            case BatchDecoder.TEMPLATE_ID -> stateTransfer.onBatch(senderId, buffer, offset);
            case RelayDecoder.TEMPLATE_ID -> clientRequests.onRelay(senderId, buffer, offset);
            case HeldDecoder.TEMPLATE_ID -> heldMessages.onHeld(senderId, buffer, offset);
            case ComplaintsDecoder.TEMPLATE_ID -> viewChange.onComplaints(senderId, buffer, offset);
            case StatementPartDecoder.TEMPLATE_ID -> viewChange.onPart(senderId, buffer, offset);
            case FetchStatementsDecoder.TEMPLATE_ID -> viewChange.onFetch(senderId, buffer, offset);
            case FetchChunksDecoder.TEMPLATE_ID -> snapshots.source().onFetchChunks(senderId, buffer, offset);
            case ChunkDecoder.TEMPLATE_ID -> snapshots.fetch().onChunk(senderId, buffer, offset);
            default -> Rejection.TEMPLATE;
        };
    }

    /** Each vote is counted by itself. */
    private Rejection onVotes(final int senderId, final DirectBuffer buffer, final int offset)
    {
        normalCase.onVotes(senderId, buffer, offset);
        return Rejection.NONE;
    }

    /** Another digest than the one accepted: whoever leads this view says two things. */
    private Rejection onPrePrepare(
        final int senderId, final DirectBuffer buffer, final int offset, final int length)
    {
        final Rejection rejection = normalCase.onPrePrepare(senderId, buffer, offset, length);
        if (Rejection.CONFLICT == rejection)
        {
            viewChange.onConflict();
        }
        return rejection;
    }

    private Rejection onStatus(final int senderId, final DirectBuffer buffer, final int offset)
    {
        final Rejection rejection = retransmission.onStatus(senderId, buffer, offset);
        if (Rejection.STALE != rejection)
        {
            heldMessages.onStatus(senderId, buffer, offset);
        }
        if (Rejection.NONE == rejection)
        {
            viewChange.onStatus(senderId);
        }
        return rejection;
    }

    private Rejection onCertificate(
        final int senderId, final DirectBuffer buffer, final int offset, final int length)
    {
        certificate.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, CertificateDecoder.BLOCK_LENGTH,
            CertificateDecoder.SCHEMA_VERSION);
        final long sequence = certificate.content().sequence();
        return checkpointing.onCertificate(
            senderId, buffer, offset, length, sequence, stateTransfer.wantsCertificate(sequence));
    }
}
