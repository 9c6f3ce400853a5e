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

import bftsmart.reconfiguration.util.HostsConfig;
import bftsmart.reconfiguration.util.TOMConfiguration;

import java.util.Properties;

/**
 * What the nodes and clients of the BFT-SMaRt fork run with: the settings that it is published with, but for those that
 * only cost time here.
 */
final class BftSmartSettings
{
    /** Replicas, of which one may be faulty. */
    static final int NODES = 4;

    /** Equal replies, one of which is a correct replica's. */
    static final int WEAK_QUORUM = 2;

    /** Process ids of clients begin here: the nodes have theirs from 0. */
    static final int FIRST_CLIENT_ID = 1001;

    /** One for clients and one for the other nodes. */
    static final int PORTS_PER_NODE = 2;

    private static final String HOST = "127.0.0.1";

    private BftSmartSettings()
    {
    }

    static TOMConfiguration configuration(final int processId, final int firstPort)
    {
        final HostsConfig hosts = new HostsConfig();
        for (int id = 0; id < NODES; id++)
        {
            hosts.add(id, HOST, firstPort + PORTS_PER_NODE * id);
        }
        return new TOMConfiguration(processId, properties(), hosts);
    }

    private static Properties properties()
    {
        final Properties properties = new Properties();
        properties.setProperty("system.servers.num", Integer.toString(NODES));
        properties.setProperty("system.servers.f", "1");
        properties.setProperty("system.initial.view", "0,1,2,3");
        properties.setProperty("system.ttp.id", "7002");
        properties.setProperty("system.bft", "true");
        // Tags as between Tagma's members. A signature on each request would cost far more, and Tagma has none there.
        properties.setProperty("system.communication.useMACs", "1");
        properties.setProperty("system.communication.useSignatures", "0");
        properties.setProperty("system.communication.defaultkeys", "true");
        properties.setProperty("system.communication.useSenderThread", "true");
        properties.setProperty("system.communication.inQueueSize", "500000");
        properties.setProperty("system.communication.outQueueSize", "500000");
        properties.setProperty("system.totalordermulticast.maxbatchsize", "400");
        // An echo draws no random numbers, and looks at no time.
        properties.setProperty("system.totalordermulticast.nonces", "0");
        properties.setProperty("system.totalordermulticast.verifyTimestamps", "false");
        // No busy machine is taken for a faulty leader.
        properties.setProperty("system.totalordermulticast.timeout", "20000");
        properties.setProperty("system.totalordermulticast.state_transfer", "true");
        properties.setProperty("system.totalordermulticast.highMark", "10000");
        properties.setProperty("system.totalordermulticast.revival_highMark", "10");
        properties.setProperty("system.totalordermulticast.timeout_highMark", "200");
        // The log is in memory: nothing waits for a disk, and nothing outlives the process.
        properties.setProperty("system.totalordermulticast.log", "true");
        properties.setProperty("system.totalordermulticast.log_to_disk", "false");
        properties.setProperty("system.totalordermulticast.checkpoint_period", "1000");
        properties.setProperty("system.totalordermulticast.global_checkpoint_period", "120000");
        properties.setProperty("system.totalordermulticast.checkpoint_to_disk", "false");
        properties.setProperty("system.debug", "0");
        return properties;
    }
}
