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
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Properties;
import java.util.zip.CRC32C;

/**
 * What cannot be seen from the segments themselves: with which key they are checked, where they must begin, and how far
 * they must at least reach. Replaced whole, atomically.
 *
 * @param checksumKey         secret of this journal, see {@link RecordFrame}.
 * @param firstSegment        oldest segment kept.
 * @param firstRecordNumber   first record in it.
 * @param lastSegment         a segment that was on the device.
 * @param durableRecordNumber a record that was on the device.
 */
record Manifest(
    int checksumKey, int firstSegment, long firstRecordNumber, int lastSegment, long durableRecordNumber)
{
    static final String FILE_NAME = "journal.manifest";
    private static final String FORMAT = "1";

    static Manifest load(final Path directory)
    {
        final Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file))
        {
            throw new JournalException(
                JournalException.Reason.REFUSED,
                "There is no journal in " + directory + " (no " + FILE_NAME + "): a replica that has never run gets " +
                    "one from tagma init; one that has run must not come back under its keys without it.");
        }
        try
        {
            return parse(Files.readString(file, US_ASCII));
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            throw new JournalException(
                JournalException.Reason.BURNT_IDENTITY,
                "The file " + file + " is damaged (" + ex.getMessage() + "): what this replica has said cannot be " +
                    "checked, so it must not start again under its keys.",
                ex);
        }
    }

    private static Manifest parse(final String text) throws IOException
    {
        final int end = text.lastIndexOf("checksum=");
        if (end < 0)
        {
            throw new IllegalArgumentException("no checksum");
        }
        final Properties properties = new Properties();
        properties.load(new StringReader(text));
        final String body = text.substring(0, end);
        if (!checksum(body).equals(properties.getProperty("checksum")))
        {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        if (!FORMAT.equals(properties.getProperty("format")))
        {
            throw new IllegalArgumentException(
                "format " + properties.getProperty("format") + " is not known, " + FORMAT + " is");
        }
        return new Manifest(
            HexFormat.fromHexDigits(properties.getProperty("checksum.key")),
            Integer.parseInt(properties.getProperty("first.segment")),
            Long.parseLong(properties.getProperty("first.record")),
            Integer.parseInt(properties.getProperty("last.segment")),
            Long.parseLong(properties.getProperty("durable.record")));
    }

    void store(final JournalDirectory journal, final JournalContext.Forcer forcer) throws IOException
    {
        final Path file = journal.path().resolve(FILE_NAME);
        final Path next = journal.path().resolve(FILE_NAME + ".next");
        final String body =
            "format=" + FORMAT + "\n" +
            "checksum.key=" + HexFormat.of().toHexDigits(checksumKey) + "\n" +
            "first.segment=" + firstSegment + "\n" +
            "first.record=" + firstRecordNumber + "\n" +
            "last.segment=" + lastSegment + "\n" +
            "durable.record=" + durableRecordNumber + "\n";
        final ByteBuffer bytes = ByteBuffer.wrap((body + "checksum=" + checksum(body) + "\n").getBytes(US_ASCII));
        try (FileChannel channel = FileChannel.open(
            next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))
        {
            while (bytes.hasRemaining())
            {
                channel.write(bytes);
            }
            forcer.force(channel, true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        journal.force(journal.path());
    }

    private static String checksum(final String body)
    {
        final CRC32C crc = new CRC32C();
        crc.update(body.getBytes(US_ASCII));
        return HexFormat.of().toHexDigits((int)crc.getValue());
    }

    Manifest withFirst(final int segment, final long recordNumber)
    {
        return new Manifest(checksumKey, segment, recordNumber, lastSegment, durableRecordNumber);
    }

    Manifest withLast(final int segment, final long newDurableRecordNumber)
    {
        return new Manifest(checksumKey, firstSegment, firstRecordNumber, segment, newDurableRecordNumber);
    }
}
