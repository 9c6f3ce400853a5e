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
import io.tagma.ordering.protocol.HaltReason;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * One run: a cluster, its clients and its misfortunes on one thread under virtual time. The same seed gives the same
 * run.
 */
public final class Simulation
{
    private static final ThreadLocal<Map<Integer, SimulationKeys>> KEYS = ThreadLocal.withInitial(HashMap::new);

    private final SimulationConfiguration configuration;
    private final SimulationRandom random;
    private final Latencies latencies;
    private final EventQueue events = new EventQueue();
    private final TraceHash trace = new TraceHash();
    private final Verdict verdict = new Verdict();
    private final SimulationResult result;
    private final SimulationKeys keys;
    private final FrameLimits limits;
    private final Oracle oracle;
    private final JournalWitness journalWitness;
    private final FrameWitness frameWitness;
    private final SimulatedNetwork network;
    private final SimulatedReplica[] replicas;
    private final ReplicaLies[] lies;
    private final SimulatedClient[] clients;
    private final boolean[] isWakePending;
    private final WallClocks wallClocks;
    private final Nemesis nemesis;
    private final ShadowRecovery shadowRecovery;
    private final Settlement settlement;
    private long steps;

    Simulation(final long seed, final SimulationConfiguration configuration)
    {
        this.configuration = configuration;
        random = new SimulationRandom(seed);
        result = new SimulationResult(seed, configuration);
        latencies = new Latencies(configuration, random.stream("latencies"), result.faults());
        keys = KEYS.get().computeIfAbsent(configuration.replicaCount, SimulationKeys::new);
        limits = configuration.limits();
        final ClusterFacts cluster = new ClusterFacts(
            configuration.replicaCount, configuration.checkpointInterval, configuration.powerDurability,
            configuration.byzantineReplicas);
        oracle = new Oracle(
            cluster, verdict,
            new ReferenceExecution.Limits(
                configuration.sessionLimit, configuration.sessionWindow, limits.resultLengthMax(),
                configuration.window(), configuration.timeStepMaxNs, configuration.sessionTimeoutNs));
        journalWitness = new JournalWitness(oracle, SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH, keys);
        frameWitness = new FrameWitness(oracle, SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH, keys);
        final int clientCount = configuration.clientCount + configuration.byzantineClientCount;
        final int nodeCount = configuration.replicaCount + clientCount;
        network = new SimulatedNetwork(
            events, nodeCount, configuration.links, random.stream("network"), result.faults(), this::onArrival);
        isWakePending = new boolean[configuration.replicaCount];
        wallClocks = new WallClocks(nodeCount, configuration);
        replicas = new SimulatedReplica[configuration.replicaCount];
        lies = new ReplicaLies[configuration.replicaCount];
        clients = new SimulatedClient[clientCount];
        nemesis = new Nemesis(this);
        shadowRecovery = new ShadowRecovery(this);
        settlement = new Settlement(this);
    }

    /**
     * Runs a seed.
     *
     * @param seed          that decides everything the configuration leaves open.
     * @param configuration of the run; used up by it.
     * @return what came of it.
     */
    public static SimulationResult run(final long seed, final SimulationConfiguration configuration)
    {
        return new Simulation(seed, configuration).run();
    }

    /** Runs it, once. */
    SimulationResult run()
    {
        final SimulationRandom clocks = random.stream("clocks");
        wallClocks.draw(clocks, configuration.clockSkewMaxNs / 2);
        for (int i = 0; i < replicas.length; i++)
        {
            replicas[i] = new SimulatedReplica(i, this);
            lies[i] = configuration.isByzantine(i) ? new ReplicaLies(i, this) : null;
        }
        for (final SimulatedReplica replica : replicas)
        {
            replica.start();
            schedule(clocks.below((int)configuration.dutyCycleNs), () -> tick(replica));
        }
        for (int i = 0; i < clients.length; i++)
        {
            final SimulatedClient client = new SimulatedClient(i + 1, this, i >= configuration.clientCount);
            clients[i] = client;
            schedule(clocks.below((int)configuration.dutyCycleNs), () -> tick(client));
        }
        nemesis.start();
        runEvents();
        result.history(oracle, replicas, clients);
        result.conclude(trace.value(), steps, events.nowNs(), verdict.first());
        return result;
    }

    private void runEvents()
    {
        while (!settlement.isOver() && null == verdict.first())
        {
            final EventQueue.Event event = events.next();
            steps++;
            verdict.at(steps, events.nowNs());
            trace.add(events.nowNs());
            try
            {
                event.run();
            }
            catch (final RuntimeException | AssertionError ex)
            {
                verdict.threw(ex);
            }
        }
    }

    private void tick(final SimulatedReplica replica)
    {
        dutyCycle(replica);
        schedule(configuration.dutyCycleNs, () -> tick(replica));
    }

    private void tick(final SimulatedClient client)
    {
        client.dutyCycle();
        schedule(configuration.dutyCycleNs, () -> tick(client));
    }

    private void dutyCycle(final SimulatedReplica replica)
    {
        replica.dutyCycle();
        if (replica.isUp() && !configuration.isByzantine(replica.id()))
        {
            oracle.state(replica.id(), replica.state());
            oracle.occupancy(
                replica.id(), "outbox", replica.outbox().waitingBytes(), SimulatedReplica.outboxCapacity());
        }
    }

    /** Has a replica run a duty cycle soon. */
    void wake(final SimulatedReplica replica)
    {
        if (!isWakePending[replica.id()])
        {
            isWakePending[replica.id()] = true;
            schedule(
                latencies.drawPollDelayNs(),
                () ->
                {
                    isWakePending[replica.id()] = false;
                    dutyCycle(replica);
                });
        }
    }

    void schedule(final long delayNs, final Runnable action)
    {
        events.schedule(delayNs, action);
    }

    private void onArrival(final Frame frame)
    {
        result.delivered();
        if (frame.to < replicas.length)
        {
            replicas[frame.to].onArrival(frame);
        }
        else
        {
            clients[frame.to - replicas.length].onArrival(frame);
        }
    }

    void sendToReplica(final Frame frame)
    {
        if (null != lies[frame.from])
        {
            lies[frame.from].send(frame);
            return;
        }
        frameWitness.onSent(frame);
        shadowRecovery.onSent(replicas[frame.from], frame);
        sendOnNetwork(frame);
    }

    void sendToClient(final Frame frame, final int clientId, final long sessionId)
    {
        if (null != lies[frame.from])
        {
            lies[frame.from].sendReplies(frame, clientId, sessionId);
            return;
        }
        frameWitness.onRepliesSent(frame);
        sendOnNetwork(frame);
    }

    void sendOnNetwork(final Frame frame)
    {
        trace.add(frame.to);
        trace.add(frame.buffer, 0, frame.length());
        network.send(frame);
    }

    /** A frame is handed to the verifier of a replica. */
    void onDelivered(final Frame frame)
    {
        frameWitness.onDelivered(frame);
    }

    /** A frame passed the verifier of a replica: then its sender made it. */
    void onVerified(final Frame frame)
    {
        if (frame.creator != frame.from)
        {
            verdict.violated(
                "INV10 quorum soundness",
                "replica " + frame.to + " took a frame for one of replica " + frame.from + " that it did not make");
        }
    }

    void onAppended(final int replica, final long record, final DirectBuffer message, final int length)
    {
        trace.add(record);
        trace.add(message, 0, length);
        if (!configuration.isByzantine(replica))
        {
            journalWitness.onAppended(replica, record, message, 0);
            result.appended(message);
            nemesis.onAppended(message);
        }
    }

    void onDurable(final int replica, final long record)
    {
        trace.add(record);
        if (!configuration.isByzantine(replica))
        {
            oracle.durable(replica, record);
        }
    }

    void onExecuted(final int replica, final Invariant.Execution execution)
    {
        if (!configuration.isByzantine(replica))
        {
            oracle.executed(replica, execution);
        }
    }

    void onRestarted(final int replica, final long lastRecord)
    {
        oracle.restarted(replica, lastRecord);
        journalWitness.onRestarted(replica, lastRecord);
    }

    void onStarted(final int replica, final long awaitedSequence)
    {
        oracle.started(replica, awaitedSequence);
    }

    void onCrash(final SimulatedReplica replica)
    {
        nemesis.onCrash(replica);
    }

    void onStopped(final SimulatedReplica replica)
    {
        result.restarted();
        result.rejected(replica);
    }

    void onHalted(final int replica, final HaltReason reason, final long sequence)
    {
        if (!configuration.isByzantine(replica))
        {
            verdict.violated("no halt", "replica " + replica + " halts at " + sequence + ": " + reason);
        }
    }

    void onHealed()
    {
        latencies.heal();
        for (final SimulatedClient client : clients)
        {
            client.heal();
        }
        settlement.start(replicas, clients);
    }

    boolean isClient(final int clientId)
    {
        return clientId >= 1 && clientId <= clients.length;
    }

    int nodeOfClient(final int clientId)
    {
        return replicas.length + clientId - 1;
    }

    long wallClockNs(final int node)
    {
        return wallClocks.timeNs(node, events.nowNs());
    }

    long nowNs()
    {
        return events.nowNs() + 1;
    }

    Latencies latencies()
    {
        return latencies;
    }

    SimulationConfiguration configuration()
    {
        return configuration;
    }

    SimulationRandom random()
    {
        return random;
    }

    SimulationKeys keys()
    {
        return keys;
    }

    FrameLimits limits()
    {
        return limits;
    }

    Oracle oracle()
    {
        return oracle;
    }

    SimulationResult result()
    {
        return result;
    }

    FaultCounts faults()
    {
        return result.faults();
    }

    TraceHash trace()
    {
        return trace;
    }

    SimulatedNetwork network()
    {
        return network;
    }

    Verdict verdict()
    {
        return verdict;
    }

    SimulatedReplica replica(final int id)
    {
        return replicas[id];
    }
}
