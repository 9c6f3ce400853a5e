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
import java.util.concurrent.atomic.AtomicLong;

import org.agrona.MutableDirectBuffer;

import io.tagma.codecs.journal.AmnesiaEndDecoder;

/**
 * A journal on disk: records are encoded straight into the mapped files of a Chronicle Queue, one queue for each start
 * of the process. Chronicle only ever writes files that this process has made, and never reads one back: what a crash
 * left behind is judged, cut and read by {@link RecoveryRules}, {@link TailRepair} and {@link SegmentScanner}.
 */
public final class ChronicleJournal implements Journal
{
    private static final long SPACE_CHECK_LENGTH = 4L * 1024 * 1024;

    static
    {
        ChronicleSilence.apply();
    }

    private final JournalContext context;
    private final JournalLock lock;
    private final JournalSyncer syncer;
    private final SegmentRoll roll;
    private final ControlRecords records = new ControlRecords();
    private final AtomicLong lastRecordNumber;

    private StartFacts facts;
    private long uncheckedLength;
    /** Last record that is not a Barrier: a Barrier by itself is no reason to sync, else each sync would cause one. */
    private long lastSubstantialNumber;
    private long barredRecordNumber;
    private JournalException failure;
    private boolean closed;

    ChronicleJournal(
        final JournalContext context,
        final JournalLock lock,
        final Manifest manifest,
        final SegmentList segments,
        final StartFacts facts,
        final long lastRecordNumber)
    {
        this.context = context;
        this.lock = lock;
        this.facts = facts;
        this.lastRecordNumber = new AtomicLong(lastRecordNumber);
        final JournalDirectory directory = new JournalDirectory(context.directory(), context.forcer());
        final SegmentSupply supply =
            new SegmentSupply(directory, context.blockLength(), manifest.checksumKey(), this::onNewBlock);
        roll = new SegmentRoll(segments, supply, context.segmentLength());
        syncer = new JournalSyncer(this, context, directory, segments, supply, manifest);
    }

    private void onNewBlock()
    {
        syncer.onNewBlock();
    }

    /**
     * Makes the journal of one replica, as init does: in a directory that is empty or not there yet.
     *
     * @param context that says where, and whose.
     * @throws JournalException if the directory holds anything, or cannot be written.
     */
    public static void create(final JournalContext context)
    {
        JournalStart.create(context);
    }

    /**
     * Opens a journal after a stop or a crash: judges all of it, and repairs its tail where the rules say so.
     *
     * @param context that says where, and whose.
     * @return the journal, found in order.
     * @throws JournalException if it may not be used; nothing was changed.
     */
    public static OpenedChronicleJournal open(final JournalContext context)
    {
        return new OpenedChronicleJournal(context);
    }

    /**
     * Reads a journal that may be in use by this process or another.
     *
     * @param directory of the journal.
     * @return a reader at the oldest record.
     * @throws JournalException if there is no journal.
     */
    public static JournalReader reader(final Path directory)
    {
        return new SegmentReader(directory);
    }

    /**
     * Has the head of this run's first segment on the device, before anything else is written or sent.
     */
    void begin()
    {
        beginSegment();
        syncer.sync();
        syncer.throwFailure();
        appendBarrier();
    }

    /**
     * What gets the records on to the device; to be run on a thread of its own, or called between the writer's calls.
     *
     * @return the agent.
     */
    public JournalSyncer syncer()
    {
        return syncer;
    }

    @Override
    public MutableDirectBuffer claim(final int length)
    {
        if (length < RecordFrame.MIN_MESSAGE_LENGTH || length > RecordFrame.MAX_MESSAGE_LENGTH)
        {
            throw new IllegalArgumentException("A record's message has " + RecordFrame.MIN_MESSAGE_LENGTH + " to " +
                RecordFrame.MAX_MESSAGE_LENGTH + " bytes, not " + length + ".");
        }
        verifyWritable();
        if (uncheckedLength >= SPACE_CHECK_LENGTH)
        {
            checkSpace();
        }
        if (roll.isFull())
        {
            beginSegment();
            syncer.requestSync(lastSubstantialNumber);
        }
        return claimFrame(length);
    }

    @Override
    public long commit()
    {
        final boolean endsAmnesia = roll.appender().isClaimed() &&
            AmnesiaEndDecoder.TEMPLATE_ID == ControlRecords.templateId(roll.appender().message(), 0);
        final long recordNumber = commitFrame();
        lastSubstantialNumber = recordNumber;
        if (endsAmnesia)
        {
            facts = facts.withoutAmnesia();
        }
        return recordNumber;
    }

    private MutableDirectBuffer claimFrame(final int length)
    {
        try
        {
            return roll.appender().claim(length);
        }
        catch (final InternalError | RuntimeException ex)
        {
            throw failed(ex);
        }
    }

    private long commitFrame()
    {
        verifyWritable();
        if (!roll.appender().isClaimed())
        {
            throw new IllegalStateException("Nothing is claimed.");
        }
        final long recordNumber = lastRecordNumber.getPlain() + 1;
        try
        {
            uncheckedLength += roll.appender().commit(recordNumber);
        }
        catch (final InternalError | RuntimeException ex)
        {
            throw failed(ex);
        }
        lastRecordNumber.setRelease(recordNumber);
        if (roll.isNextWanted())
        {
            syncer.onNextSegmentWanted();
        }
        return recordNumber;
    }

    /**
     * Every segment stands alone: it begins with whose it is, and with the start that wrote it.
     */
    private void beginSegment()
    {
        try
        {
            roll.next(lastRecordNumber.getPlain() + 1);
        }
        catch (final IOException | InternalError | RuntimeException ex)
        {
            throw failed(ex);
        }
        records.init(roll.appender().message(), facts.identity());
        commit();
        if (!facts.isInit())
        {
            records.start(
                claimFrame(ControlRecords.START_LENGTH),
                facts.bootId(),
                facts.incarnation(),
                facts.awaitedSequence(),
                facts.durability(),
                facts.amnesiac());
            commit();
        }
    }

    private void checkSpace()
    {
        uncheckedLength = 0;
        try
        {
            context.verifyFreeSpace();
        }
        catch (final JournalException ex)
        {
            failure = ex;
            throw ex;
        }
    }

    private void appendBarrier()
    {
        barredRecordNumber = syncer.durableRecordNumber();
        records.barrier(claimFrame(ControlRecords.BARRIER_LENGTH), barredRecordNumber);
        commitFrame();
    }

    @Override
    public long lastRecordNumber()
    {
        return lastRecordNumber.getAcquire();
    }

    /**
     * Segment that is written to. Any thread.
     *
     * @return its number; no record so far is in a later one.
     */
    int segmentNumber()
    {
        return roll.segmentNumber();
    }

    @Override
    public long durableRecordNumber()
    {
        return syncer.durableRecordNumber();
    }

    @Override
    public void requestSync()
    {
        verifyWritable();
        syncer.requestSync(lastSubstantialNumber);
    }

    @Override
    public int doWork()
    {
        verifyWritable();
        syncer.throwFailure();
        if (syncer.durableRecordNumber() > barredRecordNumber && !roll.appender().isClaimed())
        {
            appendBarrier();
            return 1;
        }
        return 0;
    }

    @Override
    public void retainFrom(final long recordNumber)
    {
        syncer.retainFrom(recordNumber);
    }

    @Override
    public JournalReader newReader()
    {
        return new SegmentReader(context.directory());
    }

    @Override
    public void close()
    {
        if (closed)
        {
            return;
        }
        try
        {
            if (null == failure)
            {
                roll.appender().rollBack();
                syncer.sync();
                syncer.throwFailure();
                appendBarrier();
                records.cleanMark(claimFrame(ControlRecords.CLEAN_MARK_LENGTH), facts.incarnation());
                commit();
                syncer.sync();
                syncer.throwFailure();
                syncer.storeManifest();
            }
        }
        catch (final IOException ex)
        {
            throw JournalDirectory.unreadable(context.directory(), ex);
        }
        finally
        {
            final boolean clean = null == failure;
            abandon();
            if (clean)
            {
                cutUnused();
            }
        }
    }

    private void cutUnused()
    {
        try
        {
            roll.cutUnused();
        }
        catch (final IOException ex)
        {
            throw JournalDirectory.unreadable(context.directory(), ex);
        }
    }

    @Override
    public void abandon()
    {
        if (!closed)
        {
            closed = true;
            try
            {
                roll.close(null != failure);
            }
            catch (final IOException ex)
            {
                throw JournalDirectory.unreadable(context.directory(), ex);
            }
            finally
            {
                syncer.releaseFiles();
                lock.close();
            }
        }
    }

    private void verifyWritable()
    {
        if (closed)
        {
            throw new IllegalStateException("The journal is closed.");
        }
        if (null != failure)
        {
            throw failure;
        }
    }

    private JournalException failed(final Throwable cause)
    {
        failure = context.writeFailure(cause);
        return failure;
    }
}
