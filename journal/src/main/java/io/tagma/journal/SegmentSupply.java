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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Has the next segment ready before the writer comes to the end of its own, and closes those that the writer has left:
 * to make, map and close a queue takes milliseconds, tens of them where it is done for the first time on a busy
 * processor, and all replicas come to the end of a segment at about the same time.
 * <p>
 * {@link #doWork()} is for the syncer's thread; the rest for the writer's. Where nothing is ready the writer makes the
 * segment itself.
 */
final class SegmentSupply
{
    private static final int PIECE_LENGTH = 64 * 1024;

    private final JournalDirectory directory;
    private final int blockLength;
    private final int checksumKey;
    private final Runnable newBlockListener;
    private final Queue<SegmentAppender> left = new ArrayDeque<>();

    private volatile int wantedNumber = -1;
    private volatile boolean isAnyLeft;
    private SegmentAppender ready;
    private boolean closed;

    SegmentSupply(
        final JournalDirectory directory,
        final int blockLength,
        final int checksumKey,
        final Runnable newBlockListener)
    {
        this.directory = directory;
        this.blockLength = blockLength;
        this.checksumKey = checksumKey;
        this.newBlockListener = newBlockListener;
    }

    /**
     * Where a segment in use lies.
     *
     * @param number of the segment.
     * @return its directory.
     */
    Path run(final int number)
    {
        return directory.run(number);
    }

    /**
     * The writer will need a segment soon.
     *
     * @param number of the segment.
     */
    void want(final int number)
    {
        wantedNumber = number;
    }

    int doWork()
    {
        return isAnyLeft || wantedNumber >= 0 ? makeAndClose() : 0;
    }

    private synchronized int makeAndClose()
    {
        final int number = wantedNumber;
        wantedNumber = -1;
        if (number >= 0 && null == ready && !closed)
        {
            try
            {
                ready = make(number);
                readThrough(JournalDirectory.segment(directory.next(number), number));
            }
            catch (final IOException | InternalError | RuntimeException ex)
            {
                // The writer will try it again when it must, and will know what to say.
                ready = discard(ready);
            }
        }
        return closeLeft() + (number >= 0 ? 1 : 0);
    }

    private SegmentAppender make(final int number) throws IOException
    {
        final Path next = directory.next(number);
        directory.deleteRun(next);
        return new SegmentAppender(
            next, number, ControlRecords.INIT_LENGTH, blockLength, checksumKey, newBlockListener);
    }

    /**
     * Has the first block in memory. Downwards, or the kernel would read all of it in one go, see
     * {@link SegmentReadAhead}.
     */
    private static void readThrough(final Path file) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            final ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE_LENGTH);
            for (long position = channel.size() - PIECE_LENGTH; position >= 0; position -= PIECE_LENGTH)
            {
                buffer.clear();
                channel.read(buffer, position);
            }
        }
    }

    /**
     * Puts a segment into use.
     *
     * @param number of the segment.
     * @return what appends to it, with room claimed for an Init.
     * @throws IOException if it cannot be made.
     */
    synchronized SegmentAppender take(final int number) throws IOException
    {
        wantedNumber = -1;
        SegmentAppender taken = ready;
        ready = null;
        if (null == taken || number != taken.segmentNumber())
        {
            discard(taken);
            taken = make(number);
        }
        Files.move(directory.next(number), directory.run(number), StandardCopyOption.ATOMIC_MOVE);
        return taken;
    }

    /**
     * The writer is done with a segment, which holds nothing unfinished.
     *
     * @param appender of the segment.
     */
    synchronized void leave(final SegmentAppender appender)
    {
        left.add(appender);
        isAnyLeft = true;
    }

    private int closeLeft()
    {
        int count = 0;
        for (SegmentAppender appender = left.poll(); null != appender; appender = left.poll())
        {
            appender.close();
            cutUnused(appender);
            count++;
        }
        isAnyLeft = false;
        return count;
    }

    private void cutUnused(final SegmentAppender appender)
    {
        final int number = appender.segmentNumber();
        try
        {
            appender.cutUnused(JournalDirectory.segment(directory.run(number), number));
        }
        catch (final IOException ex)
        {
            // Retention may have taken it; else a start reads some zeros more.
            isAnyLeft = false;
        }
    }

    private static SegmentAppender discard(final SegmentAppender appender)
    {
        if (null != appender)
        {
            appender.rollBack();
            appender.close();
        }
        return null;
    }

    /**
     * Closes all that the writer does not use.
     *
     * @throws IOException if what was ready cannot be deleted.
     */
    synchronized void close() throws IOException
    {
        closed = true;
        closeLeft();
        ready = discard(ready);
        directory.deleteUnused();
    }
}
