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

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;

import io.tagma.codecs.FrameLimits;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ClusterLimits;
import io.tagma.ordering.configuration.ConfigurationException;

/**
 * What a cluster's limits mean for its frames.
 */
public final class ClusterFrames
{
    private ClusterFrames()
    {
    }

    /**
     * The limits of frames that follow from those of a cluster.
     *
     * @param cluster of replicas and clients.
     * @return the limits.
     * @throws ConfigurationException if they do not go together.
     */
    public static FrameLimits limits(final ClusterConfiguration cluster)
    {
        final ClusterLimits limits = cluster.limits();
        try
        {
            return FrameLimits.builder()
                .replicaCount(cluster.replicaCount())
                .clientIdMax(Math.max(1, cluster.clientCount()))
                .payloadLengthMax(limits.payloadLengthMax())
                .bundleLengthMax(limits.bundleLengthMax())
                .batchLengthMax(limits.batchLengthMax())
                .resultLengthMax(Math.max(limits.resultLengthMax(), DIGEST_LENGTH))
                .sessionWindow(limits.sessionWindow())
                .build();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigurationException("The cluster's limits do not fit a frame: " + ex.getMessage() + ".", ex);
        }
    }
}
