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
 * Whether agreed time stays behind this replica's clock: the primary proposes too late, or under timestamps of the
 * past, which nobody refuses. Correct clocks are within the greatest skew of each other; what lags by a time-out more
 * than that, and goes on doing so for a time-out, is the primary's doing. After a standstill agreed time lags in every
 * view until its first batch, and so it does for who fetches what he missed: that speaks against nobody.
 * <p>
 * Driven by {@link ViewTimers}.
 */
final class AgreedTimeLag
{
    private final ReplicaStatus status;
    private final long clockSkewMaxNs;
    private boolean isLagging;
    private long laggingSinceNs;

    AgreedTimeLag(final ProtocolParameters parameters, final ReplicaStatus status)
    {
        this.status = status;
        clockSkewMaxNs = parameters.clockSkewMaxNs;
    }

    /** What was before says nothing. */
    void restart()
    {
        isLagging = false;
    }

    /**
     * Looks at both clocks.
     *
     * @param timeoutNs that the primary has, in nanoseconds.
     * @return whether agreed time has been too far behind for that long.
     */
    boolean isTooGreat(final long timeoutNs)
    {
        if (status.executedSequence() < status.stableSequence() ||
            status.epochNs() - status.effectiveTimeNs() <= clockSkewMaxNs + timeoutNs)
        {
            isLagging = false;
            return false;
        }
        if (!isLagging)
        {
            isLagging = true;
            laggingSinceNs = status.nowNs();
        }
        return status.nowNs() - laggingSinceNs > timeoutNs;
    }
}
