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

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What lets an Aeron Cluster miss a dead leader soon, in its own settings. As a node comes it waits ten seconds for a
 * leader, and one more for a vote of the dead: nobody who minds an outage runs it like that.
 */
public final class AeronClusterFailover
{
    private static final String HEARTBEAT_INTERVAL = "5ms";
    private static final String HEARTBEAT_TIMEOUT = "120ms";
    private static final String ELECTION_STATUS_INTERVAL = "5ms";
    /** Votes of all are waited for as long as this, and one of them is dead: it is part of every outage. */
    private static final String ELECTION_TIMEOUT = "15ms";
    private static final String STARTUP_CANVASS_TIMEOUT = "5s";
    private static final String TERMINATION_TIMEOUT = "2s";

    private AeronClusterFailover()
    {
    }

    /**
     * The best found on two processors, and what is wanted instead or besides.
     *
     * @param wanted properties by Aeron's own names, with their values; may be empty.
     * @return system properties of each node, in a settled order.
     */
    public static Map<String, String> properties(final Map<String, String> wanted)
    {
        final Map<String, String> properties = new LinkedHashMap<>();
        properties.put(ConsensusModule.Configuration.LEADER_HEARTBEAT_INTERVAL_PROP_NAME, HEARTBEAT_INTERVAL);
        properties.put(ConsensusModule.Configuration.LEADER_HEARTBEAT_TIMEOUT_PROP_NAME, HEARTBEAT_TIMEOUT);
        properties.put(ConsensusModule.Configuration.ELECTION_STATUS_INTERVAL_PROP_NAME, ELECTION_STATUS_INTERVAL);
        properties.put(ConsensusModule.Configuration.ELECTION_TIMEOUT_PROP_NAME, ELECTION_TIMEOUT);
        properties.put(ConsensusModule.Configuration.STARTUP_CANVASS_TIMEOUT_PROP_NAME, STARTUP_CANVASS_TIMEOUT);
        properties.put(ConsensusModule.Configuration.TERMINATION_TIMEOUT_PROP_NAME, TERMINATION_TIMEOUT);
        properties.putAll(wanted);
        return properties;
    }
}
