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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Snapshots in files beside the journal, one for each: on the device under another name before they get theirs, so that
 * one is there whole or not at all. What is in one is not looked at: whoever loads it must know what it should be. For
 * one thread at a time.
 */
public final class SnapshotStore
{
    /** Greatest length of one that can be mapped, in bytes. */
    public static final int LENGTH_MAX = Integer.MAX_VALUE;

    private static final String PREFIX = "snapshot-";
    private static final String UNFINISHED = "unfinished-";
    private static final int WRITE_LENGTH = 1 << 18;

    private final Path directory;
    private final JournalContext.Forcer forcer;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(WRITE_LENGTH);
    private FileChannel unfinished;
    private long unfinishedSequence;

    /**
     * A store over a directory that is there.
     *
     * @param directory of the journal.
     * @param forcer    how bytes get to the device.
     * @throws IOException if what an earlier process left unfinished cannot be deleted.
     */
    public SnapshotStore(final Path directory, final JournalContext.Forcer forcer) throws IOException
    {
        this.directory = directory;
        this.forcer = forcer;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, UNFINISHED + "*"))
        {
            for (final Path file : files)
            {
                Files.delete(file);
            }
        }
    }

    /**
     * Keeps a snapshot; in place of one of the same sequence, if there is one. It is on the device when this returns.
     *
     * @param sequence whose state it is.
     * @param snapshot that holds it from index 0 on.
     * @param length   in bytes.
     * @throws IOException if that cannot be said.
     */
    public void store(final long sequence, final DirectBuffer snapshot, final int length) throws IOException
    {
        begin(sequence);
        append(snapshot, 0, length);
        finish();
    }

    /**
     * Begins to write a snapshot piece by piece. What was begun before and not finished is given up.
     *
     * @param sequence whose state it is.
     * @throws IOException if that cannot be done.
     */
    public void begin(final long sequence) throws IOException
    {
        abandon();
        unfinishedSequence = sequence;
        unfinished = FileChannel.open(
            directory.resolve(UNFINISHED + name(sequence)),
            StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /**
     * Writes the next piece of the one that was begun.
     *
     * @param source that holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     * @throws IOException if it cannot be written: then it is given up.
     */
    public void append(final DirectBuffer source, final int offset, final int length) throws IOException
    {
        try
        {
            for (int written = 0; written < length; written += WRITE_LENGTH)
            {
                scratch.clear().limit(Math.min(WRITE_LENGTH, length - written));
                source.getBytes(offset + written, scratch, scratch.remaining());
                scratch.flip();
                while (scratch.hasRemaining())
                {
                    unfinished.write(scratch);
                }
            }
        }
        catch (final IOException ex)
        {
            abandon();
            throw ex;
        }
    }

    /**
     * Keeps the one that was begun. It is on the device when this returns.
     *
     * @throws IOException if that cannot be said.
     */
    public void finish() throws IOException
    {
        try
        {
            forcer.force(unfinished, true);
        }
        finally
        {
            close();
        }
        Files.move(
            directory.resolve(UNFINISHED + name(unfinishedSequence)), directory.resolve(name(unfinishedSequence)),
            StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
    }

    /**
     * Gives up the one that was begun, if there is one.
     *
     * @throws IOException if its file cannot be closed and deleted.
     */
    public void abandon() throws IOException
    {
        if (null != unfinished)
        {
            close();
            Files.deleteIfExists(directory.resolve(UNFINISHED + name(unfinishedSequence)));
        }
    }

    private void close() throws IOException
    {
        unfinished.close();
        unfinished = null;
    }

    /**
     * Maps a snapshot into memory, none of it on the heap. It can be read, whatever becomes of its name, until nobody
     * refers to it any more.
     *
     * @param sequence whose state it is.
     * @return its bytes, whatever became of them; null if it is not there.
     * @throws IOException if they cannot be mapped, or are more than {@value #LENGTH_MAX}.
     */
    public UnsafeBuffer map(final long sequence) throws IOException
    {
        try (FileChannel channel = FileChannel.open(directory.resolve(name(sequence)), StandardOpenOption.READ))
        {
            if (channel.size() > LENGTH_MAX)
            {
                throw new IOException("a snapshot of " + channel.size() + " bytes: " + LENGTH_MAX + " can be mapped");
            }
            return new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
        catch (final NoSuchFileException ex)
        {
            return null;
        }
    }

    /**
     * Opens a snapshot to read pieces of it: it can be read until it is closed, whatever becomes of its name.
     *
     * @param sequence whose state it is.
     * @return the open file, for the caller to close; null if it is not there.
     * @throws IOException if it cannot be opened.
     */
    public FileChannel open(final long sequence) throws IOException
    {
        try
        {
            return FileChannel.open(directory.resolve(name(sequence)), StandardOpenOption.READ);
        }
        catch (final NoSuchFileException ex)
        {
            return null;
        }
    }

    /**
     * The snapshots that there are.
     *
     * @return their sequences, rising.
     * @throws IOException if the directory cannot be read.
     */
    public List<Long> sequences() throws IOException
    {
        final List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*"))
        {
            for (final Path file : files)
            {
                final String digits = file.getFileName().toString().substring(PREFIX.length());
                if (digits.matches("\\d{19}"))
                {
                    found.add(Long.parseLong(digits));
                }
            }
        }
        Collections.sort(found);
        return found;
    }

    /**
     * Deletes what is needed no longer.
     *
     * @param sequence of the oldest one that is still needed.
     * @throws IOException if that fails.
     */
    public void deleteBelow(final long sequence) throws IOException
    {
        for (final long older : sequences())
        {
            if (older < sequence)
            {
                Files.deleteIfExists(directory.resolve(name(older)));
            }
        }
    }

    /**
     * Deletes what was undone.
     *
     * @param sequence of the newest one that may stay.
     * @return how many went.
     * @throws IOException if that fails.
     */
    public int deleteAbove(final long sequence) throws IOException
    {
        int count = 0;
        for (final long newer : sequences())
        {
            if (newer > sequence && Files.deleteIfExists(directory.resolve(name(newer))))
            {
                count++;
            }
        }
        forceDirectory();
        return count;
    }

    private void forceDirectory() throws IOException
    {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ))
        {
            forcer.force(channel, true);
        }
    }

    private static String name(final long sequence)
    {
        return String.format(Locale.ROOT, "%s%019d", PREFIX, sequence);
    }
}
