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

/**
 * Bundles with their clients' signatures, from the check of the signature to where they are ordered: a backup relays
 * them to the primary until they are executed, a primary takes them for a proposal. A fixed number at once, and a
 * bounded number of checks for each client key.
 */
final class SignedRequests
{
    /** No time. */
    static final long NULL_TIME = Long.MIN_VALUE;

    private static final long RELAY_INTERVALS = 20;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final ClientSessions sessions;
    private final PendingBundles pending;
    private final MessageWriter messages;
    private final Outbound outbound;
    private final SignedBundle[] signed;
    private final WantedSignatures wantedSignatures;
    private final Marks marks;
    private final RelayPace relayPace;
    private final BundleCursor cursor = new BundleCursor();
    /** By client id: signature checks asked for in the current interval. */
    private final int[] checks;
    private long checksSinceNs;
    private long timedExecuted;

    SignedRequests(final Core core, final PendingBundles pending)
    {
        parameters = core.parameters;
        status = core.status;
        sessions = core.sessions;
        messages = core.messages;
        outbound = core.outbound;
        this.pending = pending;
        signed = core.signedBundles;
        marks = core.marks;
        relayPace = core.relayPace;
        wantedSignatures = new WantedSignatures(core);
        checks = new int[parameters.clientCount + 1];
    }

    /** Whose signatures are asked for. */
    WantedSignatures wanted()
    {
        return wantedSignatures;
    }

    /** As primary: takes the bundle under a cursor for a proposal, if it is the session's next. */
    Rejection take(final BundleCursor cursor, final ClientSession session)
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
        if (!offer(cursor))
        {
            return Rejection.ROOM;
        }
        session.proposed(afterLast);
        return Rejection.NONE;
    }

    private boolean offer(final BundleCursor cursor)
    {
        return pending.offer(
            cursor.bodies(), cursor.bodyOffset(), cursor.bodyLength(),
            cursor.authenticators(), cursor.authenticatorOffset(), cursor.authenticatorLength(), status.nowNs());
    }

    /**
     * Has the signature of the bundle under the cursor checked, if it may be relayed or taken after that.
     *
     * @param relayId the replica that relayed it, on whose budget it is; this replica's own id if the client sent it
     *                itself, and it is on the client's.
     */
    Rejection check(final BundleCursor cursor, final int relayId)
    {
        final int clientId = cursor.clientId();
        if (isKnown(clientId, cursor.sessionId(), cursor.firstNumber(), relayId))
        {
            return Rejection.DUPLICATE;
        }
        final SignedBundle place = freePlace();
        final boolean isWithinBudget = relayId == parameters.replicaId ? spend(clientId) : hasPlaceFor(relayId);
        if (null == place || !isWithinBudget)
        {
            return Rejection.BUDGET;
        }
        if (BundleKind.OPEN != cursor.kind() && !wantedSignatures.isWanted(cursor) &&
            !continuesRun(cursor, sessions.find(cursor.sessionId())))
        {
            return Rejection.NUMBER;
        }
        place.copy(
            cursor.bodies(), cursor.bodyOffset(), cursor.bodyLength(),
            cursor.authenticators(), cursor.authenticatorOffset(), cursor.authenticatorLength());
        place.pending(
            clientId, cursor.sessionId(), cursor.firstNumber(), cursor.firstNumber() + cursor.count() - 1,
            relayId, status.nowNs());
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
    private boolean continuesRun(final BundleCursor cursor, final ClientSession session)
    {
        long next = status.isOrdering() ? session.proposedNext() : session.nextNumber();
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

    /** What another one sent, and is not checked yet, may be rubbish in this client's name. */
    private boolean isKnown(final int clientId, final long sessionId, final long firstNumber, final int relayId)
    {
        for (final SignedBundle bundle : signed)
        {
            if (bundle.is(clientId, sessionId, firstNumber) &&
                (SignedBundle.State.VERIFIED == bundle.state() || bundle.relayId() == relayId))
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

    /** Each replica's relays have their share of the places, so that none can take them from all others and clients. */
    private boolean hasPlaceFor(final int relayId)
    {
        int count = 0;
        for (final SignedBundle bundle : signed)
        {
            count += SignedBundle.State.FREE != bundle.state() && bundle.relayId() == relayId ? 1 : 0;
        }
        return count < Math.max(1, signed.length / parameters.quorums.size());
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
            moveFirst(bundle);
        }
        else
        {
            bundle.free();
            status.reject(Rejection.SIGNATURE);
        }
    }

    /** To the primary of this view for the first time: how long it takes with what is next is a measure of it. */
    private void moveFirst(final SignedBundle bundle)
    {
        final boolean isTimed = !status.isPrimary() && !isDone(bundle) && isNext(bundle);
        bundle.relayed(isTimed ? status.nowNs() : NULL_TIME);
        move(bundle);
    }

    /** To where it is ordered: our own queue, or the primary. */
    private void move(final SignedBundle bundle)
    {
        bundle.moved(status.nowNs());
        if (status.isOrdering())
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
        if (wantedSignatures.take(cursor))
        {
            bundle.free();
            return;
        }
        if (BundleKind.OPEN == cursor.kind())
        {
            if (bundle.firstNumber() > sessions.proposedOpen(bundle.clientId()) && offer(cursor))
            {
                sessions.openProposed(bundle.clientId(), bundle.firstNumber());
            }
        }
        else
        {
            final ClientSession session = sessions.find(bundle.sessionId());
            if (null != session && Rejection.NONE == take(cursor, session))
            {
                marks.signed(bundle.clientId(), cursor.count());
            }
        }
        bundle.free();
    }

    /** Relays again what is still not executed, and lets go of what is. */
    void tick()
    {
        wantedSignatures.tick();
        for (final SignedBundle bundle : signed)
        {
            if (SignedBundle.State.FREE == bundle.state())
            {
                continue;
            }
            if (isDone(bundle))
            {
                timedExecuted += NULL_TIME == bundle.waitingSinceNs() ? 0 : 1;
                relayPace.executed(bundle.relayedAtNs());
                bundle.free();
            }
            else if (status.nowNs() - bundle.movedAtNs() > RELAY_INTERVALS * parameters.repairIntervalNs)
            {
                if (SignedBundle.State.VERIFIED == bundle.state() && willBeDone(bundle))
                {
                    move(bundle);
                }
                else
                {
                    // The side agent never answered, or it may be refused for ever: the client will come again.
                    bundle.free();
                }
            }
        }
    }

    /**
     * Since when the verified request that waits longest has waited: one that is next in its session, so that nothing
     * but the primary stands before it.
     *
     * @return a time of the monotonic clock, or {@link #NULL_TIME} if none waits.
     */
    long waitingSinceNs()
    {
        long oldest = NULL_TIME;
        for (final SignedBundle bundle : signed)
        {
            if (SignedBundle.State.VERIFIED == bundle.state() && !isDone(bundle) && isNext(bundle))
            {
                if (NULL_TIME == bundle.waitingSinceNs())
                {
                    bundle.waiting(status.nowNs());
                }
                oldest = NULL_TIME == oldest || bundle.waitingSinceNs() - oldest < 0 ?
                    bundle.waitingSinceNs() : oldest;
            }
        }
        return oldest;
    }

    /** A session's next number lies in it; an OPEN finds room. */
    private boolean isNext(final SignedBundle bundle)
    {
        if (0 == bundle.sessionId())
        {
            return sessions.hasRoom();
        }
        final ClientSession session = sessions.find(bundle.sessionId());
        return session.isOpen() && bundle.firstNumber() <= session.nextNumber();
    }

    /** How many requests were executed that somebody waited for. */
    long timedExecuted()
    {
        return timedExecuted;
    }

    /** A view is entered: its primary is told at once of what waits. */
    void entered()
    {
        for (final SignedBundle bundle : signed)
        {
            if (SignedBundle.State.VERIFIED == bundle.state() && !isDone(bundle))
            {
                moveFirst(bundle);
            }
        }
    }

    /** Next in an open session: sooner or later it is executed. An OPEN may find no room, and then leaves no trace. */
    private boolean willBeDone(final SignedBundle bundle)
    {
        return 0 != bundle.sessionId() && sessions.find(bundle.sessionId()).isOpen();
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
