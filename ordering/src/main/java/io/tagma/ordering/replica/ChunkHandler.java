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

import org.agrona.DirectBuffer;

/**
 * Takes what the snapshot thread answers about chunks, on the ordering thread.
 */
interface ChunkHandler
{
    /**
     * A chunk was read for a peer.
     *
     * @param peerId for whom.
     * @param chunk  that holds a Chunk message, its origin still to be filled in.
     * @param offset of its header.
     * @param length in bytes.
     */
    void onChunkRead(int peerId, DirectBuffer chunk, int offset, int length);

    /**
     * A chunk is on the disk.
     *
     * @param sequence       of the snapshot.
     * @param snapshotLength bytes of all chunks.
     * @param chunkNumber    from 0.
     */
    void onChunkKept(long sequence, long snapshotLength, int chunkNumber);

    /**
     * Chunks were put together.
     *
     * @param sequence of the snapshot.
     * @param isRight  whether it is what its digest says.
     * @param snapshot that holds it from index 0 on; null if it is not right.
     */
    void onGathered(long sequence, boolean isRight, DirectBuffer snapshot);
}
