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
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.peer.RelayDecoder;
import org.agrona.DirectBuffer;

/**
 * What becomes of a bundle before it is in a batch: answered from the cache, taken for a proposal, relayed to the
 * primary, or refused. Nothing here is agreed state; a bundle that is lost here comes again from its client.
 */
final class ClientRequests
{
    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final ClientSessions sessions;
    private final Admission admission;
    private final BundleAuthentication authentication;
    private final Execution execution;
    private final SignedRequests signedRequests;
    private final BundleCursor cursor = new BundleCursor();
    private final RelayDecoder relay = new RelayDecoder();

    ClientRequests(final Core core, final SignedRequests signedRequests, final Execution execution)
    {
        parameters = core.parameters;
        status = core.status;
        sessions = core.sessions;
        admission = core.admission;
        authentication = core.authentication;
        this.signedRequests = signedRequests;
        this.execution = execution;
    }

    /** One bundle of a frame whose tag is right: it is the client's. */
    Rejection onBundle(
        final int clientId,
        final long sessionId,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength,
        final DirectBuffer authenticator,
        final int authenticatorOffset,
        final int authenticatorLength)
    {
        cursor.wrap(body, bodyOffset, bodyLength, authenticator, authenticatorOffset, authenticatorLength);
        if (!cursor.next() || cursor.clientId() != clientId || cursor.sessionId() != sessionId ||
            !sessions.isConfigured(clientId) || bodyLength > parameters.bundleLengthMax)
        {
            return Rejection.SESSION;
        }
        if (BundleKind.OPEN == cursor.kind())
        {
            return onOpen();
        }
        final ClientSession session = sessions.find(sessionId);
        if (null == session || session.clientId() != clientId)
        {
            return Rejection.SESSION;
        }
        answerExecuted(session);
        final Rejection rejection = ofNumbers(session);
        if (Rejection.NONE != rejection)
        {
            return rejection;
        }
        if (status.isOrdering())
        {
            return order(session, parameters.replicaId);
        }
        return cursor.isSigned() ? signedRequests.check(cursor, parameters.replicaId) : Rejection.NOT_PRIMARY;
    }

    /** As primary: what is held back, or is of a marked client, needs its signature, however right our own tag is. */
    private Rejection order(final ClientSession session, final int relayId)
    {
        final boolean isNew = cursor.firstNumber() + cursor.count() > session.proposedNext();
        final boolean isWanted = isNew ?
            signedRequests.wanted().isMarked(cursor.clientId()) : signedRequests.wanted().isWanted(cursor);
        if (!isWanted)
        {
            return signedRequests.take(cursor, session);
        }
        if (cursor.isSigned())
        {
            return signedRequests.check(cursor, relayId);
        }
        signedRequests.wanted().ask(session, cursor.firstNumber());
        return Rejection.SIGNATURE;
    }

    /** What it repeats is answered from the cache, whoever is primary; this is how a lost reply is had again. */
    private void answerExecuted(final ClientSession session)
    {
        if (!session.isExecuted(cursor.firstNumber()))
        {
            return;
        }
        while (cursor.nextPayload() && session.isExecuted(cursor.payloadNumber()))
        {
            execution.answerRepeated(
                session,
                cursor.payloadNumber(),
                PayloadFingerprint.of(cursor.bodies(), cursor.payloadOffset(), cursor.payloadLength()));
        }
        cursor.rewindPayloads();
    }

    private Rejection ofNumbers(final ClientSession session)
    {
        final long last = cursor.firstNumber() + cursor.count() - 1;
        if (session.isExecuted(last))
        {
            return Rejection.DUPLICATE;
        }
        // Twice the window: its client may have heard from a weak quorum what we have yet to execute.
        return last >= session.nextNumber() + 2L * session.window() ? Rejection.NUMBER : Rejection.NONE;
    }

    private Rejection onOpen()
    {
        final int clientId = cursor.clientId();
        final long openNumber = cursor.firstNumber();
        if (openNumber <= sessions.highestOpen(clientId))
        {
            execution.replyToOpen(clientId, openNumber);
            return Rejection.DUPLICATE;
        }
        if (!cursor.isSigned())
        {
            return Rejection.SIGNATURE;
        }
        if (status.isOrdering() && openNumber <= sessions.proposedOpen(clientId))
        {
            return Rejection.DUPLICATE;
        }
        return signedRequests.check(cursor, parameters.replicaId);
    }

    /** A replica vouches that a client signed this; our own tag in it, or the signature, must say so too. */
    Rejection onRelay(final int senderId, final DirectBuffer buffer, final int offset)
    {
        final Rejection rejection = admission.ofRelay();
        if (Rejection.NONE != rejection)
        {
            return rejection;
        }
        final int block = offset + FrameLayout.HEADER_LENGTH;
        relay.wrap(buffer, block, RelayDecoder.BLOCK_LENGTH, RelayDecoder.SCHEMA_VERSION);
        final int bodyOffset = block + RelayDecoder.BLOCK_LENGTH + Integer.BYTES;
        final int bodyLength = relay.bodyLength();
        final int authenticatorOffset = bodyOffset + bodyLength + Integer.BYTES;
        relay.skipBody();
        cursor.wrap(buffer, bodyOffset, bodyLength, buffer, authenticatorOffset, relay.authenticatorLength());
        if (!cursor.next() || !sessions.isConfigured(cursor.clientId()) || !cursor.isSigned())
        {
            return Rejection.SESSION;
        }
        if (BundleKind.OPEN == cursor.kind())
        {
            return cursor.firstNumber() <= sessions.proposedOpen(cursor.clientId()) ?
                Rejection.DUPLICATE : signedRequests.check(cursor, senderId);
        }
        final ClientSession session = sessions.find(cursor.sessionId());
        if (null == session || session.clientId() != cursor.clientId())
        {
            return Rejection.SESSION;
        }
        final Rejection ofNumbers = ofNumbers(session);
        if (Rejection.NONE != ofNumbers)
        {
            return ofNumbers;
        }
        final boolean isTagRight = authentication.isAuthentic(
            cursor.clientId(), cursor.sessionId(), buffer, bodyOffset, bodyLength, buffer, authenticatorOffset);
        return isTagRight ? order(session, senderId) : signedRequests.check(cursor, senderId);
    }
}
