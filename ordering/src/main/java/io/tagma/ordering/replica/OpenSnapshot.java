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

import io.tagma.codecs.FrameLimits;
import io.tagma.ordering.protocol.Hashing;
import io.tagma.ordering.protocol.SnapshotDigest;
import io.tagma.ordering.protocol.SnapshotTree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A snapshot that others read: its file, which stays readable when retention takes its name, and the tree over its
 * chunks, which is built piece by piece. The snapshot thread's alone.
 */
final class OpenSnapshot implements AutoCloseable
{
    private final SnapshotDigest digests;
    private final SnapshotTree tree;
    private final ByteBuffer bytes;
    private final UnsafeBuffer chunk;
    private FileChannel channel;
    private long sequence;
    private long length;

    OpenSnapshot(final SnapshotDigest digests, final Hashing hashing)
    {
        this.digests = digests;
        tree = new SnapshotTree(hashing);
        bytes = ByteBuffer.allocateDirect(digests.chunkLength());
        chunk = new UnsafeBuffer(bytes);
    }

    boolean isOf(final long wantedSequence)
    {
        return null != channel && sequence == wantedSequence;
    }

    /** Begins with another one; false if it is empty or has too many chunks. */
    boolean begin(final long newSequence, final FileChannel newChannel) throws IOException
    {
        close();
        channel = newChannel;
        sequence = newSequence;
        length = channel.size();
        if (length < 1 || digests.chunkCount(length) > FrameLimits.CHUNKS_MAX)
        {
            close();
            return false;
        }
        tree.begin((int)digests.chunkCount(length));
        return true;
    }

    /** Adds a chunk to the tree; answers its bytes, 0 if the tree is whole. */
    int extend() throws IOException
    {
        if (tree.isWhole())
        {
            return 0;
        }
        final int read = read(tree.added());
        tree.add(chunk, 0, read);
        return read;
    }

    /** Reads a chunk that there is; answers its bytes. */
    int read(final int chunkNumber) throws IOException
    {
        final int chunkLength = digests.lengthOf(length, chunkNumber);
        final long start = (long)chunkNumber * digests.chunkLength();
        bytes.clear().limit(chunkLength);
        while (bytes.hasRemaining())
        {
            if (channel.read(bytes, start + bytes.position()) < 0)
            {
                throw new IOException("the snapshot of sequence " + sequence + " became shorter while it was read");
            }
        }
        return chunkLength;
    }

    UnsafeBuffer chunk()
    {
        return chunk;
    }

    SnapshotTree tree()
    {
        return tree;
    }

    long sequence()
    {
        return sequence;
    }

    long length()
    {
        return length;
    }

    @Override
    public void close() throws IOException
    {
        if (null != channel)
        {
            channel.close();
            channel = null;
        }
    }
}
