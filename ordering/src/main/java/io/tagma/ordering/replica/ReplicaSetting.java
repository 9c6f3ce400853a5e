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

import io.tagma.ordering.transport.TimeSlice;

/**
 * What may differ from replica to replica of one cluster. What must not lies in the cluster file.
 */
public enum ReplicaSetting
{
    /** Path of the cluster file. */
    CLUSTER_FILE("cluster.file", null),
    /** Id of this replica. */
    REPLICA_ID("id", null, 0, 63),
    /** Directory of this replica: keys, journal and what it leaves behind. */
    DIRECTORY("directory", null),
    /** Name of the service to run on the order, or the name of a class that implements it. */
    SERVICE("service", "echo"),
    /** What survives: process (kill -9) or power (a power loss). */
    DURABILITY("durability", "process"),
    /** Threads: single, shared or dedicated. */
    THREADING("threading", "single"),
    /** What the ordering thread does without work: wait, yield, backoff, spin or park. */
    IDLE("idle", "wait"),
    /** The kernel's time slices for the ordering thread in nanoseconds, of use where cores are few; 0: its own. */
    TIME_SLICE_NS("time.slice.ns", "0", 0, TimeSlice.MAX_NS),
    /** Parent of the directory that Aeron's files live in while the replica runs; shared memory where there is any. */
    AERON_PARENT("aeron.parent", ""),
    /** Aeron's greatest datagram in bytes; 0: 65,504 if all members are on this host, else 1,408. */
    MTU_LENGTH("mtu.length", "0", 0, 65_504),
    /** Aeron's term buffer in bytes, a power of two; a frame takes at most an eighth of one. */
    TERM_LENGTH("term.length", "1048576", 1 << 20, 1 << 30),
    /** Socket buffers in bytes, both ways; the host must allow them (net.core.rmem_max, wmem_max). */
    SOCKET_BUFFER_LENGTH("socket.buffer.length", "2097152", 1 << 16, 1 << 30),
    /** Bytes that a sender may be ahead of this receiver. */
    RECEIVER_WINDOW_LENGTH("receiver.window.length", "524288", 1 << 16, 1 << 29),
    /** Publications that may be open to one stream of this replica at once. */
    STREAM_SESSION_LIMIT("stream.session.limit", "256", 2, 65_536),
    /** Batches proposed and not committed. */
    PIPELINE_DEPTH("pipeline.depth", "2", 1, 32),
    /** Batches held at once, a power of two. */
    BATCH_SLOTS("batch.slots", "64", 4, 64),
    /** Bytes of bundles that wait to be proposed. */
    PENDING_LENGTH("pending.length", "4194304", 1 << 18, 1 << 30),
    /** Relayed bundles that are carried at once. */
    RELAY_LIMIT("relay.limit", "32", 1, 4096),
    /** Between empty batches of an idle primary, in nanoseconds. */
    TICK_INTERVAL_NS("tick.interval.ns", "100000000", 1_000_000L, 60_000_000_000L),
    /** Between statuses to the others, in nanoseconds. */
    STATUS_INTERVAL_NS("status.interval.ns", "100000000", 1_000_000L, 60_000_000_000L),
    /** Least time between two repairs of the same thing, in nanoseconds. */
    REPAIR_INTERVAL_NS("repair.interval.ns", "10000000", 100_000L, 60_000_000_000L),
    /** Between statuses of the primary, its heartbeat, in nanoseconds. */
    HEARTBEAT_INTERVAL_NS("heartbeat.interval.ns", "5000000", 1_000_000L, 60_000_000_000L),
    /** Least time after which a primary that keeps others waiting is complained about, in nanoseconds. */
    VIEW_TIMEOUT_FLOOR_NS("view.timeout.floor.ns", "30000000", 1_000_000L, 60_000_000_000L),
    /** Greatest such time without views that failed: in between it follows the latency of commits, in nanoseconds. */
    VIEW_TIMEOUT_CEILING_NS("view.timeout.ceiling.ns", "1000000000", 1_000_000L, 60_000_000_000L),
    /** What that time grows to at most, doubled by each view without progress, in nanoseconds. */
    VIEW_TIMEOUT_MAX_NS("view.timeout.max.ns", "60000000000", 1_000_000L, 3_600_000_000_000L),
    /** Bytes of messages to peers that were said and not sent, a power of two. */
    MESSAGE_ARENA_LENGTH("message.arena.length", "8388608", 1 << 20, 1 << 30),
    /** Bytes of replies that were said and not sent, a power of two. */
    REPLY_ARENA_LENGTH("reply.arena.length", "8388608", 1 << 20, 1 << 30),
    /** Bytes of each ring to the side thread and back, a power of two. */
    SIDE_QUEUE_LENGTH("side.queue.length", "4194304", 1 << 21, 1 << 28),
    /** Bytes a second that are read for replicas that fell behind: from the journal, and as many from snapshots. */
    READ_RATE("read.rate", "67108864", 1 << 16, 1L << 36),
    /** Bytes of a journal segment. */
    JOURNAL_SEGMENT_LENGTH("journal.segment.length", "134217728", 1 << 20, 1L << 31),
    /** Bytes of a journal segment that are mapped at a time. */
    JOURNAL_BLOCK_LENGTH("journal.block.length", "4194304", 1 << 21, 1 << 30),
    /** Bytes that must stay free on the journal's device. */
    JOURNAL_FREE_MIN("journal.free.min", "268435456", 0, 1L << 50),
    /** Whether the journal keeps everything for ever: true or false. */
    JOURNAL_ARCHIVE("journal.archive", "false"),
    /** Bytes of the log of distinct errors. */
    ERROR_LOG_LENGTH("error.log.length", "1048576", 1 << 16, 1 << 28);

    /** What every key begins with as a system property. */
    public static final String PREFIX = "tagma.replica.";

    private static final ReplicaSetting[] SETTINGS = values();

    private final String key;
    private final String defaultValue;
    private final long least;
    private final long greatest;

    ReplicaSetting(final String key, final String defaultValue)
    {
        this(key, defaultValue, 0, -1);
    }

    ReplicaSetting(final String key, final String defaultValue, final long least, final long greatest)
    {
        this.key = key;
        this.defaultValue = defaultValue;
        this.least = least;
        this.greatest = greatest;
    }

    /**
     * Its key in files and on the command line; as a system property {@link #PREFIX} comes before it.
     *
     * @return for example {@code pipeline.depth}.
     */
    public String key()
    {
        return key;
    }

    /**
     * What it is unless set.
     *
     * @return the value, or null if it must be set.
     */
    public String defaultValue()
    {
        return defaultValue;
    }

    /**
     * Whether it is a number with bounds.
     *
     * @return true for a number.
     */
    public boolean isNumber()
    {
        return greatest >= least;
    }

    /**
     * Least value of a number.
     *
     * @return the bound.
     */
    public long least()
    {
        return least;
    }

    /**
     * Greatest value of a number.
     *
     * @return the bound.
     */
    public long greatest()
    {
        return greatest;
    }

    /**
     * The setting of a key.
     *
     * @param key with or without {@link #PREFIX}.
     * @return the setting, or null if there is none.
     */
    public static ReplicaSetting ofKey(final String key)
    {
        final String name = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
        for (final ReplicaSetting setting : SETTINGS)
        {
            if (setting.key.equals(name))
            {
                return setting;
            }
        }
        return null;
    }
}
