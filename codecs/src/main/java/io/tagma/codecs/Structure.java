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
package io.tagma.codecs;

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * The steps that all structural checks are made of. Generated decoders check next to nothing; these do. Each looks only
 * at bytes that it has first found to lie before {@code end}. A result below zero is a negated {@link FrameVerdict}.
 */
final class Structure
{
    /** Bytes before the entries of a group: block length and count, both uint16. */
    static final int GROUP_HEADER_LENGTH = 4;
    /** Bytes before var-data: its length as uint32. */
    static final int VAR_DATA_HEADER_LENGTH = 4;

    /**
     * Greatest sequence, view, number, position or time: adding window, count or step to one never overflows.
     * As a time it is in the year 2116.
     */
    static final long ORDINAL_MAX = (1L << 62) - 1;

    static final int FAILED_LENGTH = FrameVerdict.LENGTH.asFailure();
    static final int FAILED_GROUP = FrameVerdict.GROUP.asFailure();
    static final int FAILED_VAR_DATA = FrameVerdict.VAR_DATA.asFailure();
    static final int FAILED_FORM = FrameVerdict.FORM.asFailure();
    static final int FAILED_SENDER = FrameVerdict.SENDER.asFailure();
    static final int FAILED_SIZE = FrameVerdict.SIZE.asFailure();

    private static final int BLOCK_LENGTH_OFFSET = 0;
    private static final int TEMPLATE_OFFSET = 2;
    private static final int SCHEMA_OFFSET = 4;
    private static final int VERSION_OFFSET = 6;

    private Structure()
    {
    }

    /**
     * Whether there is a whole message header of this schema and version.
     */
    static FrameVerdict header(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int schemaId,
        final int version)
    {
        if (!isInside(buffer, offset, length) || length < HEADER_LENGTH)
        {
            return FrameVerdict.LENGTH;
        }
        if (schemaId(buffer, offset) != schemaId)
        {
            return FrameVerdict.SCHEMA;
        }

        return version(buffer, offset) == version ? FrameVerdict.OK : FrameVerdict.VERSION;
    }

    /**
     * Whether the block is as long as the schema has it, and there.
     */
    static FrameVerdict block(final DirectBuffer buffer, final int offset, final int length, final int blockLength)
    {
        if (uint16(buffer, offset + BLOCK_LENGTH_OFFSET) != blockLength)
        {
            return FrameVerdict.BLOCK_LENGTH;
        }

        return length - HEADER_LENGTH < blockLength ? FrameVerdict.LENGTH : FrameVerdict.OK;
    }

    /**
     * The template of a message whose header is there.
     */
    static int templateId(final DirectBuffer buffer, final int offset)
    {
        return uint16(buffer, offset + TEMPLATE_OFFSET);
    }

    /**
     * The schema of a message whose header is there.
     */
    static int schemaId(final DirectBuffer buffer, final int offset)
    {
        return uint16(buffer, offset + SCHEMA_OFFSET);
    }

    /**
     * The schema version of a message whose header is there.
     */
    static int version(final DirectBuffer buffer, final int offset)
    {
        return uint16(buffer, offset + VERSION_OFFSET);
    }

    static boolean isInside(final DirectBuffer buffer, final int offset, final int length)
    {
        return offset >= 0 && length >= 0 && length <= buffer.capacity() - offset;
    }

    /**
     * The count of a group whose entries, as far as they have a fixed length, are there.
     *
     * @return 1 to max, or a negated verdict: an empty group says nothing and is not sent.
     */
    static int filledGroup(
        final DirectBuffer buffer,
        final int position,
        final int end,
        final int blockLength,
        final int max)
    {
        final int count = group(buffer, position, end, blockLength, max);

        return 0 == count ? FAILED_FORM : count;
    }

    /**
     * The count of a group whose entries, as far as they have a fixed length, are there.
     *
     * @return 0 to max, or a negated verdict.
     */
    static int group(
        final DirectBuffer buffer,
        final int position,
        final int end,
        final int blockLength,
        final int max)
    {
        if (end - position < GROUP_HEADER_LENGTH)
        {
            return FAILED_LENGTH;
        }
        if (uint16(buffer, position) != blockLength)
        {
            return FAILED_GROUP;
        }

        final int count = uint16(buffer, position + 2);
        if (count > max)
        {
            return FAILED_SIZE;
        }

        return (long)count * blockLength > end - position - GROUP_HEADER_LENGTH ? FAILED_LENGTH : count;
    }

    /**
     * The length of var-data that is there.
     *
     * @return 0 to max, or a negated verdict.
     */
    static int varData(final DirectBuffer buffer, final int position, final int end, final int max)
    {
        if (end - position < VAR_DATA_HEADER_LENGTH)
        {
            return FAILED_LENGTH;
        }

        final long length = uint32(buffer, position);
        if (length > max)
        {
            return FAILED_SIZE;
        }

        return length > end - position - VAR_DATA_HEADER_LENGTH ? FAILED_LENGTH : (int)length;
    }

    /**
     * Whether a sequence, view, number, position or time lies from a least value to {@link #ORDINAL_MAX}.
     */
    static boolean isOrdinal(final DirectBuffer buffer, final int index, final long least)
    {
        final long value = int64(buffer, index);

        return value >= least && value <= ORDINAL_MAX;
    }

    static long int64(final DirectBuffer buffer, final int index)
    {
        return buffer.getLong(index, LITTLE_ENDIAN);
    }

    static long uint32(final DirectBuffer buffer, final int index)
    {
        return buffer.getInt(index, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    static int uint16(final DirectBuffer buffer, final int index)
    {
        return buffer.getShort(index, LITTLE_ENDIAN) & 0xFFFF;
    }

    static int uint8(final DirectBuffer buffer, final int index)
    {
        return buffer.getByte(index) & 0xFF;
    }
}
