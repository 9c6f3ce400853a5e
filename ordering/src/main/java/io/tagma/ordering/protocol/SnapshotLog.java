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

/**
 * The last two snapshots that were due, and their digests as far as they are known here: what a CHECKPOINT names is the
 * last but one, so that there was time to make it. Genesis counts as one. Written by
 * {@link Snapshots}, and by {@link Checkpointing} what is certified.
 */
final class SnapshotLog
{
    /** More than there can be between the second newest that is certified and the last one made. */
    private static final int HELD_MAX = 8;

    private final Digest lastDigest = new Digest();
    private final Digest previousDigest = new Digest();
    private long lastSequence;
    private long previousSequence;
    private long certifiedSequence;
    private long certifiedBefore;
    /** The newest that a certificate names, as far as is known, and that is executed here. */
    private long reachedSequence;
    private final Digest certifiedDigest = new Digest();
    private final Digest certifiedBeforeDigest = new Digest();
    /** Those that lie on the disk here, the last few. */
    private final long[] heldSequences = new long[HELD_MAX];
    private final Digest[] heldDigests = new Digest[HELD_MAX];
    /** The journal comes to each of them by this record at the latest. */
    private final long[] heldRecordNumbers = new long[HELD_MAX];
    private int heldCount;
    private long leadsOnFrom;
    /** That the journal begins in, as far as it is replayed. */
    private int firstEpoch;

    SnapshotLog(final ProtocolParameters parameters)
    {
        firstEpoch = parameters.epoch;
        lastDigest.set(parameters.genesisDigest);
        previousDigest.set(parameters.genesisDigest);
        for (int i = 0; i < heldDigests.length; i++)
        {
            heldDigests[i] = new Digest();
        }
    }

    /** One more is due. */
    void due(final long sequence)
    {
        previousSequence = lastSequence;
        if (lastDigest.isPresent())
        {
            previousDigest.set(lastDigest);
        }
        else
        {
            previousDigest.clear();
        }
        lastSequence = sequence;
        lastDigest.clear();
    }

    /**
     * One is made.
     *
     * @param recordNumber of the last record.
     */
    void taken(final long sequence, final Digest digest, final long recordNumber)
    {
        held(sequence, digest, recordNumber);
        if (sequence == lastSequence)
        {
            lastDigest.set(digest);
        }
        else if (sequence == previousSequence)
        {
            previousDigest.set(digest);
        }
    }

    private void held(final long sequence, final Digest digest, final long recordNumber)
    {
        final int place = heldCount++ & (HELD_MAX - 1);
        heldSequences[place] = sequence;
        heldDigests[place].set(digest);
        heldRecordNumbers[place] = recordNumber;
    }

    /**
     * A certificate names one.
     *
     * @param executedSequence of this replica.
     * @return whether it is a newer one than those before it named.
     */
    boolean certified(
        final long sequence, final DirectBuffer digest, final int digestOffset, final long executedSequence)
    {
        if (certifiedSequence <= executedSequence)
        {
            reachedSequence = Math.max(reachedSequence, certifiedSequence);
        }
        final boolean isNewer = sequence > certifiedSequence;
        if (isNewer)
        {
            certifiedBefore = certifiedSequence;
            certifiedSequence = sequence;
            if (certifiedDigest.isPresent())
            {
                certifiedBeforeDigest.set(certifiedDigest);
            }
            certifiedDigest.set(digest, digestOffset);
        }
        if (sequence <= executedSequence)
        {
            reachedSequence = Math.max(reachedSequence, sequence);
        }
        return isNewer;
    }

    /**
     * The oldest one that is needed again: the second newest that a certificate names, and where what is certified lies
     * beyond what is executed here, the one that a start would go on from.
     */
    long oldestNeeded()
    {
        return Math.min(certifiedBefore, reachedSequence);
    }

    /**
     * Whether the second newest that a certificate names is executed, the journal says so on the device, and it lies on
     * the disk here as what it should be: what is older can be done without. A start goes on from no snapshot that its
     * journal does not come to.
     *
     * @param durableRecordNumber up to which records are on the device.
     */
    boolean isOldestHeld(final long durableRecordNumber)
    {
        for (int i = 0; i < HELD_MAX; i++)
        {
            if (heldSequences[i] == certifiedBefore && heldRecordNumbers[i] <= durableRecordNumber &&
                heldDigests[i].isPresent() && heldDigests[i].is(certifiedBeforeDigest))
            {
                return certifiedBefore > 0 && certifiedBefore <= reachedSequence;
            }
        }
        return false;
    }

    /** The journal begins late: it leads on from here, and from any later state. */
    void leadsOnFrom(final long sequence)
    {
        leadsOnFrom = sequence;
    }

    /** From where on the journal has all that was said and executed; 0 for the beginning. */
    long leadsOnFrom()
    {
        return leadsOnFrom;
    }

    void beginsIn(final int epoch)
    {
        firstEpoch = epoch;
    }

    int firstEpoch()
    {
        return firstEpoch;
    }

    /** The newest that a certificate names. */
    long certifiedSequence()
    {
        return certifiedSequence;
    }

    /**
     * State was restored from one: what was before it is not known here.
     *
     * @param recordNumber of the last record.
     */
    void restored(final long sequence, final Digest digest, final long recordNumber)
    {
        held(sequence, digest, recordNumber);
        reachedSequence = Math.max(reachedSequence, sequence);
        lastSequence = sequence;
        lastDigest.set(digest);
        previousSequence = ReplicaStatus.NULL_SEQUENCE;
        previousDigest.clear();
    }

    /** Sequence of the one that a CHECKPOINT names now; {@link ReplicaStatus#NULL_SEQUENCE} if it is not known. */
    long namedSequence()
    {
        return previousSequence;
    }

    /** Absent while it is not known: who lacks it signs nothing. */
    Digest namedDigest()
    {
        return previousDigest;
    }

    long lastSequence()
    {
        return lastSequence;
    }
}
