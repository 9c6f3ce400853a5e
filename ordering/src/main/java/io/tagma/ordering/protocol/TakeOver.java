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

/**
 * What a NEW-VIEW selects, on its way into its view: each selected batch counts as proposed by the view's primary, and
 * only its digest is checked, since a correct replica checked the rest. A batch that is not here is fetched first, then
 * it is journalled as selected, then PREPARE is said. What was executed before is agreed again, not executed again.
 */
final class TakeOver implements WantedBatches
{
    private static final int FETCH_LIMIT = 32;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final OrderingLog log;
    private final Claims claims;
    private final BatchStore store;
    private final RecordWriter records;
    private final MessageWriter messages;
    private final NullBatch nullBatch;
    private final NormalCase normalCase;
    private final Digest[] digests;
    /** By place: the batch is here, or made by anybody, and the journal says that it is selected. */
    private final boolean[] isMarked;
    private final Digest absent = new Digest();
    private final Digest scratch = new Digest();
    private final NewViewText text = new NewViewText();
    private long view;
    private long startSequence;
    private long endSequence;
    private boolean isComplete = true;
    private long askedAtNs;
    private int source;

    TakeOver(final Core core, final NormalCase normalCase)
    {
        parameters = core.parameters;
        status = core.status;
        log = core.log;
        claims = core.claims;
        store = core.store;
        records = core.records;
        messages = core.messages;
        nullBatch = core.nullBatch;
        this.normalCase = normalCase;
        digests = new Digest[parameters.window];
        isMarked = new boolean[parameters.window];
        for (int i = 0; i < digests.length; i++)
        {
            digests[i] = new Digest();
        }
        source = parameters.replicaId;
    }

    /** What is selected for a view: as its primary before the NEW-VIEW is said, as anybody when the view is entered. */
    void prepare(final NewViewText newView, final long ofView)
    {
        if (view == ofView)
        {
            return;
        }
        view = ofView;
        startSequence = newView.startSequence();
        endSequence = newView.endSequence();
        isComplete = false;
        askedAtNs = 0;
        for (long sequence = startSequence + 1; sequence <= endSequence; sequence++)
        {
            newView.selected(sequence, digests[index(sequence)]);
            isMarked[index(sequence)] = claims.isAccepted(sequence, view, digests[index(sequence)]);
        }
    }

    /** The view is left. */
    void abandon()
    {
        isComplete = true;
        endSequence = startSequence;
    }

    /** As primary: whether every selected batch is here. Those that are get their mark. */
    boolean holdsAll()
    {
        boolean holdsAll = true;
        for (long sequence = first(); sequence <= endSequence; sequence++)
        {
            holdsAll &= hold(sequence);
        }
        return holdsAll;
    }

    /** The journal holds the NEW-VIEW of the view that is entered: each selected batch is its primary's proposal. */
    void advance()
    {
        if (isComplete || !status.isActive() && !status.isReplaying())
        {
            return;
        }
        boolean isAll = true;
        for (long sequence = first(); sequence <= endSequence; sequence++)
        {
            final OrderingSlot slot = log.slot(sequence);
            if (slot.accepted.isAbsent())
            {
                if (status.isReplaying() ? isMarked[index(sequence)] : status.isVoting() && hold(sequence))
                {
                    accept(slot);
                }
                else
                {
                    isAll = false;
                }
            }
        }
        isComplete = isAll;
    }

    private void accept(final OrderingSlot slot)
    {
        slot.accept(digests[index(slot.sequence())]);
        if (status.isVoting())
        {
            if (!status.isPrimary())
            {
                messages.prepare(slot);
            }
            normalCase.checkPrepared(slot);
        }
    }

    /** Replayed: the batch was journalled as selected for the view that is entered. */
    void marked(final long sequence, final long ofView)
    {
        if (view == ofView && sequence > startSequence && sequence <= endSequence)
        {
            isMarked[index(sequence)] = true;
            advance();
        }
    }

    /** Marks a selected batch if it is here. */
    private boolean hold(final long sequence)
    {
        final int index = index(sequence);
        if (!isMarked[index])
        {
            isMarked[index] = mark(sequence, view, digests[index]);
        }
        return isMarked[index];
    }

    private boolean mark(final long sequence, final long ofView, final Digest digest)
    {
        if (!admission(sequence))
        {
            return false;
        }
        final Digest committed = log.slot(sequence).committed;
        if (committed.isPresent() && !committed.is(digest))
        {
            return false;
        }
        if (sequence > status.executedSequence() && !claims.isAccepted(sequence, 0, digest) &&
            !digest.is(nullBatch.digest(sequence)))
        {
            final BatchSlot batch = store.find(sequence, digest);
            if (null == batch)
            {
                return false;
            }
            records.storedBatch(batch);
        }
        records.selectedMark(ofView, sequence, digest);
        claims.selected(sequence, ofView, digest);
        return true;
    }

    private boolean admission(final long sequence)
    {
        return sequence > status.stableSequence() && sequence <= status.highWatermark();
    }

    /**
     * A NEW-VIEW is validated, perhaps late: what was prepared below and differs from what it selects did not commit,
     * and is claimed as prepared no longer; what it selects is claimed as accepted where it is here.
     */
    void clean(final Statement newView, final boolean isLate)
    {
        text.wrap(newView);
        final long last = status.highWatermark();
        for (long sequence = Math.max(text.startSequence(), status.stableSequence()) + 1; sequence <= last; sequence++)
        {
            if (sequence <= text.endSequence())
            {
                text.selected(sequence, scratch);
                claims.superseded(sequence, newView.view(), scratch);
                if (isLate && !status.isReplaying())
                {
                    mark(sequence, newView.view(), scratch);
                }
            }
            else
            {
                claims.superseded(sequence, newView.view(), absent);
            }
        }
    }

    /** Asks for batches that are selected and not here, one replica at a time. */
    void tick()
    {
        if (isComplete || status.nowNs() - askedAtNs < parameters.repairIntervalNs)
        {
            return;
        }
        long wanted = 0;
        final long first = status.executedSequence() + 1;
        for (int i = 0; i < parameters.batchSlots && Long.bitCount(wanted) < FETCH_LIMIT; i++)
        {
            wanted |= wantedDigest(first + i).isPresent() ? 1L << i : 0;
        }
        if (0 != wanted)
        {
            askedAtNs = status.nowNs();
            do
            {
                source = (source + 1) % parameters.quorums.size();
            }
            while (source == parameters.replicaId);
            messages.fetchTo(source, first, wanted, this);
        }
    }

    @Override
    public Digest wantedDigest(final long sequence)
    {
        if (isComplete || sequence < first() || sequence > endSequence || sequence <= status.executedSequence() ||
            !admission(sequence))
        {
            return absent;
        }
        final Digest digest = digests[index(sequence)];
        final boolean isHere = isMarked[index(sequence)] || digest.is(nullBatch.digest(sequence)) ||
            null != store.find(sequence, digest);
        return isHere ? absent : digest;
    }

    private long first()
    {
        return Math.max(startSequence, status.stableSequence()) + 1;
    }

    private int index(final long sequence)
    {
        return (int)(sequence - startSequence - 1);
    }

    boolean isComplete()
    {
        return isComplete;
    }
}
