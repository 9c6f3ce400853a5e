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
 * How long requests spend in each {@link Phase}, as sums since the start of this process. Only measured: nothing in the
 * protocol reads it. The stamps are written by {@link NormalCase}, the sums by {@link Delivery}.
 * <p>
 * Each request counts once, when it is executed, so that means over requests add up; idle batches count nothing. What
 * counts are batches that this replica accepted and saw committed by votes, not those that came by transfer or lay in
 * the journal at its start.
 * <p>
 * Time is that of {@link Replica#onTime}: the resolution is a duty cycle. A phase that ends in the cycle it began in
 * takes 0, and the cycle's own length belongs to the phase that is open when it ends. For the thread of the replica.
 */
public final class PhaseTimes
{
    /** No time. */
    static final long NULL_TIME = Long.MIN_VALUE;

    private final ReplicaStatus status;
    private final BaseTimeout baseTimeout;
    private final int mask;
    /** By place in the window: the sequence whose stamps are there. */
    private final long[] sequences;
    private final long[] arrivedNs;
    private final long[] acceptedNs;
    private final long[] preparedNs;
    private final long[] committedNs;
    private final long[] sumsNs = new long[Phase.values().length];
    private long requests;

    PhaseTimes(final ProtocolParameters parameters, final ReplicaStatus status, final BaseTimeout baseTimeout)
    {
        this.status = status;
        this.baseTimeout = baseTimeout;
        mask = parameters.window - 1;
        sequences = new long[parameters.window];
        arrivedNs = new long[parameters.window];
        acceptedNs = new long[parameters.window];
        preparedNs = new long[parameters.window];
        committedNs = new long[parameters.window];
        for (int place = 0; place < sequences.length; place++)
        {
            sequences[place] = ReplicaStatus.NULL_SEQUENCE;
        }
    }

    /** Proposed now. What came at different times came at its mean; a batch of nothing came now. */
    void proposed(final BatchSlot batch)
    {
        final int place = place(batch.sequence);
        acceptedNs[place] = status.nowNs();
        arrivedNs[place] = 0 == batch.requestCount ?
            status.nowNs() : status.nowNs() - batch.waitedNs / batch.requestCount;
    }

    /** Accepted now, as a backup: nothing waited here. */
    void accepted(final long sequence)
    {
        final int place = place(sequence);
        acceptedNs[place] = status.nowNs();
        arrivedNs[place] = status.nowNs();
    }

    void prepared(final long sequence)
    {
        preparedNs[place(sequence)] = status.nowNs();
    }

    void committed(final long sequence)
    {
        committedNs[place(sequence)] = status.nowNs();
    }

    /**
     * Executed now. A quorum of COMMITs may come before the proposal or the last PREPARE: then what it made needless
     * takes no time.
     */
    void executed(final long sequence, final long requestCount)
    {
        final int place = (int)sequence & mask;
        if (sequences[place] != sequence || NULL_TIME == acceptedNs[place] || NULL_TIME == committedNs[place])
        {
            return;
        }
        final long accepted = acceptedNs[place];
        final long committed = later(accepted, committedNs[place]);
        final long prepared = NULL_TIME == preparedNs[place] || committed - preparedNs[place] < 0 ?
            committed : preparedNs[place];
        baseTimeout.measured(committed - accepted);
        requests += requestCount;
        add(Phase.WAIT, requestCount * (accepted - arrivedNs[place]));
        add(Phase.PREPARE, requestCount * (prepared - accepted));
        add(Phase.COMMIT, requestCount * (committed - prepared));
        add(Phase.EXECUTE, requestCount * (status.nowNs() - committed));
    }

    private void add(final Phase phase, final long sumNs)
    {
        sumsNs[phase.ordinal()] += sumNs;
    }

    private int place(final long sequence)
    {
        final int place = (int)sequence & mask;
        if (sequences[place] != sequence)
        {
            sequences[place] = sequence;
            arrivedNs[place] = NULL_TIME;
            acceptedNs[place] = NULL_TIME;
            preparedNs[place] = NULL_TIME;
            committedNs[place] = NULL_TIME;
        }
        return place;
    }

    private static long later(final long firstNs, final long secondNs)
    {
        return firstNs - secondNs >= 0 ? firstNs : secondNs;
    }

    /**
     * Time that requests spent in a phase, each request by itself. Overflows in years, if ever; differences stay right.
     *
     * @param phase that is asked for.
     * @return nanoseconds, summed over {@link #requests()}.
     */
    public long sumNs(final Phase phase)
    {
        return sumsNs[phase.ordinal()];
    }

    /**
     * Requests in the sums.
     *
     * @return count since the start of this process.
     */
    public long requests()
    {
        return requests;
    }

    @Override
    public String toString()
    {
        return requests + " requests waited " + sumNs(Phase.WAIT) + " ns, prepare " + sumNs(Phase.PREPARE) +
            " ns, commit " + sumNs(Phase.COMMIT) + " ns, execute " + sumNs(Phase.EXECUTE) + " ns";
    }
}
