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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;

import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.ResolveEncoder;
import io.tagma.codecs.client.ResolvedEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Questions about requests of an earlier session, as the engine asks them and tells the answers.
 */
class ClientEngineResolveTest
{
    private static final long PRESENT = 41;
    private static final long EARLIER = 17;

    private final EngineHarness harness = new EngineHarness();

    @BeforeEach
    void open()
    {
        harness.opened(PRESENT);
        harness.transport.take();
    }

    @Test
    void aQuestionTravelsAloneAndUnderANumberOfThePresentSession()
    {
        assertEquals(1, harness.offer("a"));
        assertEquals(2, harness.engine.resolve(EARLIER, 5));
        assertEquals(3, harness.engine.resolve(EARLIER, 6));
        assertEquals(4, harness.offer("b"));
        harness.cycle();
        final List<RecordingTransport.Sent> sent = harness.transport.take();
        assertEquals(
            List.of(BundleKind.REQUESTS, BundleKind.RESOLVE, BundleKind.RESOLVE, BundleKind.REQUESTS),
            sent.stream().map(RecordingTransport.Sent::kind).toList());
        assertEquals(List.of(1L, 2L, 3L, 4L), sent.stream().map(RecordingTransport.Sent::firstNumber).toList());
        assertEquals(List.of(question(EARLIER, 6)), sent.get(2).payloads());
        assertEquals(PRESENT, sent.get(2).sessionId());
    }

    @ParameterizedTest
    @CsvSource({ "1, 70, COMMITTED, R", "2, 70, COMMITTED_WITHOUT_RESULT, ''", "2, 0, COMMITTED_WITHOUT_RESULT, ''",
        "3, 0, NEVER, ''", "4, 0, FORGOTTEN, ''" })
    void whatAWeakQuorumAnswersIsTold(
        final int code, final long position, final Resolution resolution, final String result)
    {
        harness.engine.resolve(EARLIER, 5);
        harness.cycle();
        final String answer = answer(position, code, result);
        harness.answer(1, 90, answer, 3);
        assertEquals(List.of(), harness.takeOutcomes(), "one replica alone");
        harness.answer(1, 90, answer(position, 1 + code % 4, result), 2);
        assertEquals(List.of(), harness.takeOutcomes(), "another one says something else");
        harness.answer(1, 90, answer, 0);
        assertEquals(List.of("1 resolved " + resolution + " " + position + " " + result), harness.takeOutcomes());
        harness.answer(1, 90, answer, 1);
        assertEquals(List.of(), harness.takeOutcomes(), "once");
        assertEquals(0, harness.engine.outstandingCount());
    }

    @Test
    void anAnswerThatIsNoneLeavesItUnknown()
    {
        harness.engine.resolve(EARLIER, 5);
        harness.cycle();
        harness.answer(1, 90, "short", 0, 1);
        assertEquals(List.of("1 UNKNOWN 0 "), harness.takeOutcomes());
    }

    @Test
    void theEndOfThePresentSessionIsToldAsOfARequest()
    {
        harness.engine.resolve(EARLIER, 5);
        harness.engine.resolve(EARLIER, 6);
        harness.cycle();
        harness.reject(1, Outcome.REJECTED_CLOSED, 0, 1);
        assertEquals(List.of("1 REJECTED 1 "), harness.takeOutcomes());
        harness.engine.abandon();
        final List<String> outcomes = new ArrayList<>(harness.takeOutcomes());
        assertEquals("closed " + PRESENT, outcomes.remove(outcomes.size() - 1));
        assertEquals(List.of("2 UNKNOWN 0 "), outcomes);
        assertEquals(TagmaClient.CLOSED, harness.engine.resolve(EARLIER, 5));
    }

    @Test
    void whatCannotBeAskedIsRefused()
    {
        for (final long sessionId : new long[]{ PRESENT, 0, -1, 1L << 62 })
        {
            assertThrows(IllegalArgumentException.class, () -> harness.engine.resolve(sessionId, 5));
        }
        for (final long number : new long[]{ 0, -1, 1L << 62 })
        {
            assertThrows(IllegalArgumentException.class, () -> harness.engine.resolve(EARLIER, number));
        }
        assertEquals(0, harness.engine.outstandingCount());
        final EngineHarness unconnected = new EngineHarness();
        assertEquals(TagmaClient.NOT_CONNECTED, unconnected.engine.resolve(EARLIER, 5));
    }

    @Test
    void aFullWindowPressesBack()
    {
        final int window = harness.parameters.limits.sessionWindow();
        for (int i = 0; i < window; i++)
        {
            assertEquals(i + 1, harness.offer("x"));
        }
        assertEquals(TagmaClient.BACK_PRESSURED, harness.engine.resolve(EARLIER, 5));
    }

    private static String question(final long sessionId, final long number)
    {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[ResolveEncoder.BLOCK_LENGTH]);
        new ResolveEncoder().wrap(payload, 0).sessionId(sessionId).number(number);
        return payload.getStringWithoutLengthAscii(0, payload.capacity());
    }

    private static String answer(final long position, final int code, final String result)
    {
        final UnsafeBuffer answer = new UnsafeBuffer(new byte[ResolvedEncoder.BLOCK_LENGTH + result.length()]);
        new ResolvedEncoder().wrap(answer, 0)
            .position(position).resolution(io.tagma.codecs.client.Resolution.get(code)).reserved1(0).reserved2(0);
        answer.putStringWithoutLengthAscii(ResolvedEncoder.BLOCK_LENGTH, result);
        return answer.getStringWithoutLengthAscii(0, answer.capacity());
    }
}
