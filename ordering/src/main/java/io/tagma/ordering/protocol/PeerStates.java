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
package io.tagma.ordering.protocol;

import io.tagma.codecs.peer.BooleanType;
import io.tagma.codecs.peer.StatusDecoder;

/**
 * The newest STATUS of each replica: a hint about where it is, never a fact about what is agreed.
 */
final class PeerStates
{
    private final Quorums quorums;
    private final int replicaId;
    private final long[] incarnations;
    private final long[] counters;
    private final long[] executed;
    private final long[] stable;
    private final long[] awaited;
    /** By peer: the highest view that it is known to be at or above. Never goes down. */
    private final long[] views;
    private final long[] newViews;
    private final boolean[] isActive;
    /** By peer: when its newest STATUS came, or a proposal of its that was accepted. */
    private final long[] heardAtNs;

    PeerStates(final ProtocolParameters parameters)
    {
        quorums = parameters.quorums;
        replicaId = parameters.replicaId;
        final int size = quorums.size();
        incarnations = new long[size];
        counters = new long[size];
        executed = new long[size];
        stable = new long[size];
        awaited = new long[size];
        views = new long[size];
        newViews = new long[size];
        isActive = new boolean[size];
        heardAtNs = new long[size];
    }

    /**
     * Takes a STATUS if it is newer than the newest of its sender; what is recorded and replayed is not.
     *
     * @return whether it was newer.
     */
    boolean take(final int senderId, final StatusDecoder status, final long nowNs)
    {
        final long incarnation = status.incarnation();
        final long counter = status.counter();
        if (incarnation < incarnations[senderId] ||
            incarnation == incarnations[senderId] && counter <= counters[senderId])
        {
            return false;
        }
        incarnations[senderId] = incarnation;
        counters[senderId] = counter;
        executed[senderId] = status.executedSequence();
        stable[senderId] = status.stableSequence();
        awaited[senderId] = status.awaitedSequence();
        newViews[senderId] = status.newView();
        isActive[senderId] = BooleanType.T == status.active();
        heardAtNs[senderId] = nowNs;
        isAtOrAbove(senderId, status.view());
        return true;
    }

    /** It said so itself, in a STATUS or over its signature. */
    void isAtOrAbove(final int replica, final long view)
    {
        views[replica] = Math.max(views[replica], view);
    }

    long view(final int peerId)
    {
        return views[peerId];
    }

    long newView(final int peerId)
    {
        return newViews[peerId];
    }

    /** Whether it said last that it votes in its view. */
    boolean isActive(final int peerId)
    {
        return isActive[peerId];
    }

    /** Something came of it that cannot have been recorded and replayed. */
    void heard(final int peerId, final long nowNs)
    {
        heardAtNs[peerId] = nowNs;
    }

    long heardAtNs(final int peerId)
    {
        return heardAtNs[peerId];
    }

    /** The greatest view that others weighing K are at or above, so that at least one correct one is. */
    long credibleView()
    {
        long greatest = 0;
        for (int i = 0; i < views.length; i++)
        {
            if (i != replicaId && views[i] > greatest && weightInOrAbove(views[i]) >= quorums.weakQuorum())
            {
                greatest = views[i];
            }
        }
        return greatest;
    }

    /** Weight of the others that are at or above a view. */
    int weightInOrAbove(final long view)
    {
        int weight = 0;
        for (int i = 0; i < views.length; i++)
        {
            weight += i != replicaId && views[i] >= view ? quorums.weight(i) : 0;
        }
        return weight;
    }

    long incarnation(final int peerId)
    {
        return incarnations[peerId];
    }

    long executed(final int peerId)
    {
        return executed[peerId];
    }

    long stable(final int peerId)
    {
        return stable[peerId];
    }

    long awaited(final int peerId)
    {
        return awaited[peerId];
    }

    /** The lowest sequence that any other one says to have executed; 0 while one has said nothing, MAX_VALUE alone. */
    long lowestExecuted()
    {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < executed.length; i++)
        {
            lowest = i != replicaId ? Math.min(lowest, executed[i]) : lowest;
        }
        return lowest;
    }

    /**
     * The greatest sequence that replicas weighing K claim to have executed, so that at least one correct one has.
     */
    long credibleExecuted()
    {
        long greatest = 0;
        for (int i = 0; i < executed.length; i++)
        {
            if (executed[i] > greatest && weightAtOrAbove(executed[i]) >= quorums.weakQuorum())
            {
                greatest = executed[i];
            }
        }
        return greatest;
    }

    private int weightAtOrAbove(final long sequence)
    {
        int weight = 0;
        for (int i = 0; i < executed.length; i++)
        {
            weight += i != replicaId && executed[i] >= sequence ? quorums.weight(i) : 0;
        }
        return weight;
    }
}
