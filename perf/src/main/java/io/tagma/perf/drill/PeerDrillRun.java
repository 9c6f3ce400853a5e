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

import io.aeron.cluster.ConsensusModuleVersion;
import io.tagma.perf.cluster.Patience;
import io.tagma.perf.cluster.ReplicaProcess;
import io.tagma.perf.cluster.SideThread;
import io.tagma.perf.load.ClientRun;
import io.tagma.perf.load.CommittedHandler;
import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.EchoSource;
import io.tagma.perf.peer.AeronClusterFailover;
import io.tagma.perf.peer.AeronClusterProcesses;
import io.tagma.perf.peer.AeronClusterTuning;
import io.tagma.perf.peer.LossyClient;
import io.tagma.perf.verdict.Checks;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What {@link SilentPrimary} does, done to Aeron Cluster: the same load, the same clock, the same report. It promises
 * less, so less is checked: a request that is under way when the leader dies may go unanswered, and is counted.
 */
final class PeerDrillRun
{
    /** As on the command line. */
    static final String AERON_CLUSTER = "aeron-cluster";

    private static final int NODES = 3;
    private static final int SYNC_LEVEL = 0;
    private static final int PAYLOAD_LENGTH = 100;
    private static final double NS_PER_MS = 1e6;

    private final DrillOptions options;
    private final Map<String, String> properties;
    private final DrillWatch watch;
    private final Checks checks;
    private final DrillPlay play;
    private final KillTimes times = new KillTimes();
    private final Map<String, Object> report = new LinkedHashMap<>();
    /** For the thread that kills; read after its end. */
    private boolean hasRisen = true;

    /**
     * Prepares it.
     *
     * @param options  of a silent primary.
     * @param settings of the nodes, by their own names, over the best that are known.
     * @param out      to print to.
     */
    PeerDrillRun(final DrillOptions options, final Map<String, String> settings, final PrintWriter out)
    {
        this.options = options;
        properties = AeronClusterFailover.properties(settings);
        watch = new DrillWatch(SystemNanoClock.INSTANCE, options.pace(), CommittedHandler.NONE);
        checks = new Checks(out);
        play = new DrillPlay(options, watch, checks, out);
    }

    /**
     * Runs it.
     *
     * @return whether every check held.
     * @throws IOException if the report cannot be written.
     */
    boolean run() throws IOException
    {
        play.say("%s of Aeron Cluster %s: kill -9 of the leader; start it again", options.scenario().label(),
            ConsensusModuleVersion.VERSION);
        play.say("%s; %d nodes, archive sync level %d, %s", options.pace().describe(), NODES, SYNC_LEVEL, properties);
        try (AeronClusterProcesses cluster =
            new AeronClusterProcesses(NODES, AeronClusterTuning.BEST, SYNC_LEVEL, properties))
        {
            cluster.start();
            makeTrouble(cluster);
        }
        play.tell(NODES + 1, head(), report);
        return checks.areAllGood();
    }

    private void makeTrouble(final AeronClusterProcesses cluster)
    {
        final LossyClient[] client = new LossyClient[1];
        final SideThread[] operator = new SideThread[1];
        try (ClientRun run = new ClientRun(
            (handler) ->
            {
                client[0] = new LossyClient(cluster::connect, handler, SystemNanoClock.INSTANCE);
                return client[0];
            },
            new EchoSource(PAYLOAD_LENGTH, Long.MAX_VALUE), options.pace(), watch);
            SideThread side = new SideThread(() -> play.around(() -> killAll(cluster, operator[0]))))
        {
            operator[0] = side;
            final DriverTotals totals = play.send(run, side, "the leader was killed as often as asked");
            judge(totals, client[0]);
        }
    }

    private void killAll(final AeronClusterProcesses cluster, final SideThread side)
    {
        for (int i = 1; i <= options.times(); i++)
        {
            kill(cluster, i, side);
            if (i < options.times())
            {
                Patience.pause(TimeUnit.SECONDS.toMillis(options.forS()));
            }
        }
        side.say(times.text());
    }

    private void kill(final AeronClusterProcesses cluster, final int ordinal, final SideThread side)
    {
        final ReplicaProcess leader = cluster.awaitFullStrength();
        final long term = cluster.term();
        final long signalNs = watch.nowNs();
        watch.watchWithout(leader.id());
        leader.kill();
        final long gapNs = watch.awaitGapNs();
        times.add(gapNs);
        cluster.startAgain(leader);
        cluster.awaitFullStrength();
        final long newTerm = cluster.term();
        side.say(String.format(
            Locale.ROOT,
            "kill %d of %d: node %d, leader of term %d; next commit %,.1f ms after the kill; " +
            "full strength %,.1f ms after it, in term %d",
            ordinal, options.times(), leader.id(), term, gapNs / NS_PER_MS,
            (watch.nowNs() - signalNs) / NS_PER_MS, newTerm));
        hasRisen &= newTerm > term;
    }

    private void judge(final DriverTotals totals, final LossyClient client)
    {
        checks.check("leaderChangedEachTime", hasRisen, "each kill was followed by a greater term of leadership");
        checks.check("answeredAtMostOnce", 0 == totals.unexpected() && 0 == totals.rejected(), String.format(
            Locale.ROOT, "%,d requests sent, %,d answered in time; none was answered twice or refused", totals.sent(),
            totals.committed()));
        checks.check("eachAccountedFor", totals.committed() > 0 && 0 == totals.unanswered(), String.format(
            Locale.ROOT, "%,d were given up: lost, or ordered and never answered (%,d of them were answered later)",
            client.givenUpCount(), client.lateCount()));
        report.putAll(times.figures());
        report.put("requests", totals.sent());
        report.put("answered", totals.committed());
        report.put("lost", client.givenUpCount() - client.lateCount());
        report.put("answeredLate", client.lateCount());
    }

    private Map<String, Object> head()
    {
        final Map<String, Object> head = new LinkedHashMap<>();
        head.put("peer", AERON_CLUSTER);
        head.put("version", ConsensusModuleVersion.VERSION);
        head.put("nodes", NODES);
        head.put("archiveSyncLevel", SYNC_LEVEL);
        head.put("settings", properties);
        return head;
    }
}
