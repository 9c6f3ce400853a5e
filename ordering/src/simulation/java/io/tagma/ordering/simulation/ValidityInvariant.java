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

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * INV3: a journalled batch is what its digest says, and every request that a correct replica commits was made, byte for
 * byte, by the client in whose name it is.
 */
final class ValidityInvariant extends Invariant
{
    private record Made(int clientId, long session, long number, int kind, long payload)
    {
    }

    private final Set<Made> made = new HashSet<>();

    ValidityInvariant(final Verdict verdict)
    {
        super("INV3 validity", verdict);
    }

    /** A client, correct or not, made this request with its own keys. */
    void onMade(final BatchContent.Request request)
    {
        made.add(madeOf(request));
    }

    /** A correct replica journalled a batch under a digest. */
    void onBatchAppended(
        final int replica, final BatchContent batch, final DigestValue named, final DigestValue computed)
    {
        check(
            named.equals(computed),
            "replica {} journalled a batch for sequence {} as {}, its digest is {}",
            replica, batch.sequence(), named, computed);
    }

    /** A batch became part of the history. */
    void onBatchAgreed(final BatchContent batch)
    {
        final List<BatchContent.Request> requests = batch.requests();
        check(null != requests, "the batch at sequence {} is malformed", batch.sequence());
        if (null != requests)
        {
            for (final BatchContent.Request request : requests)
            {
                check(
                    made.contains(madeOf(request)),
                    "the batch at sequence {} holds request {} of session {}, client {}, which the client did not make",
                    batch.sequence(), request.number(), request.session(), request.clientId());
            }
        }
    }

    private static Made madeOf(final BatchContent.Request request)
    {
        return new Made(
            request.clientId(), request.session(), request.number(), request.kind(), request.payloadHash());
    }
}
