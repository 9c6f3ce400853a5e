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
import io.tagma.codecs.peer.BatchEncoder;
import io.tagma.codecs.peer.BooleanType;
import io.tagma.codecs.peer.CertificateEncoder;
import io.tagma.codecs.peer.CheckpointEncoder;
import io.tagma.codecs.peer.CommittedEncoder;
import io.tagma.codecs.peer.FetchEncoder;
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.HeldEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.OriginEncoder;
import io.tagma.codecs.peer.RelayEncoder;
import io.tagma.codecs.peer.StatusEncoder;
import io.tagma.codecs.peer.VotesEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The one place where messages to other replicas are made: guard, encode, hand over.
 */
final class MessageWriter
{
    /** Digests that one Committed message carries at most. */
    static final int COMMITTED_LIMIT = 1024;

    private static final int LENGTH_FIELD = Integer.BYTES;
    private static final int VOTE_LENGTH = Long.BYTES + Digest.LENGTH;
    private static final int CONTENT_OFFSET = FrameLayout.HEADER_LENGTH + OriginEncoder.ENCODED_LENGTH;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final OrderingLog log;
    private final HeldVoices heldVoices;
    private final Marks marks;
    private final OutboundGuard guard;
    private final Outbound outbound;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final VotesEncoder votes = new VotesEncoder();
    private final CheckpointEncoder checkpoint = new CheckpointEncoder();
    private final StatusEncoder statusEncoder = new StatusEncoder();
    private final CommittedEncoder committed = new CommittedEncoder();
    private final FetchEncoder fetch = new FetchEncoder();
    private final BatchEncoder batch = new BatchEncoder();
    private final RelayEncoder relay = new RelayEncoder();
    private final HeldEncoder heldEncoder = new HeldEncoder();
    private final OriginEncoder origin = new OriginEncoder();

    MessageWriter(final Core core, final OutboundGuard guard)
    {
        parameters = core.parameters;
        status = core.status;
        log = core.log;
        heldVoices = core.heldVoices;
        marks = core.marks;
        outbound = core.outbound;
        this.guard = guard;
    }

    /** The journalled bytes, to all; the batch slot holds them as they are to be sent. */
    void prePrepare(final BatchSlot batchSlot)
    {
        claimPrePrepare(batchSlot);
        outbound.broadcast();
    }

    void prePrepareTo(final int peerId, final BatchSlot batchSlot)
    {
        claimPrePrepare(batchSlot);
        outbound.sendTo(peerId);
    }

    private void claimPrePrepare(final BatchSlot batchSlot)
    {
        guard.prePrepare(batchSlot.sequence, batchSlot.digest);
        outbound.claimMessage(batchSlot.prePrepareLength)
            .putBytes(0, batchSlot.buffer, 0, batchSlot.prePrepareLength);
    }

    void prepare(final OrderingSlot slot)
    {
        guard.prepare(slot.sequence(), slot.accepted);
        outbound.prepare(status.view(), slot.sequence(), slot.accepted.bytes(), 0);
    }

    void commit(final OrderingSlot slot)
    {
        guard.commit(slot.sequence(), slot.accepted);
        outbound.commit(status.view(), slot.sequence(), slot.accepted.bytes(), 0);
    }

    /**
     * Says own votes again, to one that lacks them.
     *
     * @param firstSequence that bit 0 stands for.
     * @param prepareBits   bit i: PREPARE at firstSequence + i.
     * @param commitBits    bit i: COMMIT at firstSequence + i.
     */
    void votesTo(final int peerId, final long firstSequence, final long prepareBits, final long commitBits)
    {
        final int prepareCount = Long.bitCount(prepareBits);
        final int commitCount = Long.bitCount(commitBits);
        final int length = FrameLayout.HEADER_LENGTH + VotesEncoder.BLOCK_LENGTH +
            2 * GroupSizeEncodingEncoder.ENCODED_LENGTH + (prepareCount + commitCount) * VOTE_LENGTH;
        votes.wrapAndApplyHeader(outbound.claimMessage(length), 0, header);
        putOrigin(votes.origin());
        votes.view(status.view());

        final VotesEncoder.PreparesEncoder prepares = votes.preparesCount(prepareCount);
        for (long bits = prepareBits; 0 != bits; bits &= bits - 1)
        {
            final OrderingSlot slot = log.slot(firstSequence + Long.numberOfTrailingZeros(bits));
            guard.prepare(slot.sequence(), slot.accepted);
            prepares.next().sequence(slot.sequence()).putDigest(slot.accepted.bytes(), 0, Digest.LENGTH);
        }
        final VotesEncoder.CommitsEncoder commits = votes.commitsCount(commitCount);
        for (long bits = commitBits; 0 != bits; bits &= bits - 1)
        {
            final OrderingSlot slot = log.slot(firstSequence + Long.numberOfTrailingZeros(bits));
            guard.commit(slot.sequence(), slot.accepted);
            commits.next().sequence(slot.sequence()).putDigest(slot.accepted.bytes(), 0, Digest.LENGTH);
        }
        outbound.sendTo(peerId);
    }

    void checkpoint(final CheckpointEntry entry)
    {
        claimCheckpoint(entry);
        outbound.broadcast();
    }

    void checkpointTo(final int peerId, final CheckpointEntry entry)
    {
        claimCheckpoint(entry);
        outbound.sendTo(peerId);
    }

    private void claimCheckpoint(final CheckpointEntry entry)
    {
        guard.checkpoint(entry.sequence());
        final MutableDirectBuffer buffer = outbound.claimMessage(
            FrameLayout.HEADER_LENGTH + CheckpointEncoder.BLOCK_LENGTH);
        checkpoint.wrapAndApplyHeader(buffer, 0, header);
        putOrigin(checkpoint.origin());
        buffer.putBytes(CONTENT_OFFSET, entry.content, 0, CheckpointEntry.CONTENT_LENGTH);
        checkpoint
            .signer(parameters.replicaId)
            .reserved(0)
            .putSignature(entry.signature, 0, FrameLayout.SIGNATURE_LENGTH);
    }

    /** Passes a certificate on under our own name; the signatures in it cover its content alone. */
    void certificateTo(final int peerId, final DirectBuffer certificate, final int offset, final int length)
    {
        final MutableDirectBuffer buffer = outbound.claimMessage(length);
        buffer.putBytes(0, certificate, offset, length);
        putOrigin(origin.wrap(buffer, FrameLayout.HEADER_LENGTH + CertificateEncoder.originEncodingOffset()));
        outbound.sendTo(peerId);
    }

    /** Tells all of the bundles that this replica holds a batch back for. */
    void held(final long sequence)
    {
        guard.held(sequence);
        final MutableDirectBuffer buffer = outbound.claimMessage(FrameLayout.HEADER_LENGTH + HeldEncoder.BLOCK_LENGTH);
        heldEncoder.wrapAndApplyHeader(buffer, 0, header);
        putOrigin(heldEncoder.origin());
        heldEncoder.view(status.view()).sequence(sequence);
        heldVoices.copyOwn(
            sequence, buffer, FrameLayout.HEADER_LENGTH + HeldEncoder.digestEncodingOffset(),
            FrameLayout.HEADER_LENGTH + HeldEncoder.bundlesEncodingOffset());
        outbound.broadcast();
    }

    void status(
        final long counter,
        final long checkpointSequence,
        final long lackingFrom,
        final long lackingPrePrepares,
        final long lackingPrepares,
        final long lackingCommits)
    {
        final int heldCount = heldCount();
        final MutableDirectBuffer buffer = outbound.claimMessage(
            FrameLayout.HEADER_LENGTH + StatusEncoder.BLOCK_LENGTH + 2 * GroupSizeEncodingEncoder.ENCODED_LENGTH +
            heldCount * StatusEncoder.HeldEncoder.sbeBlockLength() +
            marks.count() * StatusEncoder.MarksEncoder.sbeBlockLength());
        statusEncoder.wrapAndApplyHeader(buffer, 0, header);
        putOrigin(statusEncoder.origin());
        statusEncoder
            .incarnation(status.incarnation())
            .counter(counter)
            .view(status.view())
            .stableSequence(status.stableSequence())
            .executedSequence(status.executedSequence())
            .checkpointSequence(checkpointSequence)
            .awaitedSequence(status.awaitedSequence())
            .newView(status.newView())
            .lackingFrom(lackingFrom)
            .lackingPrePrepares(lackingPrePrepares)
            .lackingPrepares(lackingPrepares)
            .lackingCommits(lackingCommits)
            .active(status.isVoting() ? BooleanType.T : BooleanType.F)
            .reserved1((short)0)
            .reserved2(0)
            .reserved3(0);
        putHeld(statusEncoder.heldCount(heldCount), buffer);
        putMarks(statusEncoder.marksCount(marks.count()));
        outbound.broadcast();
    }

    /** A STATUS is never longer than the longest batch: what does not fit is left out, whole. */
    private int heldCount()
    {
        final int most = parameters.batchLengthMax / StatusEncoder.HeldEncoder.sbeBlockLength() - 4;
        int count = 0;
        for (long sequence = status.executedSequence() + 1; sequence <= lastHeld() && count < most; sequence++)
        {
            count += isHeld(sequence) ? 1 : 0;
        }
        return count;
    }

    private void putHeld(final StatusEncoder.HeldEncoder entries, final MutableDirectBuffer buffer)
    {
        int left = heldCount();
        for (long sequence = status.executedSequence() + 1; left > 0; sequence++)
        {
            if (isHeld(sequence))
            {
                left--;
                final int entry = statusEncoder.limit();
                entries.next().sequence(sequence);
                heldVoices.copyOwn(
                    sequence, buffer, entry + StatusEncoder.HeldEncoder.digestEncodingOffset(),
                    entry + StatusEncoder.HeldEncoder.bundlesEncodingOffset());
            }
        }
    }

    private void putMarks(final StatusEncoder.MarksEncoder entries)
    {
        int clientId = 0;
        for (int i = 0; i < marks.count(); i++)
        {
            clientId = marks.nextAbove(clientId);
            entries.next().clientId(clientId);
        }
    }

    private long lastHeld()
    {
        return Math.min(status.executedSequence() + parameters.batchSlots, status.highWatermark());
    }

    /** What was accepted since is vouched for by PREPARE. */
    private boolean isHeld(final long sequence)
    {
        return log.slot(sequence).accepted.isAbsent() &&
            heldVoices.holds(parameters.replicaId, status.view(), sequence);
    }

    /** States what the window's slots say is executed. */
    void committedTo(final int peerId, final long firstSequence, final int count)
    {
        guard.committed(firstSequence + count - 1);
        final CommittedEncoder.DigestsEncoder digests = beginCommitted(firstSequence, count);
        for (int i = 0; i < count; i++)
        {
            digests.next().putDigest(log.slot(firstSequence + i).committed.bytes(), 0, Digest.LENGTH);
        }
        outbound.sendTo(peerId);
    }

    /** States what the journal says is executed. */
    void committedTo(
        final int peerId, final long firstSequence, final int count, final DirectBuffer history, final int offset)
    {
        guard.committed(firstSequence + count - 1);
        final CommittedEncoder.DigestsEncoder digests = beginCommitted(firstSequence, count);
        for (int i = 0; i < count; i++)
        {
            digests.next().putDigest(history, offset + i * Digest.LENGTH, Digest.LENGTH);
        }
        outbound.sendTo(peerId);
    }

    private CommittedEncoder.DigestsEncoder beginCommitted(final long firstSequence, final int count)
    {
        final int length = FrameLayout.HEADER_LENGTH + CommittedEncoder.BLOCK_LENGTH +
            GroupSizeEncodingEncoder.ENCODED_LENGTH + count * Digest.LENGTH;
        committed.wrapAndApplyHeader(outbound.claimMessage(length), 0, header);
        putOrigin(committed.origin());
        return committed.firstSequence(firstSequence).digestsCount(count);
    }

    /**
     * Asks one replica for batches.
     *
     * @param firstSequence that bit 0 stands for.
     * @param bits          bit i: the batch at firstSequence + i is wanted.
     * @param wantedBatches that knows their digests.
     */
    void fetchTo(final int peerId, final long firstSequence, final long bits, final WantedBatches wantedBatches)
    {
        final int count = Long.bitCount(bits);
        fetch.wrapAndApplyHeader(
            outbound.claimMessage(
                FrameLayout.HEADER_LENGTH + FetchEncoder.BLOCK_LENGTH + GroupSizeEncodingEncoder.ENCODED_LENGTH +
                count * VOTE_LENGTH),
            0,
            header);
        putOrigin(fetch.origin());
        final FetchEncoder.WantedEncoder wanted = fetch.wantedCount(count);
        for (long remaining = bits; 0 != remaining; remaining &= remaining - 1)
        {
            final long sequence = firstSequence + Long.numberOfTrailingZeros(remaining);
            wanted.next().sequence(sequence).putDigest(wantedBatches.wantedDigest(sequence).bytes(), 0, Digest.LENGTH);
        }
        outbound.sendTo(peerId);
    }

    void batchTo(
        final int peerId,
        final long sequence,
        final long timestampNs,
        final int bundleCount,
        final DirectBuffer digest,
        final int digestOffset,
        final DirectBuffer bodies,
        final int bodiesOffset,
        final int bodiesLength)
    {
        batch.wrapAndApplyHeader(
            outbound.claimMessage(
                FrameLayout.HEADER_LENGTH + BatchEncoder.BLOCK_LENGTH + LENGTH_FIELD + bodiesLength),
            0,
            header);
        putOrigin(batch.origin());
        batch
            .sequence(sequence)
            .timestampNs(timestampNs)
            .putDigest(digest, digestOffset, Digest.LENGTH)
            .bundleCount(bundleCount)
            .reserved(0)
            .putBodies(bodies, bodiesOffset, bodiesLength);
        outbound.sendTo(peerId);
    }

    void relayTo(
        final int peerId,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength,
        final DirectBuffer authenticator,
        final int authenticatorOffset,
        final int authenticatorLength)
    {
        relay.wrapAndApplyHeader(
            outbound.claimMessage(
                FrameLayout.HEADER_LENGTH + RelayEncoder.BLOCK_LENGTH + 2 * LENGTH_FIELD + bodyLength +
                authenticatorLength),
            0,
            header);
        putOrigin(relay.origin());
        relay
            .putBody(body, bodyOffset, bodyLength)
            .putAuthenticator(authenticator, authenticatorOffset, authenticatorLength);
        outbound.sendTo(peerId);
    }

    private void putOrigin(final OriginEncoder encoder)
    {
        encoder.clusterId(parameters.clusterId).epoch(parameters.epoch).sender(parameters.replicaId);
    }
}
