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
package io.tagma.ordering.configuration;

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;

import io.tagma.codecs.FrameLimits;

/**
 * What a cluster's limits mean for its frames: the one place that says so, for replicas, clients and the audit alike.
 * Concluded with the cluster's configuration.
 */
final class ClusterFrames
{
    private ClusterFrames()
    {
    }

    /**
     * The limits of frames that follow from those of a cluster.
     *
     * @param source       what to name in a refusal.
     * @param replicaCount of the cluster.
     * @param clientCount  of the cluster; ids begin with 1.
     * @param limits       of the cluster, each within its own range.
     * @return the limits.
     * @throws ConfigurationException if they do not go together: one sentence.
     */
    static FrameLimits limits(
        final String source, final int replicaCount, final int clientCount, final ClusterLimits limits)
    {
        try
        {
            return FrameLimits.builder()
                .replicaCount(replicaCount)
                .clientIdMax(Math.max(1, clientCount))
                .payloadLengthMax(limits.payloadLengthMax())
                .bundleLengthMax(limits.bundleLengthMax())
                .batchLengthMax(limits.batchLengthMax())
                .resultLengthMax(Math.max(limits.resultLengthMax(), DIGEST_LENGTH))
                .sessionWindow(limits.sessionWindow())
                .window(2 * limits.checkpointInterval())
                .build();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigurationException(source + ": the limits do not fit a frame: " + ex.getMessage(), ex);
        }
    }
}
