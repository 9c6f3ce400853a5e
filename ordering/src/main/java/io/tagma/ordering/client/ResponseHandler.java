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

import org.agrona.DirectBuffer;

/**
 * Hears what became of each request. Called on the thread that calls {@link TagmaClient#poll(int)} or {@link
 * TagmaClient#close()}, never otherwise.
 * <p>
 * {@link TagmaClient#offer(DirectBuffer, int, int)} and the claims may be used from inside; {@code poll} and
 * {@code close} may not. What a handler throws goes to the error handler of the {@link ClientContext}; the outcome
 * counts as delivered.
 */
@FunctionalInterface
public interface ResponseHandler
{
    /** The reason of an outcome that is not {@link Outcome#REJECTED}. */
    short NO_REASON = 0;

    /**
     * The outcome of one request. Outcomes come in the order in which they are established, which is nearly always,
     * but not under loss, the order of the numbers.
     *
     * @param number   of the request, as the offer returned it. Numbers belong to a session: all requests of one
     *                 session have had their outcome before the next session opens.
     * @param outcome  what became of it.
     * @param reason   why it was rejected: a value of {@link io.tagma.codecs.client.Outcome}; else {@link #NO_REASON}.
     * @param position global position in the order of the whole cluster, from 1; 0 unless committed.
     * @param result   that holds the service's result, borrowed for the call.
     * @param offset   of its first byte.
     * @param length   in bytes; 0 unless committed.
     */
    void onResponse(
        long number, Outcome outcome, short reason, long position, DirectBuffer result, int offset, int length);

    /**
     * The answer to {@link TagmaClient#resolve(long, long)}. If there is none, because the session in which it was
     * asked ended, {@link #onResponse} says so of its number.
     *
     * @param number     of the question, as {@code resolve} returned it.
     * @param resolution what became of the request that it is about.
     * @param position   global position of that request; 0 if it was not executed or its position is not kept.
     * @param result     that holds its result, borrowed for the call.
     * @param offset     of its first byte.
     * @param length     in bytes; 0 unless {@link Resolution#COMMITTED}.
     */
    default void onResolved(
        final long number,
        final Resolution resolution,
        final long position,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
    }

    /**
     * A session is open: requests are accepted from now on, numbered from 1.
     *
     * @param sessionId its id: the global position of its opening.
     */
    default void onSessionOpened(final long sessionId)
    {
    }

    /**
     * The session is over, by time-out, by loss or by {@link TagmaClient#close()}; each of its requests has had its
     * outcome. Unless the client is closing it opens another one by itself.
     *
     * @param sessionId its id.
     */
    default void onSessionClosed(final long sessionId)
    {
    }

    /**
     * A weak quorum refused to open a session; the client tries again.
     *
     * @param reason a value of {@link io.tagma.codecs.client.Outcome}.
     */
    default void onSessionRefused(final short reason)
    {
    }
}
