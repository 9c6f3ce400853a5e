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
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.agrona.SystemUtil.parseDuration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AeronClusterFailoverTest
{
    @Test
    void aSettingThatIsWantedStandsAndTheOthersStay()
    {
        final Map<String, String> properties = AeronClusterFailover.properties(Map.of(
            ConsensusModule.Configuration.ELECTION_TIMEOUT_PROP_NAME, "77ms",
            "aeron.image.liveness.timeout", "2s"));
        assertEquals("77ms", properties.get(ConsensusModule.Configuration.ELECTION_TIMEOUT_PROP_NAME));
        assertEquals("2s", properties.get("aeron.image.liveness.timeout"));
        assertTrue(properties.containsKey(ConsensusModule.Configuration.LEADER_HEARTBEAT_TIMEOUT_PROP_NAME));
    }

    @Test
    void aConsensusModuleTakesThem()
    {
        final Map<String, String> properties = AeronClusterFailover.properties(Map.of());
        properties.forEach((key, value) -> assertTrue(parseDuration(key, value) > 0, key));
        final long heartbeatNs = duration(
            properties, ConsensusModule.Configuration.LEADER_HEARTBEAT_TIMEOUT_PROP_NAME);
        assertTrue(duration(properties, ConsensusModule.Configuration.LEADER_HEARTBEAT_INTERVAL_PROP_NAME) <
            heartbeatNs, "a heartbeat may be late once");
        assertTrue(duration(properties, ConsensusModule.Configuration.STARTUP_CANVASS_TIMEOUT_PROP_NAME) >=
            2 * heartbeatNs, "or a consensus module refuses to start");
    }

    private static long duration(final Map<String, String> properties, final String key)
    {
        return parseDuration(key, properties.get(key));
    }
}
