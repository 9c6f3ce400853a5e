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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.Resolution;
import io.tagma.codecs.client.ResolveEncoder;
import io.tagma.codecs.client.ResolvedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A client asks what became of a request of a session that it lost: every replica says the same, and it is final.
 */
class ResolvingTest
{
    private static final String CHANNEL = "aeron:udp?endpoint=localhost:9";
    private static final int OTHER_CLIENT = 2;

    private final CoreCluster cluster = new CoreCluster(4, 8);
    private final long lost = cluster.open(1);
    private long session;
    private long next = 1;

    @Test
    @DisplayName("Executed, with its position and its result")
    void committed()
    {
        cluster.request(lost, 1, "a", "b");
        cluster.run(10);
        final long position = cluster.outbounds.get(1).replies.stream()
            .filter(reply -> lost == reply.sessionId() && 2 == reply.number()).findFirst().orElseThrow().position();
        reconnect();
        assertAnswer(Resolution.COMMITTED, position, "b", resolve(lost, 2));
        assertAnswer(Resolution.COMMITTED, position - 1, "a", resolve(lost, 1));
    }

    @Test
    @DisplayName("Not executed: what comes of that session from then on is refused, so it never will be")
    void never()
    {
        cluster.request(lost, 1, "a");
        cluster.run(10);
        reconnect();
        assertAnswer(Resolution.NEVER, 0, "", resolve(lost, 2));
        cluster.request(lost, 2, "b");
        cluster.run(10);
        assertEquals(List.of("a"), cluster.services.get(2).delivered);
        final RecordedOutbound.Replied refused = lastReply(2, lost);
        assertEquals(2, refused.number());
        assertEquals(Outcome.REJECTED_CLOSED.value(), refused.outcome());
    }

    @Test
    @DisplayName("What was under way is executed before the question or not at all, and the answer says which")
    void underWay()
    {
        cluster.request(lost, 1, "a");
        reconnect();
        cluster.request(lost, 2, "b");
        final byte[] answer = resolve(lost, 2);
        final boolean isExecuted = cluster.services.get(1).delivered.contains("b");
        assertEquals(isExecuted ? Resolution.COMMITTED : Resolution.NEVER, resolution(answer));
        cluster.run(100);
        assertEquals(isExecuted, cluster.services.get(1).delivered.contains("b"));
    }

    @Test
    @DisplayName("A result that the window holds no more, or that does not fit behind the answer, is left out")
    void withoutResult()
    {
        final int window = 1_024;
        final int half = window / 2;
        final String longest = "x".repeat(1_024);
        cluster.request(lost, 1, payloads(half));
        cluster.run(10);
        cluster.request(lost, half + 1, payloads(half));
        cluster.run(10);
        cluster.request(lost, window + 1, longest);
        cluster.run(10);
        reconnect();
        assertAnswer(Resolution.COMMITTED_WITHOUT_RESULT, 0, "", resolve(lost, 1));
        final byte[] second = resolve(lost, 2);
        assertEquals(Resolution.COMMITTED, resolution(second));
        final long position = decoder(second).position();
        assertAnswer(
            Resolution.COMMITTED_WITHOUT_RESULT, position + window - 1, "", resolve(lost, window + 1));
    }

    @Test
    @DisplayName("A session that was closed long ago is not known any more, one that never was is not either")
    void forgotten()
    {
        cluster.request(lost, 1, "a");
        cluster.bundle(0, BundleKind.CLOSE, lost, 2, false, "");
        cluster.run(10);
        reconnect();
        assertEquals(Resolution.COMMITTED, resolution(resolve(lost, 1)), "lately closed");
        cluster.run(100 * 3 * 8);
        assertAnswer(Resolution.FORGOTTEN, 0, "", resolve(lost, 1));
        assertAnswer(Resolution.FORGOTTEN, 0, "", resolve(session + 77, 1));
    }

    @Test
    @DisplayName("Another client's session is nobody's business: nothing is said of it, and it stays open")
    void othersSession()
    {
        reconnect();
        final UnsafeBuffer open = CoreCluster.body(BundleKind.OPEN, 0, 1, CHANNEL);
        open.putInt(BundleBodyEncoder.clientIdEncodingOffset(), OTHER_CLIENT);
        final UnsafeBuffer signed = cluster.authenticator(true);
        signed.putInt(signed.capacity() - io.tagma.codecs.FrameLayout.SIGNATURE_LENGTH, OTHER_CLIENT);
        cluster.replicas.get(0).onBundle(
            OTHER_CLIENT, 0, open, 0, open.capacity(), signed, 0, signed.capacity());
        cluster.run(20);
        final long others = cluster.outbounds.get(0).replies.stream()
            .filter(reply -> OTHER_CLIENT == reply.clientId()).findFirst().orElseThrow().position();
        assertAnswer(Resolution.FORGOTTEN, 0, "", resolve(others, 1));
        final UnsafeBuffer request = CoreCluster.body(BundleKind.REQUESTS, others, 1, "still open");
        request.putInt(BundleBodyEncoder.clientIdEncodingOffset(), OTHER_CLIENT);
        final UnsafeBuffer tags = cluster.authenticator(false);
        cluster.replicas.get(0).onBundle(
            OTHER_CLIENT, others, request, 0, request.capacity(), tags, 0, tags.capacity());
        cluster.run(20);
        assertEquals(List.of("still open"), cluster.services.get(3).delivered);
    }

    @Test
    @DisplayName("Asked again, also of a replica that has restarted since, it gives the same answer and orders nothing")
    void repeated()
    {
        cluster.request(lost, 1, "a");
        cluster.run(10);
        reconnect();
        final byte[] answer = resolve(lost, 1);
        cluster.crash(3);
        cluster.start(3, 2);
        cluster.run(50);
        final long position = cluster.status(3).nextPosition();
        cluster.outbounds.get(3).replies.clear();
        cluster.bundle(3, BundleKind.RESOLVE, session, next - 1, false, question(lost, 1));
        assertArrayEquals(answer, lastReply(3, session).result());
        assertEquals(position, cluster.status(3).nextPosition());
        assertEquals(cluster.treeHead(0), cluster.treeHead(3));
        assertFalse(cluster.services.get(3).delivered.contains(question(lost, 1)), "the service hears nothing of it");
    }

    private void reconnect()
    {
        session = cluster.open(2);
    }

    /** The answer, which is every replica's. */
    private byte[] resolve(final long ofSession, final long number)
    {
        cluster.bundle(0, BundleKind.RESOLVE, session, next++, false, question(ofSession, number));
        cluster.run(20);
        final RecordedOutbound.Replied first = lastReply(0, session);
        assertEquals(next - 1, first.number());
        for (int id = 1; id < 4; id++)
        {
            final RecordedOutbound.Replied reply = lastReply(id, session);
            assertEquals(first.number(), reply.number());
            assertEquals(first.position(), reply.position());
            assertEquals(Outcome.COMMITTED.value(), reply.outcome());
            assertArrayEquals(first.result(), reply.result(), "replica " + id);
        }
        return first.result();
    }

    private RecordedOutbound.Replied lastReply(final int id, final long ofSession)
    {
        final List<RecordedOutbound.Replied> replies = cluster.outbounds.get(id).replies.stream()
            .filter(reply -> ofSession == reply.sessionId()).toList();
        return replies.get(replies.size() - 1);
    }

    /** All of its bytes are below 128. */
    private static String question(final long ofSession, final long number)
    {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[ResolveEncoder.BLOCK_LENGTH]);
        new ResolveEncoder().wrap(payload, 0).sessionId(ofSession).number(number);
        return new String(payload.byteArray(), StandardCharsets.US_ASCII);
    }

    private static String[] payloads(final int count)
    {
        final String[] payloads = new String[count];
        java.util.Arrays.fill(payloads, "p");
        return payloads;
    }

    private static ResolvedDecoder decoder(final byte[] answer)
    {
        return new ResolvedDecoder().wrap(
            new UnsafeBuffer(answer), 0, ResolvedDecoder.BLOCK_LENGTH, ResolvedDecoder.SCHEMA_VERSION);
    }

    private static Resolution resolution(final byte[] answer)
    {
        return decoder(answer).resolution();
    }

    private static void assertAnswer(
        final Resolution resolution, final long position, final String result, final byte[] answer)
    {
        assertEquals(resolution, resolution(answer));
        assertEquals(position, decoder(answer).position());
        assertEquals(0, decoder(answer).reserved1());
        assertEquals(0, decoder(answer).reserved2());
        assertEquals(result, new String(
            answer, ResolvedDecoder.BLOCK_LENGTH, answer.length - ResolvedDecoder.BLOCK_LENGTH,
            StandardCharsets.US_ASCII));
    }
}
