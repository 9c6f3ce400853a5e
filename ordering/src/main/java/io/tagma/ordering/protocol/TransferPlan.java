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

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which digests are agreed beyond what is executed, and on whose word. A digest is trusted if this replica counted Q
 * COMMITs for it, if replicas weighing K state it as committed, or if it lies in a run that hashes to a certified root.
 */
final class TransferPlan implements WantedBatches
{
    private static final long NOTHING = 0;

    private final Quorums quorums;
    private final ReplicaStatus status;
    private final OrderingLog log;
    private final MerkleFrontier trial;
    private final int capacity;
    private final int mask;
    /** By sequence: the sequence whose trusted digest lies in the ring. */
    private final long[] trustedSequences;
    private final UnsafeBuffer trustedDigests;
    /** By peer, by sequence: what each peer states as committed. */
    private final long[][] statedSequences;
    private final UnsafeBuffer[] statedDigests;
    private final Digest digest = new Digest();
    private final UnsafeBuffer root = new UnsafeBuffer(new byte[Digest.LENGTH]);
    private final UnsafeBuffer certifiedRoot = new UnsafeBuffer(new byte[Digest.LENGTH]);
    /** Sequence of the certified root that runs are checked against; at or below executed if there is none. */
    private long certifiedSequence;

    TransferPlan(final Core core)
    {
        quorums = core.parameters.quorums;
        status = core.status;
        log = core.log;
        trial = new MerkleFrontier(core.hashing);
        capacity = core.parameters.window;
        mask = capacity - 1;
        trustedSequences = new long[capacity];
        trustedDigests = new UnsafeBuffer(new byte[capacity * Digest.LENGTH]);
        statedSequences = new long[quorums.size()][capacity];
        statedDigests = new UnsafeBuffer[quorums.size()];
        for (int i = 0; i < statedDigests.length; i++)
        {
            statedDigests[i] = new UnsafeBuffer(new byte[capacity * Digest.LENGTH]);
        }
    }

    /**
     * The digest agreed at a sequence beyond what is executed.
     *
     * @return valid until the next call; absent if none is known.
     */
    Digest agreedDigest(final long sequence)
    {
        if (sequence > status.stableSequence() && sequence <= status.highWatermark())
        {
            final Digest committed = log.slot(sequence).committed;
            if (committed.isPresent())
            {
                return committed;
            }
        }
        final int place = (int)sequence & mask;
        if (trustedSequences[place] == sequence)
        {
            digest.set(trustedDigests, place * Digest.LENGTH);
        }
        else
        {
            digest.clear();
        }
        return digest;
    }

    @Override
    public Digest wantedDigest(final long sequence)
    {
        return agreedDigest(sequence);
    }

    /** Whether a statement about this sequence can be used: it is ahead, and has a place here. */
    boolean isUseful(final long sequence)
    {
        return sequence > status.executedSequence() && sequence - status.executedSequence() <= capacity;
    }

    /** A peer states one digest as committed; at K equal ones it is trusted. */
    void stated(final int peerId, final long sequence, final DirectBuffer buffer, final int offset)
    {
        final int place = (int)sequence & mask;
        statedSequences[peerId][place] = sequence;
        statedDigests[peerId].putBytes(place * Digest.LENGTH, buffer, offset, Digest.LENGTH);
        if (trustedSequences[place] == sequence)
        {
            return;
        }
        int weight = 0;
        for (int peer = 0; peer < quorums.size(); peer++)
        {
            if (statedSequences[peer][place] == sequence &&
                Digest.equal(statedDigests[peer], place * Digest.LENGTH, buffer, offset))
            {
                weight += quorums.weight(peer);
            }
        }
        if (weight >= quorums.weakQuorum())
        {
            trust(sequence, buffer, offset);
        }
    }

    /** A verified certificate says what the root is at a sequence ahead; the nearest one is used first. */
    void certified(final long sequence, final DirectBuffer buffer, final int rootOffset)
    {
        final boolean hasOne = certifiedSequence > status.executedSequence();
        if (isUseful(sequence) && (!hasOne || sequence < certifiedSequence))
        {
            certifiedSequence = sequence;
            certifiedRoot.putBytes(0, buffer, rootOffset, Digest.LENGTH);
        }
    }

    /**
     * Whether a certificate at this sequence would help: none nearer is known.
     */
    boolean wantsCertificate(final long sequence)
    {
        return isUseful(sequence) && (certifiedSequence <= status.executedSequence() || sequence < certifiedSequence);
    }

    /**
     * Checks the run that a peer states from what is executed up to the certified sequence against its root.
     *
     * @param frontier of the executed log.
     * @return whether the peer's run is false: it stated what is not in the certified tree.
     */
    boolean isRunFalse(final int peerId, final MerkleFrontier frontier)
    {
        final long executed = status.executedSequence();
        if (certifiedSequence <= executed || trustsAllUpTo(certifiedSequence))
        {
            return false;
        }
        for (long sequence = executed + 1; sequence <= certifiedSequence; sequence++)
        {
            if (statedSequences[peerId][(int)sequence & mask] != sequence)
            {
                return false;
            }
        }
        trial.set(frontier);
        for (long sequence = executed + 1; sequence <= certifiedSequence; sequence++)
        {
            trial.append(statedDigests[peerId], ((int)sequence & mask) * Digest.LENGTH);
        }
        trial.root(root, 0);
        final boolean isTrue = Digest.equal(root, 0, certifiedRoot, 0);
        for (long sequence = executed + 1; sequence <= certifiedSequence; sequence++)
        {
            if (isTrue)
            {
                trust(sequence, statedDigests[peerId], ((int)sequence & mask) * Digest.LENGTH);
            }
            else
            {
                statedSequences[peerId][(int)sequence & mask] = NOTHING;
            }
        }
        return !isTrue;
    }

    private boolean trustsAllUpTo(final long last)
    {
        for (long sequence = status.executedSequence() + 1; sequence <= last; sequence++)
        {
            if (trustedSequences[(int)sequence & mask] != sequence)
            {
                return false;
            }
        }
        return true;
    }

    private void trust(final long sequence, final DirectBuffer buffer, final int offset)
    {
        final int place = (int)sequence & mask;
        trustedSequences[place] = sequence;
        trustedDigests.putBytes(place * Digest.LENGTH, buffer, offset, Digest.LENGTH);
        status.heard(sequence);
    }
}
