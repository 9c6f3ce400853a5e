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
package io.tagma.perf.drill;

import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.Patience;
import io.tagma.perf.cluster.ReplicaProcess;

import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * How far a replica has come that fetches what it missed, over its starts. For the operator's thread.
 */
final class FetchProgress
{
    private static final long LOOK_MS = 20;
    /** Without anything fetched or executed for so long, nothing will be. */
    private static final long STANDSTILL_NS = 60_000_000_000L;

    private final LocalCluster cluster;
    private final ReplicaProcess fetcher;
    private final ReplicaCounter piecesCounter;
    /** Of starts that are over. */
    private long earlierPieces;
    private long earlierBytes;
    private long pieces;
    private long bytes;
    private long executed;
    private long firstNs;
    private long lastNs;
    private long goal = Long.MAX_VALUE;
    private boolean isLevel;

    /**
     * Begins with a replica that has fetched nothing.
     *
     * @param cluster       of the replica.
     * @param fetcher       that is not started yet.
     * @param piecesCounter that counts what it fetches.
     */
    FetchProgress(final LocalCluster cluster, final ReplicaProcess fetcher, final ReplicaCounter piecesCounter)
    {
        this.cluster = cluster;
        this.fetcher = fetcher;
        this.piecesCounter = piecesCounter;
    }

    /** Looks until it is so. */
    void await(final String what, final BooleanSupplier condition)
    {
        long moved = -1;
        long movedNs = System.nanoTime();
        look();
        while (!condition.getAsBoolean())
        {
            if (moved != pieces + executed)
            {
                moved = pieces + executed;
                movedNs = System.nanoTime();
            }
            if (System.nanoTime() - movedNs > STANDSTILL_NS)
            {
                throw new IllegalStateException("replica " + fetcher.id() + " came no further than sequence " +
                    executed + " before " + what);
            }
            Patience.pause(LOOK_MS);
            look();
        }
    }

    /** What its counters say now; where it stood one look ago is what it must have reached to be level. */
    private void look()
    {
        final ToLongFunction<ReplicaCounter> counters = fetcher.counters();
        final long now = counters.applyAsLong(ReplicaCounter.EXECUTED_SEQUENCE);
        if (now < 0)
        {
            return;
        }
        executed = now;
        if (counters.applyAsLong(piecesCounter) > pieces)
        {
            lastNs = System.nanoTime();
            firstNs = 0 == firstNs ? lastNs : firstNs;
        }
        pieces = counters.applyAsLong(piecesCounter);
        bytes = counters.applyAsLong(ReplicaCounter.BATCH_BYTES_FETCHED);
        isLevel = executed >= goal;
        goal = cluster.greatest(ReplicaCounter.EXECUTED_SEQUENCE);
    }

    /** Its process ended: what it counts begins anew. */
    void ended()
    {
        earlierPieces += pieces;
        earlierBytes += bytes;
        pieces = 0;
        bytes = 0;
        isLevel = false;
        goal = Long.MAX_VALUE;
    }

    /** Whether it has executed what the foremost had one look before. */
    boolean isLevel()
    {
        return isLevel;
    }

    long executed()
    {
        return executed;
    }

    /** Batches, or chunks, over all starts. */
    long pieces()
    {
        return earlierPieces + pieces;
    }

    /** Bytes of batches over all starts. */
    long bytes()
    {
        return earlierBytes + bytes;
    }

    /** From the first piece that came to the last one. */
    long transferNs()
    {
        return Math.max(1, lastNs - firstNs);
    }
}
