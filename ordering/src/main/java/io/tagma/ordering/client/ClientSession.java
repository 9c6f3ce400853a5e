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
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.ResolveEncoder;
import io.tagma.ordering.protocol.Hashing;
import io.tagma.ordering.protocol.Quorums;

/**
 * One session at a time: its requests from offer to outcome. It states facts, {@link #isEnded()} and
 * {@link #isForgotten()}; what follows from them {@link ClientEngine} decides.
 */
final class ClientSession
{
    static final long NO_SESSION = 0;

    private static final long NOT_CLOSED = Long.MAX_VALUE;
    private static final short COMMITTED = io.tagma.codecs.client.Outcome.COMMITTED.value();
    private static final short REJECTED_CLOSED = io.tagma.codecs.client.Outcome.REJECTED_CLOSED.value();
    private static final short SIGNATURE_WANTED = io.tagma.codecs.client.Outcome.SIGNATURE_WANTED.value();
    private static final short REJECTED_UNKNOWN_SESSION =
        io.tagma.codecs.client.Outcome.REJECTED_UNKNOWN_SESSION.value();

    private final Quorums quorums;
    private final long sessionTimeoutNs;
    private final OutcomeDelivery delivery;
    private final BundleRing ring;
    private final RequestWindow window;
    private final RequestSender sender;
    private final ReplyMatcher matcher;
    private final ResolveEncoder question =
        new ResolveEncoder().wrap(new UnsafeBuffer(new byte[ResolveEncoder.BLOCK_LENGTH]), 0);

    private long sessionId = NO_SESSION;
    /** Lowest number that was refused because the cluster closed the session. */
    private long closedFrom = NOT_CLOSED;
    /** Replicas that say that they know no such session, as bits, and what they weigh. */
    private long forgetters;
    private int forgettersWeight;
    /** When a bundle was sealed last, and how many had been by then. */
    private long sealedNs;
    private long sealedBundles;
    /** When the oldest number without an outcome was last another one, or none. */
    private long progressNs;
    private long oldestSeen;

    ClientSession(
        final ClientParameters parameters,
        final Hashing hashing,
        final BundleWriter writer,
        final FrameSender frameSender,
        final PrimaryEstimate primaryEstimate,
        final OutcomeDelivery delivery)
    {
        quorums = parameters.quorums;
        sessionTimeoutNs = parameters.sessionTimeoutNs;
        this.delivery = delivery;
        final int windowLength = parameters.limits.sessionWindow();
        ring = new BundleRing(parameters, writer);
        window = new RequestWindow(windowLength, ring);
        sender = new RequestSender(parameters, ring, frameSender, primaryEstimate);
        matcher = new ReplyMatcher(quorums, hashing, windowLength, parameters.limits.resultLengthMax());
    }

    void onOpened(final SessionKeys keys, final long nowNs)
    {
        sessionId = keys.sessionId;
        closedFrom = NOT_CLOSED;
        forgetters = 0;
        forgettersWeight = 0;
        sealedNs = nowNs;
        sealedBundles = 0;
        progressNs = nowNs;
        oldestSeen = 0;
        ring.onSessionOpened(sessionId, keys.toReplicas);
        window.onSessionOpened();
        matcher.reset();
        sender.onSessionOpened(keys);
    }

    long offer(final BundleKind kind, final DirectBuffer buffer, final int offset, final int length)
    {
        return window.offer(kind, buffer, offset, length);
    }

    long offerEmpty(final BundleKind kind)
    {
        return window.offerEmpty(kind);
    }

    /** Asks what became of a request of another session, which that closes. */
    long resolve(final long ofSessionId, final long number)
    {
        if (ofSessionId < 1 || ofSessionId > SessionOpener.NUMBER_MAX || ofSessionId == sessionId ||
            number < 1 || number > SessionOpener.NUMBER_MAX)
        {
            throw new IllegalArgumentException("request " + number + " of session " + ofSessionId +
                ": must be of another session than the present one, " + sessionId + ", and both 1 to 2^62 - 1");
        }
        question.sessionId(ofSessionId).number(number);
        return window.offer(BundleKind.RESOLVE, question.buffer(), 0, ResolveEncoder.BLOCK_LENGTH);
    }

    long tryClaim(final int length, final RequestClaim claim)
    {
        return window.tryClaim(length, claim);
    }

    /** So that agreed time does not close a session whose client has nothing to say. */
    void keepAlive(final long nowNs)
    {
        if (window.isEmpty() && nowNs - sealedNs >= sessionTimeoutNs / 3)
        {
            window.offerEmpty(BundleKind.KEEP_ALIVE);
        }
    }

    /**
     * Seals what was offered and sends what is due.
     *
     * @return number of bundles that went out.
     */
    int send(final long nowNs)
    {
        window.seal();
        refuseWhatFollowsTheEnd();
        if (ring.tail() != sealedBundles)
        {
            sealedBundles = ring.tail();
            sealedNs = nowNs;
        }
        if (window.isEmpty() || window.oldest() != oldestSeen)
        {
            progressNs = nowNs;
            oldestSeen = window.oldest();
        }
        return sender.doWork(nowNs, window.oldest());
    }

    /** The cluster answers again: what is unanswered goes to all at once, and soon again. */
    void resendNow()
    {
        sender.resendNow();
    }

    /** Whether nothing was answered for so long that the cluster may have forgotten the session. */
    boolean isSilent(final long nowNs)
    {
        return nowNs - progressNs >= sessionTimeoutNs;
    }

    /**
     * One authenticated reply.
     *
     * @return false if it is to a number that is not outstanding.
     */
    boolean onReply(
        final int replicaId,
        final long number,
        final long position,
        final short outcome,
        final boolean isDigest,
        final DirectBuffer bytes,
        final int offset,
        final int length)
    {
        if (REJECTED_UNKNOWN_SESSION == outcome)
        {
            onForgotten(replicaId);
            return true;
        }
        if (SIGNATURE_WANTED == outcome)
        {
            return sender.onSignatureWanted(replicaId);
        }
        if (!window.isOutstanding(number))
        {
            return false;
        }
        if (matcher.onReply(replicaId, number, position, outcome, isDigest, bytes, offset, length))
        {
            onBelieved(number);
        }
        return true;
    }

    /** That a session is gone is a fact of its own, whatever was answered before: it is counted apart from numbers. */
    private void onForgotten(final int replicaId)
    {
        final long voter = 1L << replicaId;
        if (0 == (forgetters & voter))
        {
            forgetters |= voter;
            forgettersWeight += quorums.weight(replicaId);
        }
    }

    private void onBelieved(final long number)
    {
        final short outcome = matcher.acceptedOutcome();
        if (COMMITTED == outcome)
        {
            onCommitted(number);
            return;
        }
        if (REJECTED_CLOSED == outcome)
        {
            closedFrom = Math.min(closedFrom, number);
        }
        onRefused(number, outcome);
    }

    private void onCommitted(final long number)
    {
        final BundleKind kind = window.kind(number);
        window.onAnswered(number);
        matcher.forget(number);
        // The result outlives its votes until a reply to a later number takes the place: not before this returns.
        if (BundleKind.REQUESTS == kind)
        {
            delivery.committed(number, matcher.acceptedPosition(),
                matcher.acceptedResult(), matcher.acceptedOffset(), matcher.acceptedLength());
        }
        else if (BundleKind.RESOLVE == kind)
        {
            delivery.resolved(
                number, matcher.acceptedResult(), matcher.acceptedOffset(), matcher.acceptedLength());
        }
    }

    /** Whether the application waits for the outcome of a number: it asked for something by it. */
    private boolean isAwaited(final long number)
    {
        final BundleKind kind = window.kind(number);
        return BundleKind.REQUESTS == kind || BundleKind.RESOLVE == kind;
    }

    /**
     * Numbers are executed in order: where one was refused because the session is closed, none that follows was or will
     * be executed. They are not asked for: the cluster, which waits for the refused one, would never order them.
     */
    private void refuseWhatFollowsTheEnd()
    {
        for (long number = Math.max(closedFrom, window.oldest()); number < window.next(); number++)
        {
            if (window.isOutstanding(number))
            {
                onRefused(number, REJECTED_CLOSED);
            }
        }
    }

    private void onRefused(final long number, final short outcome)
    {
        final boolean isAwaited = isAwaited(number);
        window.onAnswered(number);
        matcher.forget(number);
        if (isAwaited)
        {
            delivery.rejected(number, outcome);
        }
    }

    /**
     * The session is over: what is outstanding becomes {@link Outcome#UNKNOWN}.
     */
    void end()
    {
        final long endedSessionId = sessionId;
        sessionId = NO_SESSION;
        window.sealForGood();
        for (long number = window.oldest(); number < window.next(); number++)
        {
            if (window.isOutstanding(number))
            {
                final boolean isAwaited = isAwaited(number);
                window.onAnswered(number);
                if (isAwaited)
                {
                    delivery.unknown(number);
                }
            }
        }
        delivery.sessionClosed(endedSessionId);
    }

    /** The cluster closed it: a weak quorum said so. */
    boolean isEnded()
    {
        return NOT_CLOSED != closedFrom;
    }

    /** The cluster knows it no longer: a weak quorum said so. */
    boolean isForgotten()
    {
        return forgettersWeight >= quorums.weakQuorum();
    }

    boolean isOpen()
    {
        return NO_SESSION != sessionId;
    }

    /** Nothing is offered, claimed or outstanding. */
    boolean isIdle()
    {
        return window.isEmpty();
    }

    boolean hasClaim()
    {
        return window.hasClaim();
    }

    void abortClaim()
    {
        if (window.hasClaim())
        {
            window.abortClaim();
        }
    }

    long sessionId()
    {
        return sessionId;
    }

    int outstandingCount()
    {
        return window.outstandingCount();
    }

    long resendCount()
    {
        return sender.resendCount();
    }
}
