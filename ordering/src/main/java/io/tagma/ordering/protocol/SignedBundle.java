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
package io.tagma.ordering.protocol;

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.FrameLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One bundle with its client's signature, on its way to the primary: checked first, then relayed until it is executed.
 */
final class SignedBundle
{
    /** How far it has come. */
    enum State
    {
        /** Nothing in it. */
        FREE,
        /** The side agent was asked, and has not answered. */
        PENDING,
        /** The signature is right: relayed, or taken for a proposal. */
        VERIFIED
    }

    final UnsafeBuffer body;
    final UnsafeBuffer authenticator;

    private State state = State.FREE;
    private int bodyLength;
    private int authenticatorLength;
    private int clientId;
    private long sessionId;
    private long firstNumber;
    private long lastNumber;
    private int relayId;
    private long stamp;
    private long movedAtNs;
    /** Since when it is its session's next, or no time. */
    private long waitingSinceNs;
    /** When it went to the primary of this view, being its session's next then; else no time. */
    private long relayedAtNs;

    SignedBundle(final ProtocolParameters parameters)
    {
        body = new UnsafeBuffer(new byte[parameters.bundleLengthMax]);
        authenticator = new UnsafeBuffer(
            new byte[parameters.authenticatorLength() + FrameLayout.SIGNATURE_LENGTH]);
    }

    void pending(
        final int clientId,
        final long sessionId,
        final long firstNumber,
        final long lastNumber,
        final int relayId,
        final long nowNs)
    {
        this.clientId = clientId;
        this.sessionId = sessionId;
        this.firstNumber = firstNumber;
        this.lastNumber = lastNumber;
        this.relayId = relayId;
        state = State.PENDING;
        stamp++;
        movedAtNs = nowNs;
        waitingSinceNs = SignedRequests.NULL_TIME;
        relayedAtNs = SignedRequests.NULL_TIME;
    }

    void copy(
        final DirectBuffer bodyBuffer,
        final int bodyOffset,
        final int newBodyLength,
        final DirectBuffer authenticatorBuffer,
        final int authenticatorOffset,
        final int newAuthenticatorLength)
    {
        body.putBytes(0, bodyBuffer, bodyOffset, newBodyLength);
        bodyLength = newBodyLength;
        authenticator.putBytes(0, authenticatorBuffer, authenticatorOffset, newAuthenticatorLength);
        authenticatorLength = newAuthenticatorLength;
    }

    void verified()
    {
        state = State.VERIFIED;
    }

    void moved(final long nowNs)
    {
        movedAtNs = nowNs;
    }

    void relayed(final long nowNs)
    {
        relayedAtNs = nowNs;
    }

    void free()
    {
        state = State.FREE;
    }

    boolean is(final int otherClientId, final long otherSessionId, final long otherFirstNumber)
    {
        return State.FREE != state && clientId == otherClientId && sessionId == otherSessionId &&
            firstNumber == otherFirstNumber;
    }

    /** Whether the bundle under a cursor has the same bytes. */
    boolean isBody(final BundleCursor cursor)
    {
        if (!is(cursor.clientId(), cursor.sessionId(), cursor.firstNumber()) || bodyLength != cursor.bodyLength())
        {
            return false;
        }
        for (int i = 0; i < bodyLength; i++)
        {
            if (body.getByte(i) != cursor.bodies().getByte(cursor.bodyOffset() + i))
            {
                return false;
            }
        }
        return true;
    }

    State state()
    {
        return state;
    }

    int clientId()
    {
        return clientId;
    }

    long sessionId()
    {
        return sessionId;
    }

    long firstNumber()
    {
        return firstNumber;
    }

    long lastNumber()
    {
        return lastNumber;
    }

    int relayId()
    {
        return relayId;
    }

    int bodyLength()
    {
        return bodyLength;
    }

    int authenticatorLength()
    {
        return authenticatorLength;
    }

    int signatureOffset()
    {
        return authenticatorLength - FrameLayout.SIGNATURE_LENGTH;
    }

    long stamp()
    {
        return stamp;
    }

    void waiting(final long nowNs)
    {
        waitingSinceNs = nowNs;
    }

    long waitingSinceNs()
    {
        return waitingSinceNs;
    }

    long movedAtNs()
    {
        return movedAtNs;
    }

    long relayedAtNs()
    {
        return relayedAtNs;
    }
}
