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

/**
 * The Aeron counters of a replica. The type id of a counter is {@link #TYPE_ID_BASE} and the ordinal of its constant.
 */
public enum ReplicaCounter
{
    /** Id of the replica. */
    REPLICA_ID("replica id"),
    /** Its view. */
    VIEW("view"),
    /** 1 if it is the primary of its view, else 0. */
    IS_PRIMARY("is primary"),
    /** Highest sequence proposed or heard of. */
    SEQUENCE("sequence"),
    /** h, the last stable checkpoint. */
    STABLE_SEQUENCE("stable sequence"),
    /** Last sequence executed. */
    EXECUTED_SEQUENCE("executed sequence"),
    /** Global position of the next request. */
    NEXT_POSITION("next position"),
    /** Agreed time in nanoseconds since 1970. */
    EFFECTIVE_TIME_NS("effective time ns"),
    /** Count of starts. */
    INCARNATION("incarnation"),
    /** H, below which it does not vote; 0 if it is not amnesiac. */
    AWAITED_SEQUENCE("awaited sequence"),
    /** Sessions whose keys are known. */
    SESSIONS("sessions"),
    /** Bytes of bundles that wait to be proposed. */
    WAITING_BUNDLES("waiting bundle bytes"),
    /** Bytes of messages and replies that wait for the device. */
    WAITING_OUTBOX("waiting outbox bytes"),
    /** Own votes that wait for the device. */
    WAITING_VOTES("waiting votes"),
    /** Bytes of requests that wait for the side thread. */
    WAITING_SIDE("waiting side bytes"),
    /** Last journal record. */
    LAST_RECORD("last record"),
    /** Last journal record known to be on the device. */
    DURABLE_RECORD("durable record"),
    /** Messages, votes and replies that found the outbox full. */
    OUTBOX_DROPS("outbox drops"),
    /** Frames of replies that no client took. */
    REPLY_DROPS("reply frame drops"),
    /** Response channels that were refused. */
    REFUSED_CHANNELS("refused response channels"),
    /** Frames dropped before the core, by reason. */
    FRAME_REJECTIONS("frames rejected"),
    /** Inputs that the core refused, by reason. */
    CORE_REJECTIONS("inputs refused"),
    /** Frames not sent, by peer. */
    PEER_DROPS("frames dropped to peer"),
    /** Frames of a peer dropped before the core, by peer. */
    PEER_REJECTIONS("frames rejected of peer"),
    /** Requests executed that are in the times of the phases. */
    PHASE_REQUESTS("phase requests"),
    /** Time that they waited for their proposal, summed over them. */
    PHASE_WAIT_NS("phase wait ns"),
    /** Time from proposed or accepted to prepared, summed over them. */
    PHASE_PREPARE_NS("phase prepare ns"),
    /** Time from prepared to committed, summed over them. */
    PHASE_COMMIT_NS("phase commit ns"),
    /** Time from committed to executed, summed over them. */
    PHASE_EXECUTE_NS("phase execute ns"),
    /** Duty cycles of the ordering thread that found work. */
    BUSY_CYCLES("busy duty cycles"),
    /** Time that they took. */
    BUSY_NS("busy ns"),
    /** Bytes of heap that the ordering thread has allocated; -1 where the virtual machine does not say. */
    ALLOCATED_BYTES("ordering thread allocated bytes"),
    /** Snapshots of the agreed state taken by this process. */
    SNAPSHOTS("snapshots"),
    /** Bytes of the last one. */
    SNAPSHOT_LENGTH("snapshot bytes"),
    /** Longest time that a copy for one kept the ordering thread from its other work. */
    SNAPSHOT_PAUSE_MAX_NS("longest snapshot pause ns"),
    /** Sequence of the snapshot that this process began with; 0 if it replayed its journal from the beginning. */
    SNAPSHOT_RESTORED("restored snapshot"),
    /** 1 if it has entered its view, else 0. */
    IS_ACTIVE("is active in view"),
    /** 1 if what it says is on the device before (durability {@code power}), else 0. */
    IS_POWER_DURABLE("is power durable"),
    /** Snapshots that this process fetched from others and went on from. */
    SNAPSHOTS_FETCHED("snapshots fetched"),
    /** Chunks of snapshots that it fetched and proved. */
    CHUNKS_FETCHED("chunks fetched"),
    /** Chunks of its own snapshots that it sent to others. */
    CHUNKS_SENT("chunks sent"),
    /** Batches that it asked others for, and got. */
    BATCHES_FETCHED("batches fetched"),
    /** Bytes of their bodies. */
    BATCH_BYTES_FETCHED("batch bytes fetched"),
    /** Batches that others asked for, and were sent. */
    BATCHES_SENT("batches sent"),
    /** Bytes of their bodies. */
    BATCH_BYTES_SENT("batch bytes sent");

    /** Type id of the first counter. */
    public static final int TYPE_ID_BASE = 7400;

    private static final ReplicaCounter[] COUNTERS = values();

    private final String label;

    ReplicaCounter(final String label)
    {
        this.label = label;
    }

    /**
     * What it is called.
     *
     * @return the label, to which a counter by reason or peer adds which.
     */
    public String label()
    {
        return label;
    }

    /** Whether there is one for each reason or peer. */
    boolean isDetailed()
    {
        return ordinal() >= FRAME_REJECTIONS.ordinal() && ordinal() <= PEER_REJECTIONS.ordinal();
    }

    int typeId()
    {
        return TYPE_ID_BASE + ordinal();
    }

    static ReplicaCounter ofTypeId(final int typeId)
    {
        final int ordinal = typeId - TYPE_ID_BASE;
        return ordinal >= 0 && ordinal < COUNTERS.length ? COUNTERS[ordinal] : null;
    }
}
