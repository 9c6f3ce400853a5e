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
package io.tagma.perf.demo;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The head of the Merkle tree over committed digests, straight from the definition in RFC 6962: a leaf is
 * H(0x00 || digest), a node H(0x01 || left || right), the left half the greatest power of two below the size.
 */
final class TreeHead
{
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;

    private TreeHead()
    {
        try
        {
            sha256 = MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    static byte[] of(final List<byte[]> digests)
    {
        final TreeHead head = new TreeHead();
        return digests.isEmpty() ? head.sha256.digest() : head.root(digests);
    }

    private byte[] root(final List<byte[]> digests)
    {
        if (1 == digests.size())
        {
            sha256.update(LEAF);
            return sha256.digest(digests.get(0));
        }
        final int left = Integer.highestOneBit(digests.size() - 1);
        final byte[] leftRoot = root(digests.subList(0, left));
        final byte[] rightRoot = root(digests.subList(left, digests.size()));
        sha256.update(NODE);
        sha256.update(leftRoot);
        return sha256.digest(rightRoot);
    }
}
