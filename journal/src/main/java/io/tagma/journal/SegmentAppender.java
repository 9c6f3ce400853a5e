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
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends record frames to one segment, a queue of its own: the only place that touches Chronicle Queue. One thread at
 * a time.
 */
final class SegmentAppender
{
    private static final long LOCK_TIMEOUT_MS = 500;
    private static final RollCycles ROLL_CYCLE = RollCycles.FAST_HOURLY;

    private final int segmentNumber;
    private final RecordFrame frame;
    private final int blockLength;
    private final Runnable newBlockListener;
    private final UnsafeBuffer frameBuffer = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;

    private DocumentContext document;
    private int claimedLength = -1;
    private long position;
    private long nextBlockPosition;

    /**
     * Makes the segment's file, and claims room for its first record.
     *
     * @param run              the directory to make it in.
     * @param segmentNumber    of the segment.
     * @param firstLength      of the first record's message in bytes.
     * @param blockLength      mapped at a time, in bytes.
     * @param checksumKey      of the journal.
     * @param newBlockListener called by the thread that appends, when it has come to a new block.
     */
    SegmentAppender(
        final Path run,
        final int segmentNumber,
        final int firstLength,
        final int blockLength,
        final int checksumKey,
        final Runnable newBlockListener)
    {
        this.segmentNumber = segmentNumber;
        this.blockLength = blockLength;
        this.newBlockListener = newBlockListener;
        frame = new RecordFrame(checksumKey);
        queue = SingleChronicleQueueBuilder.binary(run.toFile())
            .rollCycle(ROLL_CYCLE)
            .timeProvider(this::segmentTimeMs)
            .blockSize(blockLength)
            .timeoutMS(LOCK_TIMEOUT_MS)
            .build();
        queue.singleThreadedCheckDisabled(true);
        if (ROLL_CYCLE != queue.rollCycle())
        {
            throw new IllegalStateException("the queue rolls by " + queue.rollCycle() + ", not by " + ROLL_CYCLE);
        }
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        claim(firstLength);
        if (!JournalDirectory.segment(run, segmentNumber).equals(appender.currentFile().toPath()))
        {
            throw new IllegalStateException("segment " + segmentNumber + " is in " + appender.currentFile());
        }
    }

    /**
     * The queue's clock, which names its one file.
     */
    private long segmentTimeMs()
    {
        return segmentNumber * (long)ROLL_CYCLE.lengthInMillis();
    }

    int segmentNumber()
    {
        return segmentNumber;
    }

    MutableDirectBuffer claim(final int length)
    {
        if (null == document)
        {
            document = appender.writingDocument();
        }
        final Bytes<?> bytes = document.wire().bytes();
        final long address = bytes.addressForWrite(bytes.writePosition());
        frameBuffer.wrap(address, RecordFrame.HEADER_LENGTH + length);
        message.wrap(frameBuffer, RecordFrame.HEADER_LENGTH, length);
        claimedLength = length;
        return message;
    }

    /**
     * Room last claimed.
     *
     * @return the message.
     */
    MutableDirectBuffer message()
    {
        return message;
    }

    boolean isClaimed()
    {
        return claimedLength >= 0;
    }

    /**
     * Appends what was claimed.
     *
     * @param recordNumber of the record.
     * @return bytes of its frame.
     */
    int commit(final long recordNumber)
    {
        final int length = RecordFrame.HEADER_LENGTH + claimedLength;
        frame.complete(frameBuffer, 0, claimedLength, recordNumber);
        final Bytes<?> bytes = document.wire().bytes();
        bytes.writeSkip(length);
        position = bytes.writePosition();
        final DocumentContext written = document;
        document = null;
        claimedLength = -1;
        written.close();
        if (position >= nextBlockPosition)
        {
            nextBlockPosition = (position / blockLength + 1) * blockLength;
            newBlockListener.run();
        }
        return length;
    }

    /**
     * Bytes of the segment so far.
     *
     * @return offset behind the last record in its file.
     */
    long position()
    {
        return position;
    }

    /**
     * Takes an open claim back.
     */
    void rollBack()
    {
        claimedLength = -1;
        if (null != document)
        {
            document.rollbackOnClose();
            document.close();
            document = null;
        }
    }

    void close()
    {
        appender.close();
        queue.close();
    }

    /**
     * After closing: gives back what was mapped ahead, so that no start need look for bytes in it. Nothing depends on
     * it.
     *
     * @param file of the segment, wherever it is by now.
     * @throws IOException if the file cannot be cut.
     */
    void cutUnused(final Path file) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            channel.truncate(BitUtil.align(position, Integer.BYTES));
        }
    }
}
