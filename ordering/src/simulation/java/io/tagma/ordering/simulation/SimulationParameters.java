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
package io.tagma.ordering.simulation;

import io.tagma.codecs.FrameLimits;
import io.tagma.ordering.protocol.Epochs;
import io.tagma.ordering.protocol.ProtocolParameters;
import io.tagma.ordering.protocol.SnapshotParameters;
import io.tagma.ordering.protocol.ViewChangeParameters;

/**
 * What the core of a simulated replica is told of a configuration.
 */
final class SimulationParameters
{
    private static final int TIMER_LIMIT = 64;
    private static final int PENDING_LENGTH = 1 << 15;
    private static final int CUT_OFTEN_PPM = 150_000;

    private SimulationParameters()
    {
    }

    static ProtocolParameters of(
        final SimulationConfiguration configuration, final int replica, final FrameLimits limits)
    {
        return new ProtocolParameters.Builder()
            .clusterId(SimulationKeys.CLUSTER_ID)
            .epochs(new Epochs(SimulationKeys.EPOCH))
            .replicaId(replica)
            .quorums(configuration.quorums())
            .checkpointInterval(configuration.checkpointInterval)
            .snapshots(new SnapshotParameters(configuration.snapshotInterval, configuration.snapshotChunkLength))
            .pipelineDepth(configuration.pipelineDepth)
            .batchSlots(configuration.batchSlots)
            .bundlesPerBatch(configuration.bundlesPerBatch)
            .batchLengthMax(limits.batchLengthMax())
            .bundleLengthMax(limits.bundleLengthMax())
            .resultLengthMax(limits.resultLengthMax())
            .resultDigestThreshold(configuration.resultDigestThreshold)
            .pendingLength(PENDING_LENGTH)
            .relayLimit(configuration.relayLimit)
            .clientCount(SimulationKeys.CLIENTS_MAX)
            .sessionLimit(configuration.sessionLimit)
            .sessionWindow(configuration.sessionWindow)
            .timerLimit(TIMER_LIMIT)
            .clockSkewMaxNs(configuration.clockSkewMaxNs)
            .timeStepMaxNs(configuration.timeStepMaxNs)
            .sessionTimeoutNs(configuration.sessionTimeoutNs)
            .tickIntervalNs(configuration.tickIntervalNs)
            .statusIntervalNs(configuration.statusIntervalNs)
            .repairIntervalNs(configuration.repairIntervalNs)
            .checkpointIntervalMaxNs(configuration.checkpointIntervalMaxNs)
            .randomSeed(replica + 1)
            .viewChange(new ViewChangeParameters(
                limits, configuration.heartbeatIntervalNs, configuration.viewTimeoutNs,
                configuration.viewTimeoutCeilingNs, configuration.viewTimeoutMaxNs))
            .conclude();
    }

    /** Some seeds cut often. */
    static void drawRetention(final SimulationConfiguration configuration, final SimulationRandom random)
    {
        if (random.chance(CUT_OFTEN_PPM))
        {
            cutOften(configuration);
        }
    }

    /** Checkpoints and snapshots so often, and faults for so long, that many a start finds a journal that was cut. */
    static void cutOften(final SimulationConfiguration configuration)
    {
        configuration.logsAreCut = true;
        configuration.checkpointInterval = Math.max(4, configuration.batchSlots / 2);
        configuration.snapshotInterval = 1;
        configuration.faultPhaseNs = Math.max(configuration.faultPhaseNs, 300_000_000L);
        configuration.requestsPerClient = Math.max(configuration.requestsPerClient, 100);
        configuration.thinkTimeNs = 1_000_000L;
    }
}
