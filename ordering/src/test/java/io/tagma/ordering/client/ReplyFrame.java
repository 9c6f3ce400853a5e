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

import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.MessageHeaderEncoder;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.RepliesEncoder;
import io.tagma.codecs.client.ResultForm;

/**
 * Builds what replicas send: one Replies frame after the other in one buffer.
 */
final class ReplyFrame
{
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128 * 1024]);

    private final long clusterId;
    private final int epoch;
    private final int clientId;
    private final TestKeys keys = new TestKeys();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RepliesEncoder replies = new RepliesEncoder();

    private RepliesEncoder.ResultsEncoder results;
    private int replicaId;
    private long sessionId;

    ReplyFrame(final long clusterId, final int epoch, final int clientId)
    {
        this.clusterId = clusterId;
        this.epoch = epoch;
        this.clientId = clientId;
    }

    ReplyFrame begin(final int sender, final long session, final long view, final int count)
    {
        replicaId = sender;
        sessionId = session;
        replies.wrapAndApplyHeader(buffer, 0, header);
        replies.origin().clusterId(clusterId).epoch(epoch).sender(sender);
        replies.clientId(clientId).reserved(0).sessionId(session).view(view);
        results = replies.resultsCount(count);
        return this;
    }

    ReplyFrame full(final long number, final long position, final byte[] result)
    {
        return result(number, position, Outcome.COMMITTED, ResultForm.FULL, result);
    }

    ReplyFrame digest(final long number, final long position, final byte[] result)
    {
        return result(number, position, Outcome.COMMITTED, ResultForm.DIGEST, TestHashing.of(result));
    }

    ReplyFrame rejected(final long number, final Outcome outcome)
    {
        return result(number, 0, outcome, ResultForm.FULL, new byte[0]);
    }

    ReplyFrame result(
        final long number, final long position, final Outcome outcome, final ResultForm form, final byte[] result)
    {
        results.next().number(number).position(position).outcome(outcome).form(form).reserved(0)
            .putResult(result, 0, result.length);
        return this;
    }

    /** Puts the tag behind; returns the length of the frame. */
    int end()
    {
        final int length = FrameLayout.HEADER_LENGTH + replies.encodedLength();
        keys.fromReplica(replicaId, sessionId).tag(buffer, 0, length, buffer, length);
        return length + FrameLayout.TAG_LENGTH;
    }
}
