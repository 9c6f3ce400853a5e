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

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.peer.StatusDecoder;

/**
 * Clients of whom a bundle was still held when a view was left: this replica's own marks, and those that the others'
 * newest STATUS names. A primary has a marked client sign before it proposes; a mark changes nothing else, so a wrong
 * one costs its client some signatures and nobody anything.
 * <p>
 * Bounded: the oldest goes. Own marks are gone after a session window of requests that the client signed. They are
 * hints, and not journalled: a replica that starts again has none.
 */
final class Marks
{
    private final Quorums quorums;
    private final int replicaId;
    private final int requestsPerMark;
    /** Own marks, the oldest first, and how many signed requests each has left. */
    private final int[] clients = new int[FrameLimits.MARKS_MAX];
    private final int[] remaining = new int[FrameLimits.MARKS_MAX];
    private int count;
    /** By replica: what its newest STATUS named. */
    private final int[][] named;
    private final int[] namedCounts;
    /** By client: weight of the others that mark it. */
    private final int[] weights;
    private final boolean[] isOwn;
    private boolean isNews;

    Marks(final ProtocolParameters parameters)
    {
        quorums = parameters.quorums;
        replicaId = parameters.replicaId;
        requestsPerMark = parameters.sessionWindow;
        named = new int[quorums.size()][FrameLimits.MARKS_MAX];
        namedCounts = new int[quorums.size()];
        weights = new int[parameters.clientCount + 1];
        isOwn = new boolean[parameters.clientCount + 1];
    }

    /** A bundle of this client is held while its view is left. */
    void mark(final int clientId)
    {
        if (isOwn[clientId])
        {
            remove(place(clientId));
        }
        else if (clients.length == count)
        {
            remove(0);
        }
        clients[count] = clientId;
        remaining[count] = requestsPerMark;
        isOwn[clientId] = true;
        count++;
        isNews = true;
    }

    /** Requests came whose signature was found right. */
    void signed(final int clientId, final int requestCount)
    {
        if (isOwn[clientId])
        {
            final int place = place(clientId);
            remaining[place] -= requestCount;
            if (remaining[place] <= 0)
            {
                remove(place);
            }
        }
    }

    private int place(final int clientId)
    {
        int place = 0;
        while (clients[place] != clientId)
        {
            place++;
        }
        return place;
    }

    private void remove(final int place)
    {
        isOwn[clients[place]] = false;
        count--;
        for (int i = place; i < count; i++)
        {
            clients[i] = clients[i + 1];
            remaining[i] = remaining[i + 1];
        }
    }

    /** The marks of a STATUS that is newer than all before of its sender. */
    void hear(final int senderId, final StatusDecoder.MarksDecoder marks)
    {
        final int weight = quorums.weight(senderId);
        final int[] heard = named[senderId];
        for (int i = 0; i < namedCounts[senderId]; i++)
        {
            weights[heard[i]] -= weight;
        }
        int heardCount = 0;
        while (marks.hasNext())
        {
            final long clientId = marks.next().clientId();
            if (clientId < weights.length && senderId != replicaId)
            {
                heard[heardCount++] = (int)clientId;
                weights[(int)clientId] += weight;
            }
        }
        namedCounts[senderId] = heardCount;
    }

    /** Whether replicas weighing K mark it, so that one correct one does; what we saw ourselves we need not be told. */
    boolean isMarked(final int clientId)
    {
        return isOwn[clientId] || weights[clientId] >= quorums.weakQuorum();
    }

    /** Whether this replica marks it; a client that is not configured is never marked. */
    boolean isOwn(final int clientId)
    {
        return 0 != count && clientId > 0 && clientId < isOwn.length && isOwn[clientId];
    }

    int count()
    {
        return count;
    }

    /** The next own mark in order of id: that of the lowest client above this one. */
    int nextAbove(final int clientId)
    {
        int next = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++)
        {
            next = clients[i] > clientId ? Math.min(next, clients[i]) : next;
        }
        return next;
    }

    /** Whether there is a mark that no STATUS of ours has named yet: the next primary had better know. */
    boolean isNews()
    {
        return isNews;
    }

    void told()
    {
        isNews = false;
    }
}
