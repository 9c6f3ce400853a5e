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

import static io.tagma.codecs.FrameLayout.TAG_LENGTH;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.transport.StreamIds;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * One unicast publication for each other replica. Ordering thread only.
 */
final class AeronPeerPublisher implements PeerPublisher, AutoCloseable
{
    /** A term that is being rotated refuses once or twice; anything else is the peer's business. */
    private static final int ATTEMPTS = 3;

    private final ExclusivePublication[] publications;
    private final long[] drops;

    AeronPeerPublisher(final Aeron aeron, final ClusterConfiguration cluster, final int replicaId)
    {
        publications = new ExclusivePublication[cluster.replicaCount()];
        drops = new long[cluster.replicaCount()];
        for (int i = 0; i < publications.length; i++)
        {
            if (i != replicaId)
            {
                publications[i] = aeron.addExclusivePublication(
                    cluster.replica(i).peerEndpoint().channel(), StreamIds.peer(replicaId));
            }
        }
    }

    @Override
    public boolean isConnected(final int peerId)
    {
        if (publications[peerId].isConnected())
        {
            return true;
        }
        drops[peerId]++;
        return false;
    }

    @Override
    public boolean offer(
        final int peerId,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        for (int i = 0; i < ATTEMPTS; i++)
        {
            final long result = publications[peerId].offer(
                message, offset, length, tag, tagOffset, TAG_LENGTH);
            if (result > 0)
            {
                return true;
            }
            if (Publication.ADMIN_ACTION != result)
            {
                break;
            }
        }
        drops[peerId]++;
        return false;
    }

    long drops(final int peerId)
    {
        return drops[peerId];
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(publications);
    }
}
