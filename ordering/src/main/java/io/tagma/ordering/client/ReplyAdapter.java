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

import io.tagma.codecs.ClientFrameCheck;
import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.client.MessageHeaderDecoder;
import io.tagma.codecs.client.OriginDecoder;
import io.tagma.codecs.client.RepliesDecoder;
import io.tagma.codecs.client.ResultForm;

/**
 * The way in: checks a frame of the response channel, structure before recipient before tag, and takes it apart.
 * Whatever fails is counted and dropped.
 */
final class ReplyAdapter
{
    private static final short DIGEST = ResultForm.DIGEST.value();
    private static final long SESSIONLESS = 0;

    private final ClientParameters parameters;
    private final SessionKeys sessionlessKeys;
    private final ClientEngine engine;
    private final long[] rejectionCounts = new long[ReplyRejection.values().length];
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final RepliesDecoder repliesDecoder = new RepliesDecoder();

    /** Of the present session; null while there is none. */
    private SessionKeys sessionKeys;

    ReplyAdapter(final ClientParameters parameters, final SessionKeys sessionlessKeys, final ClientEngine engine)
    {
        this.parameters = parameters;
        this.sessionlessKeys = sessionlessKeys;
        this.engine = engine;
    }

    /** From now on replies to this session are heard, and to no other; null: to none. */
    void session(final SessionKeys keys)
    {
        sessionKeys = keys;
    }

    void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final int messageLength = length - FrameLayout.TAG_LENGTH;
        if (messageLength < FrameLayout.HEADER_LENGTH)
        {
            reject(ReplyRejection.STRUCTURE);
            return;
        }
        // Everything below reads inside this view: its bounds are the frame's.
        frame.wrap(buffer, offset, length);
        if (FrameVerdict.OK != ClientFrameCheck.checkReplies(frame, 0, messageLength, parameters.limits))
        {
            reject(ReplyRejection.STRUCTURE);
            return;
        }
        repliesDecoder.wrapAndApplyHeader(frame, 0, headerDecoder);
        final OriginDecoder origin = repliesDecoder.origin();
        final int replicaId = (int)origin.sender();
        if (origin.clusterId() != parameters.clusterId || (int)origin.epoch() != parameters.epoch ||
            repliesDecoder.clientId() != parameters.clientId)
        {
            reject(ReplyRejection.OTHER_RECIPIENT);
            return;
        }
        final long sessionId = repliesDecoder.sessionId();
        final SessionKeys keys = SESSIONLESS == sessionId ? sessionlessKeys : sessionKeys;
        if (null == keys || keys.sessionId != sessionId)
        {
            reject(ReplyRejection.OTHER_SESSION);
            return;
        }
        if (!keys.fromReplicas[replicaId].verify(frame, 0, messageLength, frame, messageLength))
        {
            reject(ReplyRejection.WRONG_TAG);
            return;
        }
        engine.onView(replicaId, repliesDecoder.view());
        onResults(replicaId, sessionId);
    }

    private void onResults(final int replicaId, final long sessionId)
    {
        RepliesDecoder.ResultsDecoder result = repliesDecoder.results();
        while (result.hasNext())
        {
            result = result.next();
            final long number = result.number();
            final long position = result.position();
            final short outcome = result.outcomeRaw();
            final boolean isDigest = DIGEST == result.formRaw();
            final int length = result.resultLength();
            final int bytesOffset = repliesDecoder.limit() + RepliesDecoder.ResultsDecoder.resultHeaderLength();
            result.skipResult();
            if (SESSIONLESS == sessionId)
            {
                engine.onOpenReply(replicaId, number, position, outcome, isDigest, frame, bytesOffset, length);
            }
            else if (null != sessionKeys && sessionKeys.sessionId == sessionId)
            {
                engine.onReply(replicaId, number, position, outcome, isDigest, frame, bytesOffset, length);
            }
        }
    }

    void reject(final ReplyRejection rejection)
    {
        rejectionCounts[rejection.ordinal()]++;
    }

    long rejectionCount(final ReplyRejection rejection)
    {
        return rejectionCounts[rejection.ordinal()];
    }
}
