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

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.ClientFrameCheck;
import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.client.BundleBodyDecoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.MessageHeaderDecoder;
import io.tagma.codecs.client.MessageHeaderEncoder;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.RepliesEncoder;
import io.tagma.codecs.client.RequestsDecoder;
import io.tagma.codecs.client.ResultForm;
import io.tagma.ordering.authentication.MacKeys;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.transport.EmbeddedDriver;
import io.tagma.ordering.transport.FrameAssembler;
import io.tagma.ordering.transport.StreamIds;

/**
 * Four voices of one echo behind real sockets and real keys: what any of them hears, and had not heard before, all of
 * them answer at once. No ordering, no faults: it is the client that is looked at.
 */
final class AnsweringReplicas implements AutoCloseable
{
    private static final int REPLICAS = 4;

    private final FrameLimits limits;
    private final EmbeddedDriver driver;
    private final MacKeys[] macKeys = new MacKeys[REPLICAS];
    private final Subscription[] ingresses = new Subscription[REPLICAS];
    private final FrameAssembler[] assemblers = new FrameAssembler[REPLICAS];
    private final ExclusivePublication[] egresses = new ExclusivePublication[REPLICAS];
    private final ClusterConfiguration cluster;
    private final RequestsDecoder requests = new RequestsDecoder();
    private final BundleBodyDecoder body = new BundleBodyDecoder();
    private final Long2LongHashMap nextNumbers = new Long2LongHashMap(1);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[FrameLimits.GREATEST_FRAME_LENGTH]);
    private final RepliesEncoder replies = new RepliesEncoder();

    private long nextPosition = 1;
    private long lastOpen;
    private long openedSession;
    int wrongTags;
    int openCount;
    int unsentReplies;
    boolean isMute;

    AnsweringReplicas(final GeneratedCluster generated)
    {
        cluster = generated.configuration();
        limits = cluster.frameLimits();
        driver = new EmbeddedDriver(null, EmbeddedDriver.LOOPBACK_MTU_LENGTH, 8, error ->
        {
            throw new AssertionError(error);
        });
        final Aeron aeron = driver.aeron();
        for (int i = 0; i < REPLICAS; i++)
        {
            final int replicaId = i;
            macKeys[i] = cluster.macKeys(PartyKind.REPLICA, i, generated.replicaKeys(i));
            ingresses[i] = aeron.addSubscription(
                cluster.replica(i).ingressEndpoint().channel(), StreamIds.INGRESS);
            assemblers[i] = new FrameAssembler((buffer, offset, length) ->
                onFrame(replicaId, buffer, offset, length), FrameLimits.GREATEST_FRAME_LENGTH, 8);
        }
    }

    int poll()
    {
        int workCount = driver.doWork();
        for (int i = 0; i < REPLICAS; i++)
        {
            workCount += ingresses[i].poll(assemblers[i], 16);
        }
        return workCount;
    }

    private void onFrame(final int replicaId, final DirectBuffer buffer, final int offset, final int length)
    {
        final int messageLength = length - FrameLayout.TAG_LENGTH;
        if (isMute || FrameVerdict.OK != ClientFrameCheck.checkRequests(buffer, offset, messageLength, limits))
        {
            return;
        }
        requests.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        final int clientId = (int)requests.origin().sender();
        final long sessionId = requests.sessionId();
        final boolean isRight = (0 == sessionId ? macKeys[replicaId].fromClient(clientId) :
            macKeys[replicaId].fromClient(clientId, sessionId))
            .verify(buffer, offset, messageLength, buffer, offset + messageLength);
        if (!isRight)
        {
            wrongTags++;
            return;
        }
        body.wrap(buffer, offset + 44, BundleBodyDecoder.BLOCK_LENGTH, BundleBodyDecoder.SCHEMA_VERSION);
        final int payloads = offset + 44 + BundleBodyDecoder.BLOCK_LENGTH;
        if (BundleKind.OPEN == body.kind())
        {
            onOpen(clientId, buffer, payloads);
        }
        else if (body.firstNumber() <= nextNumbers.get(sessionId))
        {
            // Answers what is repeated too: a reply may have met back pressure.
            final long next = Math.max(nextNumbers.get(sessionId), body.firstNumber() + body.count());
            nextNumbers.put(sessionId, next);
            answer(clientId, sessionId, body.firstNumber(), body.count(), openedSession + body.firstNumber(),
                buffer, payloads);
        }
    }

    private void onOpen(final int clientId, final DirectBuffer buffer, final int payload)
    {
        if (body.firstNumber() > lastOpen)
        {
            openCount++;
            lastOpen = body.firstNumber();
            openedSession = nextPosition++;
            final String channel = buffer.getStringWithoutLengthAscii(
                payload + FrameLayout.PAYLOAD_HEADER_LENGTH, buffer.getInt(payload));
            for (int i = 0; i < REPLICAS; i++)
            {
                CloseHelper.close(egresses[i]);
                egresses[i] = driver.aeron().addExclusivePublication(channel, StreamIds.EGRESS);
            }
        }
        if (body.firstNumber() == lastOpen)
        {
            answer(clientId, 0, lastOpen, 1, openedSession, null, 0);
        }
    }

    /** Echoes the payloads, or answers with nothing if there is no buffer. */
    private void answer(
        final int clientId,
        final long sessionId,
        final long firstNumber,
        final int count,
        final long position,
        final DirectBuffer payloads,
        final int offset)
    {
        for (int replicaId = 0; replicaId < REPLICAS; replicaId++)
        {
            replies.wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder());
            replies.origin().clusterId(cluster.clusterId()).epoch(cluster.epoch()).sender(replicaId);
            replies.clientId(clientId).reserved(0).sessionId(sessionId).view(0);
            final RepliesEncoder.ResultsEncoder results = replies.resultsCount(count);
            int payload = offset;
            for (int i = 0; i < count; i++)
            {
                final int length = null == payloads ? 0 : Math.min(payloads.getInt(payload), 1024);
                results.next().number(firstNumber + i).position(position + i).outcome(Outcome.COMMITTED)
                    .form(ResultForm.FULL).reserved(0);
                results.putResult(null == payloads ? frame : payloads, payload + 4, length);
                payload += null == payloads ? 0 : 4 + payloads.getInt(payload);
            }
            final int length = FrameLayout.HEADER_LENGTH + replies.encodedLength();
            (0 == sessionId ? macKeys[replicaId].toClient(clientId) : macKeys[replicaId].toClient(clientId, sessionId))
                .tag(frame, 0, length, frame, length);
            offer(egresses[replicaId], length + FrameLayout.TAG_LENGTH);
        }
    }

    private void offer(final ExclusivePublication egress, final int length)
    {
        if (egress.offer(frame, 0, length) < 0)
        {
            unsentReplies++;
        }
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(driver);
    }
}
