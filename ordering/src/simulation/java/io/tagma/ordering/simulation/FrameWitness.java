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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.RepliesDecoder;
import io.tagma.codecs.client.ResultForm;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.CheckpointDecoder;
import io.tagma.codecs.peer.CommittedDecoder;
import io.tagma.codecs.peer.OriginDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartDecoder;
import io.tagma.codecs.peer.VotesDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads facts for the oracle off frames: what correct replicas say, and what any replica is really told. A frame counts
 * as its sender's word only if the holder of the sender's keys made it and nothing changed it since.
 */
final class FrameWitness
{
    private final Oracle oracle;
    private final long clusterId;
    private final int epoch;
    private final JournalWitness.SignatureCheck signatures;
    private final PrePrepareDecoder prePrepare = new PrePrepareDecoder();
    private final VotesDecoder votes = new VotesDecoder();
    private final CheckpointDecoder checkpoint = new CheckpointDecoder();
    private final CertificateDecoder certificate = new CertificateDecoder();
    private final StatementPartDecoder statementPart = new StatementPartDecoder();
    private final CommittedDecoder committed = new CommittedDecoder();
    private final RepliesDecoder replies = new RepliesDecoder();
    private final UnsafeBuffer digest = new UnsafeBuffer(0, 0);

    FrameWitness(
        final Oracle oracle,
        final long clusterId,
        final int epoch,
        final JournalWitness.SignatureCheck signatures)
    {
        this.oracle = oracle;
        this.signatures = signatures;
        this.clusterId = clusterId;
        this.epoch = epoch;
    }

    /** A frame between replicas leaves a correct one. */
    void onSent(final Frame frame)
    {
        read(frame, true);
    }

    /** A frame between replicas arrives at a correct one. */
    void onDelivered(final Frame frame)
    {
        if (frame.creator == frame.from && isOfSender(frame))
        {
            try
            {
                read(frame, false);
            }
            catch (final IndexOutOfBoundsException ex)
            {
                // A Byzantine replica's own malformed frame says nothing.
                return;
            }
        }
    }

    private boolean isOfSender(final Frame frame)
    {
        final UnsafeBuffer buffer = frame.buffer;
        final int origin = FrameLayout.HEADER_LENGTH;
        return frame.length() >= origin + OriginDecoder.ENCODED_LENGTH + FrameLayout.TAG_LENGTH &&
            buffer.getLong(origin, LITTLE_ENDIAN) == clusterId &&
            buffer.getInt(origin + 8, LITTLE_ENDIAN) == epoch &&
            buffer.getInt(origin + 12, LITTLE_ENDIAN) == frame.from;
    }

    private void read(final Frame frame, final boolean isSent)
    {
        final UnsafeBuffer buffer = frame.buffer;
        final int body = FrameLayout.HEADER_LENGTH;
        switch (buffer.getShort(2, LITTLE_ENDIAN))
        {
            case PrePrepareDecoder.TEMPLATE_ID ->
            {
                prePrepare.wrap(buffer, body, PrePrepareDecoder.BLOCK_LENGTH, 1);
                vote(
                    frame, isSent, VoteType.PRE_PREPARE, prePrepare.view(), prePrepare.sequence(),
                    DigestValue.at(buffer, body + PrePrepareDecoder.digestEncodingOffset()));
            }
            case VotesDecoder.TEMPLATE_ID -> readVotes(frame, isSent);
            case CommittedDecoder.TEMPLATE_ID -> readCommitted(frame, isSent);
            case CheckpointDecoder.TEMPLATE_ID ->
            {
                if (isSent)
                {
                    readCheckpoint(frame);
                }
            }
            case StatementPartDecoder.TEMPLATE_ID ->
            {
                statementPart.wrap(buffer, body, StatementPartDecoder.BLOCK_LENGTH, 1);
                if (isSent && statementPart.signer() == frame.from)
                {
                    oracle.statementSent(
                        frame.from, StatementKind.VIEW_CHANGE == statementPart.kind(), statementPart.view(),
                        StatementParts.digestOf(buffer, 0));
                }
            }
            case CertificateDecoder.TEMPLATE_ID ->
            {
                if (!isSent)
                {
                    readCertificate(frame);
                }
            }
            default ->
            {
                // Binds nobody.
            }
        }
    }

    private void readVotes(final Frame frame, final boolean isSent)
    {
        votes.wrap(frame.buffer, FrameLayout.HEADER_LENGTH, VotesDecoder.BLOCK_LENGTH, 1);
        final long view = votes.view();
        for (final VotesDecoder.PreparesDecoder prepare : votes.prepares())
        {
            final long sequence = prepare.sequence();
            prepare.wrapDigest(digest);
            vote(frame, isSent, VoteType.PREPARE, view, sequence, DigestValue.at(digest, 0));
        }
        for (final VotesDecoder.CommitsDecoder commit : votes.commits())
        {
            final long sequence = commit.sequence();
            commit.wrapDigest(digest);
            vote(frame, isSent, VoteType.COMMIT, view, sequence, DigestValue.at(digest, 0));
        }
    }

    private void vote(
        final Frame frame,
        final boolean isSent,
        final VoteType type,
        final long view,
        final long sequence,
        final DigestValue value)
    {
        if (isSent)
        {
            oracle.voteSent(frame.from, type, view, sequence, value);
        }
        else if (view >= 0)
        {
            oracle.voteDelivered(frame.to, frame.from, type, view, sequence, value);
        }
    }

    private void readCommitted(final Frame frame, final boolean isSent)
    {
        committed.wrap(frame.buffer, FrameLayout.HEADER_LENGTH, CommittedDecoder.BLOCK_LENGTH, 1);
        long sequence = committed.firstSequence();
        for (final CommittedDecoder.DigestsDecoder digests : committed.digests())
        {
            digests.wrapDigest(digest);
            final DigestValue stated = DigestValue.at(digest, 0);
            if (isSent)
            {
                oracle.committedStated(frame.from, sequence, stated);
            }
            else
            {
                oracle.statementDelivered(frame.to, frame.from, sequence, stated);
            }
            sequence++;
        }
    }

    /** Signatures speak for themselves, whoever brings them. */
    private void readCertificate(final Frame frame)
    {
        final long signers =
            JournalWitness.signersOf(certificate, frame.buffer, oracle.cluster().replicaCount, signatures);
        final long sequence = frame.buffer.getLong(JournalWitness.CONTENT_OFFSET, LITTLE_ENDIAN);
        oracle.certificateDelivered(frame.to, sequence, signers);
    }

    private void readCheckpoint(final Frame frame)
    {
        checkpoint.wrap(frame.buffer, FrameLayout.HEADER_LENGTH, CheckpointDecoder.BLOCK_LENGTH, 1);
        if (checkpoint.signer() == frame.from)
        {
            final byte[] content = new byte[JournalWitness.CONTENT_LENGTH];
            frame.buffer.getBytes(JournalWitness.CONTENT_OFFSET, content);
            oracle.checkpointSent(
                frame.from,
                checkpoint.content().sequence(),
                DigestValue.at(
                    frame.buffer,
                    JournalWitness.CONTENT_OFFSET + CheckpointContentDecoder.rootEncodingOffset()),
                DigestValue.at(new UnsafeBuffer(Sha256Digests.of(content)), 0));
        }
    }

    /** A frame of replies leaves a correct replica. */
    void onRepliesSent(final Frame frame)
    {
        replies.wrap(frame.buffer, FrameLayout.HEADER_LENGTH, RepliesDecoder.BLOCK_LENGTH, 1);
        final int clientId = (int)replies.clientId();
        final long session = replies.sessionId();
        for (final RepliesDecoder.ResultsDecoder result : replies.results())
        {
            final long number = result.number();
            final long position = result.position();
            final boolean isCommitted = Outcome.COMMITTED == result.outcome();
            final boolean isDigest = ResultForm.DIGEST == result.form();
            final byte[] bytes = new byte[result.resultLength()];
            result.getResult(bytes, 0, bytes.length);
            if (isCommitted)
            {
                oracle.committedReply(frame.from, clientId, session, number, position, bytes, isDigest);
            }
        }
    }
}
