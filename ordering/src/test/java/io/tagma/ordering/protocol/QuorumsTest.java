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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuorumsTest
{
    @Test
    void shouldBeTwoThirdsAndOneThirdWithEqualWeights()
    {
        for (int f = 0; f <= 21; f++)
        {
            final Quorums quorums = new Quorums(ones(3 * f + 1));
            assertEquals(f, quorums.faulty());
            assertEquals(2 * f + 1, quorums.quorum());
            assertEquals(f + 1, quorums.weakQuorum());
        }
    }

    @Test
    void shouldShareACorrectReplicaBetweenAnyTwoQuorums()
    {
        final int[] weights = new int[5];
        for (int code = 0; code < 4 * 4 * 4 * 4 * 4; code++)
        {
            for (int i = 0, rest = code; i < weights.length; i++, rest /= 4)
            {
                weights[i] = 1 + rest % 4;
            }
            final int total = Arrays.stream(weights).sum();
            for (int faulty = 0; faulty <= (total - 1) / 3; faulty++)
            {
                if (0 == faulty || Arrays.stream(weights).max().orElseThrow() <= faulty)
                {
                    final Quorums quorums = new Quorums(weights, faulty);
                    assertTrue(2 * quorums.quorum() - total > faulty, Arrays.toString(weights) + " F " + faulty);
                    assertTrue(quorums.quorum() <= total - faulty, Arrays.toString(weights) + " F " + faulty);
                }
            }
        }
    }

    @Test
    void shouldRefuseWhatCannotBeTolerated()
    {
        assertThrows(IllegalArgumentException.class, () -> new Quorums(new int[0]));
        assertThrows(IllegalArgumentException.class, () -> new Quorums(new int[]{1, 0, 1, 1}));
        assertThrows(IllegalArgumentException.class, () -> new Quorums(ones(65)));
        assertThrows(IllegalArgumentException.class, () -> new Quorums(ones(4), 2));
        assertThrows(IllegalArgumentException.class, () -> new Quorums(ones(4), -1));
        assertThrows(IllegalArgumentException.class, () -> new Quorums(new int[]{3, 1, 1, 1, 1}));
    }

    @Test
    void shouldRotateThePrimaryByViewAndEpoch()
    {
        final Quorums quorums = new Quorums(ones(4));
        assertEquals(0, quorums.primary(0, 0));
        assertEquals(3, quorums.primary(3, 0));
        assertEquals(1, quorums.primary(4, 1));
        assertTrue(quorums.primary(Long.MAX_VALUE, Integer.MAX_VALUE) >= 0);
    }

    private static int[] ones(final int count)
    {
        final int[] weights = new int[count];
        Arrays.fill(weights, 1);
        return weights;
    }
}
