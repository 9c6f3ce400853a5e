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
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.ResultForm;
import io.tagma.ordering.service.OrderedService;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Executes committed batches in order, each request exactly once, and answers. The only writer of sessions, positions,
 * agreed time and the tree; the only caller of the service.
 */
final class Execution
{
    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final ClientSessions sessions;
    private final RecordWriter records;
    private final Outbound outbound;
    private final Hashing hashing;
    private final OrderedService service;
    private final MerkleFrontier frontier;
    private final AgreedTimerQueue timers;
    private final Resolving resolving;
    private final BundleCursor cursor = new BundleCursor();
    private final UnsafeBuffer resultDigest = new UnsafeBuffer(new byte[Digest.LENGTH]);
    private final UnsafeBuffer resultView = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer noResult = new UnsafeBuffer(new byte[0]);

    private long sequence;
    private long timeNs;
    private long nextPosition;

    Execution(
        final ProtocolParameters parameters,
        final ReplicaStatus status,
        final ClientSessions sessions,
        final RecordWriter records,
        final Outbound outbound,
        final Hashing hashing,
        final OrderedService service)
    {
        this.parameters = parameters;
        this.status = status;
        this.sessions = sessions;
        this.records = records;
        this.outbound = outbound;
        this.hashing = hashing;
        this.service = service;
        frontier = new MerkleFrontier(hashing);
        resolving = new Resolving(parameters, sessions);
        timers = new AgreedTimerQueue(parameters.timerLimit);
        service.onStart(timers);
    }

    MerkleFrontier frontier()
    {
        return frontier;
    }

    AgreedTimerQueue timers()
    {
        return timers;
    }

    OrderedService service()
    {
        return service;
    }

    /**
     * Executes the next batch.
     *
     * @param batch    that is committed.
     * @param isJournalled whether an entry of the journal holds it already.
     */
    void execute(final BatchSlot batch, final boolean isJournalled)
    {
        if (!isJournalled)
        {
            records.storedBatch(batch);
        }
        records.commitMark(batch.sequence, batch.digest);

        sequence = batch.sequence;
        timeNs = Math.max(status.effectiveTimeNs(), batch.timestampNs);
        nextPosition = status.nextPosition();
        advanceTime();
        cursor.wrap(batch.buffer, batch.bodiesOffset, batch.bodiesLength);
        while (cursor.next())
        {
            executeBundle();
        }
        frontier.append(batch.digest.bytes(), 0);
        status.executed(sequence, timeNs, nextPosition);
        forgetSessions();
    }

    private void advanceTime()
    {
        sessions.advanceTime(timeNs);
        ClientSession timedOut = sessions.nextTimedOut();
        while (null != timedOut)
        {
            close(timedOut);
            timedOut = sessions.nextTimedOut();
        }
        while (timers.expire(timeNs))
        {
            service.onTimer(timers.expired(), timeNs);
        }
    }

    private void forgetSessions()
    {
        long sessionId = sessions.forgetNext(sequence);
        while (0 != sessionId)
        {
            outbound.sessionForgotten(sessionId);
            sessionId = sessions.forgetNext(sequence);
        }
    }

    private void executeBundle()
    {
        final BundleKind kind = cursor.kind();
        if (BundleKind.OPEN == kind)
        {
            executeOpen();
            return;
        }
        final ClientSession session = sessions.find(cursor.sessionId());
        if (null == session || session.clientId() != cursor.clientId())
        {
            // Of a session that is forgotten, or never was: there is no key left to answer under.
            return;
        }
        while (cursor.nextPayload())
        {
            executeRequest(session, kind, cursor.payloadNumber());
        }
    }

    private void executeOpen()
    {
        final int clientId = cursor.clientId();
        final long openNumber = cursor.firstNumber();
        if (!sessions.isConfigured(clientId))
        {
            return;
        }
        if (openNumber <= sessions.highestOpen(clientId))
        {
            replyToOpen(clientId, openNumber);
        }
        else if (!sessions.hasRoom())
        {
            sessions.openRefused(clientId, openNumber);
            reply(clientId, 0, openNumber, 0, Outcome.REJECTED_SESSION_LIMIT, noResult, 0, 0, true);
        }
        else
        {
            cursor.nextPayload();
            final long sessionId = nextPosition++;
            sessions.open(
                sessionId, clientId, openNumber, cursor.bodies(), cursor.payloadOffset(), cursor.payloadLength());
            outbound.sessionOpened(
                sessionId, clientId, cursor.bodies(), cursor.payloadOffset(), cursor.payloadLength());
            service.onSessionOpen(sessionId, clientId, timeNs);
            replyToOpen(clientId, openNumber);
        }
    }

    private void executeRequest(final ClientSession session, final BundleKind kind, final long number)
    {
        final long fingerprint = PayloadFingerprint.of(
            cursor.bodies(), cursor.payloadOffset(), cursor.payloadLength());
        if (session.isExecuted(number))
        {
            answerRepeated(session, number, fingerprint);
        }
        else if (!session.isOpen())
        {
            session.refused();
            reply(
                session.clientId(), session.sessionId(), number, 0, Outcome.REJECTED_CLOSED, noResult, 0, 0, true);
        }
        else if (number == session.nextNumber())
        {
            final long position = nextPosition++;
            final int resultLength = switch (kind)
            {
                case REQUESTS -> deliver(session, number, position);
                case RESOLVE -> resolve(session, number);
                default -> 0;
            };
            session.executed(position, fingerprint, (byte)Outcome.COMMITTED.value(), resultLength);
            session.active(sessions.sessionTimeNs());
            if (BundleKind.CLOSE == kind)
            {
                close(session);
            }
            replyCached(session, number, false);
        }
        // Else it came early: what lies before it was nulled. All skip it alike, and the client sends again.
    }

    private int deliver(final ClientSession session, final long number, final long position)
    {
        final MutableDirectBuffer results = session.results();
        resultView.wrap(results, session.resultOffset(number), parameters.resultLengthMax);
        final int length = service.onMessage(
            session.sessionId(),
            position,
            sequence,
            timeNs,
            cursor.bodies(),
            cursor.payloadOffset(),
            cursor.payloadLength(),
            resultView);
        if (length < 0 || length > parameters.resultLengthMax)
        {
            throw new IllegalStateException(
                "the service answered with a result of " + length + " bytes: 0 to " + parameters.resultLengthMax +
                " are allowed");
        }
        return length;
    }

    /** What is asked about is closed first: only then is an answer the last word. */
    private int resolve(final ClientSession session, final long number)
    {
        final ClientSession asked = resolving.session(cursor.bodies(), cursor.payloadOffset(), session.clientId());
        if (null != asked && asked.isOpen())
        {
            close(asked);
        }
        return resolving.answer(asked, session.results(), session.resultOffset(number));
    }

    private void close(final ClientSession session)
    {
        sessions.close(session, sequence);
        service.onSessionClose(session.sessionId(), timeNs);
    }

    /** Executed before: the cached reply; the same number with another payload: an error. */
    void answerRepeated(final ClientSession session, final long number, final long fingerprint)
    {
        if (!session.isCached(number))
        {
            return;
        }
        if (session.fingerprint(number) == fingerprint)
        {
            replyCached(session, number, true);
        }
        else
        {
            reply(
                session.clientId(), session.sessionId(), number, 0, Outcome.REJECTED_CONFLICT, noResult, 0, 0, true);
        }
    }

    /**
     * Answers an OPEN that was executed before, or can never be.
     */
    void replyToOpen(final int clientId, final long openNumber)
    {
        final boolean isHighest = openNumber == sessions.highestOpen(clientId);
        reply(
            clientId,
            0,
            openNumber,
            isHighest ? sessions.openedSession(clientId) : 0,
            isHighest ? Outcome.COMMITTED : Outcome.REJECTED_STALE_OPEN,
            noResult,
            0,
            0,
            true);
    }

    /**
     * Answers from the session's window.
     *
     * @param isRepeated whether it was answered before: then every replica gives the result in full.
     */
    private void replyCached(final ClientSession session, final long number, final boolean isRepeated)
    {
        reply(
            session.clientId(),
            session.sessionId(),
            number,
            session.position(number),
            Outcome.get(session.outcome(number)),
            session.results(),
            session.resultOffset(number),
            session.resultLength(number),
            isRepeated);
    }

    private void reply(
        final int clientId,
        final long sessionId,
        final long number,
        final long position,
        final Outcome outcome,
        final MutableDirectBuffer result,
        final int offset,
        final int length,
        final boolean isRepeated)
    {
        if (status.isReplaying())
        {
            return;
        }
        final boolean isFull = isRepeated || length <= parameters.resultDigestThreshold ||
            position % parameters.quorums.size() == parameters.replicaId;
        if (isFull)
        {
            outbound.reply(
                clientId, sessionId, status.view(), number, position, outcome.value(), ResultForm.FULL.value(),
                result, offset, length);
        }
        else
        {
            hashing.sha256(result, offset, length, resultDigest, 0);
            outbound.reply(
                clientId, sessionId, status.view(), number, position, outcome.value(), ResultForm.DIGEST.value(),
                resultDigest, 0, Digest.LENGTH);
        }
    }
}
