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

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.Subscription;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.protocol.Replica;
import io.tagma.ordering.transport.FrameAssembler;
import io.tagma.ordering.transport.StreamIds;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Polls one stream for each other replica and hands what passes the verifier to the core. The stream names the sender
 * that a frame can plausibly have.
 */
final class PeerAdapter implements AutoCloseable
{
    private static final int FRAGMENT_LIMIT = 64;

    private final PeerFrameVerifier verifier;
    private final Replica replica;
    private final Outbox outbox;
    private final Link[] links;
    private int firstLink;

    /** Each stream has its place in its link's assembler: one that never ends its frames takes none from another. */
    PeerAdapter(
        final Aeron aeron,
        final ClusterConfiguration cluster,
        final int replicaId,
        final PeerFrameVerifier verifier,
        final Replica replica,
        final Outbox outbox,
        final int streamSessionLimit)
    {
        this.verifier = verifier;
        this.replica = replica;
        this.outbox = outbox;
        links = new Link[cluster.replicaCount() - 1];
        final String channel = cluster.replica(replicaId).peerEndpoint().channel();
        for (int i = 0; i < links.length; i++)
        {
            links[i] = new Link(aeron, channel, i < replicaId ? i : i + 1, streamSessionLimit);
        }
    }

    /** Begins with another link each time: with little room left, no peer is always the last. */
    int poll()
    {
        int workCount = 0;
        for (int i = 0; i < links.length && outbox.hasRoomForPeers(); i++)
        {
            final Link link = links[(firstLink + i) % links.length];
            workCount += link.subscription.poll(link.assembler, FRAGMENT_LIMIT);
            verifier.onDroppedFragments(link.peerId, link.assembler.droppedFrames());
        }
        firstLink = links.length > 0 ? (firstLink + 1) % links.length : 0;
        return workCount;
    }

    @Override
    public void close()
    {
        for (final Link link : links)
        {
            CloseHelper.quietClose(link.subscription);
        }
    }

    private final class Link
    {
        private final int peerId;
        private final FrameAssembler assembler;
        private final Subscription subscription;

        private Link(final Aeron aeron, final String channel, final int peerId, final int streamSessionLimit)
        {
            this.peerId = peerId;
            assembler = new FrameAssembler(this::onFrame, verifier.frameLengthMax(), streamSessionLimit);
            subscription = aeron.addSubscription(channel, StreamIds.peer(peerId), null, this::onUnavailable);
        }

        private void onUnavailable(final Image image)
        {
            assembler.forget(image.sessionId());
        }

        private void onFrame(final DirectBuffer buffer, final int offset, final int length)
        {
            if (verifier.verify(peerId, buffer, offset, length))
            {
                replica.onMessage(peerId, verifier.message(), 0, verifier.messageLength());
            }
        }
    }
}
