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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes down what correct replicas do in the words of the model in {@code model/}: what they accept, prepare and
 * execute, when they leave a view and what they then claim, which NEW-VIEWs they go by, and what they forget. Feeds
 * {@link ModelBehaviour}, which looks at two sequences of it.
 * <p>
 * Facts are read off journals, as by every invariant. What a record said that a crash took did not happen: nobody heard
 * of it. Unless the replica itself says when it starts that it may have forgotten votes: then these stay said.
 */
final class ModelTrace extends Invariant
{
    /** What happened. */
    enum Kind
    {
        /** Every lower view is left. */
        LEAVE,
        /** A batch is accepted, by a proposal or because a NEW-VIEW of the replica's view selects it. */
        ACCEPT,
        /** A batch is prepared. */
        MARK,
        /** A VIEW-CHANGE of its own stands. */
        CHANGE,
        /** A NEW-VIEW is gone by, in time or late. */
        NEW_VIEW,
        /** What a late NEW-VIEW selects is claimed as accepted. */
        NOTE,
        /** A batch is executed. */
        EXECUTE,
        /** h moves. */
        CERTIFY,
        /** The process starts and does not know all that it said, up to a sequence. */
        LOSE
    }

    /**
     * One event.
     *
     * @param kind       of it.
     * @param replica    whose.
     * @param record     in its journal, 0 for what is not a record.
     * @param view       of the vote or statement; of a loss: the last sequence known to be executed.
     * @param sequence   of the batch; h, or H, where there is no batch.
     * @param digest     of the batch, or null.
     * @param viewChange that stands, or null.
     * @param newView    that is gone by, or null.
     */
    record Event(
        Kind kind,
        int replica,
        long record,
        long view,
        long sequence,
        DigestValue digest,
        StatementContent.ViewChange viewChange,
        StatementContent.NewView newView)
    {
        boolean isVote()
        {
            return Kind.ACCEPT == kind || Kind.MARK == kind || Kind.EXECUTE == kind;
        }
    }

    private final ClusterFacts cluster;
    private final List<Event> events = new ArrayList<>();
    /** Places in the events, of those that did not happen. */
    private final Set<Integer> gone = new HashSet<>();
    /** Places of those that no crash can undo any more. */
    private final Set<Integer> settled = new HashSet<>();
    /** By replica: places of those that the last crash took. */
    private final List<List<Integer>> taken = new ArrayList<>();
    /** By replica: views left, by record. */
    private final List<TreeMap<Long, Long>> targets = new ArrayList<>();
    private final long[] stable;

    ModelTrace(final ClusterFacts cluster)
    {
        super("model", new Verdict());
        this.cluster = cluster;
        stable = new long[cluster.replicaCount];
        for (int i = 0; i < cluster.replicaCount; i++)
        {
            targets.add(new TreeMap<>());
            taken.add(new ArrayList<>());
        }
    }

    private void add(
        final Kind kind,
        final int replica,
        final long record,
        final long view,
        final long sequence,
        final DigestValue digest)
    {
        events.add(new Event(kind, replica, record, view, sequence, digest, null, null));
    }

    private long target(final int replica)
    {
        return targets.get(replica).isEmpty() ? 0 : targets.get(replica).lastEntry().getValue();
    }

    @Override
    void onTargetAppended(final int replica, final long record, final long view)
    {
        targets.get(replica).put(record, view);
        add(Kind.LEAVE, replica, record, view, 0, null);
    }

    @Override
    void onEntryAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        add(Kind.ACCEPT, replica, record, view, sequence, digest);
    }

    @Override
    void onSelectedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        add(view < target(replica) ? Kind.NOTE : Kind.ACCEPT, replica, record, view, sequence, digest);
    }

    @Override
    void onPreparedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        add(Kind.MARK, replica, record, view, sequence, digest);
    }

    @Override
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        add(Kind.EXECUTE, replica, record, 0, sequence, digest);
    }

    @Override
    void onViewChangeAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.ViewChange viewChange)
    {
        if (viewChange.signer() == replica)
        {
            events.add(
                new Event(
                    Kind.CHANGE, replica, record, viewChange.view(), viewChange.stable(), null, viewChange, null));
        }
    }

    @Override
    void onNewViewAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.NewView newView)
    {
        events.add(new Event(Kind.NEW_VIEW, replica, record, newView.view(), newView.start(), null, null, newView));
    }

    @Override
    void onState(final int replica, final ReplicaState state)
    {
        if (state.stableSequence() > stable[replica])
        {
            stable[replica] = state.stableSequence();
            add(Kind.CERTIFY, replica, 0, 0, state.stableSequence(), null);
        }
    }

    @Override
    void onRestarted(final int replica, final long lastRecord)
    {
        targets.get(replica).tailMap(lastRecord, false).clear();
        taken.get(replica).clear();
        for (int i = 0; i < events.size(); i++)
        {
            if (events.get(i).replica == replica && events.get(i).record > lastRecord && !settled.contains(i) &&
                gone.add(i))
            {
                taken.get(replica).add(i);
            }
        }
    }

    @Override
    void onStarted(final int replica, final long awaitedSequence)
    {
        if (awaitedSequence > 0)
        {
            long executed = 0;
            for (int i = 0; i < events.size(); i++)
            {
                final boolean isKnown = events.get(i).replica == replica && !gone.contains(i) && !settled.contains(i);
                executed = isKnown && Kind.EXECUTE == events.get(i).kind ? events.get(i).sequence : executed;
            }
            for (final int place : taken.get(replica))
            {
                if (events.get(place).isVote())
                {
                    gone.remove(place);
                    settled.add(place);
                }
            }
            add(Kind.LOSE, replica, 0, executed, awaitedSequence, null);
        }
    }

    ClusterFacts cluster()
    {
        return cluster;
    }

    /** All that happened, in order. */
    List<Event> events()
    {
        final List<Event> happened = new ArrayList<>();
        for (int i = 0; i < events.size(); i++)
        {
            if (!gone.contains(i))
            {
                happened.add(events.get(i));
            }
        }
        return happened;
    }
}
