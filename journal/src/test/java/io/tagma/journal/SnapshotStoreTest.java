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
package io.tagma.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest
{
    @TempDir
    private Path directory;
    private SnapshotStore store;

    @BeforeEach
    void open() throws IOException
    {
        store = new SnapshotStore(directory, FileChannel::force);
    }

    @Test
    void whatWasStoredIsLoadedByteForByte() throws IOException
    {
        for (final int length : new int[]{ 1, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 1_000_000 })
        {
            final byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            store.store(7, new UnsafeBuffer(bytes), length);
            assertEquals(new UnsafeBuffer(bytes), store.map(7));
        }
        assertEquals(List.of(7L), store.sequences());
        assertNull(store.map(8));
    }

    @Test
    void whatIsWrittenInPiecesIsThereOnceItIsFinished() throws IOException
    {
        final UnsafeBuffer piece = new UnsafeBuffer(new byte[300_000]);
        store.begin(9);
        store.append(piece, 100, 1_000);
        store.begin(16);
        for (int i = 1; i <= 3; i++)
        {
            piece.setMemory(0, piece.capacity(), (byte)i);
            store.append(piece, i, 299_000);
        }
        assertEquals(List.of(), store.sequences());
        store.finish();
        assertEquals(List.of(16L), store.sequences(), "what was begun before is given up");
        final UnsafeBuffer mapped = store.map(16);
        assertEquals(3 * 299_000, mapped.capacity());
        for (int i = 0; i < mapped.capacity(); i++)
        {
            assertEquals(1 + i / 299_000, mapped.getByte(i));
        }
        store.deleteBelow(17);
        assertEquals(3, mapped.getByte(mapped.capacity() - 1), "readable without a name");
        store.begin(24);
        store.append(piece, 0, 10);
        store.abandon();
        try (Stream<Path> left = Files.list(directory))
        {
            assertEquals(0, left.count());
        }
    }

    @Test
    void whatIsBelowTheOldestThatIsNeededGoes() throws IOException
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[8]);
        for (final long sequence : new long[]{ 1_000_000_000_000L, 8, 64, 512 })
        {
            store.store(sequence, bytes, 8);
        }
        Files.createFile(directory.resolve("snapshot-of-something-else"));
        assertEquals(List.of(8L, 64L, 512L, 1_000_000_000_000L), store.sequences());
        store.deleteBelow(64);
        assertEquals(List.of(64L, 512L, 1_000_000_000_000L), store.sequences());
    }

    @Test
    @DisplayName("G14: a snapshot gets its name once it is on the device; what is unfinished goes at the next start")
    void nameAfterContent() throws IOException
    {
        final List<String> forced = new ArrayList<>();
        final SnapshotStore watched = new SnapshotStore(
            directory,
            (channel, metadata) ->
            {
                forced.add(new SnapshotStore(directory.resolve("."), FileChannel::force).sequences().toString());
                throw new IOException("the device is gone");
            });
        assertThrows(IOException.class, () -> watched.store(8, new UnsafeBuffer(new byte[8]), 8));
        assertEquals(List.of("[]"), forced);
        Files.createFile(directory.resolve("unfinished-snapshot-0000000000000000008"));
        assertEquals(List.of(), new SnapshotStore(directory, FileChannel::force).sequences());
        assertFalse(Files.exists(directory.resolve("unfinished-snapshot-0000000000000000008")));
    }
}
