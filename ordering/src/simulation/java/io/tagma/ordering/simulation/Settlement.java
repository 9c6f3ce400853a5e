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

/**
 * How a run ends: after the last fault everything that was asked for must get done, by all, in bounded time. Where the
 * primary itself lies nothing is promised, and the run just goes on for a while.
 */
final class Settlement
{
    private static final long SETTLE_CHECK_NS = 2_000_000L;

    private final Simulation simulation;
    private final SimulationConfiguration configuration;
    private SimulatedReplica[] replicas;
    private SimulatedClient[] clients;
    private long healedNs;
    private long settleSequence;
    private boolean isOver;

    Settlement(final Simulation simulation)
    {
        this.simulation = simulation;
        configuration = simulation.configuration();
    }

    void start(final SimulatedReplica[] allReplicas, final SimulatedClient[] allClients)
    {
        replicas = allReplicas;
        clients = allClients;
        healedNs = simulation.nowNs();
        simulation.schedule(SETTLE_CHECK_NS, this::checkSettled);
    }

    /** INV13: all that was asked for is done, and all that are left vote in one view, in bounded time. */
    private void checkSettled()
    {
        boolean isDone = true;
        for (final SimulatedClient client : clients)
        {
            isDone &= client.isDone();
        }
        if (isDone && 0 == settleSequence)
        {
            settleSequence = simulation.oracle().historyLength();
        }
        if (isDone && haveAllReached(settleSequence))
        {
            simulation.result().healTook(simulation.nowNs() - healedNs);
            checkFinalStates();
            isOver = true;
        }
        else if (simulation.nowNs() - healedNs > configuration.livenessBoundNs)
        {
            simulation.verdict().violated("INV13 liveness", stuck());
        }
        else
        {
            simulation.schedule(SETTLE_CHECK_NS, this::checkSettled);
        }
    }

    private boolean haveAllReached(final long sequence)
    {
        long highestView = 0;
        for (final SimulatedReplica replica : replicas)
        {
            highestView = isLost(replica) ? highestView : Math.max(highestView, replica.status().view());
        }
        for (final SimulatedReplica replica : replicas)
        {
            if (!isLost(replica) && (!replica.isUp() ||
                replica.status().executedSequence() < sequence || !replica.status().isVoting() ||
                replica.status().view() != highestView))
            {
                return false;
            }
        }
        return true;
    }

    private boolean isLost(final SimulatedReplica replica)
    {
        return configuration.isByzantine(replica.id()) || configuration.isMortal(replica.id()) ||
            replica.storage().isBurnt();
    }

    private void checkFinalStates()
    {
        for (final SimulatedReplica replica : replicas)
        {
            if (!isLost(replica) &&
                replica.status().executedSequence() == simulation.oracle().historyLength() &&
                replica.serviceState() != simulation.oracle().reference().serviceState())
            {
                simulation.verdict().violated(
                    "INV4 exactly once", "the service of replica " + replica.id() + " is not in the reference's state");
            }
        }
    }

    private String stuck()
    {
        final StringBuilder text = new StringBuilder("not done ").append((simulation.nowNs() - healedNs) / 1_000_000)
            .append(" ms after the last fault, history ").append(simulation.oracle().historyLength());
        for (final SimulatedClient client : clients)
        {
            text.append("; ").append(client);
        }
        for (final SimulatedReplica replica : replicas)
        {
            text.append("; ").append(replica.status()).append(" awaits ").append(replica.status().awaitedSequence());
        }
        return text.toString();
    }

    boolean isOver()
    {
        return isOver;
    }
}
