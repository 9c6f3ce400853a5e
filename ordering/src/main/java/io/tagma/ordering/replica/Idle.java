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
package io.tagma.ordering.replica;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * What the ordering thread does without work.
 */
public enum Idle
{
    /**
     * Yields a few times, then sleeps until a datagram comes: prompt, and kind to whoever shares the processors. Where
     * the media driver has threads of its own it is they who receive, and this is {@link #BACKOFF}.
     */
    WAIT,
    /** Yields for ever: the shortest pauses where busy threads are more than processors, which it all takes. */
    YIELD,
    /** Yields for about as long as a busy cluster's pauses last, then parks for longer and longer. */
    BACKOFF,
    /** Spins: with a processor of its own. */
    SPIN,
    /** Parks for as short as the system can. */
    PARK;

    private static final long SHORTEST_PARK_NS = 1_000;
    private static final long LONGEST_PARK_NS = 50_000;
    private static final int BACKOFF_YIELDS = 2_000;

    /**
     * @return a new strategy, that of {@link #BACKOFF} for {@link #WAIT}: what to wait for is the transport's to know.
     */
    IdleStrategy newStrategy()
    {
        switch (this)
        {
            case YIELD:
                return YieldingIdleStrategy.INSTANCE;

            case SPIN:
                return BusySpinIdleStrategy.INSTANCE;

            case PARK:
                return new SleepingIdleStrategy(SHORTEST_PARK_NS);

            default:
                return new BackoffIdleStrategy(0, BACKOFF_YIELDS, SHORTEST_PARK_NS, LONGEST_PARK_NS);
        }
    }
}
