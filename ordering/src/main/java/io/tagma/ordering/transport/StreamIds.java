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
package io.tagma.ordering.transport;

/**
 * Aeron stream ids: with the channel they say who speaks to whom.
 */
public final class StreamIds
{
    /** Clients to a replica, at its ingress endpoint. */
    public static final int INGRESS = 2000;
    /** A replica to a client, at the client's response endpoint. */
    public static final int EGRESS = 2001;

    private static final int PEER_BASE = 1000;

    private StreamIds()
    {
    }

    /**
     * A replica to others, at their peer endpoints.
     *
     * @param senderId of the replica.
     * @return the stream id.
     */
    public static int peer(final int senderId)
    {
        return PEER_BASE + senderId;
    }
}
