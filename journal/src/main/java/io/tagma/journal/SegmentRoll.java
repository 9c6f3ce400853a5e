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
import java.nio.file.Path;

/**
 * Which segment the writer is in, and how it comes to the next one. The writer's thread, but
 * {@link #segmentNumber()}.
 */
final class SegmentRoll
{
    private final SegmentList segments;
    private final SegmentSupply supply;
    private final long segmentLength;
    private SegmentAppender appender;
    private volatile int segmentNumber;
    private boolean isNextWanted;

    SegmentRoll(final SegmentList segments, final SegmentSupply supply, final long segmentLength)
    {
        this.segments = segments;
        this.supply = supply;
        this.segmentLength = segmentLength;
        segmentNumber = segments.lastNumber();
    }

    /**
     * What appends to the current segment.
     *
     * @return null before the first.
     */
    SegmentAppender appender()
    {
        return appender;
    }

    /**
     * Segment that is written to. Any thread.
     *
     * @return its number; no record so far is in a later one.
     */
    int segmentNumber()
    {
        return segmentNumber;
    }

    boolean isFull()
    {
        return appender.position() >= segmentLength;
    }

    /**
     * Goes on to the next segment, where room for its first record is claimed.
     *
     * @param firstRecordNumber of the segment.
     * @throws IOException if it cannot be made.
     */
    void next(final long firstRecordNumber) throws IOException
    {
        final int number = segmentNumber + 1;
        final SegmentAppender before = appender;
        if (null != before)
        {
            before.rollBack();
        }
        appender = supply.take(number);
        if (null != before)
        {
            supply.leave(before);
        }
        segments.add(new JournalDirectory.SegmentFile(number, file(number)), firstRecordNumber);
        segmentNumber = number;
        isNextWanted = false;
    }

    private Path file(final int number)
    {
        return JournalDirectory.segment(supply.run(number), number);
    }

    /**
     * A record was appended.
     *
     * @return whether half of the segment is full, which is said once.
     */
    boolean isNextWanted()
    {
        if (isNextWanted || appender.position() < segmentLength / 2)
        {
            return false;
        }
        isNextWanted = true;
        supply.want(segmentNumber + 1);
        return true;
    }

    /**
     * Closes all segments.
     *
     * @param failed whether what is claimed had better not be touched.
     * @throws IOException if what was ready and not used cannot be deleted.
     */
    void close(final boolean failed) throws IOException
    {
        if (null != appender)
        {
            if (!failed)
            {
                appender.rollBack();
            }
            appender.close();
        }
        supply.close();
    }

    /**
     * After closing: gives back what was mapped ahead.
     *
     * @throws IOException if the file cannot be cut.
     */
    void cutUnused() throws IOException
    {
        appender.cutUnused(file(segmentNumber));
    }
}
