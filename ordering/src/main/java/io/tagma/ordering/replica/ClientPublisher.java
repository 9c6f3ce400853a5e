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
 * The way back to the clients. Never waits: a client that does not drain its replies loses them, and asks again.
 */
public interface ClientPublisher
{
    /**
     * Offers one frame.
     *
     * @param clientId      of the client.
     * @param sessionId     of its session; 0 for the answer to an OPEN.
     * @param message       that holds the message.
     * @param offset        of its first byte.
     * @param length        in bytes, without the tag.
     * @param tag           that holds the tag, {@code FrameLayout.TAG_LENGTH} bytes.
     * @param tagOffset     of its first byte.
     * @return false if it was dropped.
     */
    boolean offer(
        int clientId,
        long sessionId,
        DirectBuffer message,
        int offset,
        int length,
        DirectBuffer tag,
        int tagOffset);
}
