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
package io.tagma.perf.load;

import org.agrona.MutableDirectBuffer;

/**
 * Requests of one length without end (or as many as are wanted), each different from the one before: its first eight
 * bytes count.
 */
public final class EchoSource implements RequestSource
{
    private final int length;
    private final long requests;
    private long made;

    /**
     * Starts at the first.
     *
     * @param length   of each, from 8 bytes.
     * @param requests to make.
     */
    public EchoSource(final int length, final long requests)
    {
        if (length < Long.BYTES)
        {
            throw new IllegalArgumentException("a payload of " + length + " bytes has no room for a counter");
        }
        this.length = length;
        this.requests = requests;
    }

    @Override
    public int next(final MutableDirectBuffer buffer)
    {
        if (made == requests)
        {
            return END;
        }
        buffer.putLong(0, ++made);
        return length;
    }
}
