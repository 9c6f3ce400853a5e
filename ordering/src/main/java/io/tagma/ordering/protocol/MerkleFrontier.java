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

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The right edge of the append-only Merkle tree over the batch digests (RFC 6962, section 2.1): enough to append, and
 * to compute the root, in memory that grows with the logarithm of the log.
 * <p>
 * A leaf is H(0x00 || digest), a node H(0x01 || left || right). The root of the empty tree is H of nothing.
 */
public final class MerkleFrontier
{
    private static final int LEVELS = 63;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final Hashing hashing;
    /** Root of the complete subtree of 2^i leaves, for each bit i that is set in {@link #size}. */
    private final UnsafeBuffer subtrees = new UnsafeBuffer(new byte[LEVELS * Digest.LENGTH]);
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1 + 2 * Digest.LENGTH]);
    private final UnsafeBuffer carry = new UnsafeBuffer(new byte[Digest.LENGTH]);
    private long size;

    /**
     * Of the empty log.
     *
     * @param hashing that computes SHA-256.
     */
    public MerkleFrontier(final Hashing hashing)
    {
        this.hashing = hashing;
    }

    /**
     * Appends one batch digest.
     *
     * @param digest that holds it.
     * @param offset of its first byte.
     */
    public void append(final DirectBuffer digest, final int offset)
    {
        leaf(digest, offset, carry, 0);
        int level = 0;
        while (0 != (size & (1L << level)))
        {
            node(subtrees, level * Digest.LENGTH, carry, 0, carry, 0);
            level++;
        }
        subtrees.putBytes(level * Digest.LENGTH, carry, 0, Digest.LENGTH);
        size++;
    }

    /**
     * The tree head.
     *
     * @param root   to write 32 bytes to.
     * @param offset of the first of them.
     */
    public void root(final MutableDirectBuffer root, final int offset)
    {
        if (0 == size)
        {
            hashing.sha256(scratch, 0, 0, root, offset);
            return;
        }
        int level = Long.numberOfTrailingZeros(size);
        carry.putBytes(0, subtrees, level * Digest.LENGTH, Digest.LENGTH);
        for (level++; level < LEVELS; level++)
        {
            if (0 != (size & (1L << level)))
            {
                node(subtrees, level * Digest.LENGTH, carry, 0, carry, 0);
            }
        }
        root.putBytes(offset, carry, 0, Digest.LENGTH);
    }

    /**
     * Becomes a copy of another frontier.
     *
     * @param other to copy.
     */
    public void set(final MerkleFrontier other)
    {
        subtrees.putBytes(0, other.subtrees, 0, LEVELS * Digest.LENGTH);
        size = other.size;
    }

    /** Becomes that of the empty log. */
    void clear()
    {
        size = 0;
    }

    /** The subtrees that the root depends on, from the least. */
    void save(final StateWriter writer)
    {
        for (int level = 0; level < LEVELS; level++)
        {
            if (0 != (size & (1L << level)))
            {
                writer.putBytes(subtrees, level * Digest.LENGTH, Digest.LENGTH);
            }
        }
    }

    void load(final StateReader reader, final long leaves)
    {
        StateReader.require(leaves >= 0, "leaves");
        size = leaves;
        for (int level = 0; level < LEVELS; level++)
        {
            if (0 != (size & (1L << level)))
            {
                reader.getBytes(subtrees, level * Digest.LENGTH, Digest.LENGTH);
            }
        }
    }

    /**
     * Number of leaves.
     *
     * @return batches appended so far.
     */
    public long size()
    {
        return size;
    }

    /** What a digest is as a leaf of the tree. */
    void leaf(final DirectBuffer digest, final int offset, final MutableDirectBuffer result, final int resultOffset)
    {
        scratch.putByte(0, LEAF);
        scratch.putBytes(1, digest, offset, Digest.LENGTH);
        hashing.sha256(scratch, 0, 1 + Digest.LENGTH, result, resultOffset);
    }

    /** A node becomes its parent, as the right or the left one of two. */
    void parent(
        final boolean isRight, final MutableDirectBuffer node, final DirectBuffer sibling, final int siblingOffset)
    {
        if (isRight)
        {
            node(sibling, siblingOffset, node, 0, node, 0);
        }
        else
        {
            node(node, 0, sibling, siblingOffset, node, 0);
        }
    }

    private void node(
        final DirectBuffer left,
        final int leftOffset,
        final DirectBuffer right,
        final int rightOffset,
        final MutableDirectBuffer result,
        final int resultOffset)
    {
        scratch.putByte(0, NODE);
        scratch.putBytes(1, left, leftOffset, Digest.LENGTH);
        scratch.putBytes(1 + Digest.LENGTH, right, rightOffset, Digest.LENGTH);
        hashing.sha256(scratch, 0, 1 + 2 * Digest.LENGTH, result, resultOffset);
    }
}
