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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MerkleFrontierTest
{
    private final Hashing hashing = new CoreCluster.TestHashing();

    @Test
    void shouldHashNothingForTheEmptyTree()
    {
        assertEquals(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", root(new MerkleFrontier(hashing)));
    }

    @Test
    void shouldEqualTheRecursiveDefinitionAtEverySize()
    {
        final MerkleFrontier frontier = new MerkleFrontier(hashing);
        final List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < 200; i++)
        {
            final byte[] leaf = new byte[Digest.LENGTH];
            leaf[0] = (byte)i;
            leaf[31] = (byte)(i >> 1);
            leaves.add(leaf);
            frontier.append(new UnsafeBuffer(leaf), 0);
            assertEquals(HexFormat.of().formatHex(reference(leaves)), root(frontier), "size " + (i + 1));
            assertEquals(i + 1, frontier.size());
        }
    }

    @Test
    void shouldGoItsOwnWayAfterACopy()
    {
        final MerkleFrontier frontier = new MerkleFrontier(hashing);
        final UnsafeBuffer leaf = new UnsafeBuffer(new byte[Digest.LENGTH]);
        for (int i = 0; i < 5; i++)
        {
            leaf.putInt(0, i);
            frontier.append(leaf, 0);
        }
        final String before = root(frontier);
        final MerkleFrontier copy = new MerkleFrontier(hashing);
        copy.set(frontier);
        copy.append(leaf, 0);
        assertEquals(before, root(frontier));
        frontier.append(leaf, 0);
        assertEquals(root(frontier), root(copy));
    }

    private String root(final MerkleFrontier frontier)
    {
        final UnsafeBuffer root = new UnsafeBuffer(new byte[Digest.LENGTH]);
        frontier.root(root, 0);
        return HexFormat.of().formatHex(root.byteArray());
    }

    /** RFC 6962, section 2.1, word by word. */
    private byte[] reference(final List<byte[]> leaves)
    {
        if (1 == leaves.size())
        {
            return hash(new byte[]{0}, leaves.get(0), new byte[0]);
        }
        final int k = Integer.highestOneBit(leaves.size() - 1);
        return hash(
            new byte[]{1}, reference(leaves.subList(0, k)), reference(leaves.subList(k, leaves.size())));
    }

    private byte[] hash(final byte[] prefix, final byte[] left, final byte[] right)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[prefix.length + left.length + right.length]);
        bytes.putBytes(0, prefix);
        bytes.putBytes(prefix.length, left);
        bytes.putBytes(prefix.length + left.length, right);
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[Digest.LENGTH]);
        hashing.sha256(bytes, 0, bytes.capacity(), digest, 0);
        return digest.byteArray();
    }
}
