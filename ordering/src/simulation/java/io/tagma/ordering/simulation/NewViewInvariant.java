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

/**
 * INV11: a NEW-VIEW that a correct replica makes, or goes by, is of the primary of its view, names VIEW-CHANGEs of a
 * quorum for that view, all of them in the replica's journal, and selects exactly what the definition gives for them.
 */
final class NewViewInvariant extends Invariant
{
    private final ClusterFacts cluster;
    private final ReferenceSelection reference;
    /** By replica: the VIEW-CHANGEs in its journal, by digest. */
    private final List<Map<DigestValue, StatementContent.ViewChange>> viewChanges = new ArrayList<>();

    NewViewInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV11 new view", verdict);
        this.cluster = cluster;
        reference = new ReferenceSelection(cluster);
        for (int i = 0; i < cluster.replicaCount; i++)
        {
            viewChanges.add(new HashMap<>());
        }
    }

    @Override
    void onViewChangeAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.ViewChange viewChange)
    {
        viewChanges.get(replica).put(digest, viewChange);
    }

    @Override
    void onNewViewAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.NewView newView)
    {
        check(
            newView.signer() == cluster.primary(newView.view()),
            "replica {} goes by a NEW-VIEW of {} for view {}", replica, newView.signer(), newView.view());
        final List<StatementContent.ViewChange> set = new ArrayList<>();
        for (final Map.Entry<Integer, DigestValue> member : newView.members().entrySet())
        {
            final StatementContent.ViewChange viewChange = viewChanges.get(replica).get(member.getValue());
            check(
                null != viewChange && viewChange.signer() == member.getKey() && viewChange.view() == newView.view(),
                "replica {} goes by a NEW-VIEW for view {} without the VIEW-CHANGE {} that it names of {}",
                replica, newView.view(), viewChange, member.getKey());
            if (null != viewChange)
            {
                set.add(viewChange);
            }
        }
        check(
            set.size() >= cluster.quorum() && newView.start() == reference.start(set) &&
            newView.selected().equals(reference.selected(set)),
            "replica {} takes {} over into view {} from {}; right is {} from {}",
            replica, newView.selected(), newView.view(), newView.start(), reference.selected(set),
            reference.start(set));
    }
}
