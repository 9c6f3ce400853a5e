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

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One process for each journal: a lock of the operating system, which goes with the process that holds it.
 */
final class JournalLock implements AutoCloseable
{
    static final String FILE_NAME = "journal.lock";

    private final FileChannel channel;

    private JournalLock(final FileChannel channel)
    {
        this.channel = channel;
    }

    static JournalLock acquire(final Path directory)
    {
        final Path file = directory.resolve(FILE_NAME);
        FileChannel channel = null;
        try
        {
            channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            final FileLock lock = tryLock(channel);
            if (null == lock)
            {
                final String holder = holder(channel);
                channel.close();
                throw new JournalException(
                    JournalException.Reason.IN_USE,
                    "The journal " + directory + " is in use by " + holder +
                        ": one replica is one process; stop that one first, or give this one its own directory.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)), 0);
            return new JournalLock(channel);
        }
        catch (final IOException ex)
        {
            closeQuietly(channel);
            throw new JournalException(
                JournalException.Reason.REFUSED, "The lock " + file + " cannot be had: " + ex + ".", ex);
        }
    }

    private static FileLock tryLock(final FileChannel channel) throws IOException
    {
        try
        {
            return channel.tryLock();
        }
        catch (final OverlappingFileLockException ex)
        {
            return null; // This very process holds it.
        }
    }

    private static String holder(final FileChannel channel) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        final String pid = new String(bytes.array(), 0, bytes.position(), US_ASCII);
        return pid.matches("[0-9]+") ? "process " + pid : "another process";
    }

    private static void closeQuietly(final FileChannel channel)
    {
        if (null != channel)
        {
            try
            {
                channel.close();
            }
            catch (final IOException ex)
            {
                // The refusal that follows says what matters.
                return;
            }
        }
    }

    @Override
    public void close()
    {
        closeQuietly(channel);
    }
}
