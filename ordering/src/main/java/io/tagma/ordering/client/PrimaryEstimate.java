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
package io.tagma.ordering.client;

import io.tagma.ordering.protocol.Quorums;

/**
 * Which replica the client takes for the primary: that of the greatest view which replicas weighing a weak quorum are
 * in or beyond, so that at least one correct replica is. Liars alone can neither push it on nor hold it back.
 */
final class PrimaryEstimate
{
    private final Quorums quorums;
    private final int epoch;
    /** Greatest view that each replica has said; a replica's view never goes down, an old frame may come late. */
    private final long[] views;
    /** Replica ids, greatest view first. */
    private final int[] order;

    private int primary;

    PrimaryEstimate(final Quorums quorums, final int epoch)
    {
        this.quorums = quorums;
        this.epoch = epoch;
        views = new long[quorums.size()];
        order = new int[quorums.size()];
        for (int i = 0; i < order.length; i++)
        {
            order[i] = i;
        }
        primary = quorums.primary(0, epoch);
    }

    void onView(final int replicaId, final long view)
    {
        if (view <= views[replicaId])
        {
            return;
        }
        views[replicaId] = view;

        int place = 0;
        while (order[place] != replicaId)
        {
            place++;
        }
        for (; place > 0 && views[order[place - 1]] < view; place--)
        {
            order[place] = order[place - 1];
        }
        order[place] = replicaId;
        primary = quorums.primary(view(), epoch);
    }

    /** The greatest view that a weak quorum has reached. */
    long view()
    {
        int weight = 0;
        int place = -1;
        while (weight < quorums.weakQuorum())
        {
            weight += quorums.weight(order[++place]);
        }
        return views[order[place]];
    }

    int primary()
    {
        return primary;
    }
}
