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
 * How long the primary of the view may say nothing before it is taken for dead. It says something each heartbeat
 * interval, whatever there is to order, so this follows the pauses between what it says and not how long commits take,
 * which others have a part in: a multiple of the longest pause lately, from a few heartbeats on, and never more than
 * what a request may take.
 * <p>
 * Driven by {@link ViewTimers}.
 */
final class PrimarySilence
{
    private static final int PAUSES = 2;
    private static final int HEARTBEATS = 4;
    private static final int GAIN_SHIFT = 2;

    private final ViewChangeParameters parameters;
    private final BaseTimeout baseTimeout;
    private final RecentLongest pause;
    private long heardAtNs;

    PrimarySilence(final ProtocolParameters parameters, final ReplicaStatus status, final BaseTimeout baseTimeout)
    {
        this.parameters = parameters.viewChange;
        this.baseTimeout = baseTimeout;
        pause = new RecentLongest(status, parameters.statusIntervalNs, GAIN_SHIFT);
    }

    /**
     * It was heard.
     *
     * @param lastHeardAtNs when last.
     * @param restartedAtNs nothing that began before is a pause of the primary.
     */
    void heard(final long lastHeardAtNs, final long restartedAtNs)
    {
        if (lastHeardAtNs != heardAtNs)
        {
            if (heardAtNs - restartedAtNs >= 0 && lastHeardAtNs - heardAtNs > 0)
            {
                pause.measured(lastHeardAtNs - heardAtNs);
            }
            heardAtNs = lastHeardAtNs;
        }
    }

    /**
     * The longest silence that is borne.
     *
     * @param views since the last one with progress, 0 or above.
     * @return nanoseconds.
     */
    long timeoutNs(final long views)
    {
        final long heartbeatsNs = HEARTBEATS * parameters.heartbeatIntervalNs();
        final long requestNs = Math.max(heartbeatsNs, baseTimeout.timeoutNs(views));
        final long pauseNs = pause.ns();
        return RecentLongest.NONE == pauseNs ? requestNs :
            Math.min(requestNs, baseTimeout.timeoutNs(Math.max(heartbeatsNs, PAUSES * pauseNs), views));
    }
}
