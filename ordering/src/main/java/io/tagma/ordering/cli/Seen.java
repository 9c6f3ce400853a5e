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
package io.tagma.ordering.cli;

import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.ordering.replica.ReplicaReport;

/**
 * What can be seen of one replica from outside.
 *
 * @param id             of the replica.
 * @param presence       of its process.
 * @param silentMs       milliseconds since its last sign of life; 0 unless it runs.
 * @param view           that it is in, or wants to enter.
 * @param isActive       whether it has entered that view.
 * @param isPrimary      whether it leads it, or is to.
 * @param executed       sequence executed.
 * @param awaited        H, below which it does not vote; 0 if it is not amnesiac.
 * @param isPowerDurable whether what it says is on the device before, and not only in the page cache.
 */
record Seen(
    int id,
    Presence presence,
    long silentMs,
    long view,
    boolean isActive,
    boolean isPrimary,
    long executed,
    long awaited,
    boolean isPowerDurable)
{
    /** A process that publishes its counters gives a sign of life each second. */
    private static final long SILENCE_MAX_MS = 5_000;

    /**
     * Whether there is a process.
     */
    enum Presence
    {
        /** It is there. */
        RUNNING("running"),
        /** It ended without having been told to. */
        KILLED("killed"),
        /** It was stopped in order, or never started. */
        STOPPED("stopped"),
        /** Neither it nor its directory is below the one that was looked at. */
        ELSEWHERE("not on this host");

        private final String text;

        Presence(final String text)
        {
            this.text = text;
        }

        @Override
        public String toString()
        {
            return text;
        }
    }

    static Seen of(final ReplicaReport report)
    {
        return !report.isRunning() ? absent(report.replicaId(), Presence.KILLED) : new Seen(
            report.replicaId(),
            Presence.RUNNING,
            report.silentMs(),
            report.get(ReplicaCounter.VIEW),
            1 == report.get(ReplicaCounter.IS_ACTIVE),
            1 == report.get(ReplicaCounter.IS_PRIMARY),
            report.get(ReplicaCounter.EXECUTED_SEQUENCE),
            report.get(ReplicaCounter.AWAITED_SEQUENCE),
            1 == report.get(ReplicaCounter.IS_POWER_DURABLE));
    }

    static Seen absent(final int id, final Presence presence)
    {
        return new Seen(id, presence, 0, 0, false, false, 0, 0, false);
    }

    boolean isRunning()
    {
        return Presence.RUNNING == presence;
    }

    /** A process that is there and does nothing: stopped by a signal, or a host that stands still. */
    boolean isSilent()
    {
        return isRunning() && silentMs > SILENCE_MAX_MS;
    }

    boolean isAmnesiac()
    {
        return isRunning() && awaited > 0;
    }

    boolean isVoting()
    {
        return isRunning() && !isSilent() && !isAmnesiac() && isActive;
    }
}
