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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Before a start trusts what lies behind the last barrier, it writes it anew: what does not count is gone afterwards,
 * and what counts is on the device, even if an earlier fsync failed and left pages that only look clean. A crash in the
 * middle leaves a journal that the next start judges in the same way.
 */
final class TailRepair
{
    private static final String COPY_SUFFIX = ".copy";

    private final JournalDirectory directory;
    private final JournalContext context;
    private final RecordFrame frame;

    TailRepair(final JournalDirectory directory, final JournalContext context, final RecordFrame frame)
    {
        this.directory = directory;
        this.context = context;
        this.frame = frame;
    }

    /**
     * Leaves exactly what counts.
     *
     * @param segments            as scanned, by rising number.
     * @param durableRecordNumber on the device for certain: segments that hold nothing above it and nothing that does
     *                            not count stay as they are.
     * @param manifest            of the journal.
     * @return the manifest now.
     * @throws IOException if it cannot be done.
     */
    Manifest run(
        final List<JournalScan.Segment> segments, final long durableRecordNumber, final Manifest manifest)
        throws IOException
    {
        context.verifyFreeSpace();
        int lastKept = manifest.firstSegment();
        for (final JournalScan.Segment segment : segments)
        {
            if (0 != segment.lastRecordNumber())
            {
                lastKept = segment.number();
            }
        }
        // First the manifest, which would else miss what is deleted next.
        final Manifest next = manifest.withLast(lastKept, Math.min(durableRecordNumber, lastRecordNumber(segments)));
        next.store(directory, context.forcer());
        for (int i = segments.size() - 1; i >= 0; i--)
        {
            final JournalScan.Segment segment = segments.get(i);
            if (segment.number() > lastKept)
            {
                directory.delete(new JournalDirectory.SegmentFile(segment.number(), segment.path()));
            }
            else if (!segment.ended() || segment.lastRecordNumber() > durableRecordNumber)
            {
                copy(segment);
            }
        }
        return next;
    }

    private static long lastRecordNumber(final List<JournalScan.Segment> segments)
    {
        long last = 0;
        for (final JournalScan.Segment segment : segments)
        {
            last = Math.max(last, segment.lastRecordNumber());
        }
        return last;
    }

    private void copy(final JournalScan.Segment segment) throws IOException
    {
        final Path copy = segment.path().resolveSibling(segment.path().getFileName() + COPY_SUFFIX);
        try (FileChannel from = FileChannel.open(segment.path(), StandardOpenOption.READ);
            FileChannel to = FileChannel.open(
                copy, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))
        {
            long done = 0;
            while (done < segment.length())
            {
                final long count = from.transferTo(done, segment.length() - done, to);
                if (count <= 0)
                {
                    throw new IOException("it ends at byte " + done + " while it is copied");
                }
                done += count;
            }
            context.forcer().force(to, true);
        }
        verifyCopy(copy, segment);
        Files.move(copy, segment.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        directory.force(segment.path().getParent());
    }

    private void verifyCopy(final Path copy, final JournalScan.Segment segment) throws IOException
    {
        try (SegmentScanner scanner = new SegmentScanner(frame))
        {
            scanner.open(copy, 0);
            long last = 0;
            while (SegmentScanner.Finding.RECORD == scanner.next())
            {
                last = scanner.recordNumber();
            }
            if (last != segment.lastRecordNumber())
            {
                throw new IOException("its copy ends with record " + last + ", not " + segment.lastRecordNumber());
            }
        }
    }
}
