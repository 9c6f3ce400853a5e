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

import java.time.DateTimeException;
import java.time.Instant;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames, journal records and statements as text, for people. Whatever the bytes are, there is a line for them: what
 * fails its structural check is given as the reason and the first bytes. Allocates; not for the ordering thread.
 *
 * <pre>
 * PrePrepare sender=0 epoch=0 view=4 sequence=77 time=2026-01-01T00:00:00Z digest=d1d1d1d1d1d1d1d1 bundles=1
 *   REQUESTS client=7 session=41 numbers=5..7 lengths=3,0,9 unsigned
 * </pre>
 */
public final class FrameDump
{
    private static final int REFUSED_BYTES_SHOWN = 48;
    private static final int DIGEST_BYTES_SHOWN = 8;
    private static final String HEXADECIMAL = "0123456789abcdef";

    private FrameDump()
    {
    }

    /**
     * A message of any of the four schemas as text: one line, and one more, indented, for each bundle, vote, digest,
     * claim or result in it. Lines are separated by {@code '\n'}; there is none behind the last.
     *
     * @param buffer that holds it.
     * @param offset of its first byte, that of the message header.
     * @param length in bytes, without tag or record header.
     * @param limits that the message is held to.
     * @return the text. Never fails: what is not well-formed is said to be so.
     */
    public static String describe(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final FrameLimits limits)
    {
        final StringBuilder text = new StringBuilder(256);
        append(text, buffer, offset, length, limits);
        return text.toString();
    }

    /**
     * Appends a message of any of the four schemas as text. See {@link #describe}.
     *
     * @param text   to append to.
     * @param buffer that holds the message.
     * @param offset of its first byte.
     * @param length in bytes.
     * @param limits that the message is held to.
     */
    public static void append(
        final StringBuilder text,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final FrameLimits limits)
    {
        if (!Structure.isInside(buffer, offset, length))
        {
            text.append("LENGTH: ").append(length).append(" bytes at ").append(offset)
                .append(" of a buffer of ").append(buffer.capacity());
            return;
        }

        final DirectBuffer message = new UnsafeBuffer(buffer, offset, length);
        final FrameVerdict verdict = check(message, length, limits);
        if (FrameVerdict.OK == verdict)
        {
            appendChecked(text, message);
        }
        else
        {
            appendRefused(text, verdict, message, length);
        }
    }

    private static FrameVerdict check(final DirectBuffer message, final int length, final FrameLimits limits)
    {
        if (length < HEADER_LENGTH)
        {
            return FrameVerdict.LENGTH;
        }
        switch (Structure.schemaId(message, 0))
        {
            case io.tagma.codecs.peer.MessageHeaderDecoder.SCHEMA_ID:
                return PeerFrameCheck.check(message, 0, length, limits);

            case io.tagma.codecs.client.MessageHeaderDecoder.SCHEMA_ID:
                return ClientFrameCheck.check(message, 0, length, limits);

            case io.tagma.codecs.journal.MessageHeaderDecoder.SCHEMA_ID:
                return JournalRecordCheck.check(message, 0, length, limits);

            case io.tagma.codecs.statement.MessageHeaderDecoder.SCHEMA_ID:
                return StatementCheck.check(message, 0, length, limits);

            default:
                return FrameVerdict.SCHEMA;
        }
    }

    /**
     * Appends a message that its structural check has passed.
     */
    static void appendChecked(final StringBuilder text, final DirectBuffer message)
    {
        switch (Structure.schemaId(message, 0))
        {
            case io.tagma.codecs.peer.MessageHeaderDecoder.SCHEMA_ID:
                PeerDump.append(text, message);
                break;

            case io.tagma.codecs.client.MessageHeaderDecoder.SCHEMA_ID:
                ClientDump.append(text, message);
                break;

            case io.tagma.codecs.statement.MessageHeaderDecoder.SCHEMA_ID:
                StatementDump.append(text, message);
                break;

            default:
                JournalDump.append(text, message);
                break;
        }
    }

    private static void appendRefused(
        final StringBuilder text,
        final FrameVerdict verdict,
        final DirectBuffer message,
        final int length)
    {
        text.append(verdict).append(": ").append(length).append(" bytes");
        if (length >= HEADER_LENGTH)
        {
            text.append(" schema=").append(Structure.schemaId(message, 0))
                .append(" version=").append(Structure.version(message, 0))
                .append(" template=").append(Structure.templateId(message, 0));
        }
        if (length > 0)
        {
            text.append(' ');
            appendHexadecimal(text, message, 0, Math.min(length, REFUSED_BYTES_SHOWN));
            text.append(length > REFUSED_BYTES_SHOWN ? ".." : "");
        }
    }

    /**
     * Appends one indented line for each bundle.
     */
    static void appendBundles(final StringBuilder text, final BundleCursor cursor)
    {
        while (cursor.next())
        {
            text.append("\n  ").append(cursor.kind())
                .append(" client=").append(cursor.clientId())
                .append(" session=").append(cursor.sessionId())
                .append(" numbers=").append(cursor.firstNumber());
            if (cursor.count() > 1)
            {
                text.append("..").append(cursor.firstNumber() + cursor.count() - 1);
            }

            text.append(" lengths=");
            String separator = "";
            while (cursor.nextPayload())
            {
                text.append(separator).append(cursor.payloadLength());
                separator = ",";
            }
            if (null != cursor.authenticators())
            {
                text.append(cursor.isSigned() ? " signed" : " unsigned");
            }
        }
    }

    /**
     * Appends a time; it is read as since 1970, and given as a number where that is no date.
     */
    static void appendTime(final StringBuilder text, final long timeNs)
    {
        try
        {
            text.append(Instant.EPOCH.plusNanos(timeNs));
        }
        catch (final DateTimeException ex)
        {
            text.append(timeNs).append("ns");
        }
    }

    /**
     * Appends the first bytes of a digest, enough to tell two apart by eye.
     */
    static void appendDigest(final StringBuilder text, final DirectBuffer buffer, final int index)
    {
        appendHexadecimal(text, buffer, index, DIGEST_BYTES_SHOWN);
    }

    static void appendHexadecimal(
        final StringBuilder text,
        final DirectBuffer buffer,
        final int index,
        final int length)
    {
        for (int i = 0; i < length; i++)
        {
            final int value = buffer.getByte(index + i) & 0xFF;
            text.append(HEXADECIMAL.charAt(value >> 4)).append(HEXADECIMAL.charAt(value & 0xF));
        }
    }
}
