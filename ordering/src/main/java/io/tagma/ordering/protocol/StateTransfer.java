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
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.CommittedDecoder;
import org.agrona.DirectBuffer;

/**
 * Fetches the batches that are agreed and not in memory: a few that were lost on the way, or all of a long absence.
 * Only batches whose digest is trusted are asked for, so a bad source can waste a round trip and nothing else.
 */
final class StateTransfer
{
    /** A batch that is merely on its way is not asked for at once. */
    private static final long PATIENCE_NS = 2_000_000L;
    private static final int FETCH_LIMIT = 32;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final BatchStore store;
    private final PeerStates peers;
    private final MessageWriter messages;
    private final Execution execution;
    private final TransferPlan plan;
    private final TransferCounts counts;
    private final BatchSources sources;
    /** What a new view takes over, and is not here. */
    private final WantedBatches takenOver;
    private final CommittedDecoder committed = new CommittedDecoder();
    private final BatchDecoder batch = new BatchDecoder();
    /** By place of memory: the sequence that was asked for, or noticed missing, and when. */
    private final long[] askedSequences;
    private final long[] noticedAtNs;
    private final long[] askedAtNs;
    private int source;

    StateTransfer(final Core core, final Execution execution, final WantedBatches takenOver)
    {
        this.takenOver = takenOver;
        parameters = core.parameters;
        status = core.status;
        store = core.store;
        peers = core.peers;
        messages = core.messages;
        this.execution = execution;
        plan = core.plan;
        counts = core.transferCounts;
        sources = new BatchSources(parameters, status);
        askedSequences = new long[parameters.batchSlots];
        noticedAtNs = new long[parameters.batchSlots];
        askedAtNs = new long[parameters.batchSlots];
        source = parameters.replicaId;
    }

    Rejection onCommitted(final int senderId, final DirectBuffer buffer, final int offset)
    {
        committed.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, CommittedDecoder.BLOCK_LENGTH, CommittedDecoder.SCHEMA_VERSION);
        long sequence = committed.firstSequence();
        boolean isUseful = false;
        for (final CommittedDecoder.DigestsDecoder digests = committed.digests(); digests.hasNext(); sequence++)
        {
            digests.next();
            if (plan.isUseful(sequence))
            {
                isUseful = true;
                plan.stated(
                    senderId, sequence, buffer,
                    committed.limit() - CommittedDecoder.DigestsDecoder.sbeBlockLength() +
                    CommittedDecoder.DigestsDecoder.digestEncodingOffset());
            }
        }
        if (plan.isRunFalse(senderId, execution.frontier()))
        {
            return Rejection.CONFLICT;
        }
        return isUseful ? Rejection.NONE : Rejection.UNWANTED;
    }

    /** A verified certificate: runs that were stated before it came can be checked now. */
    void onCertificate(final CertificateStore certificate)
    {
        plan.certified(
            certificate.sequence(), certificate.content(),
            certificate.contentOffset() + CheckpointContentDecoder.rootEncodingOffset());
        for (int peer = 0; peer < parameters.quorums.size(); peer++)
        {
            if (plan.isRunFalse(peer, execution.frontier()))
            {
                status.reject(Rejection.CONFLICT);
            }
        }
    }

    boolean wantsCertificate(final long sequence)
    {
        return plan.wantsCertificate(sequence);
    }

    Rejection onBatch(final int senderId, final DirectBuffer buffer, final int offset)
    {
        batch.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, BatchDecoder.BLOCK_LENGTH, BatchDecoder.SCHEMA_VERSION);
        final long sequence = batch.sequence();
        final int digestOffset = offset + FrameLayout.HEADER_LENGTH + BatchDecoder.digestEncodingOffset();
        if (!isInReach(sequence))
        {
            return Rejection.UNWANTED;
        }
        final Digest agreed = plan.agreedDigest(sequence);
        final Digest wanted = agreed.isPresent() ? agreed : takenOver.wantedDigest(sequence);
        if (!wanted.is(buffer, digestOffset) || null != store.find(sequence, wanted))
        {
            return Rejection.UNWANTED;
        }
        final int bodiesOffset = offset + FrameLayout.HEADER_LENGTH + BatchDecoder.BLOCK_LENGTH + Integer.BYTES;
        store.putBodies(
            sequence, batch.timestampNs(), (int)batch.bundleCount(), buffer, digestOffset, buffer, bodiesOffset,
            batch.bodiesLength());
        counts.fetched(batch.bodiesLength());
        sources.answered(senderId, sequence, batch.bodiesLength());
        return Rejection.NONE;
    }

    /**
     * Asks for what is agreed and not here.
     */
    void fetchMissing()
    {
        final long first = status.executedSequence() + 1;
        if (first > status.heardSequence())
        {
            return;
        }
        final long last = Math.min(status.heardSequence(), status.highWatermark());
        if (peers.credibleExecuted() - status.executedSequence() > parameters.batchSlots)
        {
            fetchFromAll(first, last);
            return;
        }
        long due = 0;
        boolean isRepeated = false;
        for (int i = 0; i < parameters.batchSlots && first + i <= last; i++)
        {
            final long sequence = first + i;
            final Digest agreed = plan.agreedDigest(sequence);
            if (agreed.isAbsent() || null != store.find(sequence, agreed))
            {
                continue;
            }
            final int place = (int)sequence & (parameters.batchSlots - 1);
            if (askedSequences[place] != sequence)
            {
                askedSequences[place] = sequence;
                noticedAtNs[place] = status.nowNs();
                askedAtNs[place] = 0;
            }
            if (isDue(place) && Long.bitCount(due) < FETCH_LIMIT)
            {
                isRepeated |= 0 != askedAtNs[place];
                askedAtNs[place] = status.nowNs();
                due |= 1L << i;
            }
        }
        if (0 != due)
        {
            ask(first, due, isRepeated);
        }
    }

    /** Far behind: each of the others for other batches, in the order in which they are needed. */
    private void fetchFromAll(final long first, final long last)
    {
        sources.update();
        for (int peer = 0; peer < parameters.quorums.size(); peer++)
        {
            if (peer != parameters.replicaId)
            {
                fetchFrom(peer, first, Math.min(last, peers.executed(peer)));
            }
        }
    }

    private void fetchFrom(final int peer, final long first, final long last)
    {
        final int room = sources.roomOf(peer);
        long wanted = 0;
        for (int i = 0; i < parameters.batchSlots && first + i <= last && Long.bitCount(wanted) < room; i++)
        {
            final long sequence = first + i;
            final Digest agreed = plan.agreedDigest(sequence);
            if (!agreed.isAbsent() && !sources.isUnderWay(sequence) && null == store.find(sequence, agreed))
            {
                sources.asked(peer, sequence);
                wanted |= 1L << i;
            }
        }
        if (0 != wanted)
        {
            messages.fetchTo(peer, first, wanted, plan);
        }
    }

    private boolean isDue(final int place)
    {
        return 0 == askedAtNs[place] ?
            status.nowNs() - noticedAtNs[place] >= PATIENCE_NS :
            status.nowNs() - askedAtNs[place] >= parameters.repairIntervalNs;
    }

    private void ask(final long first, final long bits, final boolean isRepeated)
    {
        if (isRepeated || source == parameters.replicaId)
        {
            nextSource(first + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits));
        }
        if (source != parameters.replicaId)
        {
            messages.fetchTo(source, first, bits, plan);
        }
    }

    /** Goes round the others, those that say they have it before those that do not. */
    private void nextSource(final long lastSequence)
    {
        final int size = parameters.quorums.size();
        int candidate = source;
        int fallback = source;
        for (int i = 1; i < size; i++)
        {
            candidate = (candidate + 1) % size;
            if (candidate == parameters.replicaId)
            {
                candidate = (candidate + 1) % size;
            }
            if (1 == i)
            {
                fallback = candidate;
            }
            if (peers.executed(candidate) >= lastSequence)
            {
                source = candidate;
                return;
            }
        }
        source = fallback;
    }

    private boolean isInReach(final long sequence)
    {
        return sequence > status.executedSequence() &&
            sequence - status.executedSequence() <= parameters.batchSlots;
    }
}
