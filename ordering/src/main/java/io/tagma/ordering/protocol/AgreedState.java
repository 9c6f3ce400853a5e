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
package io.tagma.ordering.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * All that the executed batches have led to and that what comes depends on, as bytes: the same on every replica that
 * has executed the same, and enough to go on from. It reads and writes state that is others' to change, between two
 * batches.
 * <pre>
 *   uint32 format, uint32 epoch, uint64 cluster id
 *   int64 sequence, next position, effective time, session time, number and time of the last due checkpoint
 *   the subtrees of the frontier, greatest last: 32 bytes for each bit that is set in the sequence
 *   clients, sessions, timers: see {@link ClientSessions}, {@link ClientSession}, {@link AgreedTimerQueue}
 *   int64 bytes of the service's state, and these
 * </pre>
 */
final class AgreedState
{
    private static final int FORMAT = 1;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final ClientSessions sessions;
    private final Outbound outbound;
    private final Execution execution;
    private final DueCheckpoints due;
    private final StateWriter writer = new StateWriter();
    private final StateReader reader = new StateReader();

    AgreedState(final Core core, final Execution execution)
    {
        parameters = core.parameters;
        status = core.status;
        sessions = core.sessions;
        outbound = core.outbound;
        due = core.due;
        this.execution = execution;
    }

    /**
     * Writes the state after the last executed batch.
     *
     * @param target to write to from index 0 on; it grows.
     * @return bytes written.
     */
    int save(final MutableDirectBuffer target)
    {
        writer.wrap(target);
        writer.putInt(FORMAT);
        writer.putInt(parameters.epochs.of(status.executedSequence()));
        writer.putLong(parameters.clusterId);
        writer.putLong(status.executedSequence());
        writer.putLong(status.nextPosition());
        writer.putLong(status.effectiveTimeNs());
        writer.putLong(sessions.sessionTimeNs());
        writer.putLong(due.number());
        writer.putLong(due.lastTimeNs());
        execution.frontier().save(writer);
        sessions.save(writer);
        execution.timers().save(writer);
        final int lengthPosition = writer.position();
        writer.putLong(0);
        final int serviceOffset = writer.position();
        final int serviceLength = execution.service().saveState(target, serviceOffset);
        StateReader.require(serviceLength >= 0, "bytes of the service");
        target.putLong(lengthPosition, serviceLength, LITTLE_ENDIAN);
        return serviceOffset + serviceLength;
    }

    /**
     * Replaces the state by one that was saved.
     *
     * @param source that holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     */
    void load(final DirectBuffer source, final int offset, final int length)
    {
        reader.wrap(source, offset, length);
        StateReader.require(FORMAT == reader.getInt(), "format");
        final int epoch = reader.getInt();
        StateReader.require(parameters.clusterId == reader.getLong(), "cluster");
        final long sequence = reader.getLong();
        StateReader.require(parameters.epochs.of(sequence) == epoch, "epoch");
        final long nextPosition = reader.getLong();
        final long effectiveTimeNs = reader.getLong();
        final long sessionTimeNs = reader.getLong();
        due.restored(reader.getLong(), reader.getLong());
        execution.frontier().load(reader, sequence);
        sessions.load(reader, sessionTimeNs, outbound);
        execution.timers().load(reader);
        final long serviceLength = reader.getLong();
        StateReader.require(serviceLength == reader.remaining(), "bytes of the service");
        execution.service().loadState(source, reader.taken((int)serviceLength), (int)serviceLength);
        status.restored(sequence, effectiveTimeNs, nextPosition);
    }
}
