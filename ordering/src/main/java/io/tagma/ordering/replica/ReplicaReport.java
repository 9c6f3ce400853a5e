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
package io.tagma.ordering.replica;

import io.aeron.Aeron;
import io.aeron.CncFileDescriptor;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * What a running replica of this host publishes, read from outside without its knowing.
 */
public final class ReplicaReport
{
    private final int replicaId;
    private final long pid;
    private final boolean isRunning;
    private final int distinctErrors;
    private long silentMs;
    private final Map<ReplicaCounter, Long> totals = new EnumMap<>(ReplicaCounter.class);
    private final Map<String, Long> details = new TreeMap<>();

    private ReplicaReport(final RunFile run, final Path directory)
    {
        replicaId = run.replicaId();
        pid = run.pid();
        distinctErrors = EventLog.read(directory, (count, first, last, text) -> {});
        final File cncFile = new File(run.aeronDirectory(), CncFileDescriptor.CNC_FILE);
        isRunning = ProcessHandle.of(pid).isPresent() && cncFile.isFile();
        if (isRunning)
        {
            read(cncFile);
        }
    }

    /**
     * Looks for replicas below a directory, as {@code tagma init} lays them out, or in it.
     *
     * @param directory of the cluster or of one replica.
     * @return a report for each that runs or was killed, by id.
     * @throws IOException if the directory cannot be read.
     */
    public static List<ReplicaReport> find(final Path directory) throws IOException
    {
        final List<ReplicaReport> reports = new ArrayList<>();
        add(reports, directory);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory))
        {
            for (final Path entry : entries)
            {
                add(reports, entry);
            }
        }
        reports.sort(Comparator.comparingInt(ReplicaReport::replicaId));
        return reports;
    }

    private static void add(final List<ReplicaReport> reports, final Path directory)
    {
        final RunFile run = RunFile.load(directory);
        if (null != run)
        {
            reports.add(new ReplicaReport(run, directory));
        }
    }

    private void read(final File cncFile)
    {
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(cncFile, "Aeron counters");
        try
        {
            final ByteBuffer cnc = mapped;
            final DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(cnc);
            CncFileDescriptor.checkVersion(metaData.getInt(CncFileDescriptor.cncVersionOffset(0)));
            final CountersReader reader = new CountersReader(
                new UnsafeBuffer(CncFileDescriptor.createCountersMetaDataBuffer(cnc, metaData)),
                new UnsafeBuffer(CncFileDescriptor.createCountersValuesBuffer(cnc, metaData)));
            silentMs = Math.max(0, System.currentTimeMillis() - new ManyToOneRingBuffer(
                CncFileDescriptor.createToDriverBuffer(cnc, metaData)).consumerHeartbeatTime());
            reader.forEach((value, counterId, label) -> onCounter(reader.getCounterTypeId(counterId), value, label));
        }
        finally
        {
            IoUtil.unmap(mapped);
        }
    }

    private void onCounter(final int typeId, final long value, final String label)
    {
        final ReplicaCounter counter = ReplicaCounter.ofTypeId(typeId);
        if (null != counter)
        {
            totals.merge(counter, value, Long::sum);
            details.put(label, value);
        }
    }

    /** @return id of the replica. */
    public int replicaId()
    {
        return replicaId;
    }

    /** @return process that runs it, or ran it. */
    public long pid()
    {
        return pid;
    }

    /** @return whether that process is alive. */
    public boolean isRunning()
    {
        return isRunning;
    }

    /**
     * How long ago it gave a sign of life; it does so each second.
     *
     * @return milliseconds; 0 if it is not running.
     */
    public long silentMs()
    {
        return silentMs;
    }

    /** @return distinct errors in its log. */
    public int distinctErrors()
    {
        return distinctErrors;
    }

    /**
     * One counter, or the sum of all by reason or peer.
     *
     * @param counter which.
     * @return its value, or {@link Aeron#NULL_VALUE} if it is not published.
     */
    public long get(final ReplicaCounter counter)
    {
        return totals.getOrDefault(counter, (long)Aeron.NULL_VALUE);
    }

    /**
     * All counters by label.
     *
     * @return a sorted map.
     */
    public Map<String, Long> details()
    {
        return details;
    }
}
