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

import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.protocol.ChunkView;
import io.tagma.ordering.protocol.SnapshotDigest;
import io.tagma.ordering.protocol.SnapshotTree;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The snapshots of one replica, on the device beside its journal: they outlive its processes.
 */
final class SnapshotDisk
{
    /** Told what is there from before. */
    interface KeptBefore
    {
        /**
         * A chunk is.
         *
         * @param snapshotLength of all chunks.
         * @param chunkNumber    from 0.
         */
        void onKept(long snapshotLength, int chunkNumber);
    }

    /** Told what is kept. */
    interface Kept
    {
        /**
         * A chunk is.
         *
         * @param sequence       of its snapshot.
         * @param snapshotLength of all chunks.
         * @param chunkNumber    from 0.
         */
        void onKept(long sequence, long snapshotLength, int chunkNumber);
    }

    private final TreeMap<Long, byte[]> files = new TreeMap<>();
    /** Chunk messages of the one that is gathered, by number. */
    private final TreeMap<Integer, UnsafeBuffer> gathered = new TreeMap<>();
    private final ChunkView view = new ChunkView();
    private boolean hasRotted;
    private long gatheredSequence;
    private UnsafeBuffer gatheredDigest;
    private final SnapshotDigest digests;

    SnapshotDisk(final int chunkLength)
    {
        digests = new SnapshotDigest(SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH, chunkLength, new Sha256());
    }

    UnsafeBuffer digest(final long sequence, final DirectBuffer snapshot, final int length)
    {
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
        digests.compute(sequence, snapshot, 0, length, digest, 0);
        return digest;
    }

    void store(final long sequence, final byte[] snapshot)
    {
        files.put(sequence, snapshot);
    }

    void deleteBelow(final long sequence)
    {
        files.headMap(sequence).clear();
    }

    /** Chunks of one of them, as messages, as far as there are any. */
    void read(final long sequence, final int firstChunk, final long wanted, final Consumer<UnsafeBuffer> reader)
    {
        final byte[] snapshot = files.get(sequence);
        if (null == snapshot)
        {
            return;
        }
        final SnapshotTree tree = new SnapshotTree(new Sha256());
        final UnsafeBuffer bytes = new UnsafeBuffer(snapshot);
        tree.begin((int)digests.chunkCount(snapshot.length));
        for (int chunk = 0; chunk < tree.chunkCount(); chunk++)
        {
            tree.add(bytes, chunk * digests.chunkLength(), digests.lengthOf(snapshot.length, chunk));
        }
        for (int i = 0; i < Long.SIZE && firstChunk + i < tree.chunkCount(); i++)
        {
            if (0 != (wanted >>> i & 1))
            {
                final int chunk = firstChunk + i;
                final int length = digests.lengthOf(snapshot.length, chunk);
                final UnsafeBuffer message = new UnsafeBuffer(
                    new byte[ChunkView.messageLength(tree.stepCount(chunk), length)]);
                final int at = view.encode(message, 0, sequence, snapshot.length, chunk, tree, length);
                message.putBytes(at, bytes, chunk * digests.chunkLength(), length);
                reader.accept(message);
            }
        }
    }

    /** Gathers one from now on; says what is there from before. */
    void gather(final long sequence, final UnsafeBuffer digest, final KeptBefore handler)
    {
        if (sequence != gatheredSequence || !digest.equals(gatheredDigest))
        {
            gathered.clear();
        }
        gatheredSequence = sequence;
        gatheredDigest = digest;
        for (final UnsafeBuffer message : gathered.values())
        {
            view.wrap(message, 0);
            handler.onKept(view.snapshotLength(), view.chunkNumber());
        }
    }

    /** Keeps a chunk of what is gathered. */
    void keep(final UnsafeBuffer message, final Kept handler)
    {
        view.wrap(message, 0);
        if (view.sequence() == gatheredSequence)
        {
            gathered.put(view.chunkNumber(), message);
            handler.onKept(view.sequence(), view.snapshotLength(), view.chunkNumber());
        }
    }

    /** Puts together what was gathered, and keeps it; null if it is not what it should be. */
    byte[] join(final long sequence)
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (final UnsafeBuffer message : gathered.values())
        {
            view.wrap(message, 0);
            bytes.write(message.byteArray(), view.bytesOffset(), view.bytesLength());
        }
        gathered.clear();
        final byte[] snapshot = bytes.toByteArray();
        final boolean isRight = sequence == gatheredSequence &&
            digest(sequence, new UnsafeBuffer(snapshot), snapshot.length).equals(gatheredDigest);
        if (isRight)
        {
            files.put(sequence, snapshot);
        }
        return isRight ? snapshot : null;
    }

    UnsafeBuffer load(final long sequence)
    {
        final byte[] bytes = files.get(sequence);
        return null == bytes ? null : new UnsafeBuffer(bytes);
    }

    /** Whether there is one of a sequence or a later one that is what its name says. */
    boolean holdsFrom(final long sequence, final Map<Long, DigestValue> names)
    {
        return files.tailMap(sequence).entrySet().stream().anyMatch(
            file -> DigestValue.at(
                digest(file.getKey(), new UnsafeBuffer(file.getValue()), file.getValue().length), 0).equals(
                    names.get(file.getKey())));
    }

    SnapshotDigest digests()
    {
        return digests;
    }

    /** Whether a bit of any ever flipped. */
    boolean hasRotted()
    {
        return hasRotted;
    }

    /**
     * A bit of the newest one flips.
     *
     * @return whether there was one.
     */
    boolean rot(final int bit)
    {
        if (files.isEmpty())
        {
            return false;
        }
        final byte[] newest = files.lastEntry().getValue();
        hasRotted = true;
        newest[(bit >>> 3) % newest.length] ^= (byte)(1 << (bit & 7));
        return true;
    }
}
