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

/**
 * Counts dropped frames by link and reason. Written by the ordering thread; a link is a peer by its id, or all clients
 * together.
 */
public final class FrameRejections
{
    private static final int REASONS = FrameRejection.values().length;

    private final int peerCount;
    private final long[] counts;

    /**
     * All at 0.
     *
     * @param peerCount number of replicas.
     */
    public FrameRejections(final int peerCount)
    {
        this.peerCount = peerCount;
        counts = new long[(peerCount + 1) * REASONS];
    }

    void countPeer(final int peerId, final FrameRejection reason)
    {
        counts[peerId * REASONS + reason.ordinal()]++;
    }

    void countClient(final FrameRejection reason)
    {
        counts[peerCount * REASONS + reason.ordinal()]++;
    }

    void setPeer(final int peerId, final FrameRejection reason, final long count)
    {
        counts[peerId * REASONS + reason.ordinal()] = count;
    }

    void setClient(final FrameRejection reason, final long count)
    {
        counts[peerCount * REASONS + reason.ordinal()] = count;
    }

    /**
     * Frames dropped on the link of a peer.
     *
     * @param peerId of the peer.
     * @param reason why.
     * @return their count.
     */
    public long ofPeer(final int peerId, final FrameRejection reason)
    {
        return counts[peerId * REASONS + reason.ordinal()];
    }

    /**
     * Frames of clients that were dropped.
     *
     * @param reason why.
     * @return their count.
     */
    public long ofClients(final FrameRejection reason)
    {
        return counts[peerCount * REASONS + reason.ordinal()];
    }

    /**
     * Frames dropped on any link.
     *
     * @param reason why.
     * @return their count.
     */
    public long of(final FrameRejection reason)
    {
        long sum = 0;
        for (int i = reason.ordinal(); i < counts.length; i += REASONS)
        {
            sum += counts[i];
        }
        return sum;
    }

    /**
     * Frames dropped on any link for any reason.
     *
     * @return their count.
     */
    public long total()
    {
        long sum = 0;
        for (final long count : counts)
        {
            sum += count;
        }
        return sum;
    }
}
