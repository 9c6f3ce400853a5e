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
 * The longest of some durations lately: of each window the longest, smoothed over windows, up at once and down by a
 * share of the difference with each window. Passive; it belongs to who measures.
 */
final class RecentLongest
{
    /** Until something was measured and its window has ended. */
    static final long NONE = -1;

    private final ReplicaStatus status;
    private final long windowNs;
    private final int gainShift;
    private long smoothedNs = NONE;
    private long longestNs = NONE;
    private long windowSinceNs;

    /**
     * Nothing is measured yet.
     *
     * @param status    that tells the time.
     * @param windowNs  length of a window in nanoseconds, above 0.
     * @param gainShift what is too long by 2^gainShift becomes 1 shorter with each window.
     */
    RecentLongest(final ReplicaStatus status, final long windowNs, final int gainShift)
    {
        this.status = status;
        this.windowNs = windowNs;
        this.gainShift = gainShift;
    }

    /** It took this long, in nanoseconds. Counts once the window has ended. */
    void measured(final long durationNs)
    {
        if (status.nowNs() - windowSinceNs >= windowNs)
        {
            closeWindow();
        }
        longestNs = Math.max(longestNs, durationNs);
    }

    private void closeWindow()
    {
        windowSinceNs = status.nowNs();
        if (NONE != longestNs)
        {
            final long difference = longestNs - smoothedNs;
            smoothedNs = NONE == smoothedNs || difference > 0 ? longestNs : smoothedNs + (difference >> gainShift);
            longestNs = NONE;
        }
    }

    /**
     * The longest lately.
     *
     * @return nanoseconds, or {@link #NONE}.
     */
    long ns()
    {
        return smoothedNs;
    }
}
