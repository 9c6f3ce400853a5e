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

import io.tagma.codecs.client.Resolution;
import io.tagma.codecs.client.ResolveDecoder;
import io.tagma.codecs.client.ResolvedEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Says what became of a request of a session that is closed: nothing of it will be executed any more, so the answer is
 * final, and it is the same on every replica, for it comes from agreed state alone. Driven by {@link Execution}.
 */
final class Resolving
{
    private final ClientSessions sessions;
    private final int resultLengthMax;
    private final ResolveDecoder question = new ResolveDecoder();
    private final ResolvedEncoder answer = new ResolvedEncoder();

    Resolving(final ProtocolParameters parameters, final ClientSessions sessions)
    {
        this.sessions = sessions;
        resultLengthMax = parameters.resultLengthMax;
    }

    /** The session that the question in a payload is about, if it is one of the client's; else null. */
    ClientSession session(final DirectBuffer payload, final int offset, final int clientId)
    {
        question.wrap(payload, offset, ResolveDecoder.BLOCK_LENGTH, ResolveDecoder.SCHEMA_VERSION);
        final ClientSession session = sessions.find(question.sessionId());
        return null == session || session.clientId() != clientId ? ClientSessions.NULL_SESSION : session;
    }

    /**
     * Answers the question that was looked at last.
     *
     * @param session that it is about, closed; or null.
     * @param result  to write the answer to.
     * @param offset  of its first byte.
     * @return length of the answer in bytes, at most that of a result.
     */
    int answer(final ClientSession session, final MutableDirectBuffer result, final int offset)
    {
        final long number = question.number();
        answer.wrap(result, offset).position(0).reserved1(0).reserved2(0);
        if (null == session)
        {
            answer.resolution(Resolution.FORGOTTEN);
            return ResolvedEncoder.BLOCK_LENGTH;
        }
        if (!session.isExecuted(number))
        {
            answer.resolution(Resolution.NEVER);
            return ResolvedEncoder.BLOCK_LENGTH;
        }
        answer.resolution(Resolution.COMMITTED_WITHOUT_RESULT);
        if (!session.isCached(number))
        {
            return ResolvedEncoder.BLOCK_LENGTH;
        }
        answer.position(session.position(number));
        final int length = session.resultLength(number);
        if (length > resultLengthMax - ResolvedEncoder.BLOCK_LENGTH)
        {
            return ResolvedEncoder.BLOCK_LENGTH;
        }
        answer.resolution(Resolution.COMMITTED);
        result.putBytes(
            offset + ResolvedEncoder.BLOCK_LENGTH, session.results(), session.resultOffset(number), length);
        return ResolvedEncoder.BLOCK_LENGTH + length;
    }
}
