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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * INV7: over all its lives a correct replica says at most one digest for each (type, view, sequence), at most one
 * VIEW-CHANGE and one NEW-VIEW for each view, and the views of what it says never go down.
 */
final class GhostLedgerInvariant extends Invariant
{
    private record Vote(int replica, VoteType type, long view, long sequence)
    {
    }

    private record Said(int replica, boolean isViewChange, long view)
    {
    }

    private record Selected(int replica, long view, long sequence)
    {
    }

    private record Mark(long record, DigestValue digest)
    {
    }

    private final Map<Selected, Mark> marks = new HashMap<>();
    private final Map<Said, DigestValue> statements = new HashMap<>();
    private final Map<Vote, DigestValue> said = new HashMap<>();
    private final long[] highestView;
    /** By replica: the views that it left every lower one for, by the records that say so. */
    private final List<NavigableMap<Long, Long>> targets = new ArrayList<>();

    GhostLedgerInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV7 ghost ledger", verdict);
        highestView = new long[cluster.replicaCount];
        for (int i = 0; i < cluster.replicaCount; i++)
        {
            targets.add(new TreeMap<>());
        }
    }

    @Override
    void onTargetAppended(final int replica, final long record, final long view)
    {
        targets.get(replica).put(record, view);
    }

    @Override
    void onRestarted(final int replica, final long lastRecord)
    {
        targets.get(replica).tailMap(lastRecord, false).clear();
        marks.entrySet().removeIf(entry ->
            replica == entry.getKey().replica && entry.getValue().record > lastRecord);
    }

    @Override
    void onSelectedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        final Mark before = marks.putIfAbsent(new Selected(replica, view, sequence), new Mark(record, digest));
        check(
            null == before || before.digest.equals(digest),
            "replica {} holds {} as selected for view {} at sequence {}, and {} before",
            replica, digest, view, sequence, null == before ? null : before.digest);
    }

    @Override
    void onVoteSent(
        final int replica, final VoteType type, final long view, final long sequence, final DigestValue digest)
    {
        final DigestValue before = said.putIfAbsent(new Vote(replica, type, view, sequence), digest);
        check(
            null == before || before.equals(digest),
            "replica {} said {} of {} in view {} at sequence {}, before it said {}",
            replica, type, digest, view, sequence, before);
        if (VoteType.CHECKPOINT != type)
        {
            check(
                view >= highestView[replica],
                "replica {} said {} in view {} after view {}", replica, type, view, highestView[replica]);
            final Map.Entry<Long, Long> target = targets.get(replica).lastEntry();
            check(
                null == target || view >= target.getValue(),
                "replica {} said {} in view {} when its journal said that it left for {}",
                replica, type, view, null == target ? 0 : target.getValue());
            highestView[replica] = Math.max(highestView[replica], view);
        }
    }

    @Override
    void onStatementSent(final int replica, final boolean isViewChange, final long view, final DigestValue digest)
    {
        final DigestValue before =
            statements.putIfAbsent(new Said(replica, isViewChange, view), digest);
        check(
            null == before || before.equals(digest),
            "replica {} said two statements for view {}: {} and {}", replica, view, before, digest);
        highestView[replica] = Math.max(highestView[replica], view);
    }

    @Override
    void onState(final int replica, final ReplicaState state)
    {
        check(
            state.view() >= highestView[replica],
            "replica {} is in view {} and voted in view {}", replica, state.view(), highestView[replica]);
    }
}
