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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLimits;
import io.tagma.journal.ChunkStore;
import io.tagma.journal.JournalException;
import io.tagma.journal.SnapshotStore;
import io.tagma.ordering.protocol.ChunkView;
import io.tagma.ordering.protocol.SnapshotDigest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One replica's snapshot thread reads chunks from its files, another one's keeps them in files of its own.
 */
class ChunkAgentTest
{
    private static final int CHUNK_LENGTH = 1_000;
    private static final int CHUNKS = 70;
    private static final long SEQUENCE = 128;
    private static final int PEER = 2;
    private static final FrameLimits LIMITS = FrameLimits.builder().replicaCount(4).clientIdMax(9).build();

    private final byte[] snapshot = new byte[CHUNKS * CHUNK_LENGTH - 300];
    private final SnapshotDigest digests = new SnapshotDigest(1, 0, CHUNK_LENGTH, new TestHashing());
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
    @TempDir
    private Path directory;
    private SnapshotStore sourceStore;
    private Side source;
    private Side fetcher;
    private long budgetNs;

    /** One of the two, with what its ordering thread was told. */
    private final class Side implements ChunkHandler
    {
        private final ChunkQueue queue = new ChunkQueue(() -> {});
        private final ChunkAgent agent;
        private final TreeMap<Integer, UnsafeBuffer> read = new TreeMap<>();
        private final List<Integer> kept = new ArrayList<>();
        private DirectBuffer gathered;
        private int gatheredCount;

        private Side(final Path place, final SnapshotStore store)
        {
            agent = new ChunkAgent(
                queue, store, new ChunkStore(place, LIMITS.messageLengthMax()), LIMITS,
                new SnapshotDigest(1, 0, CHUNK_LENGTH, new TestHashing()), new TestHashing(),
                new ReadBudget(() -> budgetNs, 1L << 30));
            queue.connect(this);
        }

        private void work()
        {
            int idle = 0;
            while (idle < 3)
            {
                idle = agent.doWork() + queue.poll() > 0 ? 0 : idle + 1;
            }
        }

        @Override
        public void onChunkRead(final int peerId, final DirectBuffer chunk, final int offset, final int length)
        {
            assertEquals(PEER, peerId);
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, chunk, offset, length);
            final ChunkView view = new ChunkView().wrap(copy, 0);
            assertEquals(length, view.messageLength());
            read.put(view.chunkNumber(), copy);
        }

        @Override
        public void onChunkKept(final long sequence, final long snapshotLength, final int chunkNumber)
        {
            assertEquals(SEQUENCE, sequence);
            assertEquals(snapshot.length, snapshotLength);
            kept.add(chunkNumber);
        }

        @Override
        public void onGathered(final long sequence, final boolean isRight, final DirectBuffer bytes)
        {
            assertEquals(SEQUENCE, sequence);
            assertEquals(isRight, null != bytes);
            gathered = bytes;
            gatheredCount++;
        }
    }

    @BeforeEach
    void start() throws IOException
    {
        new Random(3).nextBytes(snapshot);
        digests.compute(SEQUENCE, new UnsafeBuffer(snapshot), 0, snapshot.length, digest, 0);
        sourceStore = new SnapshotStore(Files.createDirectory(directory.resolve("source")), FileChannel::force);
        sourceStore.store(SEQUENCE, new UnsafeBuffer(snapshot), snapshot.length);
        source = new Side(directory.resolve("source"), sourceStore);
        Files.createDirectory(directory.resolve("fetcher"));
        fetcher = fetcher();
    }

    @AfterEach
    void stop()
    {
        source.agent.onClose();
        fetcher.agent.onClose();
    }

    private Side fetcher() throws IOException
    {
        final Path place = directory.resolve("fetcher");
        return new Side(place, new SnapshotStore(place, FileChannel::force));
    }

    @Test
    void everyChunkIsProvedAndTheyMakeTheSnapshot() throws IOException
    {
        readAll();
        assertEquals(CHUNKS, source.read.size());
        assertTrue(fetcher.queue.gather(SEQUENCE, digest, 0));
        fetcher.work();
        source.read.values().forEach(chunk ->
        {
            assertTrue(digests.proves(new ChunkView().wrap(chunk, 0), digest, 0));
            keep(chunk);
        });
        assertEquals(CHUNKS, fetcher.kept.size());
        load();
        final byte[] bytes = new byte[snapshot.length];
        fetcher.gathered.getBytes(0, bytes);
        assertArrayEquals(snapshot, bytes);
        assertEquals(
            new UnsafeBuffer(snapshot),
            new SnapshotStore(directory.resolve("fetcher"), FileChannel::force).map(SEQUENCE),
            "a file like those that are made here");
        assertNull(fetcher.gathered.byteArray(), "none of it is on the heap");
        assertEquals(1, files("fetcher").size(), "nothing else is left: " + files("fetcher"));
    }

    @Test
    @DisplayName("G09: what is read from goes on being read when retention takes its name")
    void deletedWhileRead() throws IOException
    {
        source.queue.read(PEER, SEQUENCE, 0, 1);
        source.work();
        sourceStore.deleteBelow(SEQUENCE + 1);
        assertNull(sourceStore.map(SEQUENCE));
        readAll();
        assertEquals(CHUNKS, source.read.size());
    }

    @Test
    void whatIsNotThereIsNotAnswered()
    {
        source.queue.read(PEER, SEQUENCE + 1, 0, 1);
        source.queue.read(PEER, SEQUENCE, CHUNKS, -1L);
        source.work();
        assertTrue(source.read.isEmpty());
        source.queue.read(PEER, SEQUENCE, CHUNKS - 1, -1L);
        source.work();
        assertEquals(List.of(CHUNKS - 1), List.copyOf(source.read.keySet()));
    }

    @Test
    @DisplayName("G13: reading for others ends where the budget does, and goes on when there is more")
    void budget()
    {
        final Side slow = new Side(directory.resolve("source"), sourceStore);
        slow.agent.onClose();
        final ReadBudget small = new ReadBudget(() -> budgetNs, 20_000);
        final ChunkQueue queue = new ChunkQueue(() -> {});
        final ChunkAgent agent = new ChunkAgent(
            queue, sourceStore, new ChunkStore(directory.resolve("source"), LIMITS.messageLengthMax()), LIMITS,
            digests, new TestHashing(), small);
        queue.connect(slow);
        queue.read(PEER, SEQUENCE, 0, -1L);
        int pieces = 0;
        for (int i = 0; i < 1_000; i++)
        {
            pieces += agent.doWork();
        }
        assertTrue(pieces < 10, "pieces of work " + pieces);
        for (int second = 0; second < 100; second++)
        {
            budgetNs += 1_000_000_000L;
            for (int i = 0; i < 1_000; i++)
            {
                agent.doWork();
                queue.poll();
            }
        }
        assertFalse(slow.read.isEmpty());
        agent.onClose();
    }

    @Test
    @DisplayName("G14 H02: a new process goes on with what the old one kept, and proves it again")
    void resumed() throws IOException
    {
        readAll();
        fetcher.queue.gather(SEQUENCE, digest, 0);
        fetcher.work();
        for (int chunk = 0; chunk < CHUNKS; chunk += 2)
        {
            keep(source.read.get(chunk));
        }
        fetcher.agent.onClose();
        flip(4);

        fetcher = fetcher();
        fetcher.queue.gather(SEQUENCE, digest, 0);
        fetcher.work();
        final List<Integer> found = List.copyOf(fetcher.kept);
        assertEquals(CHUNKS / 2 - 1, found.size());
        assertFalse(found.contains(4), "what rotted is fetched again");
        for (int chunk = 0; chunk < CHUNKS; chunk++)
        {
            if (!found.contains(chunk))
            {
                keep(source.read.get(chunk));
            }
        }
        load();
        assertEquals(snapshot.length, fetcher.gathered.capacity());
    }

    @Test
    void whatRotsBeforeItIsPutTogetherIsForgotten() throws IOException
    {
        readAll();
        fetcher.queue.gather(SEQUENCE, digest, 0);
        fetcher.work();
        source.read.values().forEach(this::keep);
        flip(9);
        load();
        assertNull(fetcher.gathered);
        assertTrue(files("fetcher").isEmpty(), () -> "left: " + directory);
    }

    @Test
    void anotherSnapshotTakesThePlaceOfTheOneBefore() throws IOException
    {
        readAll();
        fetcher.queue.gather(SEQUENCE, digest, 0);
        fetcher.work();
        keep(source.read.get(0));
        final UnsafeBuffer other = new UnsafeBuffer(new byte[32]);
        fetcher.queue.gather(SEQUENCE + 8, other, 0);
        fetcher.work();
        assertEquals(1, files("fetcher").size());
        fetcher.kept.clear();
        keep(source.read.get(1));
        assertTrue(fetcher.kept.isEmpty(), "of the one before");
    }

    @Test
    @DisplayName("H10: chunks that cannot be kept stop the replica")
    void failure() throws IOException
    {
        readAll();
        Files.delete(directory.resolve("fetcher"));
        fetcher.queue.gather(SEQUENCE, digest, 0);
        fetcher.agent.doWork();
        final JournalException ex = assertThrows(JournalException.class, fetcher.queue::poll);
        assertTrue(ex.getMessage().contains("cannot be kept"), ex.getMessage());
        Files.createDirectory(directory.resolve("fetcher"));
    }

    private void readAll()
    {
        for (int first = 0; first < CHUNKS; first += 8)
        {
            source.queue.read(PEER, SEQUENCE, first, 0xFF);
            source.work();
        }
    }

    private void keep(final UnsafeBuffer chunk)
    {
        assertTrue(fetcher.queue.keep(chunk, 0, chunk.capacity()));
        fetcher.work();
    }

    private void load()
    {
        fetcher.queue.load(SEQUENCE);
        fetcher.work();
        assertEquals(1, fetcher.gatheredCount);
    }

    /** A bit in the middle of a place of the file that chunks are gathered in. */
    private void flip(final int chunk) throws IOException
    {
        final Path file = files("fetcher").get(0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            final ByteBuffer one = ByteBuffer.allocate(1);
            final long position = (long)chunk * (Integer.BYTES + LIMITS.messageLengthMax()) + 600;
            channel.read(one, position);
            one.put(0, (byte)(one.get(0) ^ 4)).flip();
            channel.write(one, position);
        }
    }

    private List<Path> files(final String name) throws IOException
    {
        try (var files = Files.list(directory.resolve(name)))
        {
            return files.toList();
        }
    }
}
