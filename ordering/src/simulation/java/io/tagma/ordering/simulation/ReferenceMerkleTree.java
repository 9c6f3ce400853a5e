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

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The tree head of RFC 6962 over the agreed digests, as the text of the RFC defines it: recursion over the whole list.
 * Written to share nothing with the core's frontier, which it checks. Complete subtrees are remembered by level.
 */
final class ReferenceMerkleTree
{
    private static final byte LEAF = 0;
    private static final byte[] NODE = { 1 };

    private final List<List<byte[]>> levels = new ArrayList<>();
    private final byte[] leaf = new byte[33];

    ReferenceMerkleTree()
    {
        levels.add(new ArrayList<>());
    }

    void append(final DigestValue digest)
    {
        final UnsafeBuffer view = new UnsafeBuffer(leaf);
        leaf[0] = LEAF;
        digest.put(view, 1);
        levels.get(0).add(Sha256Digests.of(leaf));
        for (int level = 0; levels.get(level).size() % 2 == 0; level++)
        {
            if (levels.size() == level + 1)
            {
                levels.add(new ArrayList<>());
            }
            final List<byte[]> below = levels.get(level);
            levels.get(level + 1).add(node(below.get(below.size() - 2), below.get(below.size() - 1)));
        }
    }

    int size()
    {
        return levels.get(0).size();
    }

    /**
     * The head of the tree over the first leaves.
     *
     * @param leafCount how many, at least 1 and at most {@link #size()}.
     * @return the head.
     */
    DigestValue head(final int leafCount)
    {
        return DigestValue.at(new UnsafeBuffer(head(0, leafCount)), 0);
    }

    private byte[] head(final int first, final int count)
    {
        if (Integer.bitCount(count) == 1)
        {
            final int level = Integer.numberOfTrailingZeros(count);
            return levels.get(level).get(first >>> level);
        }
        final int left = Integer.highestOneBit(count - 1);
        return node(head(first, left), head(first + left, count - left));
    }

    private byte[] node(final byte[] left, final byte[] right)
    {
        return Sha256Digests.of(NODE, left, right);
    }
}
