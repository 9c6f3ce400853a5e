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
package io.tagma.perf.load;

import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.ProcessFigures;
import io.tagma.perf.cluster.ReplicaProcess;
import io.tagma.perf.report.Table;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What each replica of a local cluster used while something was measured.
 */
final class ReplicaUse
{
    private static final double MEGA = 1024.0 * 1024;
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_US = 1000;
    private static final String ROW = "%-10s%8s%8s%11s%12s%12s%12s%14s%12s%12s%n";
    private static final List<String> HEAD = List.of(
        "", "cpu", "busy", "cycle", "resident", "private", "peak", "written", "req/batch", "heap/req");

    private record Figures(ProcessFigures process, ToLongFunction<ReplicaCounter> counters)
    {
        static Figures of(final ReplicaProcess replica)
        {
            return new Figures(ProcessFigures.of(replica.handle()), replica.counters());
        }

        boolean isPrimary()
        {
            return 1 == counters.applyAsLong(ReplicaCounter.IS_PRIMARY);
        }
    }

    private final LocalCluster cluster;
    private final List<Figures> before = new ArrayList<>();
    private final List<Figures> after = new ArrayList<>();
    private Duration ownCpuBefore;
    private Duration ownCpuAfter;
    private long ownAllocatedBefore;
    private long ownAllocatedAfter;

    ReplicaUse(final LocalCluster cluster)
    {
        this.cluster = cluster;
    }

    void begin()
    {
        cluster.replicas().forEach((replica) -> before.add(Figures.of(replica)));
        ownCpuBefore = ownCpu();
        ownAllocatedBefore = ownAllocatedBytes();
    }

    void end()
    {
        ownAllocatedAfter = ownAllocatedBytes();
        ownCpuAfter = ownCpu();
        cluster.replicas().forEach((replica) -> after.add(Figures.of(replica)));
    }

    /** For people; the last row is the client's. */
    Table table(final double seconds, final double ratePerSecond)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (int id = 0; id < after.size(); id++)
        {
            final ProcessFigures process = after.get(id).process();
            rows.add(List.of(
                "replica " + id,
                text("%.0f%%", 100 * cpu(id) / seconds),
                text("%.0f%%", 100 * busyNs(id) / NS_PER_SECOND / seconds),
                text("%.1f us", busyNs(id) / NS_PER_US / Math.max(1, difference(id, ReplicaCounter.BUSY_CYCLES))),
                text("%.0f MB", process.residentBytes() / MEGA),
                text("%.0f MB", process.privateBytes() / MEGA),
                text("%.0f MB", process.peakBytes() / MEGA),
                text("%.1f MB/s", written(id) / MEGA / seconds),
                text("%.1f", ratePerSecond * seconds / Math.max(1, batches(id))),
                text("%.2f B", allocated(id) / requests(id))));
        }
        rows.add(List.of(
            "client",
            text("%.0f%%", 100 * seconds(ownCpuAfter.minus(ownCpuBefore)) / seconds),
            "", "", "", "", "", "", "",
            text("%.2f B", (ownAllocatedAfter - ownAllocatedBefore) / (ratePerSecond * seconds))));
        return new Table("What each process used", HEAD, rows);
    }

    /** A table of them as lines, each ended. */
    static String text(final Table table)
    {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, ROW, table.head().toArray()));
        table.rows().forEach((row) -> text.append(String.format(Locale.ROOT, ROW, row.toArray())));
        return text.toString();
    }

    List<Map<String, Object>> report(final double seconds)
    {
        final List<Map<String, Object>> replicas = new ArrayList<>();
        for (int id = 0; id < after.size(); id++)
        {
            final ProcessFigures process = after.get(id).process();
            final Map<String, Object> replica = new LinkedHashMap<>();
            replica.put("id", id);
            replica.put("cpu", cpu(id) / seconds);
            replica.put("residentBytes", process.residentBytes());
            replica.put("privateBytes", process.privateBytes());
            replica.put("peakBytes", process.peakBytes());
            replica.put("writtenBytes", written(id));
            replica.put("busy", busyNs(id) / NS_PER_SECOND / seconds);
            replica.put("busyCycles", difference(id, ReplicaCounter.BUSY_CYCLES));
            replica.put("batches", batches(id));
            replica.put("heapBytesPerRequest", allocated(id) / requests(id));
            replica.put("journalRecords", difference(id, ReplicaCounter.LAST_RECORD));
            replica.put("snapshots", difference(id, ReplicaCounter.SNAPSHOTS));
            replica.put("snapshotBytes", after.get(id).counters().applyAsLong(ReplicaCounter.SNAPSHOT_LENGTH));
            replica.put(
                "snapshotPauseMaxNs", after.get(id).counters().applyAsLong(ReplicaCounter.SNAPSHOT_PAUSE_MAX_NS));
            replicas.add(replica);
        }
        return replicas;
    }

    /**
     * Where the mean time of a request went.
     *
     * @param clientMeanNs as the client measured it.
     * @return a table; with nothing in it if no replica was the primary from beginning to end.
     */
    PhaseTable phases(final double clientMeanNs)
    {
        PhaseSums primary = PhaseSums.ZERO;
        PhaseSums backups = PhaseSums.ZERO;
        for (int id = 0; id < after.size(); id++)
        {
            final PhaseSums sums = PhaseSums.of(after.get(id).counters())
                .minus(PhaseSums.of(before.get(id).counters()));
            if (before.get(id).isPrimary() && after.get(id).isPrimary())
            {
                primary = sums;
            }
            else
            {
                backups = backups.plus(sums);
            }
        }
        return new PhaseTable(clientMeanNs, primary, backups);
    }

    private static String text(final String format, final double value)
    {
        return String.format(Locale.ROOT, format, value);
    }

    private double cpu(final int id)
    {
        return seconds(after.get(id).process().cpu().minus(before.get(id).process().cpu()));
    }

    private long written(final int id)
    {
        return after.get(id).process().writtenBytes() - before.get(id).process().writtenBytes();
    }

    private long batches(final int id)
    {
        return difference(id, ReplicaCounter.EXECUTED_SEQUENCE);
    }

    private double allocated(final int id)
    {
        return difference(id, ReplicaCounter.ALLOCATED_BYTES);
    }

    private double requests(final int id)
    {
        return Math.max(1, difference(id, ReplicaCounter.NEXT_POSITION));
    }

    private double busyNs(final int id)
    {
        return difference(id, ReplicaCounter.BUSY_NS);
    }

    private long difference(final int id, final ReplicaCounter counter)
    {
        return after.get(id).counters().applyAsLong(counter) - before.get(id).counters().applyAsLong(counter);
    }

    private static double seconds(final Duration duration)
    {
        return duration.toNanos() / NS_PER_SECOND;
    }

    /** Of this thread, which is the client's. */
    private static long ownAllocatedBytes()
    {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads ?
            threads.getCurrentThreadAllocatedBytes() : 0;
    }

    private static Duration ownCpu()
    {
        return ProcessFigures.of(ProcessHandle.current()).cpu();
    }
}
