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
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * Gets a {@link ChronicleJournal}'s records on to the device, deletes segments that nothing needs, and has the pages
 * and the segment that come next ready before the writer needs them. To be run on a thread of its own with
 * {@link #idleStrategy()}, or called by the writer itself where one thread does everything.
 * <p>
 * One failed fsync is the end: the kernel may have dropped the pages and will call the next one a success. The failure
 * is kept, and the writer's next call throws it.
 */
public final class JournalSyncer implements Agent
{
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long READ_AHEAD_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long SPACE_CHECK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final ChronicleJournal journal;
    private final JournalContext context;
    private final JournalDirectory directory;
    private final SegmentList segments;
    private final SegmentSupply supply;
    private final SegmentReadAhead readAhead;
    private final WakeUp wakeUp = new WakeUp();

    private volatile long requestedRecordNumber;
    private volatile long durableRecordNumber;
    private volatile long retainedRecordNumber;
    private volatile boolean isBlockNew;
    private volatile JournalException failure;

    private Manifest manifest;
    private FileChannel channel;
    private int forcedSegment;
    private long nextSpaceCheckNs;

    JournalSyncer(
        final ChronicleJournal journal,
        final JournalContext context,
        final JournalDirectory directory,
        final SegmentList segments,
        final SegmentSupply supply,
        final Manifest manifest)
    {
        this.journal = journal;
        this.context = context;
        this.directory = directory;
        this.segments = segments;
        this.supply = supply;
        this.manifest = manifest;
        forcedSegment = segments.lastNumber() + 1;
        readAhead = new SegmentReadAhead(segments);
        nextSpaceCheckNs = System.nanoTime() + SPACE_CHECK_INTERVAL_NS;
    }

    @Override
    public String roleName()
    {
        return "journal-syncer";
    }

    @Override
    public int doWork()
    {
        int workCount = 0;
        if (null == failure)
        {
            if (isSyncDue())
            {
                sync();
                workCount++;
            }
            readAhead();
            workCount += supply.doWork();
            workCount += retire();
            checkSpace();
        }
        return workCount;
    }

    /** No work that counts: between its pieces the thread is to sleep, and leave the processor to others. */
    private synchronized void readAhead()
    {
        if (isBlockNew)
        {
            // Before it looks: a block that is new from here on is looked for again.
            isBlockNew = false;
            if (readAhead.doWork(journal.segmentNumber()) > 0)
            {
                isBlockNew = true;
            }
        }
    }

    /** @return bytes read ahead so far; for the thread that runs this. */
    long readAheadLength()
    {
        return readAhead.totalLength();
    }

    /**
     * The writer has come to a new block of its file. The writer's thread.
     */
    void onNewBlock()
    {
        isBlockNew = true;
        wakeUp.wake();
    }

    /**
     * The writer will come to the end of its segment. The writer's thread.
     */
    void onNextSegmentWanted()
    {
        wakeUp.wake();
    }

    /**
     * Idles by sleeping until a sync is asked for.
     *
     * @return a strategy for the one thread that runs this agent.
     */
    public IdleStrategy idleStrategy()
    {
        return wakeUp;
    }

    void requestSync(final long recordNumber)
    {
        throwFailure();
        if (recordNumber > requestedRecordNumber)
        {
            requestedRecordNumber = recordNumber;
            wakeUp.wake();
        }
    }

    void retainFrom(final long recordNumber)
    {
        if (recordNumber > retainedRecordNumber)
        {
            retainedRecordNumber = recordNumber;
        }
    }

    long durableRecordNumber()
    {
        return durableRecordNumber;
    }

    void throwFailure()
    {
        final JournalException failed = failure;
        if (null != failed)
        {
            throw failed;
        }
    }

    /**
     * Forces everything appended so far. Any thread; a failure is kept, not thrown.
     */
    synchronized void sync()
    {
        if (null != failure)
        {
            return;
        }
        final long target = journal.lastRecordNumber();
        // Read after the record number: a record is never in a later segment than this.
        final int segment = journal.segmentNumber();
        try
        {
            final boolean rolled = null == channel || forcedSegment < segment;
            force(segment);
            durableRecordNumber = Math.max(durableRecordNumber, target);
            if (rolled)
            {
                storeManifest();
            }
        }
        catch (final IOException ex)
        {
            failure = new JournalException(
                JournalException.Reason.FAILED,
                "The journal " + directory.path() + " cannot be forced to the device (" + ex.getMessage() +
                    "): the replica stops, what it wrote last may be lost; check the device, then start again.",
                ex);
        }
    }

    private void force(final int segment) throws IOException
    {
        if (null == channel)
        {
            openSegment();
        }
        while (forcedSegment < segment)
        {
            forceChannel(true);
            channel.close();
            forcedSegment++;
            openSegment();
        }
        forceChannel(false);
    }

    private void openSegment() throws IOException
    {
        channel = FileChannel.open(
            segments.file(forcedSegment).path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        forceChannel(true);
        directory.force(segments.file(forcedSegment).path().getParent());
        // The run got its name when it came into use.
        directory.force(directory.path());
    }

    private void forceChannel(final boolean metadata) throws IOException
    {
        try
        {
            context.forcer().force(channel, metadata);
        }
        catch (final ClosedByInterruptException ex)
        {
            // Whoever stops this thread by an interrupt closes the channel with it: no word of the device's.
            final boolean interrupted = Thread.interrupted();
            channel = FileChannel.open(
                segments.file(forcedSegment).path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            context.forcer().force(channel, true);
            if (interrupted)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Stores how far the journal reaches, as a start must find it.
     *
     * @throws IOException if it cannot be stored.
     */
    synchronized void storeManifest() throws IOException
    {
        manifest = manifest.withLast(forcedSegment, durableRecordNumber);
        manifest.store(directory, context.forcer());
    }

    private synchronized int retire()
    {
        final JournalDirectory.SegmentFile oldest =
            context.archive() ? null : segments.oldestBelow(retainedRecordNumber);
        // What the writer or an fsync may still touch stays.
        if (null == oldest || oldest.number() >= forcedSegment)
        {
            return 0;
        }
        try
        {
            manifest = manifest.withFirst(oldest.number() + 1, segments.firstRecordNumberAfterOldest());
            manifest.store(directory, context.forcer());
            segments.removeOldest();
            directory.delete(oldest);
        }
        catch (final IOException ex)
        {
            failure = new JournalException(
                JournalException.Reason.FAILED,
                "The segment " + oldest.path() + " that is not needed any more cannot be deleted: " + ex + ".",
                ex);
        }
        return 1;
    }

    private void checkSpace()
    {
        final long nowNs = System.nanoTime();
        if (nowNs - nextSpaceCheckNs >= 0)
        {
            nextSpaceCheckNs = nowNs + SPACE_CHECK_INTERVAL_NS;
            try
            {
                context.verifyFreeSpace();
            }
            catch (final JournalException ex)
            {
                failure = ex;
            }
        }
    }

    synchronized void releaseFiles()
    {
        readAhead.close();
        if (null != channel)
        {
            try
            {
                channel.close();
            }
            catch (final IOException ex)
            {
                // Everything that counts was forced before; the descriptor goes with the process.
                channel = null;
            }
            channel = null;
        }
    }

    @Override
    public void onClose()
    {
        wakeUp.wake();
    }

    private boolean isSyncDue()
    {
        return requestedRecordNumber > durableRecordNumber && null == failure;
    }

    /**
     * Parks the syncer's thread, and unparks it for the price of one volatile read where it is awake.
     */
    private final class WakeUp implements IdleStrategy
    {
        private volatile Thread parked;

        @Override
        public void idle(final int workCount)
        {
            if (0 == workCount)
            {
                idle();
            }
        }

        @Override
        public void idle()
        {
            parked = Thread.currentThread();
            // A request between the agent's last look and the announcement found nobody to wake.
            if (!isSyncDue())
            {
                LockSupport.parkNanos(this, isBlockNew ? READ_AHEAD_PARK_NS : MAX_PARK_NS);
            }
            parked = null;
        }

        @Override
        public void reset()
        {
            parked = null;
        }

        void wake()
        {
            final Thread thread = parked;
            if (null != thread)
            {
                LockSupport.unpark(thread);
            }
        }
    }
}
