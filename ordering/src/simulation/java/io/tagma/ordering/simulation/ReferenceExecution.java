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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the agreed batches must lead to: sessions, positions, results and agreed time, by the words of the protocol
 * (section 4 and 5) and with none of the core's code. One for a run, fed with the history as it grows.
 */
final class ReferenceExecution
{
    private static final int TIMER_LIMIT = 64;
    private static final int RESOLVED_LENGTH = 16;
    private static final short RESOLVED_COMMITTED = 1;
    private static final short RESOLVED_WITHOUT_RESULT = 2;
    private static final short RESOLVED_NEVER = 3;
    private static final short RESOLVED_FORGOTTEN = 4;

    /** Sizes and times that everybody agrees on. */
    record Limits(int sessions, int sessionWindow, int resultLengthMax, int window, long timeStepNs, long timeoutNs)
    {
    }

    /**
     * The answer that a request must get once it is executed.
     *
     * @param position of it.
     * @param sequence of its batch.
     * @param result   bytes.
     */
    record Answer(long position, long sequence, byte[] result)
    {
    }

    private static final class Session
    {
        final long id;
        final int clientId;
        long nextNumber = 1;
        long closedAt;
        long lastActiveNs;

        Session(final long id, final int clientId, final long nowNs)
        {
            this.id = id;
            this.clientId = clientId;
            lastActiveNs = nowNs;
        }
    }

    private final Limits limits;
    private final ReferenceService service = new ReferenceService();
    private final ReferenceTimers timers = new ReferenceTimers(TIMER_LIMIT);
    /** In the order of the places in the table: the first free one is taken. */
    private final Session[] table;
    private final Map<Integer, Long> highestOpen = new HashMap<>();
    private final List<Invariant.Execution> executions = new ArrayList<>();
    private final Map<Long, Map<Long, Answer>> answers = new LinkedHashMap<>();
    private final Map<Integer, Map<Long, Answer>> opened = new LinkedHashMap<>();
    /** By session: sequence of the batch in which it was closed. */
    private final Map<Long, Long> closings = new HashMap<>();
    /** Of position i + 1. */
    private final List<Long> sequenceOfPosition = new ArrayList<>();
    private final UnsafeBuffer result;
    private long timeNs;
    private long sessionTimeNs;
    private long sequence;
    private long skipped;

    ReferenceExecution(final Limits limits)
    {
        this.limits = limits;
        table = new Session[limits.sessions()];
        result = new UnsafeBuffer(new byte[limits.resultLengthMax()]);
        service.onStart(timers);
    }

    /** Executes the next batch of the history. */
    void execute(final BatchContent batch)
    {
        sequence = batch.sequence();
        timeNs = Math.max(timeNs, batch.timestampNs());
        advanceTime();
        final List<BatchContent.Request> requests = batch.requests();
        if (null != requests)
        {
            requests.forEach(this::execute);
        }
        for (int i = 0; i < table.length; i++)
        {
            if (null != table[i] && table[i].closedAt > 0 && table[i].closedAt + limits.window() <= sequence)
            {
                table[i] = null;
            }
        }
    }

    private void advanceTime()
    {
        final boolean isAnyOpen = openCount() > 0;
        sessionTimeNs = isAnyOpen ? Math.min(timeNs, sessionTimeNs + limits.timeStepNs()) : timeNs;
        for (final Session session : table)
        {
            if (null != session && 0 == session.closedAt &&
                sessionTimeNs - session.lastActiveNs > limits.timeoutNs())
            {
                close(session);
            }
        }
        for (long[] timer = timers.expire(timeNs); null != timer; timer = timers.expire(timeNs))
        {
            service.onTimer(timer[0], timeNs);
        }
    }

    private void execute(final BatchContent.Request request)
    {
        if (BatchContent.KIND_OPEN == request.kind())
        {
            open(request);
            return;
        }
        final Session session = find(request.session());
        if (null == session || session.clientId != request.clientId() || session.closedAt > 0 ||
            request.number() != session.nextNumber)
        {
            skipped++;
            return;
        }
        session.nextNumber++;
        session.lastActiveNs = sessionTimeNs;
        final long position = nextPosition();
        int length = 0;
        if (BatchContent.KIND_REQUESTS == request.kind())
        {
            final UnsafeBuffer payload = new UnsafeBuffer(request.payload());
            length = service.onMessage(
                session.id, position, sequence, timeNs, payload, 0, payload.capacity(), result);
            executions.add(
                new Invariant.Execution(session.id, position, sequence, timeNs, request.payloadHash()));
        }
        else if (BatchContent.KIND_RESOLVE == request.kind())
        {
            length = resolve(request);
        }
        final byte[] bytes = new byte[length];
        result.getBytes(0, bytes);
        answers.get(session.id).put(request.number(), new Answer(position, sequence, bytes));
        sequenceOfPosition.add(sequence);
        if (BatchContent.KIND_CLOSE == request.kind())
        {
            close(session);
        }
    }

    /** The session that is asked about is closed; then nothing can become of its request but what has. */
    private int resolve(final BatchContent.Request request)
    {
        final UnsafeBuffer payload = new UnsafeBuffer(request.payload());
        final Session asked = find(payload.getLong(0, LITTLE_ENDIAN));
        final long number = payload.getLong(8, LITTLE_ENDIAN);
        result.setMemory(0, RESOLVED_LENGTH, (byte)0);
        if (null == asked || asked.clientId != request.clientId())
        {
            result.putShort(8, RESOLVED_FORGOTTEN, LITTLE_ENDIAN);
            return RESOLVED_LENGTH;
        }
        if (0 == asked.closedAt)
        {
            close(asked);
        }
        final Answer answer = answers.get(asked.id).get(number);
        if (null == answer)
        {
            result.putShort(8, RESOLVED_NEVER, LITTLE_ENDIAN);
            return RESOLVED_LENGTH;
        }
        final boolean isKept = number >= asked.nextNumber - limits.sessionWindow();
        final boolean fits = isKept && answer.result().length + RESOLVED_LENGTH <= limits.resultLengthMax();
        result.putLong(0, isKept ? answer.position() : 0, LITTLE_ENDIAN);
        result.putShort(8, fits ? RESOLVED_COMMITTED : RESOLVED_WITHOUT_RESULT, LITTLE_ENDIAN);
        result.putBytes(RESOLVED_LENGTH, answer.result(), 0, fits ? answer.result().length : 0);
        return RESOLVED_LENGTH + (fits ? answer.result().length : 0);
    }

    private void open(final BatchContent.Request request)
    {
        final int place = freePlace();
        if (request.number() <= highestOpen.getOrDefault(request.clientId(), 0L) || place < 0)
        {
            skipped++;
            return;
        }
        final long id = nextPosition();
        highestOpen.put(request.clientId(), request.number());
        table[place] = new Session(id, request.clientId(), sessionTimeNs);
        answers.put(id, new HashMap<>());
        opened.computeIfAbsent(request.clientId(), key -> new HashMap<>())
            .put(request.number(), new Answer(id, sequence, new byte[0]));
        sequenceOfPosition.add(sequence);
        service.onSessionOpen(id, request.clientId(), timeNs);
    }

    private void close(final Session session)
    {
        session.closedAt = sequence;
        closings.put(session.id, sequence);
        service.onSessionClose(session.id, timeNs);
    }

    private Session find(final long id)
    {
        for (final Session session : table)
        {
            if (null != session && session.id == id)
            {
                return session;
            }
        }
        return null;
    }

    private int openCount()
    {
        int count = 0;
        for (final Session session : table)
        {
            count += null != session && 0 == session.closedAt ? 1 : 0;
        }
        return count;
    }

    private int freePlace()
    {
        for (int i = 0; i < table.length; i++)
        {
            if (null == table[i])
            {
                return i;
            }
        }
        return -1;
    }

    long nextPosition()
    {
        return sequenceOfPosition.size() + 1L;
    }

    long sequenceOf(final long position)
    {
        return position >= 1 && position <= sequenceOfPosition.size() ? sequenceOfPosition.get((int)position - 1) : 0;
    }

    /** What the service was given so far, in order. */
    List<Invariant.Execution> executions()
    {
        return executions;
    }

    /** The answer to a request, or null if it is not executed; session 0: to an OPEN of the client. */
    Answer answer(final int clientId, final long session, final long number)
    {
        return 0 == session ?
            opened.getOrDefault(clientId, Map.of()).get(number) :
            answers.getOrDefault(session, Map.of()).get(number);
    }

    /**
     * Whether the state after a sequence holds the answer to a request: its session is in the table, and the request is
     * one of the last that it executed, as many as its window has. Session 0: whether it holds which session the
     * client's OPEN made, which is kept of the last one only.
     */
    boolean isKept(final int clientId, final long session, final long number, final long afterSequence)
    {
        final Map<Long, Answer> all =
            0 == session ? opened.getOrDefault(clientId, Map.of()) : answers.getOrDefault(session, Map.of());
        long last = 0;
        for (final Map.Entry<Long, Answer> answer : all.entrySet())
        {
            last = answer.getValue().sequence() <= afterSequence ? Math.max(last, answer.getKey()) : last;
        }
        if (0 == session)
        {
            return number == last;
        }
        final boolean isInTable = closings.getOrDefault(session, afterSequence) + limits.window() > afterSequence;
        return isInTable && number <= last && number > last - limits.sessionWindow();
    }

    /** Requests that were agreed and not executed: repeated, early, or of a closed session. */
    long skipped()
    {
        return skipped;
    }

    long serviceState()
    {
        return service.state();
    }
}
