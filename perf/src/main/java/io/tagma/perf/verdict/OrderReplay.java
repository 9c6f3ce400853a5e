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
package io.tagma.perf.verdict;

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.ResolveDecoder;
import io.tagma.ordering.service.OrderedService;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * Executes an ordered log once more, on a fresh service and by a few lines of its own instead of the replica's code: an
 * opened session and each request that is its session's next take a position, in order; what was ordered twice counts
 * once. Each result is held against what the client was told. Sessions that time out are not followed: no session of a
 * local cluster lives that long without a word.
 */
final class OrderReplay
{
    private static final class Session
    {
        private final int clientId;
        private long nextNumber = 1;
        private boolean isOpen = true;

        private Session(final int clientId)
        {
            this.clientId = clientId;
        }
    }

    private final OrderedService service;
    private final int clientId;
    private final ResultLog told;
    private final BundleCursor cursor = new BundleCursor();
    private final UnsafeBuffer result;
    private final Long2ObjectHashMap<Session> sessions = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<Long> highestOpens = new Int2ObjectHashMap<>();
    private long timeNs;
    private long nextPosition = 1;
    private long requests;
    private long disagreements;

    /**
     * Begins before the first batch.
     *
     * @param service         to execute on.
     * @param resultLengthMax of the cluster: a service may go by it.
     * @param clientId        of the client; what others ordered is executed, and no more.
     * @param told            what the client was told, by the order of its requests.
     */
    OrderReplay(
        final OrderedService service, final int resultLengthMax, final int clientId, final ResultLog told)
    {
        this.service = service;
        this.clientId = clientId;
        this.told = told;
        result = new UnsafeBuffer(new byte[resultLengthMax]);
    }

    void onBatch(
        final long sequence,
        final long timestampNs,
        final DirectBuffer bodies,
        final int offset,
        final int length)
    {
        timeNs = Math.max(timeNs, timestampNs);
        cursor.wrap(bodies, offset, length);
        while (cursor.next())
        {
            if (BundleKind.OPEN == cursor.kind())
            {
                open();
            }
            else
            {
                executeBundle(sequence);
            }
        }
    }

    long requests()
    {
        return requests;
    }

    long disagreements()
    {
        return disagreements;
    }

    byte[] stateDigest()
    {
        final byte[] digest = new byte[32];
        service.stateDigest(new UnsafeBuffer(digest), 0);
        return digest;
    }

    private void open()
    {
        final Long highest = highestOpens.get(cursor.clientId());
        if (null == highest || cursor.firstNumber() > highest)
        {
            highestOpens.put(cursor.clientId(), Long.valueOf(cursor.firstNumber()));
            sessions.put(nextPosition, new Session(cursor.clientId()));
            service.onSessionOpen(nextPosition, cursor.clientId(), timeNs);
            nextPosition++;
        }
    }

    private void executeBundle(final long sequence)
    {
        final Session session = sessions.get(cursor.sessionId());
        while (null != session && cursor.nextPayload())
        {
            if (session.isOpen && cursor.payloadNumber() == session.nextNumber)
            {
                session.nextNumber++;
                execute(session, sequence, nextPosition++);
                if (BundleKind.CLOSE == cursor.kind())
                {
                    close(cursor.sessionId(), session);
                }
                else if (BundleKind.RESOLVE == cursor.kind())
                {
                    closeAsked(session);
                }
            }
        }
    }

    /** Whose client asks what became of a request of it is over. */
    private void closeAsked(final Session asking)
    {
        final long sessionId = cursor.bodies().getLong(
            cursor.payloadOffset() + ResolveDecoder.sessionIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        final Session asked = sessions.get(sessionId);
        if (null != asked && asked.isOpen && asked.clientId == asking.clientId)
        {
            close(sessionId, asked);
        }
    }

    private void close(final long sessionId, final Session session)
    {
        session.isOpen = false;
        service.onSessionClose(sessionId, timeNs);
    }

    private void execute(final Session session, final long sequence, final long position)
    {
        if (BundleKind.REQUESTS != cursor.kind())
        {
            return;
        }
        final int length = service.onMessage(
            cursor.sessionId(),
            position,
            sequence,
            timeNs,
            cursor.bodies(),
            cursor.payloadOffset(),
            cursor.payloadLength(),
            result);
        if (session.clientId == clientId)
        {
            requests++;
            disagreements += told.agreesWith(requests, position, result, 0, length) ? 0 : 1;
        }
    }
}
