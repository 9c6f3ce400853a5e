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

import io.tagma.ordering.service.AgreedTimers;
import io.tagma.ordering.service.OrderedService;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A service with somebody counting what it is given.
 */
final class ObservedService implements OrderedService
{
    private final ReferenceService service;
    private final int replica;
    private final Simulation simulation;

    ObservedService(final ReferenceService service, final int replica, final Simulation simulation)
    {
        this.service = service;
        this.replica = replica;
        this.simulation = simulation;
    }

    @Override
    public void onStart(final AgreedTimers timers)
    {
        service.onStart(timers);
    }

    @Override
    public void onSessionOpen(final long sessionId, final int clientId, final long timestampNs)
    {
        service.onSessionOpen(sessionId, clientId, timestampNs);
    }

    @Override
    public void onSessionClose(final long sessionId, final long timestampNs)
    {
        service.onSessionClose(sessionId, timestampNs);
    }

    @Override
    public int onMessage(
        final long sessionId,
        final long position,
        final long sequence,
        final long timestampNs,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer result)
    {
        final TraceHash payload = new TraceHash();
        payload.add(buffer, offset, length);
        simulation.onExecuted(
            replica, new Invariant.Execution(sessionId, position, sequence, timestampNs, payload.value()));
        return service.onMessage(sessionId, position, sequence, timestampNs, buffer, offset, length, result);
    }

    @Override
    public void onTimer(final long correlationId, final long timestampNs)
    {
        service.onTimer(correlationId, timestampNs);
    }

    @Override
    public int saveState(final MutableDirectBuffer buffer, final int offset)
    {
        return service.saveState(buffer, offset);
    }

    @Override
    public void loadState(final DirectBuffer buffer, final int offset, final int length)
    {
        service.loadState(buffer, offset, length);
    }

    @Override
    public void stateDigest(final MutableDirectBuffer digest, final int offset)
    {
        service.stateDigest(digest, offset);
    }
}
