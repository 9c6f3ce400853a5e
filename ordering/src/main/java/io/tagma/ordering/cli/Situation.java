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
package io.tagma.ordering.cli;

import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.protocol.Quorums;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the replicas that can be seen mean together: who is behind and why, and what the cluster can still bear.
 */
final class Situation
{
    /** Counters of two replicas are not read, and not refreshed, at the same moment: less than this says nothing. */
    private static final long BEHIND_MIN = 128;
    private static final long MS_PER_SECOND = 1000;

    private final List<Seen> replicas;
    /** Null if the cluster file is not known. */
    private final Quorums quorums;
    private final int epoch;
    private final int[] weights;
    private final long foremost;
    private final long highestView;

    /**
     * Looks at them.
     *
     * @param replicas      that are seen, or known of.
     * @param configuration of their cluster, or null if it is not known; not used if it is another's.
     */
    Situation(final List<Seen> replicas, final ClusterConfiguration configuration)
    {
        this.replicas = List.copyOf(replicas);
        final boolean isKnown = null != configuration &&
            replicas.stream().allMatch((replica) -> replica.id() < configuration.replicaCount());
        quorums = isKnown ? new Quorums(configuration.weights(), configuration.faultyWeight()) : null;
        epoch = isKnown ? configuration.epoch() : 0;
        weights = isKnown ? configuration.weights() : new int[0];
        long executed = 0;
        long view = 0;
        for (final Seen replica : replicas)
        {
            executed = Math.max(executed, replica.executed());
            view = Math.max(view, replica.view());
        }
        foremost = executed;
        highestView = view;
    }

    /** Batches behind the foremost. */
    long lag(final Seen replica)
    {
        return foremost - replica.executed();
    }

    /** What a replica does, or what keeps it from that. */
    String state(final Seen replica)
    {
        if (!replica.isRunning())
        {
            return replica.presence().toString();
        }
        final List<String> reasons = new ArrayList<>();
        if (replica.isSilent())
        {
            reasons.add("unreachable: no sign of life for " + replica.silentMs() / MS_PER_SECOND + " s");
        }
        if (replica.isAmnesiac())
        {
            reasons.add("does not vote: waits for H = " + replica.awaited() + " after amnesia");
        }
        if (!replica.isActive())
        {
            reasons.add("changing to view " + replica.view());
        }
        else if (replica.view() < highestView)
        {
            reasons.add("behind in view: others are in " + highestView);
        }
        if (lag(replica) >= BEHIND_MIN)
        {
            reasons.add("fetching the log");
        }
        return reasons.isEmpty() ? replica.isPrimary() ? "ordering" : "following" : String.join("; ", reasons);
    }

    /** What whoever runs the cluster should know; one sentence or two each. */
    List<String> warnings()
    {
        final List<String> warnings = new ArrayList<>();
        if (null != quorums)
        {
            addQuorum(warnings);
            addAmnesia(warnings);
        }
        return warnings;
    }

    private void addQuorum(final List<String> warnings)
    {
        if (replicas.size() < weights.length || replicas.stream().anyMatch(
            (replica) -> Seen.Presence.ELSEWHERE == replica.presence()))
        {
            return;
        }
        final int primaryId = quorums.primary(highestView, epoch);
        final Seen primary = replicas.stream().filter((replica) -> primaryId == replica.id()).findAny().orElseThrow();
        if (!primary.isVoting())
        {
            warnings.add(text("Replica %d, the primary of view %d, does not order: %s.", primaryId, highestView,
                state(primary)));
        }
        int voting = 0;
        int heaviest = 0;
        for (final Seen replica : replicas)
        {
            if (replica.isVoting())
            {
                voting += weights[replica.id()];
                heaviest = Math.max(heaviest, weights[replica.id()]);
            }
        }
        if (voting < quorums.quorum())
        {
            warnings.add(text("Nothing is committed: replicas of weight %d vote, and a quorum weighs %d.", voting,
                quorums.quorum()));
        }
        else if (voting < quorums.total() && voting - heaviest < quorums.quorum())
        {
            warnings.add(text("One more replica away, and nothing is committed: replicas of weight %d vote, and a " +
                "quorum weighs %d.", voting, quorums.quorum()));
        }
    }

    /**
     * A host that is booted while others still wait for their H makes an amnesiac more. If more than F of the weight
     * may have forgotten votes, those who remember may be no quorum, and the amnesiacs wait for each other.
     */
    private void addAmnesia(final List<String> warnings)
    {
        int forgotten = 0;
        int next = 0;
        for (final Seen replica : replicas)
        {
            if (replica.isAmnesiac())
            {
                forgotten += weights[replica.id()];
            }
            else if (!replica.isPowerDurable())
            {
                next = Math.max(next, weights[replica.id()]);
            }
        }
        final int faulty = quorums.faulty();
        if (forgotten > 0 && forgotten + next > faulty)
        {
            final String who = replicas.stream().filter(Seen::isAmnesiac)
                .map((replica) -> replica.id() + " (H = " + replica.awaited() + ")")
                .collect(Collectors.joining(", "));
            warnings.add(forgotten > faulty ?
                text("More than F is lost: amnesiac replicas %s weigh %d, and F = %d. Nothing forks, but the cluster " +
                    "may stand still for good.", who, forgotten, faulty) :
                text("One more restart loses F: amnesiac replicas %s weigh %d, and F = %d. If a further host loses " +
                    "power before they vote again, the cluster may stand still for good.", who, forgotten, faulty));
        }
    }

    private static String text(final String format, final Object... arguments)
    {
        return String.format(Locale.ROOT, format, arguments);
    }
}
