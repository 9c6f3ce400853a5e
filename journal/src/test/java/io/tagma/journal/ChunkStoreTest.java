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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkStoreTest
{
    private static final int LENGTH_MAX = 100;

    @TempDir
    private Path directory;
    private final UnsafeBuffer piece = new UnsafeBuffer(new byte[LENGTH_MAX]);
    private final UnsafeBuffer found = new UnsafeBuffer(new byte[LENGTH_MAX]);

    @Test
    void whatWasPutIsThereForTheNextProcess() throws IOException
    {
        try (ChunkStore store = new ChunkStore(directory, LENGTH_MAX))
        {
            store.begin(7, 1);
            put(store, 3, 100);
            put(store, 0, 1);
        }
        try (ChunkStore store = new ChunkStore(directory, LENGTH_MAX))
        {
            store.begin(7, 1);
            assertEquals(4, store.places());
            assertEquals(1, store.get(0, found));
            assertEquals(0, store.get(1, found), "never put");
            assertEquals(100, store.get(3, found));
            assertEquals(3, found.getByte(99));
            assertEquals(0, store.get(4, found), "behind the end");
        }
    }

    @Test
    void aPieceThatWasCutIsNotThere() throws IOException
    {
        try (ChunkStore store = new ChunkStore(directory, LENGTH_MAX))
        {
            store.begin(7, 1);
            put(store, 1, 50);
        }
        final Path file = file();
        final byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        try (ChunkStore store = new ChunkStore(directory, LENGTH_MAX))
        {
            store.begin(7, 1);
            assertEquals(0, store.get(1, found));
            assertEquals(2, store.places());
        }
        bytes[LENGTH_MAX + Integer.BYTES] = 1;
        Files.write(file, bytes);
        try (ChunkStore store = new ChunkStore(directory, LENGTH_MAX))
        {
            store.begin(7, 1);
            assertEquals(0, store.get(1, found), "a length that cannot be");
        }
    }

    @Test
    void anotherSnapshotTakesItsPlace() throws IOException
    {
        try (ChunkStore store = new ChunkStore(directory, LENGTH_MAX))
        {
            store.begin(7, 1);
            put(store, 0, 10);
            store.begin(7, 2);
            assertEquals(0, store.get(0, found));
            put(store, 0, 10);
            file();
            store.delete();
        }
        try (var files = Files.list(directory))
        {
            assertEquals(0, files.count());
        }
    }

    private void put(final ChunkStore store, final int number, final int length) throws IOException
    {
        piece.setMemory(0, length, (byte)number);
        store.put(number, piece, 0, length);
    }

    /** The only one. */
    private Path file() throws IOException
    {
        try (var files = Files.list(directory))
        {
            return files.reduce((first, second) -> null).orElseThrow();
        }
    }
}
