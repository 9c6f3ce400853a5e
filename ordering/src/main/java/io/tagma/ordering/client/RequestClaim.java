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

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Room for one request straight in the bundle that will be sent: encode into {@link #buffer()}, then {@link #commit()}
 * or {@link #abort()}. Reusable, for one thread; at most one claim of a client is open at a time, and it is to be ended
 * before anything else is asked of the client.
 */
public final class RequestClaim
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private RequestWindow window;

    void onClaimed(
        final RequestWindow claimedFrom, final UnsafeBuffer bundles, final int offset, final int lengthBytes)
    {
        window = claimedFrom;
        buffer.wrap(bundles, offset, lengthBytes);
    }

    /**
     * @return where to encode the payload: from index 0, exactly as long as was claimed. It holds old bytes.
     */
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * @return length of the claim in bytes.
     */
    public int length()
    {
        return buffer.capacity();
    }

    /**
     * Lets the request go with its bundle.
     *
     * @throws IllegalStateException if nothing is claimed.
     */
    public void commit()
    {
        end().commitClaim(buffer.capacity());
        buffer.wrap(0, 0);
    }

    /**
     * Gives the room back; the number is given out again.
     *
     * @throws IllegalStateException if nothing is claimed.
     */
    public void abort()
    {
        end().abortClaim();
        buffer.wrap(0, 0);
    }

    private RequestWindow end()
    {
        final RequestWindow ended = window;
        if (null == ended)
        {
            throw new IllegalStateException("nothing is claimed: it was committed or aborted before");
        }
        window = null;
        return ended;
    }
}
