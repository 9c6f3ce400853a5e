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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.tagma.ordering.protocol.Quorums;

class PrimaryEstimateTest
{
    private final PrimaryEstimate estimate = new PrimaryEstimate(new Quorums(new int[]{1, 1, 1, 1}), 0);

    @Test
    void beginsWithThePrimaryOfViewZeroShiftedByTheEpoch()
    {
        assertEquals(0, estimate.primary());
        assertEquals(2, new PrimaryEstimate(new Quorums(new int[]{1, 1, 1, 1}), 6).primary());
    }

    @Test
    void oneLiarCannotPushItOn()
    {
        estimate.onView(3, Long.MAX_VALUE / 4);
        assertEquals(0, estimate.primary());
        assertEquals(0, estimate.view());
    }

    @Test
    void followsAWeakQuorum()
    {
        estimate.onView(3, 1_000);
        estimate.onView(1, 1);
        assertEquals(1, estimate.primary());
        estimate.onView(2, 5);
        assertEquals(5, estimate.view());
        assertEquals(1, estimate.primary());
    }

    @Test
    void neverGoesBackForAnOldFrame()
    {
        estimate.onView(1, 7);
        estimate.onView(2, 7);
        estimate.onView(1, 2);
        estimate.onView(2, 0);
        assertEquals(7, estimate.view());
    }

    @Test
    void countsWeights()
    {
        final PrimaryEstimate weighted = new PrimaryEstimate(new Quorums(new int[]{3, 3, 2, 1, 1}), 0);
        weighted.onView(0, 9);
        assertEquals(0, weighted.view());
        weighted.onView(4, 8);
        assertEquals(8, weighted.view(), "3 + 1 = F + 1");
    }

    @Test
    void equalsTheDefinitionForRandomViews()
    {
        final long seed = 20_260_101L;
        final Random random = new Random(seed);
        for (int run = 0; run < 500; run++)
        {
            final int[] weights = {1, 2, 1, 2, 1, 2, 1};
            final Quorums quorums = new Quorums(weights);
            final PrimaryEstimate mixed = new PrimaryEstimate(quorums, run);
            final long[] views = new long[weights.length];
            for (int i = 0; i < 40; i++)
            {
                final int replica = random.nextInt(weights.length);
                final long view = random.nextInt(30);
                views[replica] = Math.max(views[replica], view);
                mixed.onView(replica, view);
            }
            final long expected = Arrays.stream(views).filter(view -> weigh(views, weights, view) >=
                quorums.weakQuorum()).max().orElse(0);
            assertEquals(expected, mixed.view(), "seed " + seed + " run " + run);
            assertEquals(quorums.primary(expected, run), mixed.primary(), "seed " + seed + " run " + run);
        }
    }

    private static int weigh(final long[] views, final int[] weights, final long view)
    {
        int weight = 0;
        for (int i = 0; i < views.length; i++)
        {
            weight += views[i] >= view ? weights[i] : 0;
        }
        return weight;
    }
}
