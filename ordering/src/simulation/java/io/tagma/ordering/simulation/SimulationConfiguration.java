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
package io.tagma.ordering.simulation;

import io.tagma.codecs.FrameLimits;
import io.tagma.ordering.protocol.ProtocolParameters;
import io.tagma.ordering.protocol.Quorums;
import java.util.Arrays;

/**
 * One run's sizes, times and faults. A swarm: {@link #drawn} lets the seed choose nearly everything, each kind of fault
 * with an even chance, so that some runs have many kinds, some one, and some none. Times are in nanoseconds.
 */
public final class SimulationConfiguration
{
    private static final long MS = 1_000_000L;
    private static final long US = 1_000L;
    /**
     * A session that ends before its requests can be ordered gets nothing done, however right the code is. With one
     * bundle a batch and one batch at a time, each waiting for the slowest of all links some four times over, requests
     * of four clients take up to that many mean delays.
     */
    private static final int SESSION_DELAYS = 250;
    /**
     * A base time-out far below what a batch takes deposes one good primary after the other, for each view that makes
     * any progress takes it back to the base. It does not follow the latency yet, so where one delay in ten is a
     * hundred times the others it is drawn above what they add up to.
     */
    private static final int VIEW_DELAYS = 50;

    /** What the Byzantine replicas of a run do. */
    enum Adversary
    {
        /** There are none. */
        NONE,
        /** They keep messages back, for everybody or for some. */
        SILENT,
        /** They flip bits, send old messages again, and speak under others' names. */
        GARBLING,
        /** They say other things than their code would, to each receiver what suits it, under right keys. */
        LYING,
    }

    int replicaCount = 4;
    int checkpointInterval = 8;
    int snapshotInterval = 2;
    int snapshotChunkLength = 256;
    /** Whether what journals can do without is cut, and they serve others from the second newest snapshot on alone. */
    boolean logsAreCut;
    /** Chance that a bit of a replica's newest snapshot flips while it is down, in parts per million. */
    int snapshotRotPpm;
    int pipelineDepth = 2;
    int batchSlots = 8;
    int bundlesPerBatch = 4;
    int sessionWindow = 16;
    int sessionLimit = 8;
    int relayLimit = 8;
    int resultDigestThreshold = 32;
    long tickIntervalNs = 20 * MS;
    long statusIntervalNs = 40 * MS;
    long repairIntervalNs = 4 * MS;
    long checkpointIntervalMaxNs = 10_000 * MS;
    long clockSkewMaxNs = 500 * MS;
    long timeStepMaxNs = 1_000 * MS;
    long sessionTimeoutNs = 30_000 * MS;
    long heartbeatIntervalNs = 10 * MS;
    long viewTimeoutNs = 400 * MS;
    long viewTimeoutCeilingNs = 400 * MS;
    long viewTimeoutMaxNs = 3_200 * MS;

    int clientCount = 2;
    int byzantineClientCount;
    /** Chance that a client with requests under way dies in a duty cycle, in parts per million. */
    int clientDeathPpm;
    ClientLie clientLie = ClientLie.MIXED;
    int requestsPerClient = 40;
    int payloadLengthMax = 48;
    long thinkTimeNs = 2 * MS;
    long resendTimeoutNs = 20 * MS;

    long dutyCycleNs = MS;
    long pollDelayMaxNs;
    boolean powerDurability;
    long syncLatencyNs = 200 * US;
    long sideLatencyNs = 100 * US;
    int sideCapacity = 64;
    long snapshotLatencyNs = 500 * US;

    final LinkConditions links = new LinkConditions();
    boolean partitions;
    boolean backupCrashes;
    boolean primaryCrashes;
    boolean powerLosses;
    /** The primary of the highest view is cut off for a while whenever a checkpoint becomes stable. */
    boolean viewTorture;
    /** Bit i: replica i dies for good at some time of the fault phase. */
    long mortalReplicas;
    boolean slowSyncs;
    boolean slowSideAgent;
    Adversary adversary = Adversary.NONE;
    /** Bit i: replica i is Byzantine. */
    long byzantineReplicas;
    /** Chance that a Byzantine replica touches a frame that it sends, in parts per million. */
    int adversaryPpm = 200_000;

    /** A replica that dies at the effect {@link #scriptedCrashEffect} of its first life; none if negative. */
    int scriptedCrashReplica = -1;
    int scriptedCrashEffect;
    /** Whether that crash is a power loss that takes all that was not synced. */
    boolean scriptedCrashLosesPower;
    /** Whether a record in the middle of the journal rots at that crash. */
    boolean scriptedCrashRots;
    /** A replica that nobody can reach; none if negative. */
    int cutOffReplica = -1;
    /** How long nobody can, at most while faults go on. */
    long cutOffNs = Long.MAX_VALUE;
    /** What is wrong with the wall clocks of some replicas from a quarter of the fault phase to its end. */
    ClockFault clockFault = ClockFault.NONE;
    long clockFaultReplicas;

    /** How long faults go on; then the network is healed and everything must come to an end. */
    long faultPhaseNs = 150 * MS;
    /** How long it may take from there until all that is outstanding is done. */
    long livenessBoundNs = 20_000 * MS;
    /** Whether a journal is recovered into a shadow at votes, and how seldom: one vote in so many; 0 for never. */
    int shadowRecoveryEvery;

    /**
     * Quiet conditions: constant delays and no fault.
     *
     * @param replicaCount 4 or more.
     * @return to be changed.
     */
    public static SimulationConfiguration calm(final int replicaCount)
    {
        final SimulationConfiguration configuration = new SimulationConfiguration();
        configuration.replicaCount = replicaCount;
        return configuration;
    }

    /**
     * What a seed draws.
     *
     * @param seed         of the run.
     * @param replicaCount 4 or 7, or 0 to let the seed choose.
     * @return the configuration.
     */
    public static SimulationConfiguration drawn(final long seed, final int replicaCount)
    {
        final SimulationRandom random = new SimulationRandom(seed).stream("configuration");
        final SimulationConfiguration configuration = new SimulationConfiguration();
        final int drawnCount = random.oneOf(4, 4, 7);
        configuration.replicaCount = 0 == replicaCount ? drawnCount : replicaCount;
        configuration.drawSizes(random);
        configuration.drawLoad(random);
        configuration.drawLinks(random);
        configuration.drawProcessFaults(random);
        configuration.drawAdversary(random);
        configuration.drawViews(new SimulationRandom(seed).stream("views"));
        configuration.drawSnapshots(new SimulationRandom(seed).stream("snapshots"));
        SimulationParameters.drawRetention(configuration, new SimulationRandom(seed).stream("retention"));
        configuration.clientLie = ClientLie.drawn(new SimulationRandom(seed).stream("client lie"));
        return configuration;
    }

    private void drawSizes(final SimulationRandom random)
    {
        pipelineDepth = random.oneOf(1, 2, 2, 4);
        batchSlots = random.oneOf(8, 8, 16);
        checkpointInterval = Math.max(random.oneOf(4, 8, 16, 32), batchSlots / 2);
        bundlesPerBatch = random.oneOf(1, 2, 8);
        sessionWindow = random.oneOf(4, 16, 32);
        relayLimit = random.oneOf(2, 8);
        resultDigestThreshold = random.oneOf(0, 32, 256);
        tickIntervalNs = random.between(4 * MS, 40 * MS);
        statusIntervalNs = random.between(10 * MS, 60 * MS);
        repairIntervalNs = random.between(2 * MS, 8 * MS);
        checkpointIntervalMaxNs = random.coin() ? random.between(30 * MS, 300 * MS) : 10_000 * MS;
        clockSkewMaxNs = random.coin() ? random.between(MS, 20 * MS) : 500 * MS;
    }

    private void drawLoad(final SimulationRandom random)
    {
        clientCount = random.oneOf(1, 2, 3);
        requestsPerClient = random.oneOf(10, 30, 60);
        byzantineClientCount = random.coin() && clientCount < SimulationKeys.CLIENTS_MAX ? 1 : 0;
        payloadLengthMax = random.oneOf(24, 48, 120);
        thinkTimeNs = random.oneOf(0, 1, 5) * MS;
        resendTimeoutNs = random.between(5 * MS, 40 * MS);
        if (random.chance(200_000))
        {
            sessionTimeoutNs = random.between(40 * MS, 200 * MS);
            timeStepMaxNs = random.between(5 * MS, 100 * MS);
        }
        dutyCycleNs = random.between(200 * US, 2 * MS);
        pollDelayMaxNs = random.coin() ? random.between(1, 300 * US) : 0;
    }

    private void drawLinks(final SimulationRandom random)
    {
        links.delay = LinkConditions.Delay.values()[random.below(3)];
        links.delayMeanNs = random.between(20 * US, 2 * MS);
        sessionTimeoutNs = Math.max(sessionTimeoutNs, SESSION_DELAYS * links.delayMeanNs);
        links.keepsOrder = random.coin();
        if (random.coin())
        {
            links.lossPpm = random.below(300_000);
        }
        if (random.coin())
        {
            links.duplicationPpm = random.below(500_000);
        }
        if (random.coin())
        {
            links.garblePpm = random.below(100_000);
        }
        if (random.coin())
        {
            links.replayPpm = random.below(100_000);
        }
        if (random.coin())
        {
            links.clogPpm = random.below(5_000);
            links.clogNs = random.between(MS, 60 * MS);
        }
    }

    private void drawProcessFaults(final SimulationRandom random)
    {
        powerDurability = random.coin();
        syncLatencyNs = random.between(20 * US, 2 * MS);
        sideLatencyNs = random.between(10 * US, MS);
        sideCapacity = random.oneOf(12, 16, 64);
        partitions = random.coin();
        backupCrashes = random.coin();
        primaryCrashes = random.coin();
        powerLosses = random.coin();
        slowSyncs = random.coin();
        slowSideAgent = random.coin();
        shadowRecoveryEvery = random.chance(100_000) ? random.oneOf(8, 32, 128) : 0;
        faultPhaseNs = random.between(40 * MS, 400 * MS);
    }

    private void drawAdversary(final SimulationRandom random)
    {
        final int primary = SimulationKeys.EPOCH % replicaCount;
        final int kind = random.below(10);
        adversary = switch (kind)
        {
            case 0 -> Adversary.SILENT;
            case 1 -> Adversary.GARBLING;
            case 2, 3, 4, 5 -> Adversary.LYING;
            default -> Adversary.NONE;
        };
        adversaryPpm = random.oneOf(20_000, 200_000, 600_000, 1_000_000);
        if (Adversary.NONE == adversary)
        {
            return;
        }
        final boolean primaryLies = kind >= 4;
        final int faulty = (replicaCount - 1) / 3;
        int chosen = 0;
        if (primaryLies)
        {
            byzantineReplicas |= 1L << primary;
            chosen++;
        }
        while (chosen < faulty)
        {
            final int replica = random.below(replicaCount);
            if (replica != primary && !isByzantine(replica))
            {
                byzantineReplicas |= 1L << replica;
                chosen++;
            }
        }
    }

    /** Time-outs that are much too short at first, or long; replicas that stay away, the first primary among them. */
    private void drawViews(final SimulationRandom random)
    {
        viewTimeoutNs = random.coin() ? random.between(5 * MS, 60 * MS) : random.between(100 * MS, 400 * MS);
        if (LinkConditions.Delay.BIMODAL == links.delay)
        {
            viewTimeoutNs = Math.max(viewTimeoutNs, VIEW_DELAYS * links.delayMeanNs);
        }
        viewTimeoutCeilingNs = random.coin() ? viewTimeoutNs : Math.max(400 * MS, viewTimeoutNs);
        heartbeatIntervalNs = random.between(2 * MS, 40 * MS);
        viewTorture = random.chance(300_000);
        int left = (replicaCount - 1) / 3 - Long.bitCount(byzantineReplicas);
        if (random.chance(300_000))
        {
            int replica = random.coin() ? SimulationKeys.EPOCH % replicaCount : random.below(replicaCount);
            while (left > 0)
            {
                if (!isByzantine(replica) && !isMortal(replica))
                {
                    mortalReplicas |= 1L << replica;
                    left--;
                }
                replica = (replica + 1) % replicaCount;
            }
        }
    }

    private void drawSnapshots(final SimulationRandom random)
    {
        snapshotInterval = random.oneOf(1, 1, 2, 3);
        snapshotChunkLength = random.oneOf(64, 256, 4_096);
        snapshotRotPpm = random.coin() ? 300_000 : 0;
        snapshotLatencyNs = random.between(10 * US, 4 * MS);
        logsAreCut = random.coin();
    }

    /** For what the next view would heal: nobody loses patience with a primary, and none stays away. */
    void changeNoViews()
    {
        viewTimeoutNs = 4 * livenessBoundNs;
        viewTimeoutCeilingNs = viewTimeoutNs;
        viewTimeoutMaxNs = viewTimeoutNs;
        viewTorture = false;
        mortalReplicas = 0;
    }

    boolean isMortal(final int replica)
    {
        return 0 != (mortalReplicas >>> replica & 1);
    }

    boolean isByzantine(final int replica)
    {
        return 0 != (byzantineReplicas >>> replica & 1);
    }

    int window()
    {
        return 2 * checkpointInterval;
    }

    /** Everybody weighs 1. */
    Quorums quorums()
    {
        final int[] weights = new int[replicaCount];
        Arrays.fill(weights, 1);
        return new Quorums(weights);
    }

    ProtocolParameters parameters(final int replica, final FrameLimits limits)
    {
        return SimulationParameters.of(this, replica, limits);
    }

    FrameLimits limits()
    {
        return FrameLimits.builder()
            .replicaCount(replicaCount)
            .clientIdMax(SimulationKeys.CLIENTS_MAX)
            .payloadLengthMax(128)
            .bundleLengthMax(512)
            .batchLengthMax(4_096)
            .resultLengthMax(64)
            .sessionWindow(sessionWindow)
            .window(2 * checkpointInterval)
            .frameLengthMax(40 << 10)
            .build();
    }

    /**
     * The choices, for the line that a failure prints.
     *
     * @return one line.
     */
    @Override
    public String toString()
    {
        return "n=" + replicaCount + " C=" + checkpointInterval + " depth=" + pipelineDepth + " slots=" + batchSlots +
            " bundles=" + bundlesPerBatch + " clients=" + clientCount + "+" + byzantineClientCount + " requests=" +
            requestsPerClient + (powerDurability ? " power" : " process") + " " + links +
            (partitions ? " partitions" : "") + (backupCrashes ? " backupCrashes" : "") +
            (primaryCrashes ? " primaryCrashes" : "") + (powerLosses ? " powerLosses" : "") +
            (slowSyncs ? " slowSyncs" : "") + (slowSideAgent ? " slowSideAgent" : "") +
            " timeout=" + viewTimeoutNs / US + "/" + viewTimeoutCeilingNs / US + " heartbeat=" +
            heartbeatIntervalNs / US +
            (viewTorture ? " viewTorture" : "") + " mortal=" + Long.toBinaryString(mortalReplicas) + " adversary=" +
            adversary + "/" + Long.toBinaryString(byzantineReplicas) + "/" + adversaryPpm + " " + clientLie;
    }
}
