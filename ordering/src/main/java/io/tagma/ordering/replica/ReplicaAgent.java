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
package io.tagma.ordering.replica;

import io.tagma.journal.Journal;
import io.tagma.ordering.protocol.Replica;
import io.tagma.ordering.protocol.ReplicaStatus;

import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * The ordering thread's duty cycle: receive, verify, order, journal, send. Everything runs to completion on this thread
 * and nothing in it waits. Peers are heard before clients: promises are kept before more are made.
 */
final class ReplicaAgent implements Agent
{
    /** The wall clock is the monotonic one and an offset, measured anew now and then: reading it allocates nothing. */
    private static final int CLOCK_ATTEMPTS = 100;
    private static final long CLOCK_THRESHOLD_NS = 250;
    private static final long CLOCK_RESAMPLE_NS = TimeUnit.SECONDS.toNanos(5);

    private final ReplicaCore core;
    private final ReplicaTransport transport;
    private final Replica replica;
    private final Outbox outbox;
    private final OutboxDrainer drainer;
    private final Journal journal;
    private final EpochNanoClock epochClock = new OffsetEpochNanoClock(
        CLOCK_ATTEMPTS, CLOCK_THRESHOLD_NS, CLOCK_RESAMPLE_NS);

    ReplicaAgent(final ReplicaCore core, final ReplicaTransport transport)
    {
        this.core = core;
        this.transport = transport;
        replica = core.replica();
        outbox = core.outbox();
        drainer = transport.drainer();
        journal = core.journal();
    }

    @Override
    public int doWork()
    {
        int workCount = transport.invoke();
        final long nowNs = System.nanoTime();
        onTime(nowNs);
        workCount += transport.peers().poll();
        if (outbox.hasRoomForClients() && replica.hasRoom())
        {
            workCount += transport.ingress().poll();
        }
        workCount += core.sideQueue().pollResults();
        workCount += replica.onEndOfBurst();
        workCount += drainer.drain();
        workCount += journal.doWork();
        workCount += core.egress().doWork(nowNs);
        transport.counters().doWork(nowNs, workCount);
        return workCount;
    }

    private void onTime(final long nowNs)
    {
        final ReplicaStatus status = replica.status();
        replica.onTime(nowNs, epochClock.nanoTime());
        transport.unknownSessions().onDutyCycle(nowNs, status.view(), status.nextPosition());
    }

    @Override
    public String roleName()
    {
        return "tagma-replica-" + core.origin().sender();
    }
}
