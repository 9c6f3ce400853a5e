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
package io.tagma.perf.demo;

/**
 * What the demo does to the replicas while requests run.
 */
enum Trouble
{
    /** Nothing. */
    NONE(0),
    /** Kills one that follows the primary. */
    KILL_BACKUP(12),
    /** Kills the primary of the first view: the others change to the next one. */
    KILL_PRIMARY(12),
    /** Stops the primary of the first view from running for a while: it is not dead, and does not know. */
    FREEZE_PRIMARY(12),
    /** Restarts all of them, one after the other. */
    ROLLING_RESTART(48);

    private final int seconds;

    Trouble(final int seconds)
    {
        this.seconds = seconds;
    }

    /** Over how long requests are spread: who is away has to miss something, and to come back while they run. */
    int seconds()
    {
        return seconds;
    }

    boolean isForPrimary()
    {
        return KILL_PRIMARY == this || FREEZE_PRIMARY == this;
    }

    /** Whether the first primary is away for so long that another takes its place. */
    boolean changesView()
    {
        return isForPrimary() || ROLLING_RESTART == this;
    }
}
