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

import org.agrona.concurrent.NanoClock;

/**
 * Bytes that may be read from the journal for others: so many a second, and at most a tenth of that at once.
 */
final class ReadBudget
{
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int BURSTS_PER_SECOND = 10;

    private final NanoClock clock;
    private final long bytesPerSecond;
    private final long burstBytes;
    private long availableBytes;
    private long lastNs;

    ReadBudget(final NanoClock clock, final long bytesPerSecond)
    {
        this.clock = clock;
        this.bytesPerSecond = bytesPerSecond;
        burstBytes = bytesPerSecond / BURSTS_PER_SECOND;
        availableBytes = burstBytes;
        lastNs = clock.nanoTime();
    }

    boolean hasAny()
    {
        final long nowNs = clock.nanoTime();
        final long elapsedNs = Math.min(nowNs - lastNs, NS_PER_SECOND);
        final long earned = (long)((double)elapsedNs * bytesPerSecond / NS_PER_SECOND);
        if (earned > 0)
        {
            availableBytes = Math.min(burstBytes, availableBytes + earned);
            lastNs = nowNs;
        }
        return availableBytes > 0;
    }

    void spend(final int bytes)
    {
        availableBytes -= bytes;
    }
}
