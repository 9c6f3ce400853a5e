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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What names a snapshot: SHA-256 over domain, cluster, epoch, sequence, length and the root of the Merkle tree over the
 * digests of its chunks. All chunks but the last have one length. One thread.
 */
public final class SnapshotDigest
{
    private static final int SEQUENCE_OFFSET = FrameLayout.DOMAIN_PREFIX_LENGTH;
    private static final int LENGTH_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    private static final int ROOT_OFFSET = LENGTH_OFFSET + Long.BYTES;

    private final Hashing hashing;
    private final Epochs epochs;
    private final int chunkLength;
    private final MerkleFrontier tree;
    private final UnsafeBuffer chunkDigest = new UnsafeBuffer(new byte[Digest.LENGTH]);
    private final UnsafeBuffer node = new UnsafeBuffer(new byte[Digest.LENGTH]);
    private final UnsafeBuffer name = new UnsafeBuffer(new byte[Digest.LENGTH]);
    private final UnsafeBuffer named = new UnsafeBuffer(new byte[ROOT_OFFSET + Digest.LENGTH]);

    /**
     * For the snapshots of one cluster that was never recovered.
     *
     * @param clusterId   of the cluster.
     * @param epoch       of the configuration.
     * @param chunkLength bytes of each chunk but the last.
     * @param hashing     SHA-256.
     */
    public SnapshotDigest(final long clusterId, final int epoch, final int chunkLength, final Hashing hashing)
    {
        this(clusterId, new Epochs(epoch), chunkLength, hashing);
    }

    /**
     * For the snapshots of one cluster.
     *
     * @param clusterId   of the cluster.
     * @param epochs      that sequences belong to.
     * @param chunkLength bytes of each chunk but the last.
     * @param hashing     SHA-256.
     */
    public SnapshotDigest(final long clusterId, final Epochs epochs, final int chunkLength, final Hashing hashing)
    {
        this.hashing = hashing;
        this.epochs = epochs;
        this.chunkLength = chunkLength;
        tree = new MerkleFrontier(hashing);
        FrameLayout.putDomainPrefix(named, 0, FrameLayout.SNAPSHOT_DOMAIN, clusterId, epochs.present());
    }

    /**
     * Computes the digest of a snapshot.
     *
     * @param sequence     whose state it is.
     * @param snapshot     that holds it.
     * @param offset       of its first byte.
     * @param length       in bytes, from 1.
     * @param digest       to write 32 bytes to.
     * @param digestOffset of the first of them.
     */
    public void compute(
        final long sequence,
        final DirectBuffer snapshot,
        final int offset,
        final int length,
        final MutableDirectBuffer digest,
        final int digestOffset)
    {
        tree.clear();
        for (int done = 0; done < length; done += chunkLength)
        {
            hashing.sha256(snapshot, offset + done, Math.min(chunkLength, length - done), chunkDigest, 0);
            tree.append(chunkDigest, 0);
        }
        tree.root(named, ROOT_OFFSET);
        name(sequence, length, digest, digestOffset);
    }

    private void name(
        final long sequence, final long length, final MutableDirectBuffer digest, final int digestOffset)
    {
        FrameLayout.putEpoch(named, 0, epochs.of(sequence));
        named.putLong(SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        named.putLong(LENGTH_OFFSET, length, LITTLE_ENDIAN);
        hashing.sha256(named, 0, named.capacity(), digest, digestOffset);
    }

    /**
     * Whether a chunk has its place in the snapshot that a digest names. Whoever sent it may lie about everything.
     *
     * @param chunk  a Chunk message of the peer schema whose structure was checked, wrapped.
     * @param digest that holds the 32 bytes that name the snapshot.
     * @param offset of the first of them.
     * @return true if sequence, length and bytes are those of the snapshot.
     */
    public boolean proves(final ChunkView chunk, final DirectBuffer digest, final int offset)
    {
        final long count = chunkCount(chunk.snapshotLength());
        if (count > FrameLimits.CHUNKS_MAX || chunk.chunkNumber() >= count ||
            chunk.bytesLength() != lengthOf(chunk.snapshotLength(), chunk.chunkNumber()))
        {
            return false;
        }
        hashing.sha256(chunk.buffer(), chunk.bytesOffset(), chunk.bytesLength(), chunkDigest, 0);
        tree.leaf(chunkDigest, 0, node, 0);
        int step = 0;
        long index = chunk.chunkNumber();
        for (long width = count; width > 1; width = (width + 1) >>> 1)
        {
            final boolean isRight = 0 != (index & 1);
            if (isRight || index + 1 < width)
            {
                if (step == chunk.stepCount())
                {
                    return false;
                }
                final int sibling = chunk.stepOffset(step++);
                tree.parent(isRight, node, chunk.buffer(), sibling);
            }
            index >>>= 1;
        }
        if (step != chunk.stepCount())
        {
            return false;
        }
        named.putBytes(ROOT_OFFSET, node, 0, Digest.LENGTH);
        name(chunk.sequence(), chunk.snapshotLength(), name, 0);
        return Digest.equal(name, 0, digest, offset);
    }

    /**
     * How many chunks a snapshot has.
     *
     * @param length of the snapshot in bytes, from 1.
     * @return from 1.
     */
    public long chunkCount(final long length)
    {
        return (length - 1) / chunkLength + 1;
    }

    /**
     * How long a chunk is.
     *
     * @param length      of the snapshot in bytes.
     * @param chunkNumber one that it has.
     * @return in bytes, from 1.
     */
    public int lengthOf(final long length, final long chunkNumber)
    {
        return (int)Math.min(chunkLength, length - chunkNumber * chunkLength);
    }

    /**
     * @return bytes of each chunk but the last.
     */
    public int chunkLength()
    {
        return chunkLength;
    }
}
