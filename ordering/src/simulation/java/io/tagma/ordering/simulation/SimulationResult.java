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

import io.tagma.ordering.client.Resolution;
import io.tagma.ordering.protocol.Rejection;
import io.tagma.ordering.replica.FrameRejection;
import org.agrona.DirectBuffer;

/**
 * What came of a run, or of many added up.
 */
public final class SimulationResult
{
    private static final Rejection[] REJECTIONS = Rejection.values();
    private static final FrameRejection[] FRAME_REJECTIONS = FrameRejection.values();

    private final FaultCounts faults = new FaultCounts();
    private final long[] rejections = new long[REJECTIONS.length];
    private final long[] frameRejections = new long[FRAME_REJECTIONS.length];
    private long seed;
    private long runs;
    private long traceHash;
    private long events;
    private long virtualTimeNs;
    private long framesDelivered;
    private long batchesCommitted;
    private long requestsCommitted;
    private long requestsAnswered;
    private final long[] resolutions = new long[Resolution.values().length];
    private long requestsSkipped;
    private long restarts;
    private final StorageCounts storage = new StorageCounts();
    private long catchUps;
    private long stableCheckpoints;
    private long shadowRecoveries;
    private long healTimeNs;
    private long[] viewCounts = new long[4];
    private long viewsLeft;
    private String configuration = "";
    private Violation violation;

    SimulationResult()
    {
    }

    SimulationResult(final long seed, final SimulationConfiguration configuration)
    {
        this.seed = seed;
        this.configuration = configuration.toString();
        runs = 1;
    }

    void conclude(final long trace, final long eventCount, final long timeNs, final Violation first)
    {
        traceHash = trace;
        events = eventCount;
        virtualTimeNs = timeNs;
        violation = first;
    }

    void history(final Oracle oracle, final SimulatedReplica[] replicas, final SimulatedClient[] clients)
    {
        for (final SimulatedReplica replica : replicas)
        {
            rejected(replica);
            viewsLeft = Math.max(viewsLeft, replica.status().view());
        }
        for (final SimulatedClient client : clients)
        {
            requestsAnswered += client.committed();
        }
        batchesCommitted = oracle.historyLength();
        viewCounts = oracle.viewCounts();
        requestsCommitted = oracle.committedRequests();
        requestsSkipped = oracle.reference().skipped();
    }

    void resolved(final Resolution resolution)
    {
        resolutions[resolution.ordinal()]++;
    }

    void rejected(final SimulatedReplica replica)
    {
        for (int i = 0; i < rejections.length; i++)
        {
            rejections[i] += replica.rejected(REJECTIONS[i]);
        }
        for (int i = 0; i < frameRejections.length; i++)
        {
            frameRejections[i] += replica.rejected(FRAME_REJECTIONS[i]);
        }
    }

    void delivered()
    {
        framesDelivered++;
    }

    void restarted()
    {
        restarts++;
    }

    /** A correct replica appended a record. */
    void appended(final DirectBuffer message)
    {
        catchUps += JournalWitness.isStoredBatch(message) ? 1 : 0;
        stableCheckpoints += JournalWitness.isCertificate(message) ? 1 : 0;
    }

    void recoveredShadow()
    {
        shadowRecoveries++;
    }

    void healTook(final long timeNs)
    {
        healTimeNs = Math.max(healTimeNs, timeNs);
    }

    void add(final SimulationResult other)
    {
        faults.addAll(other.faults);
        for (int i = 0; i < rejections.length; i++)
        {
            rejections[i] += other.rejections[i];
        }
        for (int i = 0; i < frameRejections.length; i++)
        {
            frameRejections[i] += other.frameRejections[i];
        }
        runs += other.runs;
        // Whatever order the runs come in, the sum of their hashes is the same.
        traceHash += other.traceHash;
        events += other.events;
        virtualTimeNs += other.virtualTimeNs;
        framesDelivered += other.framesDelivered;
        batchesCommitted += other.batchesCommitted;
        requestsCommitted += other.requestsCommitted;
        requestsAnswered += other.requestsAnswered;
        for (int i = 0; i < resolutions.length; i++)
        {
            resolutions[i] += other.resolutions[i];
        }
        requestsSkipped += other.requestsSkipped;
        restarts += other.restarts;
        storage.add(other.storage);
        catchUps += other.catchUps;
        stableCheckpoints += other.stableCheckpoints;
        shadowRecoveries += other.shadowRecoveries;
        healTimeNs = Math.max(healTimeNs, other.healTimeNs);
        viewsLeft += other.viewsLeft;
        for (int i = 0; i < viewCounts.length; i++)
        {
            viewCounts[i] += other.viewCounts[i];
        }
    }

    /**
     * How often the view was changed: the highest view that any replica came to.
     *
     * @return the sum over all runs.
     */
    public long viewsLeft()
    {
        return viewsLeft;
    }

    /**
     * The first invariant that did not hold.
     *
     * @return null if all did.
     */
    public Violation violation()
    {
        return violation;
    }

    /** @return the seed of the run. */
    public long seed()
    {
        return seed;
    }

    /**
     * Hash over every byte delivered and every effect, in order.
     *
     * @return the hash; of many runs, the sum of theirs.
     */
    public long traceHash()
    {
        return traceHash;
    }

    /**
     * What the seed drew.
     *
     * @return one line.
     */
    public String configuration()
    {
        return configuration;
    }

    /**
     * Faults by kind.
     *
     * @return the counts.
     */
    public FaultCounts faults()
    {
        return faults;
    }

    /**
     * Runs added up here.
     *
     * @return their count.
     */
    public long runs()
    {
        return runs;
    }

    /**
     * Events that happened.
     *
     * @return their count.
     */
    public long events()
    {
        return events;
    }

    /**
     * Virtual time that passed.
     *
     * @return in nanoseconds.
     */
    public long virtualTimeNs()
    {
        return virtualTimeNs;
    }

    /**
     * Requests that the history executed, sessions' openings included.
     *
     * @return their count.
     */
    public long requestsCommitted()
    {
        return requestsCommitted;
    }

    /**
     * Requests whose answer a client took.
     *
     * @return their count.
     */
    public long requestsAnswered()
    {
        return requestsAnswered;
    }

    /** How often clients heard this of a request that they had lost sight of. */
    long resolutions(final Resolution resolution)
    {
        return resolutions[resolution.ordinal()];
    }

    /**
     * What replicas did with snapshots and cut journals.
     *
     * @return its counts.
     */
    public StorageCounts storage()
    {
        return storage;
    }

    /**
     * How often a process started again.
     *
     * @return the count.
     */
    public long restarts()
    {
        return restarts;
    }

    /**
     * How often a replica executed a batch that it had by transfer alone.
     *
     * @return the count.
     */
    public long catchUps()
    {
        return catchUps;
    }

    /**
     * How often the core refused an input for a reason.
     *
     * @param reason the reason.
     * @return the count over all replicas.
     */
    public long rejections(final Rejection reason)
    {
        return rejections[reason.ordinal()];
    }

    /**
     * How often a frame was dropped before the core for a reason.
     *
     * @param reason the reason.
     * @return the count over all replicas.
     */
    public long rejections(final FrameRejection reason)
    {
        return frameRejections[reason.ordinal()];
    }

    /**
     * Everything, as names and numbers, in a fixed order.
     *
     * @param figures told of each.
     */
    public void forEachFigure(final Figures figures)
    {
        figures.figure("runs", runs);
        figures.figure("events", events);
        figures.figure("virtual milliseconds", virtualTimeNs / 1_000_000);
        figures.figure("frames delivered", framesDelivered);
        figures.figure("batches committed", batchesCommitted);
        figures.figure("requests committed", requestsCommitted);
        figures.figure("requests answered", requestsAnswered);
        figures.figure("requests repeated, early or closed", requestsSkipped);
        figures.figure("restarts", restarts);
        storage.forEachFigure(figures);
        figures.figure("batches by transfer", catchUps);
        figures.figure("checkpoints stable", stableCheckpoints);
        figures.figure("view changes begun, by replica", viewCounts[0]);
        figures.figure("with something prepared", viewCounts[1]);
        figures.figure("new views gone by, by replica", viewCounts[2]);
        figures.figure("nulls selected in them", viewCounts[3]);
        figures.figure("shadow recoveries", shadowRecoveries);
        figures.figure("longest heal, virtual milliseconds", healTimeNs / 1_000_000);
        for (final Fault fault : Fault.values())
        {
            figures.figure("fault " + fault, faults.of(fault));
        }
        for (final FrameRejection rejection : FRAME_REJECTIONS)
        {
            figures.figure("frame rejected " + rejection, rejections(rejection));
        }
        for (final Rejection rejection : REJECTIONS)
        {
            if (Rejection.NONE != rejection)
            {
                figures.figure("input rejected " + rejection, rejections(rejection));
            }
        }
    }

    /** Takes figures. */
    @FunctionalInterface
    public interface Figures
    {
        /**
         * One figure.
         *
         * @param name  of it.
         * @param value of it.
         */
        void figure(String name, long value);
    }
}
