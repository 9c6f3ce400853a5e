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
    private final int chunkLength;
    private final MerkleFrontier tree;
    private final UnsafeBuffer chunkDigest = new UnsafeBuffer(new byte[Digest.LENGTH]);
    private final UnsafeBuffer named = new UnsafeBuffer(new byte[ROOT_OFFSET + Digest.LENGTH]);

    /**
     * For the snapshots of one cluster.
     *
     * @param clusterId   of the cluster.
     * @param epoch       of the configuration.
     * @param chunkLength bytes of each chunk but the last.
     * @param hashing     SHA-256.
     */
    public SnapshotDigest(final long clusterId, final int epoch, final int chunkLength, final Hashing hashing)
    {
        this.hashing = hashing;
        this.chunkLength = chunkLength;
        tree = new MerkleFrontier(hashing);
        FrameLayout.putDomainPrefix(named, 0, FrameLayout.SNAPSHOT_DOMAIN, clusterId, epoch);
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
        named.putLong(SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        named.putLong(LENGTH_OFFSET, length, LITTLE_ENDIAN);
        hashing.sha256(named, 0, named.capacity(), digest, digestOffset);
    }
}
