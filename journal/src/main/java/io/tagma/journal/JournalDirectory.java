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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Where a journal's files lie.
 * <pre>
 *   journal.lock        held by the process that writes
 *   journal.manifest    what cannot be seen from the segments, see {@link Manifest}
 *   run-0000000000/     a queue of Chronicle for each segment, appended to by one process only
 *     19700101-00F.cq4  segment 0
 *   run-0000000001/
 *     19700101-01F.cq4  segment 1
 *   next-0000000002/    segment 2 before its first record; deleted by the next start if it never got one
 *     19700101-02F.cq4
 * </pre>
 * Chronicle names files by the hour; the hour since 1970 is our segment number, which rises by one over all runs.
 */
final class JournalDirectory
{
    static final String SEGMENT_SUFFIX = ".cq4";
    private static final String RUN_PREFIX = "run-";
    private static final String NEXT_PREFIX = "next-";
    private static final long SECONDS_PER_HOUR = 3600;
    private static final DateTimeFormatter SEGMENT_NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HH'F'", Locale.ROOT);
    private static final Comparator<SegmentFile> BY_NUMBER = Comparator.comparingInt(SegmentFile::number);

    /**
     * A segment and its file.
     *
     * @param number of the segment.
     * @param path   of its file.
     */
    record SegmentFile(int number, Path path)
    {
    }

    private final Path directory;
    private final JournalContext.Forcer forcer;

    JournalDirectory(final Path directory, final JournalContext.Forcer forcer)
    {
        this.directory = directory;
        this.forcer = forcer;
    }

    Path path()
    {
        return directory;
    }

    Path run(final int segmentNumber)
    {
        return directory.resolve(String.format(Locale.ROOT, "%s%010d", RUN_PREFIX, segmentNumber));
    }

    /**
     * Where a segment lies that is ready and not in use: no reader sees it there.
     */
    Path next(final int segmentNumber)
    {
        return directory.resolve(String.format(Locale.ROOT, "%s%010d", NEXT_PREFIX, segmentNumber));
    }

    static Path segment(final Path run, final int number)
    {
        final LocalDateTime hour = LocalDateTime.ofEpochSecond(number * SECONDS_PER_HOUR, 0, ZoneOffset.UTC);
        return run.resolve(SEGMENT_NAME.format(hour) + SEGMENT_SUFFIX);
    }

    /**
     * All segments there are.
     *
     * @return by rising number.
     */
    List<SegmentFile> segments()
    {
        final List<SegmentFile> found = new ArrayList<>();
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(directory, RUN_PREFIX + "*"))
        {
            for (final Path run : runs)
            {
                addSegments(run, found);
            }
        }
        catch (final IOException ex)
        {
            throw unreadable(directory, ex);
        }
        found.sort(BY_NUMBER);
        for (int i = 1; i < found.size(); i++)
        {
            if (found.get(i - 1).number() == found.get(i).number())
            {
                throw new JournalException(
                    JournalException.Reason.REFUSED,
                    "The journal " + directory + " has two files for one segment, " + found.get(i - 1).path() +
                        " and " + found.get(i).path() + ": files were copied into it.");
            }
        }
        return found;
    }

    /**
     * Deletes what was ready and never came into use.
     *
     * @throws IOException if it cannot be.
     */
    void deleteUnused() throws IOException
    {
        try (DirectoryStream<Path> unused = Files.newDirectoryStream(directory, NEXT_PREFIX + "*"))
        {
            for (final Path next : unused)
            {
                deleteRun(next);
            }
        }
    }

    /**
     * The segment behind one, without listing directories: asked again and again at the end of a live journal.
     *
     * @param segment that is there, or was.
     * @return the one behind it; null if there is none yet.
     */
    SegmentFile following(final SegmentFile segment)
    {
        final int number = segment.number() + 1;
        final Path inRun = segment(segment.path().getParent(), number);
        if (Files.exists(inRun))
        {
            return new SegmentFile(number, inRun);
        }
        final Path inNextRun = segment(run(number), number);
        if (Files.exists(inNextRun))
        {
            return new SegmentFile(number, inNextRun);
        }
        if (Files.exists(segment.path()))
        {
            return null;
        }
        return segments().stream().filter(other -> other.number() > segment.number()).findFirst().orElse(null);
    }

    private static void addSegments(final Path run, final List<SegmentFile> found)
    {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(run, "*" + SEGMENT_SUFFIX))
        {
            for (final Path file : files)
            {
                found.add(new SegmentFile(numberOf(file), file));
            }
        }
        catch (final NoSuchFileException ex)
        {
            return; // Retention has taken the run since it was listed.
        }
        catch (final IOException | DateTimeException ex)
        {
            throw unreadable(run, ex);
        }
    }

    private static int numberOf(final Path file)
    {
        final String name = file.getFileName().toString();
        final String hour = name.substring(0, name.length() - SEGMENT_SUFFIX.length());
        return Math.toIntExact(
            LocalDateTime.parse(hour, SEGMENT_NAME).toEpochSecond(ZoneOffset.UTC) / SECONDS_PER_HOUR);
    }

    /**
     * Deletes a segment, and its run if it was the last in it.
     *
     * @param segment to be deleted.
     * @throws IOException if it cannot be.
     */
    void delete(final SegmentFile segment) throws IOException
    {
        final Path run = segment.path().getParent();
        Files.deleteIfExists(segment.path());
        force(run);
        final List<SegmentFile> left = new ArrayList<>();
        addSegments(run, left);
        if (left.isEmpty())
        {
            deleteRun(run);
        }
    }

    /**
     * Deletes a run that holds no segment.
     *
     * @param run to be deleted, if it is there.
     * @throws IOException if it cannot be.
     */
    void deleteRun(final Path run) throws IOException
    {
        if (Files.isDirectory(run))
        {
            try (DirectoryStream<Path> rest = Files.newDirectoryStream(run))
            {
                for (final Path file : rest)
                {
                    Files.delete(file);
                }
            }
            Files.delete(run);
            force(directory);
        }
    }

    /**
     * Has a directory's entries on the device.
     *
     * @param path of the directory.
     * @throws IOException if that cannot be said.
     */
    void force(final Path path) throws IOException
    {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ))
        {
            forcer.force(channel, true);
        }
    }

    static JournalException unreadable(final Path path, final Exception cause)
    {
        return new JournalException(
            JournalException.Reason.REFUSED, "The journal cannot be read at " + path + ": " + cause + ".", cause);
    }
}
