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
package io.tagma.ordering.simulation;

import io.tagma.ordering.service.AgreedTimers;
import java.util.ArrayList;
import java.util.List;

/**
 * Agreed timers as the service's contract words it: a list, searched.
 */
final class ReferenceTimers implements AgreedTimers
{
    private final int capacity;
    /** (correlation id, deadline) in the order in which they were scheduled. */
    private final List<long[]> timers = new ArrayList<>();

    ReferenceTimers(final int capacity)
    {
        this.capacity = capacity;
    }

    @Override
    public boolean schedule(final long correlationId, final long deadlineNs)
    {
        cancel(correlationId);
        if (timers.size() >= capacity)
        {
            return false;
        }
        timers.add(new long[]{ correlationId, deadlineNs });
        return true;
    }

    @Override
    public boolean cancel(final long correlationId)
    {
        return timers.removeIf(timer -> timer[0] == correlationId);
    }

    /**
     * Takes the timer with the earliest deadline, the one scheduled first among equals, if it is due.
     *
     * @param timeNs agreed time.
     * @return its (correlation id, deadline), or null.
     */
    long[] expire(final long timeNs)
    {
        long[] earliest = null;
        for (final long[] timer : timers)
        {
            if (timer[1] <= timeNs && (null == earliest || timer[1] < earliest[1]))
            {
                earliest = timer;
            }
        }
        timers.remove(earliest);
        return earliest;
    }
}
