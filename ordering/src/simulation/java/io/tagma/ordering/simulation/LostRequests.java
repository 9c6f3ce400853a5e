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

import io.tagma.ordering.client.ClientEngine;
import io.tagma.ordering.client.Resolution;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * What a client lost sight of when its session ended, and asks for in the next one. The answers are held against the
 * history.
 */
final class LostRequests
{
    private record Request(long session, long number)
    {
    }

    private final int clientId;
    private final Simulation simulation;
    private final ArrayDeque<Request> lost = new ArrayDeque<>();
    /** By number of the question in the present session. */
    private final Map<Long, Request> asked = new HashMap<>();

    LostRequests(final int clientId, final Simulation simulation)
    {
        this.clientId = clientId;
        this.simulation = simulation;
    }

    void add(final long session, final long number)
    {
        lost.add(new Request(session, number));
    }

    /** Asks for as many as the session takes. */
    void ask(final ClientEngine engine)
    {
        while (!lost.isEmpty())
        {
            final long number = engine.resolve(lost.peek().session(), lost.peek().number());
            if (number < 0)
            {
                return;
            }
            asked.put(number, lost.poll());
        }
    }

    /**
     * A number of the present session has an outcome that is no answer.
     *
     * @return whether it was a question, which is asked again.
     */
    boolean isAskedAgain(final long number)
    {
        final Request request = asked.remove(number);
        if (null != request)
        {
            lost.add(request);
        }
        return null != request;
    }

    void onResolved(final long number, final Resolution resolution, final long position, final byte[] result)
    {
        final Request request = asked.remove(number);
        final ReferenceExecution.Answer answer =
            simulation.oracle().reference().answer(clientId, request.session(), request.number());
        final boolean isTrue = switch (resolution)
        {
            case COMMITTED, COMMITTED_WITHOUT_RESULT -> null != answer;
            case NEVER -> null == answer;
            case FORGOTTEN -> true;
        };
        if (!isTrue)
        {
            simulation.verdict().violated(
                "INV12 client truth", "client " + clientId + " takes " + resolution + " for " + request);
        }
        if (Resolution.COMMITTED == resolution)
        {
            simulation.oracle().answerAccepted(clientId, request.session(), request.number(), position, result);
        }
        simulation.result().resolved(resolution);
    }

    /** Nothing is lost, and no answer is waited for. */
    boolean isEmpty()
    {
        return lost.isEmpty() && asked.isEmpty();
    }
}
