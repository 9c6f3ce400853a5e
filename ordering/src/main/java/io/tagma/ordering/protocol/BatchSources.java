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
 * Whom a replica that is far behind has asked for which batches. Each of the others is asked for other batches at the
 * same time, for no more at once than a source can have on its way without losing some; who does not answer in time is
 * left alone for a while, longer each time, and then asked for one. Written by {@link StateTransfer} alone.
 */
final class BatchSources
{
    /** So many bytes may be on their way from one source: half of what its stream takes unless set otherwise. */
    private static final int BYTES_UNDER_WAY_MAX = 256 * 1024;
    /** Repair intervals that a source has for a batch at least. */
    private static final int PATIENCE_INTERVALS = 4;
    private static final int DOUBLINGS_MAX = 5;
    /** A source has so many times as long as it takes, up to so many times the least. */
    private static final int TIMES_USUAL = 4;
    private static final int TIMES_LEAST = 32;
    /** The mean length of batches follows one in so many. */
    private static final int MEAN_OF = 16;
    private static final int NOBODY = -1;

    private final ReplicaStatus status;
    private final long patienceNs;
    /** So many batches may be on their way from one source: its share of the places. */
    private final int batchesMax;
    private final int mask;
    /** By place of memory: the sequence that was asked for, of whom, and when. */
    private final long[] sequences;
    private final int[] askedOf;
    private final int[] lastAskedOf;
    private final long[] askedAtNs;
    /** By source: how many batches are on their way. */
    private final int[] underWay;
    /** By source: how long it takes to answer. A low read.rate is no failure. */
    private final long[] answerNs;
    private final int[] failures;
    private final long[] restsUntilNs;
    private long meanLength;

    BatchSources(final ProtocolParameters parameters, final ReplicaStatus status)
    {
        this.status = status;
        patienceNs = PATIENCE_INTERVALS * parameters.repairIntervalNs;
        mask = parameters.batchSlots - 1;
        batchesMax = Math.max(1, parameters.batchSlots / Math.max(1, parameters.quorums.size() - 1));
        sequences = new long[parameters.batchSlots];
        askedOf = new int[parameters.batchSlots];
        lastAskedOf = new int[parameters.batchSlots];
        askedAtNs = new long[parameters.batchSlots];
        for (int i = 0; i < askedOf.length; i++)
        {
            askedOf[i] = NOBODY;
        }
        final int size = parameters.quorums.size();
        underWay = new int[size];
        answerNs = new long[size];
        failures = new int[size];
        restsUntilNs = new long[size];
        meanLength = parameters.batchLengthMax;
    }

    /** Forgets what is executed, and gives up what was not answered in time. */
    void update()
    {
        for (int place = 0; place < askedOf.length; place++)
        {
            final int source = askedOf[place];
            if (NOBODY == source)
            {
                continue;
            }
            if (sequences[place] <= status.executedSequence())
            {
                release(place);
            }
            else if (status.nowNs() - askedAtNs[place] > patienceNs(source))
            {
                release(place);
                if (status.nowNs() >= restsUntilNs[source])
                {
                    restsUntilNs[source] = status.nowNs() + (patienceNs << failures[source]);
                    failures[source] = Math.min(failures[source] + 1, DOUBLINGS_MAX);
                }
            }
        }
    }

    private long patienceNs(final int source)
    {
        return Math.max(patienceNs, Math.min(TIMES_USUAL * answerNs[source], TIMES_LEAST * patienceNs));
    }

    private void release(final int place)
    {
        underWay[askedOf[place]]--;
        askedOf[place] = NOBODY;
    }

    /** Whether somebody is asked for it, and has time yet. */
    boolean isUnderWay(final long sequence)
    {
        final int place = (int)sequence & mask;
        return NOBODY != askedOf[place] && sequences[place] == sequence;
    }

    /** How many batches one may be asked for now. Not for a few where it can take many. */
    int roomOf(final int source)
    {
        if (status.nowNs() < restsUntilNs[source])
        {
            return 0;
        }
        final long most = 0 == failures[source] ?
            Math.max(1, Math.min(batchesMax, BYTES_UNDER_WAY_MAX / Math.max(1, meanLength))) : 1;
        return 2L * underWay[source] <= most ? (int)most - underWay[source] : 0;
    }

    /** It is asked now. */
    void asked(final int source, final long sequence)
    {
        final int place = (int)sequence & mask;
        if (NOBODY != askedOf[place])
        {
            release(place);
        }
        sequences[place] = sequence;
        askedOf[place] = source;
        lastAskedOf[place] = source;
        askedAtNs[place] = status.nowNs();
        underWay[source]++;
    }

    /** A batch that was wanted came, from whomever. */
    void answered(final int sender, final long sequence, final int length)
    {
        final int place = (int)sequence & mask;
        if (sequences[place] == sequence && lastAskedOf[place] == sender)
        {
            // Also where it comes late: it is then what others are asked for as well.
            answerNs[sender] += (status.nowNs() - askedAtNs[place] - answerNs[sender]) / TIMES_USUAL;
        }
        if (isUnderWay(sequence))
        {
            release(place);
        }
        failures[sender] = 0;
        restsUntilNs[sender] = 0;
        meanLength += (length - meanLength) / MEAN_OF;
    }
}
