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
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.RelayDecoder;
import org.agrona.DirectBuffer;

/**
 * What becomes of a bundle before it is in a batch: answered from the cache, taken for a proposal, relayed to the
 * primary, or refused. Nothing here is agreed state; a bundle that is lost here comes again from its client.
 */
final class ClientRequests
{
    private static final long RELAY_INTERVALS = 20;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final ClientSessions sessions;
    private final Admission admission;
    private final BundleAuthentication authentication;
    private final PendingBundles pending;
    private final Execution execution;
    private final MessageWriter messages;
    private final Outbound outbound;
    private final SignedBundle[] signed;
    private final BundleCursor cursor = new BundleCursor();
    private final RelayDecoder relay = new RelayDecoder();
    /** By client id: signature checks asked for in the current interval. */
    private final int[] checks;
    private long checksSinceNs;

    ClientRequests(final Core core, final PendingBundles pending, final Execution execution)
    {
        parameters = core.parameters;
        status = core.status;
        sessions = core.sessions;
        admission = core.admission;
        authentication = core.authentication;
        messages = core.messages;
        outbound = core.outbound;
        this.pending = pending;
        this.execution = execution;
        signed = new SignedBundle[parameters.relayLimit];
        for (int i = 0; i < signed.length; i++)
        {
            signed[i] = new SignedBundle(parameters);
        }
        checks = new int[parameters.clientCount + 1];
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
        if (isOrdering())
        {
            return take(session);
        }
        return cursor.isSigned() ? check(true) : Rejection.NOT_PRIMARY;
    }

    private boolean isOrdering()
    {
        return status.isPrimary() && status.isVoting();
    }

    /** What it repeats is answered from the cache, whoever is primary; this is how a lost reply is had again. */
    private void answerExecuted(final ClientSession session)
    {
        final long last = Math.min(cursor.firstNumber() + cursor.count(), session.nextNumber()) - 1;
        for (long number = cursor.firstNumber(); number <= last; number++)
        {
            if (session.isCached(number))
            {
                execution.replyCached(session, number, true);
            }
        }
    }

    /** A client that reuses a number for something else is answered by execution, so such a bundle must get there. */
    private Rejection ofNumbers(final ClientSession session)
    {
        final long last = cursor.firstNumber() + cursor.count() - 1;
        if (session.isExecuted(last))
        {
            return Rejection.DUPLICATE;
        }
        return last >= session.nextNumber() + session.window() ? Rejection.NUMBER : Rejection.NONE;
    }

    private Rejection take(final ClientSession session)
    {
        final long next = session.proposedNext();
        final long afterLast = cursor.firstNumber() + cursor.count();
        if (afterLast <= next)
        {
            return Rejection.DUPLICATE;
        }
        if (cursor.firstNumber() > next)
        {
            return Rejection.NUMBER;
        }
        if (!offer())
        {
            return Rejection.ROOM;
        }
        session.proposed(afterLast);
        return Rejection.NONE;
    }

    private boolean offer()
    {
        return pending.offer(
            cursor.bodies(), cursor.bodyOffset(), cursor.bodyLength(),
            cursor.authenticators(), cursor.authenticatorOffset(), cursor.authenticatorLength());
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
        if (isOrdering() && openNumber <= sessions.proposedOpen(clientId))
        {
            return Rejection.DUPLICATE;
        }
        return check(true);
    }

    /** Has the signature of the bundle under the cursor checked, if it may be relayed or taken after that. */
    private Rejection check(final boolean onBudgetOfClient)
    {
        final int clientId = cursor.clientId();
        if (isKnown(clientId, cursor.sessionId(), cursor.firstNumber()))
        {
            return Rejection.DUPLICATE;
        }
        final SignedBundle place = freePlace();
        if (null == place || onBudgetOfClient && !spend(clientId))
        {
            return Rejection.BUDGET;
        }
        if (BundleKind.OPEN != cursor.kind() && !continuesRun(sessions.find(cursor.sessionId())))
        {
            return Rejection.NUMBER;
        }
        place.copy(
            cursor.bodies(), cursor.bodyOffset(), cursor.bodyLength(),
            cursor.authenticators(), cursor.authenticatorOffset(), cursor.authenticatorLength());
        place.pending(
            clientId, cursor.sessionId(), cursor.firstNumber(), cursor.firstNumber() + cursor.count() - 1,
            status.nowNs());
        if (!outbound.verifyClient(
            Token.of(Token.REQUEST_VERIFICATION, indexOf(place), place.stamp(), place.firstNumber()),
            clientId,
            place.body,
            0,
            place.bodyLength(),
            place.authenticator,
            place.signatureOffset()))
        {
            place.free();
            return Rejection.BUDGET;
        }
        return Rejection.NONE;
    }

    /** Next, or the end of an unbroken run of such from the next: what lies further ahead is not relayed. */
    private boolean continuesRun(final ClientSession session)
    {
        long next = session.nextNumber();
        boolean isExtended = true;
        while (isExtended)
        {
            isExtended = false;
            for (final SignedBundle bundle : signed)
            {
                if (SignedBundle.State.FREE != bundle.state() && bundle.sessionId() == session.sessionId() &&
                    bundle.firstNumber() <= next && bundle.lastNumber() >= next)
                {
                    next = bundle.lastNumber() + 1;
                    isExtended = true;
                }
            }
        }
        return cursor.firstNumber() <= next && next < cursor.firstNumber() + cursor.count();
    }

    private boolean isKnown(final int clientId, final long sessionId, final long firstNumber)
    {
        for (final SignedBundle bundle : signed)
        {
            if (bundle.is(clientId, sessionId, firstNumber))
            {
                return true;
            }
        }
        return false;
    }

    private SignedBundle freePlace()
    {
        for (final SignedBundle bundle : signed)
        {
            if (SignedBundle.State.FREE == bundle.state())
            {
                return bundle;
            }
        }
        return null;
    }

    private int indexOf(final SignedBundle bundle)
    {
        for (int i = 0; i < signed.length; i++)
        {
            if (signed[i] == bundle)
            {
                return i;
            }
        }
        return -1;
    }

    /** Signature checks are bounded for each client key, so that one client cannot buy the side agent's whole time. */
    private boolean spend(final int clientId)
    {
        if (status.nowNs() - checksSinceNs > parameters.repairIntervalNs)
        {
            checksSinceNs = status.nowNs();
            for (int i = 0; i < checks.length; i++)
            {
                checks[i] = 0;
            }
        }
        return checks[clientId]++ < Math.max(2, parameters.relayLimit / 2);
    }

    void onVerified(final long token, final boolean isValid)
    {
        final SignedBundle bundle = signed[Token.place(token) % signed.length];
        if (SignedBundle.State.PENDING != bundle.state() ||
            !Token.isOf(token, bundle.stamp(), bundle.firstNumber()))
        {
            return;
        }
        if (isValid)
        {
            bundle.verified();
            move(bundle);
        }
        else
        {
            bundle.free();
            status.reject(Rejection.SIGNATURE);
        }
    }

    /** To where it is ordered: our own queue, or the primary. */
    private void move(final SignedBundle bundle)
    {
        bundle.relayed(status.nowNs());
        if (isOrdering())
        {
            cursor.wrap(
                bundle.body, 0, bundle.bodyLength(), bundle.authenticator, 0, bundle.authenticatorLength());
            cursor.next();
            takeVerified(bundle);
        }
        else if (!status.isPrimary())
        {
            messages.relayTo(
                status.primary(), bundle.body, 0, bundle.bodyLength(), bundle.authenticator, 0,
                bundle.authenticatorLength());
        }
    }

    private void takeVerified(final SignedBundle bundle)
    {
        if (BundleKind.OPEN == cursor.kind())
        {
            if (bundle.firstNumber() > sessions.proposedOpen(bundle.clientId()) && offer())
            {
                sessions.openProposed(bundle.clientId(), bundle.firstNumber());
            }
        }
        else
        {
            final ClientSession session = sessions.find(bundle.sessionId());
            if (null != session)
            {
                take(session);
            }
        }
        bundle.free();
    }

    /** A replica vouches that a client signed this; our own tag in it, or the signature, must say so too. */
    Rejection onRelay(final DirectBuffer buffer, final int offset)
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
                Rejection.DUPLICATE : check(false);
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
        return isTagRight ? take(session) : check(false);
    }

    /** Relays again what is still not executed, and lets go of what is. */
    void tick()
    {
        for (final SignedBundle bundle : signed)
        {
            if (SignedBundle.State.FREE == bundle.state())
            {
                continue;
            }
            if (isDone(bundle))
            {
                bundle.free();
            }
            else if (status.nowNs() - bundle.movedAtNs() > RELAY_INTERVALS * parameters.repairIntervalNs)
            {
                if (SignedBundle.State.VERIFIED == bundle.state())
                {
                    move(bundle);
                }
                else
                {
                    // The side agent never answered: the client will come again.
                    bundle.free();
                }
            }
        }
    }

    private boolean isDone(final SignedBundle bundle)
    {
        if (0 == bundle.sessionId())
        {
            return bundle.firstNumber() <= sessions.highestOpen(bundle.clientId());
        }
        final ClientSession session = sessions.find(bundle.sessionId());
        return null == session || session.isExecuted(bundle.lastNumber());
    }
}
