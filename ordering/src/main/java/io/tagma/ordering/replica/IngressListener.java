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

import org.agrona.DirectBuffer;

/**
 * What the shell itself learns from client frames, beside handing bundles to the core.
 */
public interface IngressListener
{
    /**
     * An OPEN under a good tag came in: its answer, whatever it will be, goes to this channel.
     *
     * @param clientId of the client.
     * @param channel  that holds the response channel in ASCII.
     * @param offset   of its first byte.
     * @param length   in bytes.
     */
    void onOpenHeard(int clientId, DirectBuffer channel, int offset, int length);

    /**
     * A frame named a session that is not known here. Its structure is right; nothing about it is authenticated.
     *
     * @param clientId      a configured client.
     * @param sessionId     that it named.
     * @param frame         that holds the frame from index 0 on.
     * @param messageLength in bytes; the tag follows.
     */
    void onUnknownSession(int clientId, long sessionId, DirectBuffer frame, int messageLength);
}
