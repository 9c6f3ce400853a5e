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

import io.tagma.ordering.protocol.Replica;
import java.util.ArrayDeque;

/**
 * What the side agent of one life of a replica has answered and the core has not heard yet.
 */
final class SideInbox implements SimulatedSideAgent.Answers
{
    private final Simulation simulation;
    private final SimulatedReplica replica;
    private final ArrayDeque<SimulatedSideAgent.Answer> answers = new ArrayDeque<>();
    private SimulatedSideAgent.Answer snapshot;
    private boolean isReplaying = true;
    private boolean isClosed;
    private int pending;

    SideInbox(final Simulation simulation, final SimulatedReplica replica)
    {
        this.simulation = simulation;
        this.replica = replica;
    }

    @Override
    public boolean later(final SimulatedSideAgent.Answer answer)
    {
        if (pending >= simulation.configuration().sideCapacity)
        {
            return false;
        }
        pending++;
        simulation.schedule(
            simulation.latencies().drawSideNs(),
            () ->
            {
                if (!isClosed)
                {
                    answers.add(answer);
                    simulation.wake(replica);
                }
            });
        return true;
    }

    @Override
    public void snapshot(final SimulatedSideAgent.Answer answer)
    {
        if (isReplaying)
        {
            snapshot = answer;
            return;
        }
        simulation.schedule(
            simulation.latencies().drawSnapshotNs(),
            () ->
            {
                if (!isClosed)
                {
                    snapshot = answer;
                    simulation.wake(replica);
                }
            });
    }

    @Override
    public void fetched(final long sequence)
    {
        simulation.result().storage().fetched();
    }

    /** While the journal is replayed nobody else is at work: what is asked for is there at once. */
    void afterRecord(final Replica core)
    {
        if (null != snapshot)
        {
            final SimulatedSideAgent.Answer answer = snapshot;
            snapshot = null;
            answer.giveTo(core);
        }
    }

    void replayed()
    {
        isReplaying = false;
    }

    void close()
    {
        isClosed = true;
    }

    /** What has come since the last duty cycle. */
    void giveTo(final Replica core)
    {
        afterRecord(core);
        for (SimulatedSideAgent.Answer answer = answers.poll(); null != answer; answer = answers.poll())
        {
            pending--;
            answer.giveTo(core);
        }
    }
}
