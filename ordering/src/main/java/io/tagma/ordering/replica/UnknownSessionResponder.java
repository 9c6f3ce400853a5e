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
package io.tagma.ordering.replica;

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.client.BundleBodyDecoder;
import io.tagma.codecs.client.MessageHeaderEncoder;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.RepliesEncoder;
import io.tagma.codecs.client.RequestsDecoder;
import io.tagma.codecs.client.ResultForm;
import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.authentication.MacKeys;

import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells a client that its session is gone, under that session's own key: any session's key can be derived anew. That
 * costs some microseconds and garbage, and anybody can name a session, so it is done at most 200 times a second, and
 * for a session that a client names again not again: of each client the keys of the session that it last proved to have
 * had, and those derived last, are kept. A session above the last executed position may just not have been opened here
 * yet: nothing is said of it. For the ordering thread.
 */
public final class UnknownSessionResponder
{
    private static final long INTERVAL_NS = 5_000_000L;
    private static final byte[] EMPTY = new byte[0];
    private static final int FIRST_NUMBER_OFFSET = HEADER_LENGTH + RequestsDecoder.BLOCK_LENGTH + Integer.BYTES +
        BundleBodyDecoder.firstNumberEncodingOffset();

    private final FrameOrigin origin;
    private final MacKeys keys;
    private final ClientPublisher publisher;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
    private final UnsafeBuffer tag = new UnsafeBuffer(new byte[TAG_LENGTH]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final RepliesEncoder repliesEncoder = new RepliesEncoder();
    /** By client id: of the session that a frame with a good tag named last; null before the first. */
    private final SessionKeys[] proven;
    /** By client id: derived last, whoever named the session; null before the first. */
    private final SessionKeys[] derived;
    /** By client id: when it may be told again. */
    private final long[] nextAnswerNs;
    private long nowNs;
    private long nextDerivationNs;
    private boolean isStarted;
    private long view;
    private long nextPosition;

    /**
     * A responder that has not answered anybody.
     *
     * @param origin    of this replica's frames.
     * @param keys      that any session's key can be derived from.
     * @param publisher the way to the clients.
     */
    public UnknownSessionResponder(final FrameOrigin origin, final MacKeys keys, final ClientPublisher publisher)
    {
        this.origin = origin;
        this.keys = keys;
        this.publisher = publisher;
        proven = new SessionKeys[1 + keys.clientCount()];
        derived = new SessionKeys[proven.length];
        nextAnswerNs = new long[proven.length];
    }

    /**
     * What the agent knows at the beginning of a duty cycle.
     *
     * @param timeNs             monotonic, in nanoseconds.
     * @param currentView        of this replica.
     * @param nextGlobalPosition of the next executed request.
     */
    public void onDutyCycle(final long timeNs, final long currentView, final long nextGlobalPosition)
    {
        if (!isStarted)
        {
            isStarted = true;
            nextDerivationNs = timeNs;
            Arrays.fill(nextAnswerNs, timeNs);
        }
        nowNs = timeNs;
        view = currentView;
        nextPosition = nextGlobalPosition;
    }

    /**
     * A frame named a session that is not known here. See {@link IngressListener#onUnknownSession}.
     *
     * @param clientId      a configured client.
     * @param sessionId     that it named.
     * @param frame         that holds the frame from index 0 on.
     * @param messageLength in bytes; the tag follows.
     */
    public void onUnknownSession(
        final int clientId,
        final long sessionId,
        final DirectBuffer frame,
        final int messageLength)
    {
        if (nowNs - nextAnswerNs[clientId] < 0 || sessionId <= 0 || sessionId >= nextPosition)
        {
            return;
        }
        final SessionKeys session = keysOf(clientId, sessionId);
        if (null != session && session.fromClient.verify(frame, 0, messageLength, frame, messageLength))
        {
            proven[clientId] = session;
            nextAnswerNs[clientId] = nowNs + INTERVAL_NS;
            answer(clientId, sessionId, frame.getLong(FIRST_NUMBER_OFFSET, LITTLE_ENDIAN), session.toClient);
        }
    }

    /** Null if they would have to be derived, and others were just now. */
    private SessionKeys keysOf(final int clientId, final long sessionId)
    {
        if (isOf(proven[clientId], sessionId))
        {
            return proven[clientId];
        }
        if (!isOf(derived[clientId], sessionId))
        {
            if (nowNs - nextDerivationNs < 0)
            {
                return null;
            }
            nextDerivationNs = nowNs + INTERVAL_NS;
            derived[clientId] = new SessionKeys(
                sessionId, keys.fromClient(clientId, sessionId), keys.toClient(clientId, sessionId));
        }
        return derived[clientId];
    }

    private static boolean isOf(final SessionKeys session, final long sessionId)
    {
        return null != session && session.sessionId == sessionId;
    }

    private void answer(
        final int clientId,
        final long sessionId,
        final long number,
        final Authenticator authenticator)
    {
        repliesEncoder.wrapAndApplyHeader(message, 0, headerEncoder);
        repliesEncoder.origin().clusterId(origin.clusterId()).epoch(origin.epoch()).sender(origin.sender());
        repliesEncoder.clientId(clientId).reserved(0).sessionId(sessionId).view(view);
        repliesEncoder.resultsCount(1).next()
            .number(number)
            .position(0)
            .outcome(Outcome.REJECTED_UNKNOWN_SESSION)
            .form(ResultForm.FULL)
            .reserved(0)
            .putResult(EMPTY, 0, 0);
        final int length = HEADER_LENGTH + repliesEncoder.encodedLength();
        authenticator.tag(message, 0, length, tag, 0);
        publisher.offer(clientId, sessionId, message, 0, length, tag, 0);
    }

    private record SessionKeys(long sessionId, Authenticator fromClient, Authenticator toClient)
    {
    }
}
