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

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * INV4: every correct replica's service sees exactly what the reference execution of the history says, once, in order,
 * in each of the replica's lives; and every reply that says COMMITTED is the reference's.
 */
final class ExactlyOnceInvariant extends Invariant
{
    private final ReferenceExecution reference;
    /** By replica: how many of the reference's executions its service has seen in this life. */
    private final int[] seen;

    ExactlyOnceInvariant(final Verdict verdict, final ClusterFacts cluster, final ReferenceExecution reference)
    {
        super("INV4 exactly once", verdict);
        this.reference = reference;
        seen = new int[cluster.replicaCount];
    }

    @Override
    void onRestarted(final int replica, final long lastRecord)
    {
        seen[replica] = 0;
    }

    /** It goes on from a snapshot: what lies up to there it has not seen in this life, and will not see. */
    @Override
    void onRestored(final int replica, final long sequence, final long needed)
    {
        int index = 0;
        while (index < reference.executions().size() && reference.executions().get(index).sequence() <= sequence)
        {
            index++;
        }
        seen[replica] = index;
    }

    @Override
    void onSnapshotFetched(final int replica, final long record, final long sequence, final boolean isCertified)
    {
        onRestored(replica, sequence, 0);
    }

    @Override
    void onExecuted(final int replica, final Execution execution)
    {
        final int index = seen[replica]++;
        final Execution expected = index < reference.executions().size() ? reference.executions().get(index) : null;
        check(
            execution.equals(expected),
            "replica {} executed {} where the history says {}", replica, execution, expected);
    }

    /**
     * A correct replica replied.
     *
     * @param replica  it.
     * @param clientId of the client.
     * @param session  of the request; 0 for an OPEN.
     * @param number   of the request.
     * @param position in the reply.
     * @param result   in the reply: the bytes, or their digest.
     * @param isDigest which of the two.
     */
    void onCommittedReply(
        final int replica,
        final int clientId,
        final long session,
        final long number,
        final long position,
        final byte[] result,
        final boolean isDigest)
    {
        final ReferenceExecution.Answer answer = reference.answer(clientId, session, number);
        check(
            null != answer,
            "replica {} says that request {} of session {} is committed, which is not executed",
            replica, number, session);
        if (null != answer)
        {
            final byte[] expected = isDigest ? Sha256Digests.of(answer.result()) : answer.result();
            check(
                answer.position() == position && Arrays.equals(expected, result),
                "replica {} answered request {} of session {} with position {} and {}, right are {} and {}",
                replica, number, session, position, hex(result), answer.position(), hex(expected));
        }
    }

    private static String hex(final byte[] bytes)
    {
        return bytes.length < 8 ? Arrays.toString(bytes) : Long.toHexString(new UnsafeBuffer(bytes).getLong(0));
    }
}
