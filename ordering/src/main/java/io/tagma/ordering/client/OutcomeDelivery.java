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
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.client.ResolvedDecoder;

/**
 * Tells the application, and keeps what it throws away from the client's own state.
 */
final class OutcomeDelivery
{
    private static final DirectBuffer NO_RESULT = new UnsafeBuffer(new byte[0]);

    private final ResponseHandler handler;
    private final ErrorHandler errorHandler;
    private final ResolvedDecoder resolved = new ResolvedDecoder();

    OutcomeDelivery(final ResponseHandler handler, final ErrorHandler errorHandler)
    {
        this.handler = handler;
        this.errorHandler = errorHandler;
    }

    void committed(
        final long number, final long position, final DirectBuffer result, final int offset, final int length)
    {
        deliver(number, Outcome.COMMITTED, ResponseHandler.NO_REASON, position, result, offset, length);
    }

    /** The answer to a question; one that is none, which no correct replica gives, leaves the request unknown. */
    void resolved(final long number, final DirectBuffer answer, final int offset, final int length)
    {
        if (length < ResolvedDecoder.BLOCK_LENGTH)
        {
            unknown(number);
            return;
        }
        resolved.wrap(answer, offset, ResolvedDecoder.BLOCK_LENGTH, ResolvedDecoder.SCHEMA_VERSION);
        final Resolution resolution = switch (resolved.resolution())
        {
            case COMMITTED -> Resolution.COMMITTED;
            case COMMITTED_WITHOUT_RESULT -> Resolution.COMMITTED_WITHOUT_RESULT;
            case NEVER -> Resolution.NEVER;
            default -> Resolution.FORGOTTEN;
        };
        try
        {
            handler.onResolved(
                number, resolution, resolved.position(), answer, offset + ResolvedDecoder.BLOCK_LENGTH,
                length - ResolvedDecoder.BLOCK_LENGTH);
        }
        catch (final Exception exception)
        {
            errorHandler.onError(exception);
        }
    }

    void rejected(final long number, final short reason)
    {
        deliver(number, Outcome.REJECTED, reason, 0, NO_RESULT, 0, 0);
    }

    void unknown(final long number)
    {
        deliver(number, Outcome.UNKNOWN, ResponseHandler.NO_REASON, 0, NO_RESULT, 0, 0);
    }

    private void deliver(
        final long number,
        final Outcome outcome,
        final short reason,
        final long position,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        try
        {
            handler.onResponse(number, outcome, reason, position, result, offset, length);
        }
        catch (final Exception exception)
        {
            errorHandler.onError(exception);
        }
    }

    void sessionOpened(final long sessionId)
    {
        try
        {
            handler.onSessionOpened(sessionId);
        }
        catch (final Exception exception)
        {
            errorHandler.onError(exception);
        }
    }

    void sessionClosed(final long sessionId)
    {
        try
        {
            handler.onSessionClosed(sessionId);
        }
        catch (final Exception exception)
        {
            errorHandler.onError(exception);
        }
    }

    void sessionRefused(final short reason)
    {
        try
        {
            handler.onSessionRefused(reason);
        }
        catch (final Exception exception)
        {
            errorHandler.onError(exception);
        }
    }
}
