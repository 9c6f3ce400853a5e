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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.journal.AmnesiaEndDecoder;
import io.tagma.codecs.journal.Durability;

/**
 * A journal on disk: records are encoded straight into the mapped files of a Chronicle Queue, one queue for each start of
 * the process. Chronicle only ever writes files that this process has made, and never reads one back: what a crash left
 * behind is judged, cut and read by {@link RecoveryRules}, {@link TailRepair} and {@link SegmentScanner}.
 */
public final class ChronicleJournal implements Journal
{
    private static final long SPACE_CHECK_LENGTH = 4L * 1024 * 1024;
    private static final long LOCK_TIMEOUT_MS = 500;
    private static final RollCycles ROLL_CYCLE = RollCycles.FAST_HOURLY;
    private static final VarHandle LAST_RECORD_NUMBER;

    static
    {
        ChronicleSilence.apply();
        try
        {
            LAST_RECORD_NUMBER =
                MethodHandles.lookup().findVarHandle(ChronicleJournal.class, "lastRecordNumber", long.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final JournalContext context;
    private final JournalLock lock;
    private final JournalSyncer syncer;
    private final SegmentList segments;
    private final Path run;
    private final RecordFrame frame;
    private final ControlRecords records = new ControlRecords();
    private final UnsafeBuffer frameBuffer = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;

    private StartFacts facts;
    private DocumentContext document;
    private int claimedLength = -1;
    private long segmentPosition;
    private long uncheckedLength;
    /** Last record that is not a Barrier: a Barrier by itself is no reason to sync, else each sync would cause one. */
    private long lastSubstantialNumber;
    private long barredRecordNumber;
    private int timedSegment;
    private volatile int segmentNumber;
    private long lastRecordNumber;
    private JournalException failure;
    private boolean closed;

    private ChronicleJournal(
        final JournalContext context,
        final JournalLock lock,
        final Manifest manifest,
        final SegmentList segments,
        final StartFacts facts,
        final long lastRecordNumber)
    {
        this.context = context;
        this.lock = lock;
        this.segments = segments;
        this.facts = facts;
        this.lastRecordNumber = lastRecordNumber;
        frame = new RecordFrame(manifest.checksumKey());
        final int firstSegment = segments.lastNumber() + 1;
        segmentNumber = firstSegment - 1;
        timedSegment = firstSegment;
        final JournalDirectory directory = new JournalDirectory(context.directory(), context.forcer());
        run = directory.run(firstSegment);
        syncer = new JournalSyncer(this, context, directory, segments, manifest, firstSegment);
        queue = SingleChronicleQueueBuilder.binary(run.toFile())
            .rollCycle(ROLL_CYCLE)
            .timeProvider(this::segmentTimeMs)
            .blockSize(context.blockLength())
            .timeoutMS(LOCK_TIMEOUT_MS)
            .build();
        queue.singleThreadedCheckDisabled(true);
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
    }

    /**
     * Makes the journal of one replica, as init does: in a directory that is empty or not there yet.
     *
     * @param context that says where, and whose.
     * @throws JournalException if the directory holds anything, or cannot be written.
     */
    public static void create(final JournalContext context)
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
        start(context, JournalLock.acquire(path), manifest, new SegmentList(), init, 0).close();
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

    static ChronicleJournal start(
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
            directory.deleteRun(directory.run(segments.lastNumber() + 1));
            journal = new ChronicleJournal(context, lock, manifest, segments, facts, lastRecordNumber);
            journal.beginSegment();
            journal.syncer.sync();
            journal.syncer.throwFailure();
            journal.appendBarrier();
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
                releaseFailedStart(journal, lock);
            }
        }
    }

    private static void releaseFailedStart(final ChronicleJournal journal, final JournalLock lock)
    {
        if (null != journal)
        {
            journal.abandon();
        }
        lock.close();
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
        if (segmentPosition >= context.segmentLength() && null == document)
        {
            beginSegment();
            syncer.requestSync(lastSubstantialNumber);
        }
        return claimFrame(length);
    }

    @Override
    public long commit()
    {
        final boolean endsAmnesia =
            claimedLength >= 0 && AmnesiaEndDecoder.TEMPLATE_ID == ControlRecords.templateId(message, 0);
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
            if (null == document)
            {
                document = appender.writingDocument();
            }
            final Bytes<?> bytes = document.wire().bytes();
            final long position = bytes.writePosition();
            frameBuffer.wrap(bytes.addressForWrite(position), RecordFrame.HEADER_LENGTH + length);
            message.wrap(frameBuffer, RecordFrame.HEADER_LENGTH, length);
            claimedLength = length;
            return message;
        }
        catch (final InternalError | RuntimeException ex)
        {
            throw failed(ex);
        }
    }

    private long commitFrame()
    {
        verifyWritable();
        if (claimedLength < 0)
        {
            throw new IllegalStateException("Nothing is claimed.");
        }
        final long recordNumber = lastRecordNumber + 1;
        try
        {
            frame.complete(frameBuffer, 0, claimedLength, recordNumber);
            final Bytes<?> bytes = document.wire().bytes();
            bytes.writeSkip(RecordFrame.HEADER_LENGTH + (long)claimedLength);
            segmentPosition = bytes.writePosition();
            final DocumentContext written = document;
            document = null;
            written.close();
        }
        catch (final InternalError | RuntimeException ex)
        {
            throw failed(ex);
        }
        uncheckedLength += RecordFrame.HEADER_LENGTH + claimedLength;
        claimedLength = -1;
        LAST_RECORD_NUMBER.setRelease(this, recordNumber);
        return recordNumber;
    }

    /**
     * Every segment stands alone: it begins with whose it is, and with the start that wrote it.
     */
    private void beginSegment()
    {
        final int number = segmentNumber + 1;
        timedSegment = number;
        final Path path = JournalDirectory.segment(run, number);
        claimFrame(ControlRecords.INIT_LENGTH);
        if (!path.equals(appender.currentFile().toPath()))
        {
            throw failed(new IllegalStateException("segment " + number + " is in " + appender.currentFile()));
        }
        segments.add(new JournalDirectory.SegmentFile(number, path), lastRecordNumber + 1);
        segmentNumber = number;
        records.init(message, facts.identity());
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

    private long segmentTimeMs()
    {
        return timedSegment * (long)ROLL_CYCLE.lengthInMillis();
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
        return (long)LAST_RECORD_NUMBER.getAcquire(this);
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
        if (syncer.durableRecordNumber() > barredRecordNumber && claimedLength < 0)
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
                rollBackClaim();
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
            final Path file = segments.file(segmentNumber).path();
            abandon();
            if (clean)
            {
                cutUnused(file);
            }
        }
    }

    /**
     * Gives back what was mapped ahead, so that the next start need not look for bytes in it. Nothing depends on it.
     */
    private void cutUnused(final Path file)
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            channel.truncate(BitUtil.align(segmentPosition, Integer.BYTES));
        }
        catch (final IOException ex)
        {
            throw JournalDirectory.unreadable(file, ex);
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
                rollBackClaim();
                appender.close();
                queue.close();
            }
            finally
            {
                syncer.releaseFiles();
                lock.close();
            }
        }
    }

    private void rollBackClaim()
    {
        if (null != document && null == failure)
        {
            document.rollbackOnClose();
            document.close();
        }
        document = null;
        claimedLength = -1;
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
        final long free = context.usableSpace().getAsLong();
        final boolean full = free < context.minimumFreeSpace();
        failure = new JournalException(
            full ? JournalException.Reason.DISK_FULL : JournalException.Reason.FAILED,
            "A write to the journal " + context.directory() + " failed (" + cause.getMessage() + "; " + free +
                " bytes free, minimum " + context.minimumFreeSpace() + "): the replica stops; " +
                (full ? "make room" : "check the device") + " and start again.",
            cause);
        return failure;
    }
}
