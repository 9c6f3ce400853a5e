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
package io.tagma.perf.peer;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/**
 * Sends back what it gets, as Tagma's echo service does. On the service's thread.
 */
final class EchoClusteredService implements ClusteredService
{
    private IdleStrategy idleStrategy;

    @Override
    public void onStart(final Cluster cluster, final Image snapshotImage)
    {
        idleStrategy = cluster.idleStrategy();
    }

    @Override
    public void onSessionMessage(
        final ClientSession session,
        final long timestamp,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final Header header)
    {
        if (null != session)
        {
            long result = session.offer(buffer, offset, length);
            while (Publication.BACK_PRESSURED == result || Publication.ADMIN_ACTION == result)
            {
                idleStrategy.idle();
                result = session.offer(buffer, offset, length);
            }
        }
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp)
    {
        idleStrategy.reset();
    }

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason closeReason)
    {
        idleStrategy.reset();
    }

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp)
    {
        throw new IllegalStateException("no timer was set, and one went off: " + correlationId);
    }

    @Override
    public void onTakeSnapshot(final ExclusivePublication snapshotPublication)
    {
        // An echo has no state.
        idleStrategy.reset();
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole)
    {
        idleStrategy.reset();
    }

    @Override
    public void onTerminate(final Cluster cluster)
    {
        idleStrategy.reset();
    }
}
