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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Pieces of a snapshot that is being gathered, in one file beside the journal, each in a place of its own: what a
 * killed process wrote is there for the next. Nothing is synced and nothing is believed: whoever reads a piece checks
 * it. One thread.
 */
public final class ChunkStore implements AutoCloseable
{
    private static final String PREFIX = "gathering-";

    private final Path directory;
    private final int lengthMax;
    private final ByteBuffer place;
    private FileChannel channel;
    private Path file;

    /**
     * A store over a directory that is there; nothing is gathered yet.
     *
     * @param directory of the journal.
     * @param lengthMax of a piece in bytes.
     */
    public ChunkStore(final Path directory, final int lengthMax)
    {
        this.directory = directory;
        this.lengthMax = lengthMax;
        place = ByteBuffer.allocateDirect(Integer.BYTES + lengthMax);
    }

    /**
     * Gathers one snapshot from now on; what was gathered of others goes.
     *
     * @param sequence whose state it is.
     * @param name     tells it from others of the sequence: a piece of its digest.
     * @throws IOException if files cannot be opened or deleted.
     */
    public void begin(final long sequence, final long name) throws IOException
    {
        close();
        file = directory.resolve(String.format(Locale.ROOT, "%s%019d-%016x", PREFIX, sequence, name));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*"))
        {
            for (final Path other : files)
            {
                if (!other.equals(file))
                {
                    Files.delete(other);
                }
            }
        }
        channel = FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Writes a piece.
     *
     * @param number of the piece, from 0.
     * @param source that holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     * @throws IOException if it cannot be written.
     */
    public void put(final int number, final DirectBuffer source, final int offset, final int length) throws IOException
    {
        place.clear();
        place.putInt(length);
        source.getBytes(offset, place, length);
        place.flip();
        long position = (long)number * place.capacity();
        while (place.hasRemaining())
        {
            position += channel.write(place, position);
        }
    }

    /**
     * Reads a piece, whatever became of it.
     *
     * @param number of the piece, from 0.
     * @param target to write to.
     * @return its length in bytes; 0 if it is not there whole.
     * @throws IOException if it cannot be read.
     */
    public int get(final int number, final MutableDirectBuffer target) throws IOException
    {
        place.clear();
        final long start = (long)number * place.capacity();
        int read = 0;
        while (read >= 0 && place.hasRemaining())
        {
            read = channel.read(place, start + place.position());
        }
        place.flip();
        final int length = place.remaining() < Integer.BYTES ? 0 : place.getInt();
        if (length < 1 || length > lengthMax || length > place.remaining())
        {
            return 0;
        }
        target.putBytes(0, place, length);
        return length;
    }

    /**
     * How many places the file has, empty ones among them.
     *
     * @return 0 or above.
     * @throws IOException if that cannot be told.
     */
    public long places() throws IOException
    {
        return (channel.size() + place.capacity() - 1) / place.capacity();
    }

    /**
     * Deletes what was gathered.
     *
     * @throws IOException if that fails.
     */
    public void delete() throws IOException
    {
        close();
        if (null != file)
        {
            Files.deleteIfExists(file);
            file = null;
        }
    }

    /** Closes the file; what is in it stays. */
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
