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
 * What the order says about sessions and the shell acts on: keys and publications come and go with them.
 */
public interface SessionEvents
{
    /**
     * A session was opened by execution.
     *
     * @param sessionId     of the session.
     * @param clientId      of its client.
     * @param channel       that holds the response channel in ASCII.
     * @param channelOffset of its first byte.
     * @param channelLength in bytes.
     */
    void sessionOpened(long sessionId, int clientId, DirectBuffer channel, int channelOffset, int channelLength);

    /**
     * A session left the table.
     *
     * @param sessionId of the session.
     */
    void sessionForgotten(long sessionId);
}
