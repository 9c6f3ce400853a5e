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

/**
 * How frames leave the client. Never blocks; what it does not take is lost, and sent again by the client's own timers.
 */
@FunctionalInterface
public interface ClientTransport
{
    /**
     * Sends one frame, a message and its tag, to one replica.
     *
     * @param replicaId of the receiver.
     * @param message   that holds the message, borrowed for the call.
     * @param offset    of its first byte.
     * @param length    in bytes.
     * @param tag       that holds the tag of 16 bytes, from index 0, borrowed for the call.
     * @return false if the frame was not taken: no connection, or back pressure.
     */
    boolean send(int replicaId, DirectBuffer message, int offset, int length, DirectBuffer tag);
}
