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
package io.tagma.perf.load;

import io.tagma.ordering.replica.ReplicaCounter;

import java.util.function.ToLongFunction;

/**
 * How long requests spent in each phase at a replica, or at several: nanoseconds, summed over the requests.
 *
 * @param requests  that are in the sums.
 * @param waitNs    from arrival to proposal.
 * @param prepareNs from proposed or accepted to prepared.
 * @param commitNs  from prepared to committed.
 * @param executeNs from committed to executed.
 */
record PhaseSums(long requests, long waitNs, long prepareNs, long commitNs, long executeNs)
{
    /** Nothing yet. */
    static final PhaseSums ZERO = new PhaseSums(0, 0, 0, 0, 0);

    static PhaseSums of(final ToLongFunction<ReplicaCounter> counters)
    {
        return new PhaseSums(
            counters.applyAsLong(ReplicaCounter.PHASE_REQUESTS),
            counters.applyAsLong(ReplicaCounter.PHASE_WAIT_NS),
            counters.applyAsLong(ReplicaCounter.PHASE_PREPARE_NS),
            counters.applyAsLong(ReplicaCounter.PHASE_COMMIT_NS),
            counters.applyAsLong(ReplicaCounter.PHASE_EXECUTE_NS));
    }

    PhaseSums plus(final PhaseSums other)
    {
        return new PhaseSums(
            requests + other.requests, waitNs + other.waitNs, prepareNs + other.prepareNs, commitNs + other.commitNs,
            executeNs + other.executeNs);
    }

    PhaseSums minus(final PhaseSums other)
    {
        return new PhaseSums(
            requests - other.requests, waitNs - other.waitNs, prepareNs - other.prepareNs, commitNs - other.commitNs,
            executeNs - other.executeNs);
    }

    /** All phases together. */
    long totalNs()
    {
        return waitNs + prepareNs + commitNs + executeNs;
    }
}
