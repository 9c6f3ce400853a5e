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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads one segment file as it lies on the disk, also while it is being written. Chronicle's own tailer would take a
 * damaged header for the end, and a damaged length for a gigabyte; this takes nothing on trust.
 * <p>
 * The file is a run of documents, each aligned to 4: a header of 30 bits length, one bit "not complete", one bit
 * "metadata", then the bytes. Header 0: nothing written here yet. Both bits and length 0: end of the file. Metadata
 * documents are Chronicle's, every other one holds one record frame. It reads through a buffer, not through a mapping:
 * a mapped file that shrinks or fails kills the process. One thread; allocates nothing after construction.
 */
final class SegmentScanner implements AutoCloseable
{
    /** What is found at a place. */
    enum Finding
    {
        /** A whole record with a right checksum. */
        RECORD,
        /** Nothing is written here (yet), or not completely. */
        END,
        /** Nothing will ever be written here: the segment was closed. */
        CLOSED,
        /** Something that says it is complete, and is not a record. */
        DAMAGE
    }

    private static final int DOCUMENT_HEADER_LENGTH = 4;
    private static final int ALIGNMENT = 4;
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int METADATA = 0x4000_0000;
    private static final int END_OF_DATA = NOT_COMPLETE | METADATA;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int MAX_FRAME_LENGTH = RecordFrame.HEADER_LENGTH + RecordFrame.MAX_MESSAGE_LENGTH;
    private static final int MIN_FRAME_LENGTH = RecordFrame.HEADER_LENGTH + RecordFrame.MIN_MESSAGE_LENGTH;
    private static final int WINDOW_LENGTH = 2 * (DOCUMENT_HEADER_LENGTH + MAX_FRAME_LENGTH);
    private static final int READ_AHEAD_LENGTH = 128 * 1024;
    private static final int HEADS_READ_AHEAD_LENGTH = 8 * 1024;

    private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_LENGTH).order(LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(window);
    private final RecordFrame frame;

    private FileChannel channel;
    private Path path;
    private long windowStart;
    private int windowLength;
    private long documentPosition;
    private long nextPosition;
    private int frameOffset;
    private int messageLength;
    private long recordNumber;
    private boolean isOnlyHeads;

    SegmentScanner(final RecordFrame frame)
    {
        this.frame = frame;
    }

    void open(final Path file, final long position) throws IOException
    {
        close();
        channel = FileChannel.open(file, StandardOpenOption.READ);
        path = file;
        windowStart = 0;
        windowLength = 0;
        nextPosition = position;
        documentPosition = position;
    }

    boolean isOpen()
    {
        return null != channel;
    }

    /**
     * Looks at the next document; moves behind it if it is a record.
     *
     * @return what is there.
     * @throws IOException if it cannot be read.
     */
    Finding next() throws IOException
    {
        while (true)
        {
            documentPosition = nextPosition;
            if (!has(documentPosition, DOCUMENT_HEADER_LENGTH, false))
            {
                return Finding.END;
            }
            final int header = headerAt(documentPosition);
            if (END_OF_DATA == header)
            {
                return Finding.CLOSED;
            }
            if (0 == header || 0 != (header & NOT_COMPLETE))
            {
                if (!has(documentPosition, DOCUMENT_HEADER_LENGTH, true) || header == headerAt(documentPosition))
                {
                    return Finding.END;
                }
                continue; // The window was older than the file.
            }
            final int length = header & LENGTH_MASK;
            if (0 == (header & METADATA))
            {
                return recordAt(documentPosition, length);
            }
            if (isRecordLength(length) && has(documentPosition, DOCUMENT_HEADER_LENGTH + length, false) &&
                isWholeAt(documentPosition, length))
            {
                return Finding.DAMAGE; // A record that one bit has made metadata.
            }
            nextPosition = BitUtil.align(documentPosition + DOCUMENT_HEADER_LENGTH + length, ALIGNMENT);
        }
    }

    /**
     * Looks at the next document without moving behind it.
     *
     * @return what is there.
     * @throws IOException if it cannot be read.
     */
    Finding peek() throws IOException
    {
        final Finding finding = next();
        nextPosition = documentPosition;
        return finding;
    }

    void moveTo(final long position)
    {
        nextPosition = position;
        documentPosition = position;
    }

    /** Only what is needed to tell long records apart is read from now on, and not checked. */
    void onlyHeads(final boolean only)
    {
        isOnlyHeads = only;
    }

    private Finding recordAt(final long position, final int length) throws IOException
    {
        if (!isRecordLength(length))
        {
            return Finding.DAMAGE;
        }
        final int needed = DOCUMENT_HEADER_LENGTH + length;
        if (isOnlyHeads && length > JournalReader.HEAD_LENGTH && isHeadAt(position, length))
        {
            nextPosition = BitUtil.align(position + needed, ALIGNMENT);
            return Finding.RECORD;
        }
        boolean whole = has(position, needed, false) && isWholeAt(position, length);
        if (!whole)
        {
            // Once more, in case the window holds a page from before the writer was done with it.
            whole = has(position, needed, true) && isWholeAt(position, length);
        }
        if (!whole)
        {
            return Finding.DAMAGE;
        }
        nextPosition = BitUtil.align(position + needed, ALIGNMENT);
        return Finding.RECORD;
    }

    private boolean isHeadAt(final long position, final int length) throws IOException
    {
        if (!has(position, DOCUMENT_HEADER_LENGTH + JournalReader.HEAD_LENGTH, false))
        {
            return false;
        }
        frameOffset = (int)(position - windowStart) + DOCUMENT_HEADER_LENGTH;
        messageLength = RecordFrame.messageLength(buffer, frameOffset);
        recordNumber = RecordFrame.recordNumber(buffer, frameOffset);
        return RecordFrame.HEADER_LENGTH + messageLength == length;
    }

    private boolean isWholeAt(final long position, final int length)
    {
        frameOffset = (int)(position - windowStart) + DOCUMENT_HEADER_LENGTH;
        if (!frame.isWhole(buffer, frameOffset, length))
        {
            return false;
        }
        messageLength = RecordFrame.messageLength(buffer, frameOffset);
        recordNumber = RecordFrame.recordNumber(buffer, frameOffset);
        return RecordFrame.HEADER_LENGTH + messageLength == length;
    }

    /**
     * Behind a place where the documents cannot be followed: looks for the next whole record at any place, by its
     * checksum. Moves behind it if there is one.
     *
     * @return whether there is one.
     * @throws IOException if the file cannot be read.
     */
    boolean search() throws IOException
    {
        for (long position = documentPosition + ALIGNMENT; ; position += ALIGNMENT)
        {
            if (!has(position, DOCUMENT_HEADER_LENGTH + MIN_FRAME_LENGTH, false))
            {
                return false;
            }
            final int offset = (int)(position - windowStart) + DOCUMENT_HEADER_LENGTH;
            final int length = buffer.getInt(offset + RecordFrame.LENGTH_OFFSET, LITTLE_ENDIAN);
            if (isRecordLength(length) &&
                has(position, DOCUMENT_HEADER_LENGTH + length, false) && isWholeAt(position, length))
            {
                documentPosition = position;
                nextPosition = BitUtil.align(position + DOCUMENT_HEADER_LENGTH + length, ALIGNMENT);
                return true;
            }
        }
    }

    /**
     * At the end: whether bytes other than zero lie behind it.
     *
     * @return whether something was begun there, or was there.
     * @throws IOException if the file cannot be read.
     */
    boolean isFollowedByBytes() throws IOException
    {
        for (long position = documentPosition; has(position, 1, false); )
        {
            int offset = (int)(position - windowStart);
            for (; offset + Long.BYTES <= windowLength; offset += Long.BYTES)
            {
                if (0 != buffer.getLong(offset))
                {
                    return true;
                }
            }
            for (; offset < windowLength; offset++)
            {
                if (0 != buffer.getByte(offset))
                {
                    return true;
                }
            }
            position = windowStart + windowLength;
        }
        return false;
    }

    /**
     * At the end: whether a whole frame lies there that lacks only Chronicle's header: its append had not returned.
     * Steps over it, so that {@link #search()} does not find it.
     *
     * @param expectedRecordNumber of the next record.
     * @return true if the header is not even empty, so that no crash explains it.
     * @throws IOException if the file cannot be read.
     */
    boolean skipUnpublished(final long expectedRecordNumber) throws IOException
    {
        if (has(documentPosition, DOCUMENT_HEADER_LENGTH + MIN_FRAME_LENGTH, false))
        {
            final int offset = (int)(documentPosition - windowStart) + DOCUMENT_HEADER_LENGTH;
            final int length = buffer.getInt(offset + RecordFrame.LENGTH_OFFSET, LITTLE_ENDIAN);
            if (isRecordLength(length) &&
                has(documentPosition, DOCUMENT_HEADER_LENGTH + length, false) &&
                isWholeAt(documentPosition, length) && recordNumber == expectedRecordNumber)
            {
                final boolean isRot = 0 != headerAt(documentPosition);
                documentPosition =
                    BitUtil.align(documentPosition + DOCUMENT_HEADER_LENGTH + length, ALIGNMENT) - ALIGNMENT;
                return isRot;
            }
        }
        return false;
    }

    private static boolean isRecordLength(final int length)
    {
        return length >= MIN_FRAME_LENGTH && length <= MAX_FRAME_LENGTH;
    }

    private int headerAt(final long position)
    {
        return buffer.getInt((int)(position - windowStart), LITTLE_ENDIAN);
    }

    /**
     * Brings bytes into the window.
     *
     * @param position of the first.
     * @param length   of them.
     * @param again    whether to read them even if they are in the window.
     * @return whether the file has them.
     */
    private boolean has(final long position, final int length, final boolean again) throws IOException
    {
        if (!again && position >= windowStart && position + length <= windowStart + windowLength)
        {
            return true;
        }
        final int ahead = isOnlyHeads ? HEADS_READ_AHEAD_LENGTH : READ_AHEAD_LENGTH;
        window.clear().limit(Math.min(WINDOW_LENGTH, Math.max(length, again ? length : ahead)));
        int read = 0;
        while (window.hasRemaining() && read >= 0)
        {
            read = channel.read(window, position + window.position());
        }
        windowStart = position;
        windowLength = window.position();
        return windowLength >= length;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int messageOffset()
    {
        return frameOffset + RecordFrame.HEADER_LENGTH;
    }

    int messageLength()
    {
        return messageLength;
    }

    long recordNumber()
    {
        return recordNumber;
    }

    /** @return the offset in the file at which the document last looked at begins. */
    long documentPosition()
    {
        return documentPosition;
    }

    /** @return the offset in the file at which the next document begins. */
    long nextPosition()
    {
        return nextPosition;
    }

    @Override
    public void close()
    {
        if (null != channel)
        {
            try
            {
                channel.close();
            }
            catch (final IOException ex)
            {
                throw JournalDirectory.unreadable(path, ex);
            }
            finally
            {
                channel = null;
            }
        }
    }

    @Override
    public String toString()
    {
        return path + " offset " + documentPosition;
    }
}
