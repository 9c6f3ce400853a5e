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
package io.tagma.ordering.service;

/**
 * Timers on agreed time: they expire at the same place of the order on every replica.
 */
public interface AgreedTimers
{
    /**
     * Schedules a timer, replacing one with the same correlation id.
     *
     * @param correlationId of the service's choice.
     * @param deadlineNs    agreed time at or after which it expires, in nanoseconds since the Unix epoch.
     * @return false if the configured number of timers is already scheduled: nothing has changed.
     */
    boolean schedule(long correlationId, long deadlineNs);

    /**
     * Cancels a timer.
     *
     * @param correlationId of the timer.
     * @return whether there was one.
     */
    boolean cancel(long correlationId);
}
