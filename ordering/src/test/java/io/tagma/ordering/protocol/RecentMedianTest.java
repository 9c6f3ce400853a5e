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

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The usual one of the last few durations.
 */
class RecentMedianTest
{
    private final RecentMedian median = new RecentMedian();

    private void measure(final int count, final long durationNs)
    {
        for (int i = 0; i < count; i++)
        {
            median.measured(durationNs);
        }
    }

    @Test
    @DisplayName("The middle one of what was measured so far, and of the last fifteen later on")
    void middle()
    {
        assertEquals(0, median.ns());
        median.measured(7);
        assertEquals(7, median.ns());
        median.measured(1);
        median.measured(9);
        assertEquals(7, median.ns());
        measure(15, 3);
        assertEquals(3, median.ns());
    }

    @Test
    @DisplayName("Less than half of them move nothing, whichever they are; more than half do")
    void majority()
    {
        measure(15, 3);
        measure(7, 1_000);
        assertEquals(3, median.ns());
        measure(1, 1_000);
        assertEquals(1_000, median.ns());
        measure(8, 2);
        assertEquals(2, median.ns());
    }
}
