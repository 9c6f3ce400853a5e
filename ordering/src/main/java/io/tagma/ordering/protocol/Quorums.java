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

import io.tagma.codecs.FrameLayout;

/**
 * Weights and what they add up to: quorum, weak quorum, the primary of a view.
 * <p>
 * With total weight W and faulty weight F, a quorum is floor((W + F) / 2) + 1: any two share more than F, so at least
 * one correct replica. A weak quorum is F + 1: at least one of it is correct. With weights of 1 and n = 3f + 1 that is
 * 2f + 1 and f + 1 (Castro &amp; Liskov, TOCS 20(4), section 2).
 */
public final class Quorums
{
    private final int[] weights;
    private final int total;
    private final int faulty;
    private final int quorum;
    private final int weakQuorum;

    /**
     * Tolerates the greatest faulty weight that the weights allow: floor((W - 1) / 3).
     *
     * @param weights of the replicas in order of id: 1 to 64 of them, each at least 1.
     */
    public Quorums(final int[] weights)
    {
        this(weights, (sum(weights) - 1) / 3);
    }

    /**
     * Tolerates a given faulty weight.
     *
     * @param weights      of the replicas in order of id: 1 to 64 of them, each at least 1.
     * @param faultyWeight greatest total weight of faulty replicas: 0 to floor((W - 1) / 3).
     */
    public Quorums(final int[] weights, final int faultyWeight)
    {
        this.weights = weights.clone();
        this.total = sum(weights);
        this.faulty = faultyWeight;
        this.quorum = (total + faulty) / 2 + 1;
        this.weakQuorum = faulty + 1;

        if (weights.length > FrameLayout.MAX_REPLICAS)
        {
            throw new IllegalArgumentException(
                weights.length + " replicas: at most " + FrameLayout.MAX_REPLICAS + " are possible");
        }
        if (faultyWeight < 0 || faultyWeight > (total - 1) / 3)
        {
            throw new IllegalArgumentException(
                "faulty weight " + faultyWeight + ": must be 0 to " + (total - 1) / 3 + " for a total of " + total);
        }
        for (final int weight : weights)
        {
            if (faulty > 0 && weight > faulty)
            {
                throw new IllegalArgumentException(
                    "weight " + weight + ": no replica may weigh more than the faulty weight of " + faulty);
            }
        }
    }

    private static int sum(final int[] weights)
    {
        if (0 == weights.length)
        {
            throw new IllegalArgumentException("no replicas: at least 1 is needed");
        }
        int sum = 0;
        for (final int weight : weights)
        {
            if (weight < 1)
            {
                throw new IllegalArgumentException("weight " + weight + ": must be at least 1");
            }
            sum = Math.addExact(sum, weight);
        }
        return sum;
    }

    public int size()
    {
        return weights.length;
    }

    public int weight(final int replicaId)
    {
        return weights[replicaId];
    }

    /** Weight of the distinct replicas of a set; bit i: replica i. */
    int weightOf(final long replicas)
    {
        int weight = 0;
        for (long remaining = replicas; 0 != remaining; remaining &= remaining - 1)
        {
            weight += weights[Long.numberOfTrailingZeros(remaining)];
        }
        return weight;
    }

    public int total()
    {
        return total;
    }

    public int faulty()
    {
        return faulty;
    }

    public int quorum()
    {
        return quorum;
    }

    public int weakQuorum()
    {
        return weakQuorum;
    }

    /**
     * Who leads a view. The epoch shifts the order so that no replica leads every first view.
     *
     * @param view  0 or above.
     * @param epoch of the configuration.
     * @return id of the primary.
     */
    public int primary(final long view, final int epoch)
    {
        return (int)Math.floorMod(view + epoch, (long)weights.length);
    }
}
