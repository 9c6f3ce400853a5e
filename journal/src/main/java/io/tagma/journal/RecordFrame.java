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

import java.util.zip.CRC32C;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout and checksum of a record: header, then message. Allocates nothing after construction; one thread.
 * <pre>
 *   0        4          8                16
 *   +--------+----------+----------------+---------------------
 *   | length | checksum | record number  | message (schema 7403)
 *   +--------+----------+----------------+---------------------
 * </pre>
 * Length counts header and message and is written last. The checksum is the CRC32C of the record number and the
 * message,
 * XORed with the journal's key. The key is a secret of the journal: whoever can have bytes of his choice written into a
 * record (a client, in a payload) must not be able to make them look like a record to a start that searches behind a
 * damaged place.
 */
public final class RecordFrame
{
    /** Bytes before the message. */
    public static final int HEADER_LENGTH = 16;
    /** Offset of the length of header and message, int32. */
    public static final int LENGTH_OFFSET = 0;
    /** Offset of the checksum, uint32. */
    public static final int CHECKSUM_OFFSET = 4;
    /** Offset of the record number, int64. */
    public static final int RECORD_NUMBER_OFFSET = 8;
    /** Least bytes of a message: its SBE header. */
    public static final int MIN_MESSAGE_LENGTH = 8;
    /** Greatest bytes of a message. */
    public static final int MAX_MESSAGE_LENGTH = 256 * 1024;

    private static final int SCRATCH_LENGTH = 8 * 1024;

    private final CRC32C crc = new CRC32C();
    private final byte[] scratch = new byte[SCRATCH_LENGTH];
    private final UnsafeBuffer scratchBuffer = new UnsafeBuffer(scratch);
    private final int checksumKey;

    /**
     * A frame with the checksum key of one journal.
     *
     * @param checksumKey of the journal.
     */
    public RecordFrame(final int checksumKey)
    {
        this.checksumKey = checksumKey;
    }

    /**
     * Completes a frame whose message is in place: record number, checksum, then length.
     *
     * @param buffer        that holds the frame.
     * @param offset        of its header.
     * @param messageLength in bytes.
     * @param recordNumber  of the record.
     */
    public void complete(
        final MutableDirectBuffer buffer, final int offset, final int messageLength, final long recordNumber)
    {
        buffer.putLong(offset + RECORD_NUMBER_OFFSET, recordNumber, LITTLE_ENDIAN);
        buffer.putInt(
            offset + CHECKSUM_OFFSET,
            checksum(recordNumber, buffer, offset + HEADER_LENGTH, messageLength),
            LITTLE_ENDIAN);
        buffer.putInt(offset + LENGTH_OFFSET, HEADER_LENGTH + messageLength, LITTLE_ENDIAN);
    }

    /**
     * Whether a whole frame with a right checksum lies at an offset.
     *
     * @param buffer    that may hold it.
     * @param offset    of its header.
     * @param available bytes from the offset on that may be read.
     * @return whether it is whole; {@link #messageLength} and {@link #recordNumber} mean something only then.
     */
    public boolean isWhole(final DirectBuffer buffer, final int offset, final int available)
    {
        if (available < HEADER_LENGTH + MIN_MESSAGE_LENGTH)
        {
            return false;
        }
        final int messageLength = messageLength(buffer, offset);
        if (messageLength < MIN_MESSAGE_LENGTH ||
            messageLength > MAX_MESSAGE_LENGTH ||
            messageLength > available - HEADER_LENGTH)
        {
            return false;
        }
        return buffer.getInt(offset + CHECKSUM_OFFSET, LITTLE_ENDIAN) ==
            checksum(recordNumber(buffer, offset), buffer, offset + HEADER_LENGTH, messageLength);
    }

    /**
     * Bytes of a frame's message, unchecked.
     *
     * @param buffer that holds the frame.
     * @param offset of its header.
     * @return its length word less the header.
     */
    public static int messageLength(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN) - HEADER_LENGTH;
    }

    /**
     * Record number of a frame, unchecked.
     *
     * @param buffer that holds the frame.
     * @param offset of its header.
     * @return its record number.
     */
    public static long recordNumber(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + RECORD_NUMBER_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Checksum of a record.
     *
     * @param recordNumber of the record.
     * @param buffer       that holds the message.
     * @param offset       of its first byte.
     * @param length       in bytes.
     * @return the 32 bits as they stand in the header.
     */
    public int checksum(final long recordNumber, final DirectBuffer buffer, final int offset, final int length)
    {
        crc.reset();
        scratchBuffer.putLong(0, recordNumber, LITTLE_ENDIAN);
        int used = Long.BYTES;
        int done = 0;
        // Mapped memory has no ByteBuffer that CRC32C could read without garbage; a copy through the first-level cache
        // costs less than the checksum.
        while (done < length || used > 0)
        {
            final int chunk = Math.min(length - done, SCRATCH_LENGTH - used);
            buffer.getBytes(offset + done, scratch, used, chunk);
            crc.update(scratch, 0, used + chunk);
            done += chunk;
            used = 0;
        }
        return (int)crc.getValue() ^ checksumKey;
    }
}
