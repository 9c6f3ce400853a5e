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
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.FetchDecoder;
import io.tagma.codecs.peer.StatusDecoder;
import org.agrona.DirectBuffer;

/**
 * The answers to what others lack, by their STATUS or FETCH: everything that progress needs can be had again, whatever
 * was lost. Answers go out at a bounded rate for each peer, and carry no more than the asker can use. What this replica
 * lacks itself is {@link Lacking}'s.
 */
final class Retransmission
{
    private static final int PRE_PREPARES_PER_ANSWER = 8;
    private static final int FETCHED_PER_INTERVAL = 256;
    private static final int LONGEST_PER_INTERVAL = 8;
    /** Repair intervals after which a long run of digests is stated again to who has not come on by it. */
    private static final int RESTATED_AFTER_INTERVALS = 4;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final OrderingLog log;
    private final BatchStore store;
    private final Claims claims;
    private final PeerStates peers;
    private final MessageWriter messages;
    private final Outbound outbound;
    private final Checkpointing checkpointing;
    private final TransferCounts counts;
    private final StatusDecoder statusDecoder = new StatusDecoder();
    private final FetchDecoder fetchDecoder = new FetchDecoder();
    private final StoredBatchDecoder storedBatch = new StoredBatchDecoder();
    private final Digest wantedDigest = new Digest();
    private final long[] answeredAtNs;
    private final long[] fetchedAtNs;
    private final int[] fetchedCount;
    /** By peer: bytes of batches sent to it in this repair interval, asked for by STATUS or FETCH. */
    private final long[] batchLength;
    /** By peer: where the last long run of digests began that was stated to it, and when. */
    private final long[] statedFrom;
    private final long[] statedAtNs;

    Retransmission(final Core core, final Checkpointing checkpointing)
    {
        parameters = core.parameters;
        status = core.status;
        log = core.log;
        store = core.store;
        claims = core.claims;
        peers = core.peers;
        messages = core.messages;
        outbound = core.outbound;
        counts = core.transferCounts;
        this.checkpointing = checkpointing;
        answeredAtNs = new long[parameters.quorums.size()];
        fetchedAtNs = new long[parameters.quorums.size()];
        fetchedCount = new int[parameters.quorums.size()];
        batchLength = new long[parameters.quorums.size()];
        statedFrom = new long[parameters.quorums.size()];
        statedAtNs = new long[parameters.quorums.size()];
    }

    Rejection onStatus(final int senderId, final DirectBuffer buffer, final int offset)
    {
        statusDecoder.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, StatusDecoder.BLOCK_LENGTH, StatusDecoder.SCHEMA_VERSION);
        if (!peers.take(senderId, statusDecoder, status.nowNs()))
        {
            return Rejection.STALE;
        }
        if (0 != answeredAtNs[senderId] && status.nowNs() - answeredAtNs[senderId] < parameters.repairIntervalNs / 4)
        {
            return Rejection.BUDGET;
        }
        answeredAtNs[senderId] = status.nowNs();
        final long peerExecuted = statusDecoder.executedSequence();
        final long lackingFrom = statusDecoder.lackingFrom();
        hear(lackingFrom, statusDecoder.lackingPrepares() | statusDecoder.lackingCommits());
        checkpointing.resendTo(senderId, statusDecoder.stableSequence());
        if (peerExecuted < status.executedSequence() && !isStated(senderId, peerExecuted + 1))
        {
            stateCommitted(senderId, peerExecuted + 1);
        }
        if (status.isVoting())
        {
            resendProposals(senderId, lackingFrom, statusDecoder.lackingPrePrepares());
            resendVotes(senderId, lackingFrom, statusDecoder.lackingPrepares(), statusDecoder.lackingCommits());
        }
        return Rejection.NONE;
    }

    /** What another one lacks votes for was proposed: if it never came here, it is lacking here too. */
    private void hear(final long lackingFrom, final long lacking)
    {
        final long highest = lackingFrom + Long.SIZE - 1 - Long.numberOfLeadingZeros(lacking);
        if (isInWindow(highest))
        {
            status.heard(highest);
        }
    }

    /**
     * Whether a run as long as any was stated just now, of which the peer has executed less than half: then it has
     * enough to fetch, and reading the next one is what costs most here.
     */
    private boolean isStated(final int peerId, final long firstSequence)
    {
        if (status.executedSequence() - firstSequence < MessageWriter.COMMITTED_LIMIT)
        {
            return false;
        }
        final boolean isRecent =
            status.nowNs() - statedAtNs[peerId] < RESTATED_AFTER_INTERVALS * parameters.repairIntervalNs;
        if (0 != statedAtNs[peerId] && isRecent && firstSequence >= statedFrom[peerId] &&
            firstSequence - statedFrom[peerId] < MessageWriter.COMMITTED_LIMIT / 2)
        {
            return true;
        }
        statedFrom[peerId] = firstSequence;
        statedAtNs[peerId] = status.nowNs();
        return false;
    }

    /** What is in the window is stated from memory, what lies before it from the journal. */
    private void stateCommitted(final int peerId, final long firstSequence)
    {
        if (firstSequence > status.stableSequence())
        {
            final long count = Math.min(
                MessageWriter.COMMITTED_LIMIT, status.executedSequence() - firstSequence + 1);
            for (int i = 0; i < count; i++)
            {
                if (log.slot(firstSequence + i).committed.isAbsent())
                {
                    // Executed on the word of others; the journal knows it.
                    outbound.readHistory(peerId, firstSequence, MessageWriter.COMMITTED_LIMIT);
                    return;
                }
            }
            messages.committedTo(peerId, firstSequence, (int)count);
        }
        else
        {
            outbound.readHistory(peerId, firstSequence, MessageWriter.COMMITTED_LIMIT);
        }
    }

    private void resendProposals(final int peerId, final long first, final long lacking)
    {
        if (!status.isPrimary())
        {
            return;
        }
        int sent = 0;
        for (long bits = lacking; 0 != bits && sent < PRE_PREPARES_PER_ANSWER; bits &= bits - 1)
        {
            final long sequence = first + Long.numberOfTrailingZeros(bits);
            if (sequence > status.proposedSequence() || !isInWindow(sequence))
            {
                continue;
            }
            final BatchSlot batch = store.find(sequence, log.slot(sequence).accepted);
            if (null != batch && batch.prePrepareLength > 0 && spend(peerId, batch.prePrepareLength))
            {
                messages.prePrepareTo(peerId, batch);
                sent++;
            }
        }
    }

    private void resendVotes(
        final int peerId, final long first, final long lackingPrepares, final long lackingCommits)
    {
        long prepares = 0;
        long commits = 0;
        for (long bits = lackingPrepares | lackingCommits; 0 != bits; bits &= bits - 1)
        {
            final int i = Long.numberOfTrailingZeros(bits);
            final long bit = 1L << i;
            if (isInWindow(first + i))
            {
                final OrderingSlot slot = log.slot(first + i);
                prepares |= !status.isPrimary() && slot.accepted.isPresent() ? lackingPrepares & bit : 0;
                commits |= slot.isPrepared() ? lackingCommits & bit : 0;
            }
        }
        if (0 != (prepares | commits))
        {
            messages.votesTo(peerId, first, prepares, commits);
        }
    }

    private boolean isInWindow(final long sequence)
    {
        return sequence > status.stableSequence() && sequence <= status.highWatermark();
    }

    Rejection onFetch(final int senderId, final DirectBuffer buffer, final int offset)
    {
        beginInterval(senderId);
        fetchDecoder.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, FetchDecoder.BLOCK_LENGTH, FetchDecoder.SCHEMA_VERSION);
        for (final FetchDecoder.WantedDecoder wanted = fetchDecoder.wanted(); wanted.hasNext(); )
        {
            wanted.next();
            if (++fetchedCount[senderId] > FETCHED_PER_INTERVAL * parameters.pipelineDepth)
            {
                return Rejection.BUDGET;
            }
            wantedDigest.set(
                buffer,
                fetchDecoder.limit() - FetchDecoder.WantedDecoder.sbeBlockLength() +
                FetchDecoder.WantedDecoder.digestEncodingOffset());
            serve(senderId, wanted.sequence());
        }
        return Rejection.NONE;
    }

    private void beginInterval(final int peerId)
    {
        if (status.nowNs() - fetchedAtNs[peerId] > parameters.repairIntervalNs)
        {
            fetchedAtNs[peerId] = status.nowNs();
            fetchedCount[peerId] = 0;
            batchLength[peerId] = 0;
        }
    }

    /** Bytes out are bounded for each peer: sending its own batches must not crowd out what all need. */
    private boolean spend(final int peerId, final int length)
    {
        beginInterval(peerId);
        if (batchLength[peerId] + length > (long)LONGEST_PER_INTERVAL * parameters.batchLengthMax)
        {
            return false;
        }
        batchLength[peerId] += length;
        return true;
    }

    private void serve(final int peerId, final long sequence)
    {
        final BatchSlot batch = store.find(sequence, wantedDigest);
        if (null != batch)
        {
            if (!spend(peerId, batch.bodiesLength))
            {
                status.reject(Rejection.BUDGET);
                return;
            }
            counts.sent(batch.bodiesLength);
            messages.batchTo(
                peerId, sequence, batch.timestampNs, batch.bundleCount, wantedDigest.bytes(), 0, batch.buffer,
                batch.bodiesOffset, batch.bodiesLength);
        }
        else if (sequence <= status.executedSequence() || claims.isAccepted(sequence, 0, wantedDigest))
        {
            outbound.readBatch(peerId, sequence, wantedDigest.bytes(), 0);
        }
    }

    /** The side agent found a batch in the journal. */
    void onBatchRead(final int peerId, final DirectBuffer buffer, final int offset)
    {
        final int block = offset + FrameLayout.HEADER_LENGTH;
        storedBatch.wrap(buffer, block, StoredBatchDecoder.BLOCK_LENGTH, StoredBatchDecoder.SCHEMA_VERSION);
        if (!spend(peerId, storedBatch.bodiesLength()))
        {
            status.reject(Rejection.BUDGET);
            return;
        }
        counts.sent(storedBatch.bodiesLength());
        messages.batchTo(
            peerId,
            storedBatch.sequence(),
            storedBatch.timestampNs(),
            (int)storedBatch.bundleCount(),
            buffer,
            block + StoredBatchDecoder.digestEncodingOffset(),
            buffer,
            block + StoredBatchDecoder.BLOCK_LENGTH + Integer.BYTES,
            storedBatch.bodiesLength());
    }

    /** The side agent read a run of digests from the journal, and the nearest certificate. */
    void onHistoryRead(
        final int peerId,
        final long firstSequence,
        final int count,
        final DirectBuffer digests,
        final int digestsOffset,
        final DirectBuffer certificate,
        final int certificateOffset,
        final int certificateLength)
    {
        if (certificateLength > FrameLayout.HEADER_LENGTH + CertificateDecoder.BLOCK_LENGTH)
        {
            messages.certificateTo(peerId, certificate, certificateOffset, certificateLength);
        }
        if (count > 0)
        {
            messages.committedTo(peerId, firstSequence, count, digests, digestsOffset);
        }
    }
}
