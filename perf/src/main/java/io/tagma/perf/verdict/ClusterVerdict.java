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
package io.tagma.perf.verdict;

import io.tagma.ordering.audit.LogComparison;
import io.tagma.ordering.audit.LogVerification;
import io.tagma.ordering.audit.OrderedLog;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.protocol.MerkleFrontier;
import io.tagma.ordering.protocol.Quorums;
import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.ordering.service.OrderedService;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.Patience;
import io.tagma.perf.cluster.ReplicaProcess;
import io.tagma.perf.echo.EchoService;
import io.tagma.perf.exchange.Exchange;
import io.tagma.perf.load.DriverTotals;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Proves, or fails to prove, that the replicas agree: with each other, with the client, and with their own logs.
 */
public final class ClusterVerdict
{
    private static final long SETTLE_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(60);
    private static final long SETTLE_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(SETTLE_TIMEOUT_MS);
    private static final long SETTLE_POLL_MS = 50;
    private static final int DIGEST_LENGTH = 32;

    private final LocalCluster cluster;
    private final ClusterConfiguration configuration;
    private final String workload;
    private final ResultLog results;
    private final Checks checks;
    private final Map<String, Object> report;

    /**
     * Prepares.
     *
     * @param cluster  that runs.
     * @param workload what it runs: exchange or echo.
     * @param results  what the client was told.
     * @param checks   to make.
     * @param report   to add figures to.
     */
    public ClusterVerdict(
        final LocalCluster cluster,
        final String workload,
        final ResultLog results,
        final Checks checks,
        final Map<String, Object> report)
    {
        this.cluster = cluster;
        this.workload = workload;
        this.results = results;
        this.checks = checks;
        this.report = report;
        configuration = cluster.configuration();
    }

    /**
     * Makes all checks. Stops the cluster on the way.
     *
     * @param totals      of the client.
     * @param requests    that it was to send.
     * @param changesView whether the primary was away, so that another leads now.
     */
    public void check(final DriverTotals totals, final long requests, final boolean changesView)
    {
        checkAnswers(totals, requests);
        checkSettled();
        if (changesView)
        {
            checkView();
        }
        final List<StoppedLine> lines = stop();
        if (lines.size() == configuration.replicaCount())
        {
            checkBooks(lines);
            checkLogs(lines.get(0), requests);
        }
    }

    private void checkAnswers(final DriverTotals totals, final long requests)
    {
        final Quorums quorums = new Quorums(configuration.weights(), configuration.faultyWeight());
        checks.check(
            "acknowledgedOnce",
            totals.isEachCommittedOnce() && totals.committed() == requests && results.isComplete(requests),
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
            Patience.pause(SETTLE_POLL_MS);
            executed = executed();
        }
        checks.check(
            "caughtUp",
            isSettled(executed),
            "all replicas alive and equally far: executed up to " + Arrays.toString(executed) + ", " +
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) + " ms after the last answer");
    }

    /** Another leads, and all know it. */
    private void checkView()
    {
        final LongSupplier distinctViews =
            () -> cluster.replicas().stream().mapToLong((replica) -> replica.counter(ReplicaCounter.VIEW))
                .distinct().count();
        final boolean isOneView =
            Patience.await(() -> 1 == distinctViews.getAsLong(), SETTLE_POLL_MS, SETTLE_TIMEOUT_MS);
        final long view = cluster.greatest(ReplicaCounter.VIEW);
        report.put("view", view);
        checks.check(
            "viewChanged",
            isOneView && view > 0,
            "all replicas are in view " + view + ", whose primary is replica " + cluster.primary().id());
    }

    private long[] executed()
    {
        final long[] executed = new long[configuration.replicaCount()];
        for (final ReplicaProcess replica : cluster.replicas())
        {
            executed[replica.id()] = replica.counter(ReplicaCounter.EXECUTED_SEQUENCE);
        }
        // Read once more: what changes meanwhile is not settled.
        Patience.pause(SETTLE_POLL_MS);
        for (final ReplicaProcess replica : cluster.replicas())
        {
            if (executed[replica.id()] != replica.counter(ReplicaCounter.EXECUTED_SEQUENCE))
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
        final String noun = isExchange() ? "books" : "states";
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

    private void checkLogs(final StoppedLine said, final long requests)
    {
        final List<Path> directories = cluster.replicas().stream().map(ReplicaProcess::directory).toList();
        final LogComparison comparison = LogComparison.of(directories);
        checks.check(
            "logsEqual",
            comparison.isEqual() && comparison.isEqualLength(),
            comparison.isEqual() && comparison.isEqualLength() ?
                String.format(Locale.ROOT, "%d logs equal byte for byte: %,d batches", directories.size(),
                    said.executed()) :
                String.join("; ", comparison.report()));

        final List<String> faults = new ArrayList<>();
        for (final ReplicaProcess replica : cluster.replicas())
        {
            LogVerification.of(replica.directory(), configuration).checks().stream()
                .filter((check) -> LogVerification.Verdict.FAILED == check.verdict())
                .forEach((check) -> faults.add("replica " + replica.id() + ": " + check));
        }
        checks.check(
            "logsVerified",
            faults.isEmpty(),
            faults.isEmpty() ?
                "each log is sound: records, order, digests, tree, certificates" : String.join("; ", faults));
        replay(said, requests);
    }

    private void replay(final StoppedLine said, final long requests)
    {
        final OrderedService service = isExchange() ? new Exchange() : new EchoService();
        final OrderReplay replay = new OrderReplay(
            service, configuration.limits().resultLengthMax(), LocalCluster.CLIENT_ID, results);
        final MerkleFrontier tree = new MerkleFrontier(new Sha256());
        try (OrderedLog log = new OrderedLog(cluster.replica(0).directory()))
        {
            while (log.next())
            {
                tree.append(log.digest(), 0);
                replay.onBatch(log.sequence(), log.timestampNs(), log.bodies(), 0, log.bodiesLength());
            }
        }
        final byte[] treeHead = new byte[DIGEST_LENGTH];
        tree.root(new UnsafeBuffer(treeHead), 0);
        checks.check(
            "treeHeadRecomputed",
            hex(treeHead).equals(said.treeHead()),
            "the tree over the log has this head");
        checks.check(
            "bookRecomputed",
            hex(replay.stateDigest()).equals(said.stateDigest()),
            "the log, executed on a fresh " + workload + ", gives this " +
            (isExchange() ? "book" : "state"));
        checks.check(
            "resultsRecomputed",
            0 == replay.disagreements() && requests == replay.requests(),
            String.format(
                Locale.ROOT,
                "and %,d results, of which %,d differ from what the client was told",
                replay.requests(), replay.disagreements()));
    }

    private boolean isExchange()
    {
        return "exchange".equals(workload);
    }

    private static String hex(final byte[] bytes)
    {
        return HexFormat.of().formatHex(bytes);
    }
}
