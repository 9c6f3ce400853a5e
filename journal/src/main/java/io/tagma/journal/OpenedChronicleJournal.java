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
import java.util.List;

import org.agrona.DirectBuffer;

import io.tagma.codecs.journal.Durability;

/**
 * Recovery of a {@link ChronicleJournal}: holds the lock, has judged all records, and has repaired the tail.
 */
public final class OpenedChronicleJournal implements OpenedJournal
{
    private static final int REPLAY_LIMIT = 1024;

    private final JournalContext context;
    private final JournalDirectory directory;
    private final RecoveryRules rules;
    private final SegmentList segments = new SegmentList();
    private final Manifest manifest;
    private JournalLock lock;

    OpenedChronicleJournal(final JournalContext context)
    {
        this.context = context.conclude();
        directory = new JournalDirectory(context.directory(), context.forcer());
        // Where there is no journal nothing is made, no lock either.
        Manifest.load(context.directory());
        lock = JournalLock.acquire(context.directory());
        boolean opened = false;
        try
        {
            final JournalScan scan = new JournalScan(context.directory());
            rules = new RecoveryRules(context.identity(), scan.durableRecordNumber());
            final List<JournalScan.Segment> found = scan.run(new ToRules(rules));
            rules.conclude(context.bootId(), context.directory().toString());
            manifest = repaired(scan.manifest(), found);
            addSegments(found);
            opened = true;
        }
        finally
        {
            if (!opened)
            {
                close();
            }
        }
    }

    /**
     * Tells the rules what a scan finds.
     *
     * @param rules to be told.
     */
    private record ToRules(RecoveryRules rules) implements JournalScan.Handler
    {
        @Override
        public boolean onRecord(
            final long recordNumber, final Object place, final DirectBuffer buffer, final int offset, final int length)
        {
            return rules.onRecord(recordNumber, place, buffer, offset, length);
        }

        @Override
        public void onDamage(final boolean complete, final Object place)
        {
            rules.onDamage(complete, place);
        }
    }

    private Manifest repaired(final Manifest found, final List<JournalScan.Segment> scanned)
    {
        try
        {
            deleteRetired(found);
            if (rules.isClean() && !rules.isDamaged())
            {
                return found;
            }
            final RecordFrame frame = new RecordFrame(found.checksumKey());
            return new TailRepair(directory, context, frame).run(scanned, rules.durableRecordNumber(), found);
        }
        catch (final IOException ex)
        {
            throw new JournalException(
                JournalException.Reason.FAILED,
                "What lies behind the last barrier of the journal " + directory.path() + " cannot be written anew (" +
                    ex.getMessage() + "): check the device, then start again.",
                ex);
        }
    }

    /**
     * Finishes what retention was about when the last process ended.
     */
    private void deleteRetired(final Manifest found) throws IOException
    {
        for (final JournalDirectory.SegmentFile file : directory.segments())
        {
            if (file.number() < found.firstSegment())
            {
                directory.delete(file);
            }
        }
    }

    private void addSegments(final List<JournalScan.Segment> scanned)
    {
        for (final JournalScan.Segment segment : scanned)
        {
            if (0 != segment.lastRecordNumber())
            {
                segments.add(
                    new JournalDirectory.SegmentFile(segment.number(), segment.path()), segment.firstRecordNumber());
            }
        }
    }

    @Override
    public void replay(final RecordHandler handler)
    {
        verifyUsable();
        try (JournalReader reader = new SegmentReader(directory.path()))
        {
            while (reader.poll(handler, REPLAY_LIMIT) > 0)
            {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public ChronicleJournal start(final Durability durability, final boolean amnesiac, final long awaitedSequence)
    {
        verifyUsable();
        rules.verifyStart(amnesiac, awaitedSequence);
        context.verifyFreeSpace();
        final JournalLock held = lock;
        lock = null;
        final StartFacts facts = new StartFacts(
            context.identity(), context.bootId(), incarnation(), durability, amnesiac, awaitedSequence);
        return JournalStart.run(context, held, manifest, segments, facts, rules.lastRecordNumber());
    }

    private void verifyUsable()
    {
        if (null == lock)
        {
            throw new IllegalStateException("The opened journal is used up.");
        }
    }

    @Override
    public long incarnation()
    {
        return rules.lastIncarnation() + 1;
    }

    @Override
    public boolean hasStarted()
    {
        return rules.hasStarted();
    }

    @Override
    public boolean isClean()
    {
        return rules.isClean();
    }

    @Override
    public boolean isTailAmnesia()
    {
        return rules.isTailAmnesia();
    }

    @Override
    public boolean isAmnesiaOpen()
    {
        return rules.isAmnesiaOpen();
    }

    @Override
    public long awaitedSequence()
    {
        return rules.awaitedSequence();
    }

    @Override
    public long firstRecordNumber()
    {
        return rules.firstRecordNumber();
    }

    @Override
    public long lastRecordNumber()
    {
        return rules.lastRecordNumber();
    }

    /**
     * Directory that holds the journal.
     *
     * @return the directory.
     */
    public Path directory()
    {
        return directory.path();
    }

    @Override
    public void close()
    {
        if (null != lock)
        {
            lock.close();
            lock = null;
        }
    }
}
