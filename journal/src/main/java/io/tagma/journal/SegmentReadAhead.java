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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the part of the current segment that is mapped and not yet written, so that its pages are in the page cache
 * before the writer comes to them. Without this the writer's first store into a new block waits while the kernel reads
 * the block in; with a long read-ahead, as many hosts of virtual machines set it, that is a millisecond of kernel time
 * and tens of them where processors are scarce. It only reads, and nothing depends on it: what goes wrong here costs
 * time at worst. The syncer's thread only, but {@link #close()}.
 * <p>
 * It goes through a new block from its end to its beginning, a piece in each call: reads that go down are no sequence
 * to the kernel, which would otherwise read everything ahead after all, in one go.
 */
final class SegmentReadAhead
{
    static final int PIECE_LENGTH = 64 * 1024;

    private final SegmentList segments;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE_LENGTH);

    private FileChannel channel;
    private int segmentNumber = -1;
    /** Everything below is read. */
    private long readLimit;
    /** Length of the file when the pass from there down to the limit began. */
    private long passLimit;
    /** What is left of the pass ends here. */
    private long position;
    private long totalLength;

    SegmentReadAhead(final SegmentList segments)
    {
        this.segments = segments;
    }

    /**
     * Reads one piece.
     *
     * @param currentSegment that is being written.
     * @return bytes read; 0 if there is nothing ahead.
     */
    int doWork(final int currentSegment)
    {
        try
        {
            if (currentSegment != segmentNumber)
            {
                open(currentSegment);
            }
            if (null == channel)
            {
                return 0;
            }
            if (position <= readLimit)
            {
                readLimit = passLimit;
                passLimit = channel.size();
                position = passLimit;
            }
            return readPiece();
        }
        catch (final IOException ex)
        {
            // The writer will do without; the next segment is tried again.
            close();
            return 0;
        }
    }

    private int readPiece() throws IOException
    {
        final int length = (int)Math.min(PIECE_LENGTH, position - readLimit);
        if (length <= 0)
        {
            return 0;
        }
        position -= length;
        buffer.clear().limit(length);
        channel.read(buffer, position);
        totalLength += length;
        return length;
    }

    /**
     * Bytes read so far.
     *
     * @return their number, of all segments.
     */
    long totalLength()
    {
        return totalLength;
    }

    private void open(final int number) throws IOException
    {
        close();
        segmentNumber = number;
        readLimit = 0;
        passLimit = 0;
        position = 0;
        final Path path = segments.file(number).path();
        channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    void close()
    {
        final FileChannel opened = channel;
        channel = null;
        if (null != opened)
        {
            try
            {
                opened.close();
            }
            catch (final IOException ex)
            {
                // It was only read from; the descriptor goes with the process.
                channel = null;
            }
        }
    }
}
