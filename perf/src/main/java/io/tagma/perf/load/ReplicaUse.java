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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each replica of a local cluster used while something was measured.
 */
final class ReplicaUse
{
    private static final double MEGA = 1024.0 * 1024;

    private record Figures(ProcessFigures process, long batches, long records)
    {
        static Figures of(final ReplicaProcess replica)
        {
            return new Figures(
                ProcessFigures.of(replica.handle()),
                replica.counter(ReplicaCounter.EXECUTED_SEQUENCE),
                replica.counter(ReplicaCounter.LAST_RECORD));
        }
    }

    private final LocalCluster cluster;
    private final List<Figures> before = new ArrayList<>();
    private final List<Figures> after = new ArrayList<>();
    private Duration ownCpuBefore;
    private Duration ownCpuAfter;

    ReplicaUse(final LocalCluster cluster)
    {
        this.cluster = cluster;
    }

    void begin()
    {
        cluster.replicas().forEach((replica) -> before.add(Figures.of(replica)));
        ownCpuBefore = ownCpu();
    }

    void end()
    {
        ownCpuAfter = ownCpu();
        cluster.replicas().forEach((replica) -> after.add(Figures.of(replica)));
    }

    String text(final double seconds, final double ratePerSecond)
    {
        final StringBuilder text = new StringBuilder();
        text.append(String.format(
            Locale.ROOT, "%-10s%8s%12s%12s%12s%14s%12s%n",
            "", "cpu", "resident", "private", "peak", "written", "req/batch"));
        for (int id = 0; id < after.size(); id++)
        {
            final ProcessFigures process = after.get(id).process();
            text.append(String.format(
                Locale.ROOT,
                "%-10s%7.0f%%%9.0f MB%9.0f MB%9.0f MB%9.1f MB/s%12.1f%n",
                "replica " + id,
                100 * cpu(id) / seconds,
                process.residentBytes() / MEGA,
                process.privateBytes() / MEGA,
                process.peakBytes() / MEGA,
                written(id) / MEGA / seconds,
                ratePerSecond * seconds / Math.max(1, batches(id))));
        }
        text.append(String.format(
            Locale.ROOT, "%-10s%7.0f%%%n", "client", 100 * seconds(ownCpuAfter.minus(ownCpuBefore)) / seconds));
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
            replica.put("batches", batches(id));
            replica.put("journalRecords", after.get(id).records() - before.get(id).records());
            replicas.add(replica);
        }
        return replicas;
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
        return after.get(id).batches() - before.get(id).batches();
    }

    private static double seconds(final Duration duration)
    {
        return duration.toNanos() / 1e9;
    }

    private static Duration ownCpu()
    {
        return ProcessFigures.of(ProcessHandle.current()).cpu();
    }
}
