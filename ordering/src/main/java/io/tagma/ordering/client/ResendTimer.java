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

/**
 * When to send again: after a time-out that doubles each time up to a ceiling, and is short again after progress.
 */
final class ResendTimer
{
    private final long greatestTimeoutNs;
    private long timeoutNs;
    private long startNs;
    private boolean isRunning;

    ResendTimer(final long greatestTimeoutNs)
    {
        this.greatestTimeoutNs = greatestTimeoutNs;
    }

    void start(final long nowNs, final long firstTimeoutNs)
    {
        timeoutNs = firstTimeoutNs;
        startNs = nowNs;
        isRunning = true;
    }

    void stop()
    {
        isRunning = false;
    }

    boolean isRunning()
    {
        return isRunning;
    }

    /** True once for each time-out that passed; the next one then runs, twice as long. */
    boolean hasExpired(final long nowNs)
    {
        if (!isRunning || nowNs - startNs < timeoutNs)
        {
            return false;
        }
        startNs = nowNs;
        timeoutNs = timeoutNs > greatestTimeoutNs / 2 ? greatestTimeoutNs : timeoutNs * 2;
        return true;
    }
}
