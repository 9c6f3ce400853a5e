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

import io.tagma.ordering.protocol.Epochs;

/**
 * Whose frames these are: the fields that every frame of a replica begins with.
 *
 * @param clusterId 64 bit id of the cluster.
 * @param epochs    of the configuration, and those before it.
 * @param sender    id of the replica.
 */
public record FrameOrigin(long clusterId, Epochs epochs, int sender)
{
    /**
     * Of a cluster that was never recovered.
     *
     * @param clusterId 64 bit id of the cluster.
     * @param epoch     of the configuration, from 0.
     * @param sender    id of the replica.
     */
    public FrameOrigin(final long clusterId, final int epoch, final int sender)
    {
        this(clusterId, new Epochs(epoch), sender);
    }

    /** @return that of the frames. */
    public int epoch()
    {
        return epochs.present();
    }
}
