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

import io.tagma.ordering.configuration.ClusterLimits;
import io.tagma.ordering.configuration.Limit;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.LocalClusterSettings;
import io.tagma.perf.cluster.ReplicaProcess;
import io.tagma.perf.load.ClientRun;
import io.tagma.perf.load.EchoSource;
import io.tagma.perf.load.Pace;
import io.tagma.perf.verdict.Checks;
import io.tagma.perf.verdict.ClusterVerdict;
import io.tagma.perf.verdict.ResultLog;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Real processes, really killed.
 */
@Tag("process")
class CrashTest
{
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int CHECKPOINT_INTERVAL = 32;
    private static final int REPLICAS = 4;
    /** Of the first view, in the first epoch. */
    private static final int PRIMARY = 0;

    @Test
    @DisplayName("E05 a backup killed for longer than the window catches up")
    void aBackupKilledForLongerThanTheWindowCatchesUp()
    {
        killOne(1, 20260101);
    }

    @Test
    void aPrimaryKilledIsReplacedAndComesBack()
    {
        killOne(PRIMARY, 20260103);
    }

    @Test
    @DisplayName("H03 all killed at once forget nothing that was acknowledged")
    void allKilledAtOnceForgetNothingThatWasAcknowledged()
    {
        killAll(REPLICAS, 20260102);
    }

    @Test
    @DisplayName("the only replica of a cluster of one, killed, goes on from its journal and forgets nothing")
    void theOnlyReplicaKilledGoesOnWhereItWas()
    {
        killAll(1, 20260104);
    }

    @Test
    @EnabledIfSystemProperty(named = "tagma.test.tier", matches = "2", disabledReason = "takes minutes")
    void backupsKilledAtRandomCatchUpEachTime()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            killOne(1 + seed % 3, seed);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "tagma.test.tier", matches = "2", disabledReason = "takes minutes")
    void allKilledAtRandomForgetNothing()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            killAll(REPLICAS, seed);
        }
    }

    private static void killOne(final int replicaId, final long seed)
    {
        final int requests = 2000;
        final int killAfter = 100 + new Random(seed).nextInt(400);
        final ResultLog results = new ResultLog();
        try (LocalCluster cluster = new LocalCluster(settings()))
        {
            cluster.start();
            // One at a time, so that there are as many batches as requests: many windows of them.
            try (ClientRun run = new ClientRun(
                cluster.clientContext(), new EchoSource(100, requests), Pace.closedLoop(1), results))
            {
                run.start();
                runTo(run, killAfter);
                final ReplicaProcess victim = cluster.replica(replicaId);
                victim.kill();
                assertEquals(ReplicaProcess.EXIT_KILLED, victim.awaitEnd(0));
                runTo(run, requests - 200);
                victim.start();
                runTo(run, requests);
                assertVerdict(cluster, run, results, requests, seed);
            }
        }
    }

    private static void killAll(final int replicas, final long seed)
    {
        final int requests = 3000;
        final int killAfter = 500 + new Random(seed).nextInt(1500);
        final ResultLog results = new ResultLog();
        try (LocalCluster cluster = new LocalCluster(settings().replicas(replicas)))
        {
            cluster.start();
            try (ClientRun run = new ClientRun(
                cluster.clientContext(), new EchoSource(100, requests), Pace.closedLoop(16), results))
            {
                run.start();
                runTo(run, killAfter);
                cluster.killAll();
                cluster.replicas().forEach(ReplicaProcess::start);
                runTo(run, requests);
                assertVerdict(cluster, run, results, requests, seed);
            }
        }
    }

    /** The last reply is there: now everything the demo checks has to hold. */
    private static void assertVerdict(
        final LocalCluster cluster,
        final ClientRun run,
        final ResultLog results,
        final int requests,
        final long seed)
    {
        final StringWriter said = new StringWriter();
        final Checks checks = new Checks(new PrintWriter(said));
        run.close();
        new ClusterVerdict(cluster, "echo", results, checks, new LinkedHashMap<>())
            .check(run.driver().totals(), requests, false);
        assertTrue(checks.areAllGood(), "seed " + seed + "\n" + said);
    }

    private static void runTo(final ClientRun run, final long committed)
    {
        final long startNs = System.nanoTime();
        while (run.driver().totals().committed() < committed)
        {
            run.doWork();
            assertTrue(
                System.nanoTime() - startNs < TIMEOUT_NS,
                run.driver().totals().committed() + " of " + committed + " requests committed in time");
        }
    }

    private static LocalClusterSettings settings()
    {
        return new LocalClusterSettings()
            .limits(new ClusterLimits().with(Limit.CHECKPOINT_INTERVAL, CHECKPOINT_INTERVAL))
            .replicaSetting("journal.archive", "true")
            .replicaSetting("tick.interval.ns", Long.toString(TimeUnit.SECONDS.toNanos(60)));
    }
}
