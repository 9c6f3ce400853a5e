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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * INV7 over views: a VIEW-CHANGE of a correct replica claims all that the replica ever prepared or accepted above its
 * stable checkpoint, each in the highest view; only what a NEW-VIEW that it goes by selected otherwise is no longer
 * claimed as prepared. Only the cap on digests lets go of what was accepted: then every place is taken, and the newest
 * is kept.
 */
final class ClaimsInvariant extends Invariant
{
    private static final int DIGESTS_MAX = 8;

    private record Acceptance(long record, long view, DigestValue digest)
    {
    }

    /** By replica, by sequence. */
    private final List<Map<Long, List<Acceptance>>> prepared = new ArrayList<>();
    private final List<Map<Long, List<Acceptance>>> accepted = new ArrayList<>();
    /** Selected by a NEW-VIEW that came late: these take places among the claims too. */
    private final List<Map<Long, List<Acceptance>>> late = new ArrayList<>();
    private final List<List<StatementContent.NewView>> newViews = new ArrayList<>();
    /** By replica: the view that it left every lower one for. */
    private final long[] targets;

    ClaimsInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV7 ghost ledger", verdict);
        targets = new long[cluster.replicaCount];
        for (int i = 0; i < cluster.replicaCount; i++)
        {
            prepared.add(new TreeMap<>());
            accepted.add(new TreeMap<>());
            late.add(new TreeMap<>());
            newViews.add(new ArrayList<>());
        }
    }

    @Override
    void onEntryAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        add(accepted, replica, record, view, sequence, digest);
    }

    @Override
    void onSelectedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        // A view that is left already is not voted in: its VIEW-CHANGE may have been made before this was known.
        add(view >= targets[replica] ? accepted : late, replica, record, view, sequence, digest);
    }

    @Override
    void onTargetAppended(final int replica, final long record, final long view)
    {
        targets[replica] = view;
    }

    @Override
    void onPreparedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        add(prepared, replica, record, view, sequence, digest);
    }

    private static void add(
        final List<Map<Long, List<Acceptance>>> table,
        final int replica,
        final long record,
        final long view,
        final long sequence,
        final DigestValue digest)
    {
        table.get(replica).computeIfAbsent(sequence, key -> new ArrayList<>())
            .add(new Acceptance(record, view, digest));
    }

    @Override
    void onRestarted(final int replica, final long lastRecord)
    {
        prepared.get(replica).values().forEach(list -> list.removeIf(entry -> entry.record > lastRecord));
        accepted.get(replica).values().forEach(list -> list.removeIf(entry -> entry.record > lastRecord));
        late.get(replica).values().forEach(list -> list.removeIf(entry -> entry.record > lastRecord));
    }

    @Override
    void onNewViewAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.NewView newView)
    {
        newViews.get(replica).add(newView);
    }

    @Override
    void onViewChangeAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.ViewChange viewChange)
    {
        if (viewChange.signer() != replica)
        {
            return;
        }
        prepared.get(replica).forEach((sequence, entries) ->
        {
            if (sequence > viewChange.stable())
            {
                entries.forEach(entry -> checkPrepared(replica, viewChange, sequence, entry));
            }
        });
        accepted.get(replica).forEach((sequence, entries) ->
        {
            if (sequence > viewChange.stable())
            {
                checkAccepted(replica, viewChange, sequence, entries);
            }
        });
    }

    private void checkPrepared(
        final int replica,
        final StatementContent.ViewChange viewChange,
        final long sequence,
        final Acceptance entry)
    {
        if (entry.view >= viewChange.view())
        {
            return;
        }
        final StatementContent.Claim claim = viewChange.prepared().get(sequence);
        final boolean isClaimed = null != claim &&
            (claim.view() > entry.view || claim.view() == entry.view && claim.digest().equals(entry.digest));
        final boolean isSuperseded = newViews.get(replica).stream().anyMatch(
            newView -> newView.view() > entry.view && sequence > newView.start() &&
            !newView.selects(sequence, entry.digest));
        check(
            isClaimed || isSuperseded,
            "replica {} prepared {} at view {}, sequence {}; its VIEW-CHANGE for {} says {}",
            replica, entry.digest, entry.view, sequence, viewChange.view(), claim);
    }

    private void checkAccepted(
        final int replica,
        final StatementContent.ViewChange viewChange,
        final long sequence,
        final List<Acceptance> entries)
    {
        final Map<DigestValue, Long> highest = new HashMap<>();
        for (final Acceptance entry : entries)
        {
            if (entry.view < viewChange.view())
            {
                highest.merge(entry.digest, entry.view, Math::max);
            }
        }
        final Set<DigestValue> all = new HashSet<>();
        entries.forEach(entry -> all.add(entry.digest));
        late.get(replica).getOrDefault(sequence, List.of()).forEach(entry -> all.add(entry.digest));
        final Map<DigestValue, Long> claimed = viewChange.accepted().getOrDefault(sequence, Map.of());
        final boolean isClaimed = all.size() > DIGESTS_MAX ?
            DIGESTS_MAX == claimed.size() && highest.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> claimed.getOrDefault(entry.getKey(), -1L) >= entry.getValue())
                .orElse(true) :
            highest.entrySet().stream().allMatch(
                entry -> claimed.getOrDefault(entry.getKey(), -1L) >= entry.getValue());
        check(
            isClaimed,
            "replica {} accepted {} at sequence {}, late {}; its VIEW-CHANGE for {} says {}",
            replica, highest, sequence, late.get(replica).get(sequence), viewChange.view(), claimed);
    }
}
