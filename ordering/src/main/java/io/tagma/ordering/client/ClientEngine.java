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

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.ResponseChannel;
import io.tagma.codecs.client.BundleKind;
import io.tagma.ordering.protocol.Hashing;

/**
 * All of the client but sockets and clocks: time and frames come in, frames and outcomes go out. {@link TagmaClient}
 * drives it over Aeron, a simulator over whatever it likes. One duty cycle is {@link #onTime}, any number of
 * {@link #onFrame}, {@link #doWork}. Single-threaded.
 */
public final class ClientEngine
{
    private static final short COMMITTED = io.tagma.codecs.client.Outcome.COMMITTED.value();

    private static final long NO_SESSION = ClientSession.NO_SESSION;

    private final ClientParameters parameters;
    private final ClientKeys keys;
    private final OutcomeDelivery delivery;
    private final PrimaryEstimate primaryEstimate;
    private final SessionOpener opener;
    private final SessionProbe probe;
    private final ClientSession session;
    private final ReplyAdapter adapter;

    private SessionState state = SessionState.CONNECTING;
    private long nowNs;
    private long epochNs;
    private boolean hasSentClose;

    /**
     * An engine that waits for {@link #connect}.
     *
     * @param parameters   who it is, and its limits.
     * @param keys         of this client.
     * @param hashing      SHA-256.
     * @param transport    that takes its frames.
     * @param handler      that hears the outcomes.
     * @param errorHandler that hears what the handler throws.
     */
    public ClientEngine(
        final ClientParameters parameters,
        final ClientKeys keys,
        final Hashing hashing,
        final ClientTransport transport,
        final ResponseHandler handler,
        final ErrorHandler errorHandler)
    {
        this.parameters = parameters;
        this.keys = keys;
        delivery = new OutcomeDelivery(handler, errorHandler);
        final SessionKeys sessionlessKeys =
            new SessionKeys(keys, NO_SESSION, parameters.quorums.size());
        final BundleWriter writer = new BundleWriter(parameters, keys);
        final FrameSender frameSender = new FrameSender(transport);
        primaryEstimate = new PrimaryEstimate(parameters.quorums, parameters.epoch);
        opener = new SessionOpener(parameters, hashing, writer, frameSender, sessionlessKeys);
        probe = new SessionProbe(opener, parameters.resendTimeoutNs);
        session = new ClientSession(parameters, hashing, writer, frameSender, primaryEstimate, delivery);
        adapter = new ReplyAdapter(parameters, sessionlessKeys, this);
    }

    /**
     * The response channel is known: a session opens.
     *
     * @param channel {@code aeron:udp?endpoint=host:port}, at most 128 characters.
     */
    public void connect(final String channel)
    {
        final UnsafeBuffer ascii = new UnsafeBuffer(channel.getBytes(US_ASCII));
        if (!ResponseChannel.isPlausible(ascii, 0, ascii.capacity()))
        {
            throw new IllegalArgumentException("response channel is " + channel +
                ": must be aeron:udp?endpoint=host:port and at most 128 characters");
        }
        if (SessionState.CONNECTING == state)
        {
            state = SessionState.OPENING;
            opener.channel(ascii);
            opener.start(nowNs);
        }
    }

    /**
     * Begins a duty cycle.
     *
     * @param monotonicNs monotonic time in nanoseconds.
     * @param wallClockNs nanoseconds since 1970, for the number of an OPEN.
     */
    public void onTime(final long monotonicNs, final long wallClockNs)
    {
        nowNs = monotonicNs;
        epochNs = wallClockNs;
    }

    /**
     * Something came in on the response channel.
     *
     * @param buffer that holds it, borrowed for the call.
     * @param offset of its first byte.
     * @param length in bytes, its tag included.
     */
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        adapter.onFrame(buffer, offset, length);
    }

    /**
     * Offers a request: it goes with the bundle of this duty cycle.
     *
     * @param buffer that holds the payload, copied.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return its number, or a negative value: see {@link TagmaClient}.
     */
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        final long refusal = refusal(length);
        return refusal < 0 ? refusal : session.offer(BundleKind.REQUESTS, buffer, offset, length);
    }

    /**
     * Claims room for a request in the bundle of this duty cycle.
     *
     * @param length of the payload in bytes.
     * @param claim  to encode into, then to commit or abort.
     * @return its number, or a negative value: see {@link TagmaClient}.
     */
    public long tryClaim(final int length, final RequestClaim claim)
    {
        final long refusal = refusal(length);
        return refusal < 0 ? refusal : session.tryClaim(length, claim);
    }

    /** As {@link TagmaClient#resolve(long, long)}. */
    public long resolve(final long ofSessionId, final long number)
    {
        final long refusal = refusal(0);
        return refusal < 0 ? refusal : session.resolve(ofSessionId, number);
    }

    private long refusal(final int length)
    {
        if (SessionState.OPEN != state)
        {
            return state.ordinal() < SessionState.CLOSING.ordinal() ? TagmaClient.NOT_CONNECTED : TagmaClient.CLOSED;
        }
        if (length < 0 || length > parameters.limits.payloadLengthMax())
        {
            return TagmaClient.MAX_LENGTH_EXCEEDED;
        }
        return 0;
    }

    /**
     * Ends a duty cycle, or a part of one: seals and sends what was offered, sends again what is late.
     *
     * @return number of bundles that went out.
     */
    public int doWork()
    {
        switch (state)
        {
            case OPENING:
                return opener.doWork(nowNs, epochNs);
            case OPEN:
                session.keepAlive(nowNs);
                return session.send(nowNs) + probe();
            case ENDING:
                if (session.isIdle())
                {
                    endSession(SessionState.OPENING);
                    return 1;
                }
                return session.send(nowNs) + probe();
            case CLOSING:
                if (!hasSentClose)
                {
                    hasSentClose = session.offerEmpty(BundleKind.CLOSE) > 0;
                }
                else if (session.isIdle())
                {
                    endSession(SessionState.CLOSED);
                    return 1;
                }
                return session.send(nowNs);
            default:
                return 0;
        }
    }

    private int probe()
    {
        final int workCount = probe.doWork(session, nowNs, epochNs);
        final long successor = probe.successor(nowNs);
        if (NO_SESSION == successor)
        {
            return workCount;
        }
        endSession(SessionState.OPENING);
        onSessionOpened(successor);
        return 1;
    }

    /**
     * Begins to close: what was offered is still sent and waited for, nothing new is taken. Go on with duty cycles
     * until {@link #state()} is {@link SessionState#CLOSED}, or give up with {@link #abandon()}.
     */
    public void close()
    {
        if (SessionState.OPEN == state)
        {
            probe.stop();
            state = SessionState.CLOSING;
        }
        else if (SessionState.ENDING == state)
        {
            probe.stop();
            state = SessionState.CLOSING;
            hasSentClose = true;
        }
        else if (!session.isOpen())
        {
            opener.stop();
            state = SessionState.CLOSED;
        }
    }

    /**
     * Ends the session at once: what is outstanding becomes {@link Outcome#UNKNOWN}.
     */
    public void abandon()
    {
        close();
        if (session.isOpen())
        {
            endSession(SessionState.CLOSED);
        }
    }

    void onView(final int replicaId, final long view)
    {
        primaryEstimate.onView(replicaId, view);
    }

    void onOpenReply(
        final int replicaId,
        final long number,
        final long position,
        final short outcome,
        final boolean isDigest,
        final DirectBuffer bytes,
        final int offset,
        final int length)
    {
        if (!opener.isAwaiting(number))
        {
            adapter.reject(ReplyRejection.NOT_OUTSTANDING);
        }
        else if (opener.matcher().onReply(replicaId, number, position, outcome, isDigest, bytes, offset, length))
        {
            if (COMMITTED != outcome)
            {
                opener.onRefused(outcome, nowNs);
                delivery.sessionRefused(outcome);
            }
            else if (probe.isRunning())
            {
                opener.stop();
                probe.onOpened(position, nowNs);
                session.resendNow();
            }
            else
            {
                onSessionOpened(position);
            }
        }
    }

    private void onSessionOpened(final long sessionId)
    {
        opener.stop();
        final SessionKeys sessionKeys = new SessionKeys(keys, sessionId, parameters.quorums.size());
        session.onOpened(sessionKeys, nowNs);
        adapter.session(sessionKeys);
        state = SessionState.OPEN;
        delivery.sessionOpened(sessionId);
    }

    void onReply(
        final int replicaId,
        final long number,
        final long position,
        final short outcome,
        final boolean isDigest,
        final DirectBuffer bytes,
        final int offset,
        final int length)
    {
        if (!session.onReply(replicaId, number, position, outcome, isDigest, bytes, offset, length))
        {
            adapter.reject(ReplyRejection.NOT_OUTSTANDING);
        }
        else if (session.isForgotten())
        {
            endSession(SessionState.CLOSING == state ? SessionState.CLOSED : SessionState.OPENING);
        }
        else if (session.isEnded() && SessionState.OPEN == state)
        {
            state = SessionState.ENDING;
        }
    }

    private void endSession(final SessionState next)
    {
        probe.stop();
        adapter.session(null);
        state = next;
        if (SessionState.OPENING == next)
        {
            opener.start(nowNs);
        }
        session.end();
    }

    /** @return where the client stands with its session. */
    public SessionState state()
    {
        return state;
    }

    /** @return id of the open session, or 0. */
    public long sessionId()
    {
        return session.sessionId();
    }

    /** @return requests, keep-alives included, that have no outcome yet. */
    public int outstandingCount()
    {
        return session.outstandingCount();
    }

    /** @return bundles that were sent again to all replicas, since the start. */
    public long resendCount()
    {
        return session.resendCount();
    }

    /** @return the replica that is taken for the primary. */
    public int believedPrimary()
    {
        return primaryEstimate.primary();
    }

    /** @param rejection a reason. @return how much was dropped for it, since the start. */
    public long rejectionCount(final ReplyRejection rejection)
    {
        return adapter.rejectionCount(rejection);
    }

    int maxPayloadLength()
    {
        return parameters.limits.payloadLengthMax();
    }

    boolean hasClaim()
    {
        return session.hasClaim();
    }

    void abortClaim()
    {
        session.abortClaim();
    }
}
