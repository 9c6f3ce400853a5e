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
package io.tagma.perf.drill;

import io.tagma.ordering.configuration.ClusterLimits;
import io.tagma.ordering.configuration.Limit;
import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.LocalClusterSettings;
import io.tagma.perf.cluster.ReplicaProcess;
import io.tagma.perf.load.ClientRun;
import io.tagma.perf.load.CommittedHandler;
import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.EchoSource;
import io.tagma.perf.load.Pace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A backup is away while much is ordered, comes back, and fetches it from the others' journals. In the one kind nothing
 * else goes wrong: so it can be seen what that costs the others. In the other it is killed in the middle of it, and
 * later one of those that it fetches from; what it has, it does not fetch again.
 */
final class CatchUpLog implements Drill
{
    private static final int PAYLOAD_LENGTH = 8 * 1024;
    private static final int IN_FLIGHT = 16;
    private static final int SNAPSHOT_INTERVAL = 65_536;
    /** Whole results from all: those that only the one who is away would give whole had to be asked for again. */
    private static final int RESULT_DIGEST_THRESHOLD = 1024;
    private static final long FILL_NS = TimeUnit.MINUTES.toNanos(10);
    private static final double MEGABYTE = 1 << 20;
    private static final double NS_PER_S = 1e9;
    private static final double NS_PER_MS = 1e6;
    private static final double MS_PER_S = 1e3;
    private static final long SYNC_TIMEOUT_S = 120;
    /** Batches that may be on their way to a replica, or fetched and not yet in its journal, as it is killed. */
    private static final int UNDER_WAY_MAX = 4 * 64;

    private final boolean isKilling;

    CatchUpLog(final boolean isKilling)
    {
        this.isKilling = isKilling;
    }

    /** No snapshot is due for so long: then there is but the log to catch up by. */
    @Override
    public void settle(final LocalClusterSettings settings)
    {
        settings.limits(new ClusterLimits()
            .with(Limit.SNAPSHOT_INTERVAL, SNAPSHOT_INTERVAL)
            .with(Limit.RESULT_DIGEST_THRESHOLD, RESULT_DIGEST_THRESHOLD));
    }

    @Override
    public void beforehand(final LocalCluster cluster, final DrillOptions options, final Consumer<String> say)
    {
        final ReplicaProcess backup = backup(cluster);
        backup.kill();
        final long requests = Math.max(1, ((long)options.megabytes() << 20) / PAYLOAD_LENGTH);
        final long startNs = System.nanoTime();
        try (ClientRun run = new ClientRun(
            cluster.clientContext(LocalCluster.OTHER_CLIENT_ID), new EchoSource(PAYLOAD_LENGTH, requests),
            Pace.closedLoop(IN_FLIGHT), CommittedHandler.NONE))
        {
            run.start();
            run.runFor(FILL_NS);
            final DriverTotals totals = run.driver().totals();
            if (totals.committed() != requests)
            {
                throw new IllegalStateException("of " + requests + " requests ahead " + totals.committed() +
                    " were committed");
            }
        }
        say.accept(String.format(Locale.ROOT,
            "replica %d away; %,d requests of %,d bytes were ordered, %,d MB, in %,.1f s", backup.id(), requests,
            PAYLOAD_LENGTH, options.megabytes(), (System.nanoTime() - startNs) / NS_PER_S));
        sync();
    }

    /** What was written in a hurry is not to be on its way to the device while requests are measured. */
    private static void sync()
    {
        try
        {
            final Process process = new ProcessBuilder("sync").inheritIO().start();
            if (!process.waitFor(SYNC_TIMEOUT_S, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("the device takes more than " + SYNC_TIMEOUT_S + " s");
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the device was waited for", ex);
        }
    }

    /** Not whoever leads, nor who will if he is replaced. */
    private static ReplicaProcess backup(final LocalCluster cluster)
    {
        return cluster.replica(cluster.replicas().size() - 1);
    }

    @Override
    public void run(final DrillStage stage)
    {
        final LocalCluster cluster = stage.cluster();
        final ReplicaProcess backup = backup(cluster);
        final FetchProgress progress = new FetchProgress(cluster, backup, ReplicaCounter.BATCHES_FETCHED);
        final long aheadBytes = (long)stage.options().megabytes() << 20;
        final long startNs = stage.watch().nowNs();
        stage.operator().start(backup);
        cluster.awaitReady(backup);
        stage.say("ready %,.1f ms after its start", (stage.watch().nowNs() - startNs) / NS_PER_MS);
        if (isKilling)
        {
            progress.await("a third of what lay ahead", () -> progress.bytes() >= aheadBytes / 3);
            killFetcher(stage, backup, progress);
            progress.await("two thirds of what lay ahead", () -> progress.bytes() >= aheadBytes * 2 / 3);
            killSource(stage, backup, progress, aheadBytes);
        }
        progress.await("it was level with the others", progress::isLevel);
        final double tookMs = (stage.watch().nowNs() - startNs) / NS_PER_MS;
        final double megabytesPerS = progress.bytes() / MEGABYTE / (progress.transferNs() / NS_PER_S);
        stage.say(
            "level with the others %,.1f s after its start: %,d batches, %,.1f MB, fetched in %,.1f s: %,.1f MB/s",
            tookMs / MS_PER_S, progress.pieces(), progress.bytes() / MEGABYTE, progress.transferNs() / NS_PER_S,
            megabytesPerS);
        stage.awaitFullStrength();
        stage.figure("aheadBytes", aheadBytes);
        stage.figure("batchesFetched", progress.pieces());
        stage.figure("bytesFetched", progress.bytes());
        stage.figure("transferMs", progress.transferNs() / NS_PER_MS);
        stage.figure("megabytesPerS", megabytesPerS);
        stage.figure("startToLevelMs", tookMs);
        // What is still in the others' windows may come as they say it again, without having been asked for.
        stage.find("fetchedTheLog",
            progress.bytes() >= aheadBytes / 2 && 0 == backup.counter(ReplicaCounter.SNAPSHOTS_FETCHED),
            "of the %,d MB that lay ahead %,.1f MB were fetched, and no snapshot", stage.options().megabytes(),
            progress.bytes() / MEGABYTE);
        stage.find("fetchedOnce", progress.pieces() <= progress.executed() + UNDER_WAY_MAX,
            "%,d batches were fetched, of %,d that there are", progress.pieces(), progress.executed());
    }

    private static void killFetcher(final DrillStage stage, final ReplicaProcess backup, final FetchProgress progress)
    {
        final long before = progress.executed();
        stage.operator().kill(backup);
        progress.ended();
        stage.operator().start(backup);
        stage.cluster().awaitReady(backup);
        progress.await("it was ready", () -> progress.executed() > 0);
        stage.find("fetcherWentOn", progress.executed() >= before,
            "replica %d had executed up to %,d when it was killed, and went on from %,d", backup.id(), before,
            progress.executed());
    }

    /** One that does not lead. Nothing is ordered meanwhile, since two of four do not vote. */
    private static void killSource(
        final DrillStage stage, final ReplicaProcess backup, final FetchProgress progress, final long aheadBytes)
    {
        final int primary = stage.cluster().primary().id();
        final ReplicaProcess source = stage.cluster().replicas().stream()
            .filter((replica) -> replica.id() != primary && replica.id() != backup.id())
            .max(Comparator.comparingLong((replica) -> replica.counter(ReplicaCounter.BATCH_BYTES_SENT)))
            .orElseThrow();
        final long sent = source.counter(ReplicaCounter.BATCH_BYTES_SENT);
        final long before = progress.bytes();
        stage.operator().kill(source);
        progress.await("a tenth more had come from others", () -> progress.bytes() >= before + aheadBytes / 10);
        stage.operator().start(source);
        stage.cluster().awaitReady(source);
        stage.find("othersWentOn", sent > 0, "replica %d had sent %,d bytes when it was killed; the others sent on",
            source.id(), sent);
    }
}
