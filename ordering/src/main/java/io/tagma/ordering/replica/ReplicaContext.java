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

import static io.tagma.ordering.replica.ReplicaSetting.PREFIX;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.journal.Durability;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ClusterLimits;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.Succession;
import io.tagma.ordering.protocol.ProtocolParameters;
import io.tagma.ordering.protocol.Quorums;
import io.tagma.ordering.protocol.SnapshotParameters;
import io.tagma.ordering.protocol.ViewChangeParameters;
import io.tagma.ordering.service.OrderedService;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;

import org.agrona.BitUtil;


/**
 * How one replica runs. Settings come from system properties, then from a properties file, then from setters, each
 * over the one before; {@link #conclude()} checks them once, and then nothing changes any more.
 */
public final class ReplicaContext
{
    private static final String BOUNDS_CHECKS = "agrona.disable.bounds.checks";
    private static final int LOOPBACK_MTU = 65_504;
    private static final int ETHERNET_MTU = 1_408;
    private static final int VOTE_CAPACITY = 16 * 1024;

    private final ReplicaValues values = new ReplicaValues();
    private OrderedService service;
    private ClusterConfiguration cluster;
    private FrameLimits frameLimits;
    private Durability durability;
    private ThreadingMode threadingMode;
    private boolean isConcluded;

    /**
     * A context with the defaults and what system properties say.
     *
     * @throws ConfigurationException if a system property with the prefix is no setting.
     */
    public ReplicaContext()
    {
        for (final String name : new TreeSet<>(System.getProperties().stringPropertyNames()))
        {
            if (name.startsWith(PREFIX))
            {
                set(name, System.getProperty(name), "system property");
            }
        }
    }

    /**
     * Sets one setting.
     *
     * @param setting which.
     * @param value   its text.
     * @return this.
     */
    public ReplicaContext set(final ReplicaSetting setting, final String value)
    {
        if (isConcluded)
        {
            throw new IllegalStateException("the context is concluded: nothing changes any more");
        }
        values.put(setting, value);
        return this;
    }

    /**
     * Sets one setting by its key.
     *
     * @param key   of the setting, with or without prefix.
     * @param value its text.
     * @param where it was found, for the sentence that refuses it.
     * @return this.
     * @throws ConfigurationException if there is no such setting.
     */
    public ReplicaContext set(final String key, final String value, final String where)
    {
        final ReplicaSetting setting = ReplicaSetting.ofKey(key);
        if (null == setting)
        {
            throw new ConfigurationException("Unknown setting " + key + " (" + where + "): docs/operations.md lists " +
                "those that there are.");
        }
        return set(setting, value.trim());
    }

    /**
     * Reads settings from a properties file.
     *
     * @param file to read.
     * @return this.
     * @throws ConfigurationException if it cannot be read or holds an unknown setting.
     */
    public ReplicaContext load(final Path file)
    {
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file))
        {
            properties.load(reader);
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            throw new ConfigurationException("The settings file " + file + " cannot be read: " + ex + ".", ex);
        }
        for (final String name : new TreeSet<>(properties.stringPropertyNames()))
        {
            set(name, properties.getProperty(name), file.toString());
        }
        return this;
    }

    /**
     * Sets the cluster instead of a file that holds it.
     *
     * @param value the cluster.
     * @return this.
     */
    public ReplicaContext cluster(final ClusterConfiguration value)
    {
        cluster = value;
        return this;
    }

    /**
     * Sets the service itself instead of its name.
     *
     * @param value to run on the order.
     * @return this.
     */
    public ReplicaContext service(final OrderedService value)
    {
        service = value;
        return this;
    }

    /**
     * Checks everything, once.
     *
     * @return this.
     * @throws ConfigurationException in one sentence, if anything is missing, out of range or does not go together.
     */
    public ReplicaContext conclude()
    {
        if (isConcluded)
        {
            return this;
        }
        if (Boolean.getBoolean(BOUNDS_CHECKS))
        {
            throw new ConfigurationException("The system property " + BOUNDS_CHECKS + " is set: frames from the " +
                "network are only safe to decode with bounds checks on, so a replica does not start without.");
        }
        for (final ReplicaSetting setting : ReplicaSetting.values())
        {
            if (setting.isNumber() && null != values.text(setting))
            {
                values.number(setting);
            }
        }
        durability = values.choice(ReplicaSetting.DURABILITY, Durability.PROCESS, Durability.POWER);
        threadingMode = values.choice(
            ReplicaSetting.THREADING, ThreadingMode.SINGLE, ThreadingMode.SHARED, ThreadingMode.DEDICATED);
        idle();
        isArchive();
        values.required(ReplicaSetting.DIRECTORY);
        if (null == cluster)
        {
            cluster = ClusterConfiguration.load(Path.of(values.required(ReplicaSetting.CLUSTER_FILE)));
        }
        values.required(ReplicaSetting.REPLICA_ID);
        cluster.replica(replicaId());
        frameLimits = cluster.frameLimits();
        checkRelations();
        if (null == service)
        {
            service = Services.ofName(values.required(ReplicaSetting.SERVICE));
        }
        isConcluded = true;
        return this;
    }

    private void checkRelations()
    {
        try
        {
            outboxLimits();
            protocolParameters();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigurationException("The settings do not go together: " + ex.getMessage() + ".", ex);
        }
        requirePowerOfTwo(ReplicaSetting.TERM_LENGTH);
        requirePowerOfTwo(ReplicaSetting.SIDE_QUEUE_LENGTH);
        if (values.number(ReplicaSetting.RECEIVER_WINDOW_LENGTH) > values.number(ReplicaSetting.TERM_LENGTH) / 2 ||
            values.number(ReplicaSetting.RECEIVER_WINDOW_LENGTH) > values.number(ReplicaSetting.SOCKET_BUFFER_LENGTH))
        {
            throw new ConfigurationException("receiver.window.length = " +
                values.text(ReplicaSetting.RECEIVER_WINDOW_LENGTH) +
                " must be at most half of term.length and at most socket.buffer.length.");
        }
    }

    private void requirePowerOfTwo(final ReplicaSetting setting)
    {
        if (Long.bitCount(values.number(setting)) != 1)
        {
            throw new ConfigurationException(
                setting.key() + " = " + values.text(setting) + " must be a power of two.");
        }
    }

    ProtocolParameters protocolParameters()
    {
        final ClusterLimits limits = cluster.limits();
        return new ProtocolParameters.Builder()
            .clusterId(cluster.clusterId())
            .epochs(cluster.epochs())
            .replicaId(replicaId())
            .quorums(quorums())
            .genesisDigest(Succession.genesis(cluster).digest())
            .checkpointInterval(limits.checkpointInterval())
            .snapshots(new SnapshotParameters(limits.snapshotInterval(), frameLimits.chunkLengthMax()))
            .checkpointIntervalMaxNs(limits.checkpointIntervalMaxNs())
            .bundlesPerBatch(limits.batchBundlesMax())
            .batchLengthMax(limits.batchLengthMax())
            .bundleLengthMax(limits.bundleLengthMax())
            .resultLengthMax(limits.resultLengthMax())
            .resultDigestThreshold(limits.resultDigestThreshold())
            .clientCount(Math.max(1, cluster.clientCount()))
            .sessionLimit(limits.sessionMax())
            .sessionWindow(limits.sessionWindow())
            .sessionTimeoutNs(limits.sessionTimeoutNs())
            .timerLimit(limits.timerMax())
            .clockSkewMaxNs(limits.clockSkewMaxNs())
            .timeStepMaxNs(limits.timeStepMaxNs())
            .pipelineDepth(values.integer(ReplicaSetting.PIPELINE_DEPTH))
            .batchSlots(values.integer(ReplicaSetting.BATCH_SLOTS))
            .pendingLength(values.integer(ReplicaSetting.PENDING_LENGTH))
            .relayLimit(values.integer(ReplicaSetting.RELAY_LIMIT))
            .tickIntervalNs(values.number(ReplicaSetting.TICK_INTERVAL_NS))
            .statusIntervalNs(values.number(ReplicaSetting.STATUS_INTERVAL_NS))
            .repairIntervalNs(values.number(ReplicaSetting.REPAIR_INTERVAL_NS))
            .randomSeed(cluster.clusterId() + replicaId())
            .viewChange(new ViewChangeParameters(
                frameLimits,
                values.number(ReplicaSetting.HEARTBEAT_INTERVAL_NS),
                values.number(ReplicaSetting.VIEW_TIMEOUT_FLOOR_NS),
                values.number(ReplicaSetting.VIEW_TIMEOUT_CEILING_NS),
                values.number(ReplicaSetting.VIEW_TIMEOUT_MAX_NS)))
            .conclude();
    }

    Quorums quorums()
    {
        return new Quorums(cluster.weights(), cluster.faultyWeight());
    }

    /** Bytes of each ring to the side thread and back: the longest statement takes at most an eighth. */
    int sideQueueLength()
    {
        return Math.max(
            values.integer(ReplicaSetting.SIDE_QUEUE_LENGTH),
            BitUtil.findNextPositivePowerOfTwo(8 * (signedLengthMax() + SideAgentQueue.VERIFY_BYTES_OFFSET + 8)));
    }

    /** Bytes of the longest thing that is signed or verified. */
    int signedLengthMax()
    {
        return Math.max(
            outboxLimits().messageLengthMax(), FrameLayout.DOMAIN_PREFIX_LENGTH + frameLimits.statementLengthMax());
    }

    OutboxLimits outboxLimits()
    {
        return new OutboxLimits(
            FrameLimits.GREATEST_FRAME_LENGTH,
            values.integer(ReplicaSetting.MESSAGE_ARENA_LENGTH),
            values.integer(ReplicaSetting.REPLY_ARENA_LENGTH),
            VOTE_CAPACITY);
    }

    FrameOrigin origin()
    {
        return new FrameOrigin(cluster.clusterId(), cluster.epochs(), replicaId());
    }

    int mtuLength()
    {
        final int configured = values.integer(ReplicaSetting.MTU_LENGTH);
        if (configured > 0)
        {
            return configured;
        }
        return cluster.isOnOneHost() ? LOOPBACK_MTU : ETHERNET_MTU;
    }

    Idle idle()
    {
        return values.choice(ReplicaSetting.IDLE, Idle.values());
    }

    /** @return id of this replica. */
    public int replicaId()
    {
        return values.integer(ReplicaSetting.REPLICA_ID);
    }

    /** @return directory of this replica. */
    public Path directory()
    {
        return Path.of(values.required(ReplicaSetting.DIRECTORY));
    }

    /** @return the cluster that it is a member of. */
    public ClusterConfiguration cluster()
    {
        return cluster;
    }

    FrameLimits frameLimits()
    {
        return frameLimits;
    }

    OrderedService service()
    {
        return service;
    }

    Durability durability()
    {
        return durability;
    }

    ThreadingMode threadingMode()
    {
        return threadingMode;
    }

    boolean isArchive()
    {
        return values.truth(ReplicaSetting.JOURNAL_ARCHIVE);
    }

    long number(final ReplicaSetting setting)
    {
        return values.number(setting);
    }

    int integer(final ReplicaSetting setting)
    {
        return values.integer(setting);
    }

    String aeronParent()
    {
        return values.text(ReplicaSetting.AERON_PARENT);
    }
}
