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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

import io.tagma.codecs.journal.Durability;

/**
 * Makes a journal, and begins the run of each start.
 */
final class JournalStart
{
    private JournalStart()
    {
    }

    static void create(final JournalContext context)
    {
        context.conclude();
        final Path path = context.directory();
        try
        {
            Files.createDirectories(path);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path))
            {
                if (entries.iterator().hasNext())
                {
                    throw new JournalException(
                        JournalException.Reason.REFUSED,
                        "The directory " + path + " is not empty: a journal is made once, in a directory of its own.");
                }
            }
        }
        catch (final IOException ex)
        {
            throw JournalDirectory.unreadable(path, ex);
        }
        context.verifyFreeSpace();
        final StartFacts init = new StartFacts(context.identity(), context.bootId(), 0, Durability.PROCESS, false, 0);
        final Manifest manifest = new Manifest(new SecureRandom().nextInt(), 0, 1, 0, 0);
        run(context, JournalLock.acquire(path), manifest, new SegmentList(), init, 0).close();
        try
        {
            final Path parent = path.toAbsolutePath().getParent();
            if (null != parent)
            {
                new JournalDirectory(path, context.forcer()).force(parent);
            }
        }
        catch (final IOException ex)
        {
            throw JournalDirectory.unreadable(path, ex);
        }
    }

    /**
     * Begins a run of its own for a process, and has its first records on the device.
     *
     * @param context          of the journal.
     * @param lock             that is held, and let go if this fails.
     * @param manifest         of the journal.
     * @param segments         there are.
     * @param facts            of the start.
     * @param lastRecordNumber so far.
     * @return the journal to append to.
     */
    static ChronicleJournal run(
        final JournalContext context,
        final JournalLock lock,
        final Manifest manifest,
        final SegmentList segments,
        final StartFacts facts,
        final long lastRecordNumber)
    {
        ChronicleJournal journal = null;
        boolean started = false;
        try
        {
            final JournalDirectory directory = new JournalDirectory(context.directory(), context.forcer());
            // What an earlier start left there before any of its records counted.
            directory.deleteRun(directory.run(segments.lastNumber() + 1));
            directory.deleteUnused();
            journal = new ChronicleJournal(context, lock, manifest, segments, facts, lastRecordNumber);
            journal.begin();
            started = true;
            return journal;
        }
        catch (final IOException ex)
        {
            throw JournalDirectory.unreadable(context.directory(), ex);
        }
        finally
        {
            if (!started)
            {
                if (null != journal)
                {
                    journal.abandon();
                }
                lock.close();
            }
        }
    }
}
