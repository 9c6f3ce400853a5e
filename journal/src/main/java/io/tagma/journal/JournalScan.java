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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.agrona.DirectBuffer;

/**
 * Goes once through everything that lies in a journal's directory, damage included. Reads only.
 */
public final class JournalScan
{
    /**
     * Takes what is found, in the order in which it lies.
     */
    public interface Handler
    {
        /**
         * A whole record with a right checksum; behind damage also such as do not count.
         *
         * @param recordNumber of the record.
         * @param place        where it lies; text when asked for.
         * @param buffer       that holds the message, borrowed for the call.
         * @param offset       of the message's first byte.
         * @param length       of the message in bytes.
         * @return whether the record counts.
         */
        boolean onRecord(long recordNumber, Object place, DirectBuffer buffer, int offset, int length);

        /**
         * Something that is not a whole record, where one could be.
         *
         * @param complete whether it says that it was written completely.
         * @param place    where it lies; text when asked for.
         */
        void onDamage(boolean complete, Object place);
    }

    /**
     * What counts of one segment.
     *
     * @param number            of the segment.
     * @param path              of its file.
     * @param firstRecordNumber that counts; 0 if none does.
     * @param lastRecordNumber  that counts; 0 if none does.
     * @param length            of the file up to behind the last record that counts, in bytes.
     * @param ended             whether nothing lies behind that.
     */
    public record Segment(
        int number, Path path, long firstRecordNumber, long lastRecordNumber, long length, boolean ended)
    {
    }

    private static final long STILLNESS_NS = 20_000_000L;

    private final Path directory;
    private final Manifest manifest;
    private final RecordFrame frame;
    private final SegmentScanner scanner;
    private long lastRecordNumber;

    /**
     * A scan of a journal.
     *
     * @param directory that holds it.
     * @throws JournalException if there is none.
     */
    public JournalScan(final Path directory)
    {
        this.directory = directory;
        manifest = Manifest.load(directory);
        frame = new RecordFrame(manifest.checksumKey());
        scanner = new SegmentScanner(frame);
    }

    /**
     * Goes through all segments.
     *
     * @param handler to be told.
     * @return the segments, by rising number.
     * @throws JournalException if a file is missing or cannot be read, or if retention takes one meanwhile.
     */
    public List<Segment> run(final Handler handler)
    {
        final List<JournalDirectory.SegmentFile> files =
            new JournalDirectory(directory, (channel, metadata) -> channel.force(metadata)).segments();
        // What retention was about to delete when the process ended does not count.
        files.removeIf(file -> file.number() < manifest.firstSegment());
        verifyComplete(files);
        final List<Segment> segments = new ArrayList<>();
        for (final JournalDirectory.SegmentFile file : files)
        {
            try (scanner)
            {
                scanner.open(file.path(), 0);
                segments.add(runSegment(file, handler));
            }
            catch (final NoSuchFileException ex)
            {
                throw missing("lacks the file of segment " + file.number());
            }
            catch (final IOException ex)
            {
                throw JournalDirectory.unreadable(file.path(), ex);
            }
        }
        if (!segments.isEmpty() && segments.get(0).firstRecordNumber() > manifest.firstRecordNumber())
        {
            throw missing("begins with record " + segments.get(0).firstRecordNumber() + " where record " +
                manifest.firstRecordNumber() + " should be");
        }
        return segments;
    }

    /**
     * A record that was on the device, whatever the segments say.
     *
     * @return its number.
     */
    public long durableRecordNumber()
    {
        return manifest.durableRecordNumber();
    }

    Manifest manifest()
    {
        return manifest;
    }

    private void verifyComplete(final List<JournalDirectory.SegmentFile> files)
    {
        int expected = manifest.firstSegment();
        for (final JournalDirectory.SegmentFile file : files)
        {
            if (file.number() != expected)
            {
                throw missing("lacks the file of segment " + expected);
            }
            expected++;
        }
        if (expected <= manifest.lastSegment())
        {
            throw missing("lacks the file of segment " + expected);
        }
    }

    /** Not missing if it is no longer part of the journal: then it is in use, or was when this scan began. */
    private JournalException missing(final String what)
    {
        if (Manifest.load(directory).firstSegment() > manifest.firstSegment())
        {
            return new JournalException(
                JournalException.Reason.REFUSED,
                "Retention has taken segments of the journal " + directory + " while it was read: read it again.");
        }
        return new JournalException(
            JournalException.Reason.BURNT_IDENTITY,
            "The journal " + directory + " " + what + ": put the missing file back, or leave the replica stopped " +
                "until the administrators have configured new keys for it.");
    }

    private Segment runSegment(final JournalDirectory.SegmentFile file, final Handler handler) throws IOException
    {
        long first = 0;
        long last = 0;
        long length = 0;
        boolean following = true;
        boolean more = true;
        boolean ended = true;
        while (more)
        {
            final SegmentScanner.Finding finding = following ? scanner.next() : searched();
            switch (finding)
            {
                case RECORD ->
                {
                    lastRecordNumber = Math.max(lastRecordNumber, scanner.recordNumber());
                    if (handler.onRecord(
                        scanner.recordNumber(), scanner, scanner.buffer(), scanner.messageOffset(),
                        scanner.messageLength()))
                    {
                        first = 0 == first ? scanner.recordNumber() : first;
                        last = scanner.recordNumber();
                        length = scanner.nextPosition();
                    }
                }
                case DAMAGE ->
                {
                    handler.onDamage(true, scanner);
                    following = false;
                    ended = false;
                }
                case END ->
                {
                    // A writer that is at work right now is not damage; where none is, nothing moves.
                    more = following && scanner.isFollowedByBytes() && isStill();
                    if (more)
                    {
                        final String place = scanner.toString();
                        handler.onDamage(scanner.skipUnpublished(lastRecordNumber + 1), place);
                        following = false;
                        ended = false;
                    }
                }
                default -> more = false;
            }
        }
        return new Segment(file.number(), file.path(), first, last, length, ended);
    }

    private boolean isStill() throws IOException
    {
        LockSupport.parkNanos(STILLNESS_NS);
        return SegmentScanner.Finding.END == scanner.peek();
    }

    private SegmentScanner.Finding searched() throws IOException
    {
        return scanner.search() ? SegmentScanner.Finding.RECORD : SegmentScanner.Finding.END;
    }
}
