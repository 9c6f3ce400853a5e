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
package io.tagma.perf.peer;

import io.aeron.cluster.ConsensusModule;

import java.util.concurrent.TimeUnit;

/**
 * How soon followers of an Aeron Cluster miss their leader.
 */
public enum AeronClusterTimeouts
{
    /** As it comes: ten seconds. */
    DEFAULT,
    /** As soon as Tagma misses its primary at the earliest. */
    SHORT;

    private static final long HEARTBEAT_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long HEARTBEAT_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long ELECTION_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long ELECTION_STATUS_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    void apply(final ConsensusModule.Context context)
    {
        if (SHORT == this)
        {
            context
                .leaderHeartbeatIntervalNs(HEARTBEAT_INTERVAL_NS)
                .leaderHeartbeatTimeoutNs(HEARTBEAT_TIMEOUT_NS)
                .electionTimeoutNs(ELECTION_TIMEOUT_NS)
                .electionStatusIntervalNs(ELECTION_STATUS_INTERVAL_NS);
        }
    }
}
