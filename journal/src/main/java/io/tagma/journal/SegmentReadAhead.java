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
 */
final class SegmentReadAhead
{
    private static final int READ_LENGTH = 64 * 1024;
    /** Bytes in one call at most: an fsync that is asked for meanwhile does not wait for long. */
    private static final int BURST_LENGTH = 16 * READ_LENGTH;

    private final SegmentList segments;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_LENGTH);

    private FileChannel channel;
    private int segmentNumber = -1;
    private long position;

    SegmentReadAhead(final SegmentList segments)
    {
        this.segments = segments;
    }

    /**
     * Reads on, up to the end of the file as it is now.
     *
     * @param currentSegment that is being written.
     * @return bytes read; 0 if there is nothing ahead.
     */
    int doWork(final int currentSegment)
    {
        int length = 0;
        try
        {
            if (currentSegment != segmentNumber)
            {
                open(currentSegment);
            }
            int count = null == channel ? -1 : 0;
            while (count >= 0 && length < BURST_LENGTH)
            {
                buffer.clear();
                count = channel.read(buffer, position);
                if (count > 0)
                {
                    position += count;
                    length += count;
                }
            }
        }
        catch (final IOException ex)
        {
            // The writer will do without; the next segment is tried again.
            close();
        }
        return length;
    }

    private void open(final int number) throws IOException
    {
        close();
        segmentNumber = number;
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
