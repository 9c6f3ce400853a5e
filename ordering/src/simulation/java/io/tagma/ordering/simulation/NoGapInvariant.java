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
    /** By replica: record numbers of its CommitMarks; index i holds that of sequence i + 1. */
    private final List<List<Long>> marks = new ArrayList<>();

    NoGapInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV2 no gap", verdict);
        for (int i = 0; i < cluster.replicaCount; i++)
        {
            marks.add(new ArrayList<>());
        }
    }

    @Override
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        final List<Long> own = marks.get(replica);
        check(
            sequence == own.size() + 1,
            "replica {} committed sequence {} after sequence {}", replica, sequence, own.size());
        own.add(record);
    }

    @Override
    void onRestarted(final int replica, final long lastRecord)
    {
        marks.get(replica).removeIf(record -> record > lastRecord);
    }

    @Override
    void onExecuted(final int replica, final Execution execution)
    {
        final int committed = marks.get(replica).size();
        check(
            execution.sequence() >= 1 && execution.sequence() <= committed,
            "replica {} executed a request of sequence {}, committed up to {}",
            replica, execution.sequence(), committed);
    }

    @Override
    void onState(final int replica, final ReplicaState state)
    {
        final int committed = marks.get(replica).size();
        check(
            state.executedSequence() <= committed,
            "replica {} executed sequence {}, committed up to {}", replica, state.executedSequence(), committed);
    }
}
