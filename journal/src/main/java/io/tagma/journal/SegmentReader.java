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
import java.util.List;

/**
 * Reads a {@link ChronicleJournal} from its files, also one that another process writes to, and that retention takes
 * segments from meanwhile: one that is open stays readable, and in the place of one that is gone comes the oldest left.
 */
final class SegmentReader implements JournalReader
{
    private static final int SEGMENT_SHIFT = 32;
    private static final long OFFSET_MASK = 0xFFFF_FFFFL;

    private final JournalDirectory directory;
    private final SegmentScanner scanner;
    private JournalDirectory.SegmentFile current;

    SegmentReader(final Path path)
    {
        directory = new JournalDirectory(path, (channel, metadata) -> channel.force(metadata));
        scanner = new SegmentScanner(new RecordFrame(Manifest.load(path).checksumKey()));
    }

    @Override
    public int poll(final RecordHandler handler, final int limit)
    {
        int count = 0;
        try
        {
            while (count < limit && (null != current || openAbove(-1)))
            {
                final SegmentScanner.Finding finding = scanner.next();
                if (SegmentScanner.Finding.RECORD == finding)
                {
                    hand(handler);
                    count++;
                }
                else if (SegmentScanner.Finding.DAMAGE == finding)
                {
                    throw new JournalException(
                        JournalException.Reason.REFUSED, "The journal is damaged at " + scanner + ".");
                }
                else if (!toNextSegment(finding))
                {
                    return count;
                }
            }
        }
        catch (final IOException ex)
        {
            throw JournalDirectory.unreadable(directory.path(), ex);
        }
        return count;
    }

    private void hand(final RecordHandler handler)
    {
        handler.onRecord(
            scanner.recordNumber(),
            ((long)current.number() << SEGMENT_SHIFT) | scanner.documentPosition(),
            scanner.buffer(),
            scanner.messageOffset(),
            scanner.messageLength());
    }

    /**
     * At the end of a segment: a later one says that nothing more will come here.
     */
    private boolean toNextSegment(final SegmentScanner.Finding atEnd) throws IOException
    {
        final JournalDirectory.SegmentFile next = SegmentScanner.Finding.CLOSED == atEnd ?
            segmentAbove(current.number()) : directory.following(current);
        if (null == next)
        {
            return false;
        }
        // What was appended between our look and the roll must not be passed over.
        if (SegmentScanner.Finding.END == atEnd && SegmentScanner.Finding.RECORD == scanner.peek())
        {
            return true;
        }
        return open(next, 0) || openAbove(next.number());
    }

    /** The oldest one above a number that is still there when it is opened. */
    private boolean openAbove(final int number) throws IOException
    {
        JournalDirectory.SegmentFile next = segmentAbove(number);
        while (null != next && !open(next, 0))
        {
            next = segmentAbove(next.number());
        }
        return null != next;
    }

    private JournalDirectory.SegmentFile segmentAbove(final int number)
    {
        for (final JournalDirectory.SegmentFile segment : directory.segments())
        {
            if (segment.number() > number)
            {
                return segment;
            }
        }
        return null;
    }

    /** Not if retention has taken it since it was listed, and all before it. */
    private boolean open(final JournalDirectory.SegmentFile segment, final long offset) throws IOException
    {
        current = null;
        try
        {
            scanner.open(segment.path(), offset);
            current = segment;
            return true;
        }
        catch (final NoSuchFileException ex)
        {
            return false;
        }
    }

    @Override
    public void seek(final long position)
    {
        final int number = (int)(position >>> SEGMENT_SHIFT);
        try
        {
            if (null != current && current.number() == number && scanner.isOpen() && START_POSITION != position)
            {
                scanner.moveTo(position & OFFSET_MASK);
                return;
            }
            final JournalDirectory.SegmentFile segment = segmentAbove(number - 1);
            if (null == segment || segment.number() != number || !open(segment, position & OFFSET_MASK))
            {
                current = null;
                openAbove(-1);
            }
        }
        catch (final IOException ex)
        {
            throw JournalDirectory.unreadable(directory.path(), ex);
        }
    }

    @Override
    public void seekToRecord(final long recordNumber)
    {
        try
        {
            openSegmentOf(recordNumber);
            while (null != current)
            {
                final SegmentScanner.Finding finding = scanner.peek();
                if (SegmentScanner.Finding.RECORD == finding)
                {
                    if (scanner.recordNumber() >= recordNumber)
                    {
                        return;
                    }
                    scanner.next();
                }
                else if (!toNextSegment(finding))
                {
                    return;
                }
            }
        }
        catch (final IOException ex)
        {
            throw JournalDirectory.unreadable(directory.path(), ex);
        }
    }

    private void openSegmentOf(final long recordNumber) throws IOException
    {
        final List<JournalDirectory.SegmentFile> segments = directory.segments();
        current = null;
        for (int i = segments.size() - 1; i >= 0; i--)
        {
            if (!open(segments.get(i), 0))
            {
                openAbove(-1);
                return;
            }
            if (SegmentScanner.Finding.RECORD == scanner.peek() && scanner.recordNumber() <= recordNumber)
            {
                return;
            }
        }
    }

    @Override
    public void onlyHeads(final boolean isOnlyHeads)
    {
        scanner.onlyHeads(isOnlyHeads);
    }

    @Override
    public void close()
    {
        scanner.close();
        current = null;
    }
}
