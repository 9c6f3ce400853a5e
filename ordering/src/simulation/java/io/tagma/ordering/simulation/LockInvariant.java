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

import java.util.HashMap;
import java.util.Map;

/**
 * INV6: what one correct replica knows as committed in a view, no correct replica accepts another batch for in a later
 * one. Broken long before two replicas disagree.
 */
final class LockInvariant extends Invariant
{
    private record Commit(DigestValue digest, long view)
    {
    }

    /** By replica: the highest view that it wants to enter, so that what it commits is committed in it or before. */
    private final long[] views;
    private final Map<Long, Commit> committed = new HashMap<>();

    LockInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV6 lock", verdict);
        views = new long[cluster.replicaCount];
    }

    @Override
    void onTargetAppended(final int replica, final long record, final long view)
    {
        views[replica] = Math.max(views[replica], view);
    }

    @Override
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        final Commit before = committed.get(sequence);
        if (null == before || views[replica] < before.view)
        {
            committed.put(sequence, new Commit(digest, views[replica]));
        }
    }

    @Override
    void onEntryAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        check(replica, view, sequence, digest);
    }

    @Override
    void onSelectedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        check(replica, view, sequence, digest);
    }

    private void check(final int replica, final long view, final long sequence, final DigestValue digest)
    {
        final Commit commit = committed.get(sequence);
        check(
            null == commit || view <= commit.view || commit.digest.equals(digest),
            "replica {} accepted {} at view {}, sequence {}, where {} was committed", replica, digest, view, sequence,
            commit);
    }
}
