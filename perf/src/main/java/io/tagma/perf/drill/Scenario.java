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
package io.tagma.perf.drill;

/**
 * What can go wrong in a drill.
 */
enum Scenario
{
    /** The primary is gone. */
    SILENT_PRIMARY("silent-primary", "kill -9 of the primary; start it again; --times times on one cluster",
        new SilentPrimary()),
    /** The primary stands still, and does not know. */
    FREEZE("freeze", "kill -STOP of the primary for --for seconds, then kill -CONT", new Freeze()),
    /** The primary does everything, late. */
    SLOW_PRIMARY("slow-primary", "the primary runs 5 ms of each 25 ms for --for seconds (kill -STOP, kill -CONT)",
        new SlowPrimary()),
    /** A client's requests are good for half of the replicas only. */
    BAD_CLIENT_MAC("bad-client-mac",
        "a second client's tags are wrong for as many replicas as can keep the others from a quorum; for --for seconds",
        new BadClientMac()),
    /** A journal's device has no room. */
    DISK_FULL("disk-full", "the primary's device falls below its least free space; then there is room again",
        new DiskFull()),
    /** A replica may have forgotten what it said. */
    AMNESIA("amnesia", "kill -9 of a backup, and its journal says that the host has been booted since", new Amnesia()),
    /** A backup was away for long, and the others have the log. */
    CATCH_UP_LOG("catch-up-log", "a backup is away while --mb of log are ordered, and fetches them",
        new CatchUpLog(false)),
    /** The same, and not in one go. */
    CATCH_UP_LOG_KILLED("catch-up-log-killed",
        "the same; in the middle of it kill -9 of the backup, then of a replica that it fetches from",
        new CatchUpLog(true));

    private final String label;
    private final String description;
    private final Drill drill;

    Scenario(final String label, final String description, final Drill drill)
    {
        this.label = label;
        this.description = description;
        this.drill = drill;
    }

    /** As on the command line. */
    String label()
    {
        return label;
    }

    /** What is done. */
    String description()
    {
        return description;
    }

    Drill drill()
    {
        return drill;
    }

    /** Whether something lies ahead that is to be caught up with. */
    boolean isCatchUp()
    {
        return drill instanceof CatchUpLog;
    }

    /** By its name on the command line; null if there is none. */
    static Scenario of(final String label)
    {
        for (final Scenario scenario : values())
        {
            if (scenario.label.equals(label))
            {
                return scenario;
            }
        }
        return null;
    }
}
