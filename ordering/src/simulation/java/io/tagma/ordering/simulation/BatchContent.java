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
package io.tagma.ordering.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A batch as found in a journal: what its digest is to cover, and the requests in it, read here from first principles
 * and not by the code that is checked.
 *
 * @param sequence    of the batch.
 * @param timestampNs that the primary gave it.
 * @param bodies      of its bundles, one behind the other.
 */
record BatchContent(long sequence, long timestampNs, byte[] bodies)
{
    static final int KIND_REQUESTS = 1;
    static final int KIND_OPEN = 2;
    static final int KIND_KEEP_ALIVE = 3;
    static final int KIND_CLOSE = 4;
    static final int KIND_RESOLVE = 5;

    private static final int BUNDLE_BLOCK_LENGTH = 32;

    /**
     * One request.
     *
     * @param kind     of its bundle.
     * @param clientId that it says it is from.
     * @param session  of it; 0 in an OPEN.
     * @param number   of it within its session, or OPEN number of the client.
     * @param payload  of it.
     */
    record Request(int kind, int clientId, long session, long number, byte[] payload)
    {
        long payloadHash()
        {
            final TraceHash hash = new TraceHash();
            hash.add(new UnsafeBuffer(payload), 0, payload.length);
            return hash.value();
        }
    }

    static BatchContent of(
        final long sequence, final long timestampNs, final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bodies = new byte[length];
        buffer.getBytes(offset, bodies);
        return new BatchContent(sequence, timestampNs, bodies);
    }

    /** The digest that the batch must have in a cluster and epoch. */
    DigestValue digest(final long clusterId, final int epoch)
    {
        final UnsafeBuffer prefix = new UnsafeBuffer(new byte[FrameLayout.DOMAIN_PREFIX_LENGTH + 16]);
        FrameLayout.putDomainPrefix(prefix, 0, "tagma/batch/1", clusterId, epoch);
        prefix.putLong(FrameLayout.DOMAIN_PREFIX_LENGTH, sequence, LITTLE_ENDIAN);
        prefix.putLong(FrameLayout.DOMAIN_PREFIX_LENGTH + 8, timestampNs, LITTLE_ENDIAN);
        return DigestValue.at(new UnsafeBuffer(Sha256Digests.of(prefix.byteArray(), bodies)), 0);
    }

    /** The requests in their order; null if the bytes have not the form of bundles. */
    List<Request> requests()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(bodies);
        final List<Request> requests = new ArrayList<>();
        int offset = 0;
        while (offset < bodies.length)
        {
            if (bodies.length - offset < BUNDLE_BLOCK_LENGTH)
            {
                return null;
            }
            final int end = offset + buffer.getInt(offset + 4, LITTLE_ENDIAN);
            if (end > bodies.length || !readBundle(buffer, offset, end, requests))
            {
                return null;
            }
            offset = end;
        }
        return requests;
    }

    private static boolean readBundle(
        final UnsafeBuffer buffer, final int offset, final int end, final List<Request> requests)
    {
        final int kind = buffer.getShort(offset, LITTLE_ENDIAN);
        final int count = buffer.getShort(offset + 2, LITTLE_ENDIAN) & 0xFFFF;
        final int clientId = buffer.getInt(offset + 8, LITTLE_ENDIAN);
        final long session = buffer.getLong(offset + 16, LITTLE_ENDIAN);
        final long firstNumber = buffer.getLong(offset + 24, LITTLE_ENDIAN);
        int at = offset + BUNDLE_BLOCK_LENGTH;
        for (int i = 0; i < count; i++)
        {
            if (end - at < Integer.BYTES)
            {
                return false;
            }
            final int length = buffer.getInt(at, LITTLE_ENDIAN);
            if (length < 0 || end - at - Integer.BYTES < length)
            {
                return false;
            }
            final byte[] payload = new byte[length];
            buffer.getBytes(at + Integer.BYTES, payload);
            requests.add(new Request(kind, clientId, session, firstNumber + i, payload));
            at += Integer.BYTES + length;
        }
        return at == end;
    }
}
