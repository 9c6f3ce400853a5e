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

/**
 * The usual one of some durations lately: the median of the last few, so that less than half of them can be made long
 * without its rising. Passive; it belongs to who measures.
 */
final class RecentMedian
{
    private static final int COUNT = 15;

    private final long[] durationsNs = new long[COUNT];
    private final long[] sortedNs = new long[COUNT];
    private long count;

    /** It took this long, in nanoseconds. */
    void measured(final long durationNs)
    {
        durationsNs[(int)(count % COUNT)] = durationNs;
        count++;
    }

    /**
     * What they usually take.
     *
     * @return nanoseconds; 0 until something was measured.
     */
    long ns()
    {
        final int length = (int)Math.min(count, COUNT);
        for (int i = 0; i < length; i++)
        {
            final long durationNs = durationsNs[i];
            int place = i;
            while (place > 0 && sortedNs[place - 1] > durationNs)
            {
                sortedNs[place] = sortedNs[place - 1];
                place--;
            }
            sortedNs[place] = durationNs;
        }
        return 0 == length ? 0 : sortedNs[length / 2];
    }
}
