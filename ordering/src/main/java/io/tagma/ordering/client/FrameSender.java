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
package io.tagma.ordering.client;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.authentication.Authenticator;

/**
 * Puts a tag behind a message and hands both to the transport.
 */
final class FrameSender
{
    private final ClientTransport transport;
    private final UnsafeBuffer tag = new UnsafeBuffer(new byte[FrameLayout.TAG_LENGTH]);

    FrameSender(final ClientTransport transport)
    {
        this.transport = transport;
    }

    /**
     * Sends one message to one replica.
     *
     * @return false if the transport did not take it.
     */
    boolean send(
        final int replicaId,
        final Authenticator[] toReplicas,
        final DirectBuffer message,
        final int offset,
        final int length)
    {
        toReplicas[replicaId].tag(message, offset, length, tag, 0);
        return transport.send(replicaId, message, offset, length, tag);
    }
}
