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

/**
 * When snapshots are taken and how they are cut: the same on every replica.
 *
 * @param interval    S, due checkpoints from one snapshot to the next, from 1.
 * @param chunkLength bytes of each chunk but the last, from 64.
 */
public record SnapshotParameters(int interval, int chunkLength)
{
    /** Bytes of a chunk unless said otherwise. */
    public static final int CHUNK_LENGTH = 32 * 1024;

    static final SnapshotParameters DEFAULTS = new SnapshotParameters(64, CHUNK_LENGTH);

    /**
     * Checks the bounds.
     */
    public SnapshotParameters
    {
        if (interval < 1 || chunkLength < 64)
        {
            throw new IllegalArgumentException(
                "snapshots every " + interval + " checkpoints in chunks of " + chunkLength +
                " bytes: the least are 1 and 64");
        }
    }
}
