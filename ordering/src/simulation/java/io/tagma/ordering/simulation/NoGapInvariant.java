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
 * INV2: what a correct replica commits moves by one, over restarts too, and it executes only what it committed.
 */
final class NoGapInvariant extends Invariant
{
    /** By replica: (record, sequence) of its CommitMarks, and of the snapshots that it fetched, in order. */
    private final List<List<long[]>> marks = new ArrayList<>();
    /** By replica: the highest sequence among them. */
    private final long[] highest;

    NoGapInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV2 no gap", verdict);
        highest = new long[cluster.replicaCount];
        for (int i = 0; i < cluster.replicaCount; i++)
        {
            marks.add(new ArrayList<>());
        }
    }

    @Override
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        final List<long[]> own = marks.get(replica);
        final long before = own.isEmpty() ? 0 : own.get(own.size() - 1)[1];
        check(
            sequence == before + 1, "replica {} committed sequence {} after sequence {}", replica, sequence, before);
        add(replica, record, sequence);
    }

    @Override
    void onSnapshotFetched(final int replica, final long record, final long sequence, final boolean isCertified)
    {
        check(isCertified, "replica {} goes on from a snapshot of {} that no certificate names", replica, sequence);
        add(replica, record, sequence);
    }

    @Override
    void onRestarted(final int replica, final long lastRecord)
    {
        marks.get(replica).removeIf(mark -> mark[0] > lastRecord);
        highest[replica] = marks.get(replica).stream().mapToLong(mark -> mark[1]).max().orElse(0);
    }

    private void add(final int replica, final long record, final long sequence)
    {
        marks.get(replica).add(new long[]{ record, sequence });
        highest[replica] = Math.max(highest[replica], sequence);
    }

    @Override
    void onExecuted(final int replica, final Execution execution)
    {
        final long committed = highest[replica];
        check(
            execution.sequence() >= 1 && execution.sequence() <= committed,
            "replica {} executed a request of sequence {}, committed up to {}",
            replica, execution.sequence(), committed);
    }

    @Override
    void onState(final int replica, final ReplicaState state)
    {
        final long committed = highest[replica];
        check(
            state.executedSequence() <= committed,
            "replica {} executed sequence {}, committed up to {}", replica, state.executedSequence(), committed);
    }
}
