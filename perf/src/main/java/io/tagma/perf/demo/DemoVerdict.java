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
package io.tagma.perf.demo;

import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.protocol.Quorums;
import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.ordering.service.OrderedService;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.ReplicaFigures;
import io.tagma.perf.cluster.ReplicaProcess;
import io.tagma.perf.echo.EchoService;
import io.tagma.perf.exchange.Exchange;
import io.tagma.perf.load.DriverTotals;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Proves, or fails to prove, that the replicas agree: with each other, with the client, and with their own logs.
 */
final class DemoVerdict
{
    private static final long SETTLE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long SETTLE_POLL_MS = 50;

    private final LocalCluster cluster;
    private final ClusterConfiguration configuration;
    private final DemoOptions options;
    private final ResultLog results;
    private final Checks checks;
    private final Map<String, Object> report;

    DemoVerdict(
        final LocalCluster cluster,
        final DemoOptions options,
        final ResultLog results,
        final Checks checks,
        final Map<String, Object> report)
    {
        this.cluster = cluster;
        this.options = options;
        this.results = results;
        this.checks = checks;
        this.report = report;
        configuration = cluster.configuration();
    }

    void check(final DriverTotals totals, final int requests)
    {
        checkAnswers(totals, requests);
        checkSettled();
        final List<StoppedLine> lines = stop();
        if (lines.size() == configuration.replicaCount())
        {
            checkBooks(lines);
            checkLogs(lines.get(0), requests);
        }
    }

    private void checkAnswers(final DriverTotals totals, final int requests)
    {
        final Quorums quorums = new Quorums(configuration.weights(), configuration.faultyWeight());
        checks.check(
            "acknowledgedOnce",
            totals.isEachCommittedOnce() && totals.committed() == requests && results.isComplete(),
            String.format(
                Locale.ROOT,
                "%,d of %,d requests acknowledged, each exactly once, by a weak quorum (%d of %d)%s",
                totals.committed(), requests, quorums.weakQuorum(), quorums.total(),
                totals.unexpected() + totals.rejected() + totals.unknown() + totals.unanswered() == 0 ? "" :
                    ": " + totals.unanswered() + " unanswered, " + totals.rejected() + " rejected, " +
                    totals.unknown() + " unknown, " + totals.unexpected() + " unexpected"));
    }

    /** All alive, and none behind the others. */
    private void checkSettled()
    {
        final long startNs = System.nanoTime();
        long[] executed = executed();
        while (!isSettled(executed) && System.nanoTime() - startNs < SETTLE_TIMEOUT_NS)
        {
            pause();
            executed = executed();
        }
        checks.check(
            "caughtUp",
            isSettled(executed),
            "all replicas alive and equally far: executed up to " + Arrays.toString(executed) + ", " +
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) + " ms after the last answer");
    }

    private long[] executed()
    {
        final long[] executed = new long[configuration.replicaCount()];
        for (final ReplicaProcess replica : cluster.replicas())
        {
            executed[replica.id()] = ReplicaFigures.of(replica).get(ReplicaCounter.EXECUTED_SEQUENCE);
        }
        // Read once more: what changes meanwhile is not settled.
        pause();
        for (final ReplicaProcess replica : cluster.replicas())
        {
            if (executed[replica.id()] != ReplicaFigures.of(replica).get(ReplicaCounter.EXECUTED_SEQUENCE))
            {
                executed[replica.id()] = -1;
            }
        }
        return executed;
    }

    private static boolean isSettled(final long[] executed)
    {
        return executed[0] > 0 && Arrays.stream(executed).allMatch((sequence) -> sequence == executed[0]);
    }

    private List<StoppedLine> stop()
    {
        final int status = cluster.stop();
        final List<StoppedLine> lines = new ArrayList<>();
        for (final ReplicaProcess replica : cluster.replicas())
        {
            final String line = replica.lastLine(StoppedLine.PREFIX);
            if (null != line)
            {
                lines.add(StoppedLine.parse(line));
            }
        }
        checks.check(
            "stoppedInOrder",
            0 == status && lines.size() == configuration.replicaCount(),
            lines.size() + " replicas stopped in order, greatest exit status " + status);
        return lines;
    }

    private void checkBooks(final List<StoppedLine> lines)
    {
        final StoppedLine first = lines.get(0);
        final String noun = options.isExchange() ? "books" : "states";
        report.put("stateDigest", first.stateDigest());
        report.put("treeHead", first.treeHead());
        report.put("batches", first.executed());
        report.put("positions", first.position());
        checks.check(
            "booksEqual",
            lines.stream().allMatch((line) -> line.stateDigest().equals(first.stateDigest())),
            lines.size() + " " + noun + " equal: " + first.stateDigest());
        checks.check(
            "treeHeadsEqual",
            lines.stream().allMatch(first::equals),
            lines.size() + " tree heads equal: " + first.treeHead() + " over " + first.executed() + " batches");
    }

    private void checkLogs(final StoppedLine said, final int requests)
    {
        final List<CommittedLog.Batch> log = CommittedLog.read(cluster.journal(0), configuration);
        int equal = 1;
        long bytes = 0;
        for (int id = 1; id < configuration.replicaCount(); id++)
        {
            equal += isSame(log, CommittedLog.read(cluster.journal(id), configuration)) ? 1 : 0;
        }
        for (final CommittedLog.Batch batch : log)
        {
            bytes += batch.bodies().length;
        }
        checks.check(
            "logsEqual",
            equal == configuration.replicaCount(),
            String.format(Locale.ROOT, "%d logs equal byte for byte: %,d batches, %,d bytes of requests",
                equal, log.size(), bytes));

        final String treeHead = hex(TreeHead.of(log.stream().map(CommittedLog.Batch::digest).toList()));
        checks.check(
            "treeHeadRecomputed",
            treeHead.equals(said.treeHead()),
            "the log's bytes, hashed anew, give this tree head");
        replay(log, said, requests);
    }

    private void replay(final List<CommittedLog.Batch> log, final StoppedLine said, final int requests)
    {
        final OrderedService service = options.isExchange() ? new Exchange() : new EchoService();
        final OrderReplay replay = new OrderReplay(service, configuration.limits().resultLengthMax(), results);
        final UnsafeBuffer bodies = new UnsafeBuffer(0, 0);
        for (final CommittedLog.Batch batch : log)
        {
            bodies.wrap(batch.bodies());
            replay.onBatch(batch.sequence(), batch.timestampNs(), bodies, 0, batch.bodies().length);
        }
        checks.check(
            "bookRecomputed",
            hex(replay.stateDigest()).equals(said.stateDigest()),
            "the log, executed on a fresh " + options.workload() + ", gives this " +
            (options.isExchange() ? "book" : "state"));
        checks.check(
            "resultsRecomputed",
            0 == replay.disagreements() && requests == replay.requests(),
            String.format(
                Locale.ROOT,
                "and %,d results, of which %,d differ from what the client was told",
                replay.requests(), replay.disagreements()));
    }

    private static boolean isSame(final List<CommittedLog.Batch> one, final List<CommittedLog.Batch> other)
    {
        if (one.size() != other.size())
        {
            return false;
        }
        for (int i = 0; i < one.size(); i++)
        {
            final CommittedLog.Batch a = one.get(i);
            final CommittedLog.Batch b = other.get(i);
            if (a.sequence() != b.sequence() || a.timestampNs() != b.timestampNs() ||
                !Arrays.equals(a.digest(), b.digest()) || !Arrays.equals(a.bodies(), b.bodies()))
            {
                return false;
            }
        }
        return true;
    }

    private static String hex(final byte[] bytes)
    {
        return HexFormat.of().formatHex(bytes);
    }

    private static void pause()
    {
        try
        {
            Thread.sleep(SETTLE_POLL_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the replicas settled", ex);
        }
    }
}
