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

/**
 * How long the duty cycles of a thread take that find work. By the clock that each cycle reads anyway: a cycle lasts
 * from one reading to the next, and includes what the scheduler takes. For the thread itself.
 */
final class BusyTime
{
    private long lastNs;
    private boolean isLastBusy;
    private long cycles;
    private long sumNs;

    /**
     * A duty cycle has done its work.
     *
     * @param nowNs     monotonic clock, as read in it.
     * @param workCount of it; 0 if it was idle, and what follows it until the next reading is idling.
     */
    void onDutyCycle(final long nowNs, final int workCount)
    {
        if (isLastBusy)
        {
            cycles++;
            sumNs += nowNs - lastNs;
        }
        lastNs = nowNs;
        isLastBusy = workCount > 0;
    }

    /**
     * Cycles that found work and are over.
     *
     * @return count since the start of this process.
     */
    long cycles()
    {
        return cycles;
    }

    /**
     * Time that they took.
     *
     * @return nanoseconds.
     */
    long sumNs()
    {
        return sumNs;
    }
}
