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

import io.aeron.AeronCounters;
import io.aeron.CncFileDescriptor;
import io.aeron.cluster.ElectionState;
import io.aeron.cluster.service.Cluster;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * What a node of Aeron Cluster publishes of itself, read once from the counters of its media driver.
 *
 * @param role           code of it.
 * @param electionState  code of the state that its last election is in.
 * @param term           of leadership.
 * @param commitPosition of the log.
 */
record AeronClusterState(long role, long electionState, long term, long commitPosition)
{
    /** None, or none yet. */
    static final int NO_LEADER = -1;

    private static final long UNKNOWN = Long.MIN_VALUE;

    /** It does not run, or does not publish anything yet. */
    static final AeronClusterState NONE = new AeronClusterState(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);

    /**
     * Reads it.
     *
     * @param aeronDirectory of the node.
     * @return its state, or {@link #NONE}.
     */
    static AeronClusterState read(final Path aeronDirectory)
    {
        final File cncFile = aeronDirectory.resolve(CncFileDescriptor.CNC_FILE).toFile();
        // A driver makes the file in its whole length, and puts a version into it last.
        if (!cncFile.isFile() || cncFile.length() < CncFileDescriptor.META_DATA_LENGTH)
        {
            return NONE;
        }
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(cncFile, "Aeron counters");
        try
        {
            final ByteBuffer cnc = mapped;
            final DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(cnc);
            if (!CncFileDescriptor.isCncFileLengthSufficient(metaData, cnc.capacity()) ||
                0 == metaData.getInt(CncFileDescriptor.cncVersionOffset(0)))
            {
                return NONE;
            }
            final CountersReader counters = new CountersReader(
                new UnsafeBuffer(CncFileDescriptor.createCountersMetaDataBuffer(cnc, metaData)),
                new UnsafeBuffer(CncFileDescriptor.createCountersValuesBuffer(cnc, metaData)));
            return new AeronClusterState(
                value(counters, AeronCounters.CLUSTER_NODE_ROLE_TYPE_ID),
                value(counters, AeronCounters.CLUSTER_ELECTION_STATE_TYPE_ID),
                value(counters, AeronCounters.CLUSTER_LEADERSHIP_TERM_ID_TYPE_ID),
                value(counters, AeronCounters.CLUSTER_COMMIT_POSITION_TYPE_ID));
        }
        finally
        {
            IoUtil.unmap(mapped);
        }
    }

    private static long value(final CountersReader counters, final int typeId)
    {
        for (int id = 0; id <= counters.maxCounterId(); id++)
        {
            if (CountersReader.RECORD_ALLOCATED == counters.getCounterState(id) &&
                typeId == counters.getCounterTypeId(id))
            {
                return counters.getCounterValue(id);
            }
        }
        return UNKNOWN;
    }

    /** Elected, and at work. */
    boolean isLeader()
    {
        return Cluster.Role.LEADER.code() == role && ElectionState.CLOSED.code() == electionState;
    }

    /** It follows the log of a leader, live. */
    boolean isFollower()
    {
        return Cluster.Role.FOLLOWER.code() == role && ElectionState.CLOSED.code() == electionState;
    }

    /**
     * Who leads, if all others follow it and all have committed as far as this.
     *
     * @param states   of all nodes, by id.
     * @param position of the log.
     * @return an id; or {@link #NO_LEADER} if a node is missing or behind, or if two believe that they lead.
     */
    static int leaderAtFullStrength(final List<AeronClusterState> states, final long position)
    {
        int leader = NO_LEADER;
        for (int id = 0; id < states.size(); id++)
        {
            final AeronClusterState state = states.get(id);
            final boolean isOneTooMany = state.isLeader() && NO_LEADER != leader;
            if (isOneTooMany || !state.isLeader() && !state.isFollower() || state.term != states.get(0).term ||
                state.commitPosition < position)
            {
                return NO_LEADER;
            }
            leader = state.isLeader() ? id : leader;
        }
        return leader;
    }
}
