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

import java.util.ArrayList;
import java.util.List;

/**
 * INV9: view, stable sequence, executed sequence, position and agreed time of a correct replica never go back, and
 * after a restart it is where the records that it kept put it.
 */
final class MonotoneInvariant extends Invariant
{
    private static final ReplicaState BEGINNING = new ReplicaState(0, 0, 0, 0, 0, 0);

    private final ReplicaState[] last;
    /** By replica: (record, sequence) of certificates and CommitMarks, in order. */
    private final List<List<long[]>> certificates = new ArrayList<>();
    private final List<List<long[]>> commits = new ArrayList<>();
    /** By replica: records that say that a snapshot was fetched. */
    private final List<List<Long>> fetched = new ArrayList<>();

    MonotoneInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV9 monotone", verdict);
        last = new ReplicaState[cluster.replicaCount];
        for (int i = 0; i < cluster.replicaCount; i++)
        {
            last[i] = BEGINNING;
            certificates.add(new ArrayList<>());
            commits.add(new ArrayList<>());
            fetched.add(new ArrayList<>());
        }
    }

    @Override
    void onCertificateAppended(
        final int replica, final long record, final long sequence, final DigestValue root, final long signers)
    {
        certificates.get(replica).add(new long[]{ record, sequence });
    }

    @Override
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        commits.get(replica).add(new long[]{ record, sequence });
    }

    @Override
    void onSnapshotFetched(final int replica, final long record, final long sequence, final boolean isCertified)
    {
        fetched.get(replica).add(record);
    }

    @Override
    void onRestarted(final int replica, final long lastRecord)
    {
        certificates.get(replica).removeIf(pair -> pair[0] > lastRecord);
        commits.get(replica).removeIf(pair -> pair[0] > lastRecord);
        fetched.get(replica).removeIf(record -> record > lastRecord);
        final ReplicaState before = last[replica];
        // Views are synced before they are entered; what is executed comes back from the CommitMarks that are left.
        last[replica] = new ReplicaState(
            before.view(),
            0,
            Math.min(before.stableSequence(), highest(certificates.get(replica))),
            Math.min(before.executedSequence(), reached(replica)),
            0,
            0);
    }

    /** What lies before the cut does not come back by itself, once the files rotted that the journal leads on from. */
    @Override
    void onRestored(final int replica, final long sequence, final long needed)
    {
        if (sequence < needed)
        {
            final ReplicaState before = last[replica];
            last[replica] = new ReplicaState(
                before.view(), 0, before.stableSequence(), Math.min(before.executedSequence(), sequence), 0, 0);
        }
    }

    /** If a snapshot was fetched and its file rotted since, only what lies before it comes back by itself. */
    private long reached(final int replica)
    {
        final long firstFetched = fetched.get(replica).isEmpty() ? Long.MAX_VALUE : fetched.get(replica).get(0);
        long reached = 0;
        for (final long[] commit : commits.get(replica))
        {
            reached = commit[0] < firstFetched ? commit[1] : reached;
        }
        return reached;
    }

    private static long highest(final List<long[]> pairs)
    {
        return pairs.isEmpty() ? 0 : pairs.get(pairs.size() - 1)[1];
    }

    @Override
    void onState(final int replica, final ReplicaState state)
    {
        final ReplicaState before = last[replica];
        check(
            state.view() >= before.view() &&
            state.stableSequence() >= before.stableSequence() &&
            state.executedSequence() >= before.executedSequence() &&
            state.nextPosition() >= before.nextPosition() &&
            state.effectiveTimeNs() >= before.effectiveTimeNs(),
            "replica {} went back from {} to {}", replica, before, state);
        last[replica] = state;
    }
}
