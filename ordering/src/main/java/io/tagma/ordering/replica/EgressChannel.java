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

import static io.tagma.codecs.FrameLayout.TAG_LENGTH;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.exceptions.AeronException;
import io.tagma.ordering.transport.StreamIds;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The publication to one response channel, shared by the sessions of a client that gave the same one. Added without
 * waiting; the answer to an OPEN that is ready before the client is connected is kept for a moment.
 */
final class EgressChannel
{
    private static final int ATTEMPTS = 3;
    private static final int KEPT_LENGTH_MAX = 512;
    private static final long KEEP_NS = 2_000_000_000L;
    private static final long NULL_REGISTRATION = Aeron.NULL_VALUE;

    final String channel;
    int references;

    private long registrationId;
    private ExclusivePublication publication;
    private final UnsafeBuffer kept = new UnsafeBuffer(new byte[KEPT_LENGTH_MAX]);
    private boolean isRefused;
    private int keptLength;
    private long keptUntilNs;

    EgressChannel(final Aeron aeron, final String channel)
    {
        this.channel = channel;
        registrationId = aeron.asyncAddExclusivePublication(channel, StreamIds.EGRESS);
    }

    /** Looks whether the publication is there, and sends what was kept. */
    int doWork(final Aeron aeron, final long nowNs)
    {
        int workCount = 0;
        if (NULL_REGISTRATION != registrationId)
        {
            workCount += settle(aeron);
        }
        if (keptLength > 0)
        {
            if (keptUntilNs - nowNs < 0)
            {
                keptLength = 0;
            }
            else if (null != publication && publication.isConnected())
            {
                publication.offer(kept, 0, keptLength);
                keptLength = 0;
                workCount++;
            }
        }
        return workCount;
    }

    private int settle(final Aeron aeron)
    {
        try
        {
            publication = aeron.getExclusivePublication(registrationId);
        }
        catch (final AeronException ex)
        {
            // An address that is none, or not to be reached: the client's loss, and what is offered here is dropped.
            isRefused = true;
            registrationId = NULL_REGISTRATION;
            keptLength = 0;
            return 1;
        }
        if (null == publication)
        {
            return 0;
        }
        registrationId = NULL_REGISTRATION;
        return 1;
    }

    boolean isRefused()
    {
        return isRefused;
    }

    boolean isSettled()
    {
        return NULL_REGISTRATION == registrationId && 0 == keptLength;
    }

    boolean offer(
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        if (null == publication)
        {
            return false;
        }
        for (int i = 0; i < ATTEMPTS; i++)
        {
            final long result = publication.offer(message, offset, length, tag, tagOffset, TAG_LENGTH);
            if (result > 0)
            {
                return true;
            }
            if (Publication.ADMIN_ACTION != result)
            {
                break;
            }
        }
        return false;
    }

    /** Keeps one small frame until the client is connected; a later one replaces it. */
    boolean keep(
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset,
        final long nowNs)
    {
        final boolean isConnected = null != publication && publication.isConnected();
        if (isConnected || isRefused || length + TAG_LENGTH > KEPT_LENGTH_MAX)
        {
            return false;
        }
        kept.putBytes(0, message, offset, length);
        kept.putBytes(length, tag, tagOffset, TAG_LENGTH);
        keptLength = length + TAG_LENGTH;
        keptUntilNs = nowNs + KEEP_NS;
        return true;
    }

    void close(final Aeron aeron)
    {
        if (NULL_REGISTRATION != registrationId)
        {
            aeron.asyncRemovePublication(registrationId);
        }
        CloseHelper.quietClose(publication);
    }
}
