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

import io.tagma.codecs.FrameLimits;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All nodes of the Merkle tree over the chunks of one snapshot, for whoever sends chunks with their paths. Chunks are
 * added one behind the other. One thread.
 */
public final class SnapshotTree
{
    private final Hashing hashing;
    private final MerkleFrontier nodes;
    private final UnsafeBuffer node = new UnsafeBuffer(new byte[Digest.LENGTH]);
    /** By level from the leaves: one node behind the other. */
    private final byte[][] levels = new byte[FrameLimits.CHUNK_PATH_MAX + 1][];
    private final UnsafeBuffer level = new UnsafeBuffer(0, 0);
    private int chunkCount;
    private int added;

    /**
     * An empty one.
     *
     * @param hashing SHA-256.
     */
    public SnapshotTree(final Hashing hashing)
    {
        this.hashing = hashing;
        nodes = new MerkleFrontier(hashing);
    }

    /**
     * Begins with another snapshot.
     *
     * @param count of its chunks, from 1 to {@link FrameLimits#CHUNKS_MAX}.
     */
    public void begin(final int count)
    {
        chunkCount = count;
        added = 0;
        int width = count;
        for (int i = 0; i < levels.length; i++)
        {
            levels[i] = new byte[width * Digest.LENGTH];
            width = (width + 1) >>> 1;
        }
    }

    /**
     * Adds the next chunk.
     *
     * @param chunk  that holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     */
    public void add(final DirectBuffer chunk, final int offset, final int length)
    {
        hashing.sha256(chunk, offset, length, node, 0);
        nodes.leaf(node, 0, node, 0);
        put(0, added++);
        if (added == chunkCount)
        {
            finish();
        }
    }

    private void finish()
    {
        int width = chunkCount;
        for (int i = 0; width > 1; i++)
        {
            for (int left = 0; left < width; left += 2)
            {
                level.wrap(levels[i]);
                node.putBytes(0, level, left * Digest.LENGTH, Digest.LENGTH);
                if (left + 1 < width)
                {
                    nodes.parent(false, node, level, (left + 1) * Digest.LENGTH);
                }
                put(i + 1, left >>> 1);
            }
            width = (width + 1) >>> 1;
        }
    }

    private void put(final int levelNumber, final int index)
    {
        level.wrap(levels[levelNumber]);
        level.putBytes(index * Digest.LENGTH, node, 0, Digest.LENGTH);
    }

    /** @return whether all chunks were added. */
    public boolean isWhole()
    {
        return chunkCount > 0 && added == chunkCount;
    }

    /** @return chunks added so far. */
    public int added()
    {
        return added;
    }

    /** @return chunks that there are. */
    public int chunkCount()
    {
        return chunkCount;
    }

    /**
     * How long the path of a chunk is.
     *
     * @param chunkNumber from 0.
     * @return steps from it to the root.
     */
    public int stepCount(final int chunkNumber)
    {
        return walk(chunkNumber, null, 0);
    }

    /**
     * Writes the path of a chunk.
     *
     * @param chunkNumber from 0.
     * @param target      to write to.
     * @param offset      of its first byte.
     */
    public void path(final int chunkNumber, final MutableDirectBuffer target, final int offset)
    {
        walk(chunkNumber, target, offset);
    }

    private int walk(final int chunkNumber, final MutableDirectBuffer target, final int offset)
    {
        int steps = 0;
        int index = chunkNumber;
        int width = chunkCount;
        for (int i = 0; width > 1; i++)
        {
            final int sibling = index ^ 1;
            if (sibling < width)
            {
                if (null != target)
                {
                    target.putBytes(
                        offset + steps * Digest.LENGTH, levels[i], sibling * Digest.LENGTH, Digest.LENGTH);
                }
                steps++;
            }
            index >>>= 1;
            width = (width + 1) >>> 1;
        }
        return steps;
    }
}
