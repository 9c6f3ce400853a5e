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

import static java.util.concurrent.TimeUnit.SECONDS;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.exceptions.AeronException;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.transport.StreamIds;

/**
 * One publication to the ingress of each replica. Never waits for any of them: one that cannot be had is tried again
 * later, one that presses back is skipped.
 */
final class ReplicaLinks implements ClientTransport, AutoCloseable
{
    private static final long NOT_ASKED = Aeron.NULL_VALUE;
    private static final long RETRY_NS = SECONDS.toNanos(1);

    private final Aeron aeron;
    private final ErrorHandler errorHandler;
    private final String[] channels;
    private final ExclusivePublication[] publications;
    private final long[] registrationIds;
    private final long[] askNs;
    private boolean isComplete;

    ReplicaLinks(final Aeron aeron, final ErrorHandler errorHandler, final String[] channels, final long nowNs)
    {
        this.aeron = aeron;
        this.errorHandler = errorHandler;
        this.channels = channels;
        publications = new ExclusivePublication[channels.length];
        registrationIds = new long[channels.length];
        askNs = new long[channels.length];
        for (int i = 0; i < channels.length; i++)
        {
            registrationIds[i] = NOT_ASKED;
            askNs[i] = nowNs;
        }
    }

    /** Goes on with the publications that are not there yet, or no longer. */
    void doWork(final long nowNs)
    {
        if (isComplete)
        {
            return;
        }
        isComplete = true;
        for (int i = 0; i < channels.length; i++)
        {
            if (null == publications[i])
            {
                advance(i, nowNs);
                isComplete &= null != publications[i];
            }
        }
    }

    private void advance(final int replicaId, final long nowNs)
    {
        if (nowNs - askNs[replicaId] < 0)
        {
            return;
        }
        try
        {
            if (NOT_ASKED == registrationIds[replicaId])
            {
                registrationIds[replicaId] =
                    aeron.asyncAddExclusivePublication(channels[replicaId], StreamIds.INGRESS);
            }
            publications[replicaId] = aeron.getExclusivePublication(registrationIds[replicaId]);
        }
        catch (final AeronException exception)
        {
            // A host name that does not resolve, for instance: it may tomorrow.
            registrationIds[replicaId] = NOT_ASKED;
            askNs[replicaId] = nowNs + RETRY_NS;
            errorHandler.onError(exception);
        }
    }

    @Override
    public boolean send(
        final int replicaId, final DirectBuffer message, final int offset, final int length, final DirectBuffer tag)
    {
        final ExclusivePublication publication = publications[replicaId];
        if (null == publication)
        {
            return false;
        }
        long position = publication.offer(message, offset, length, tag, 0, FrameLayout.TAG_LENGTH);
        if (Publication.ADMIN_ACTION == position)
        {
            position = publication.offer(message, offset, length, tag, 0, FrameLayout.TAG_LENGTH);
        }
        if (Publication.CLOSED == position || Publication.MAX_POSITION_EXCEEDED == position)
        {
            CloseHelper.quietClose(publication);
            publications[replicaId] = null;
            registrationIds[replicaId] = NOT_ASKED;
            isComplete = false;
        }
        return position > 0;
    }

    int connectedCount()
    {
        int count = 0;
        for (final ExclusivePublication publication : publications)
        {
            count += null != publication && publication.isConnected() ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(publications);
    }
}
