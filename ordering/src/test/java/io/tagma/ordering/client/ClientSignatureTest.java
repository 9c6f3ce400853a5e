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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a client signs where an answer is late, and for a replica that asks: what does no harm, and no more.
 */
class ClientSignatureTest
{
    private static final io.tagma.codecs.client.Outcome WANTED =
        io.tagma.codecs.client.Outcome.SIGNATURE_WANTED;
    private static final int PRIMARY = 0;

    private final EngineHarness harness = new EngineHarness();
    private final RecordingTransport transport = harness.transport;

    @BeforeEach
    void open()
    {
        harness.opened(41);
    }

    @Test
    @DisplayName("The oldest go to all, signed, twice as many each time, a few in a duty cycle; then the rest to one")
    void signsOnlySoManyBundles()
    {
        for (int i = 0; i < 40; i++)
        {
            harness.offer("a");
            harness.cycle();
        }
        transport.take();
        final int signaturesBefore = harness.keys.signatureCount;
        harness.passMs(250);
        assertEquals(16, harness.keys.signatureCount - signaturesBefore);
        assertSent(1, 16, 40);
        harness.cycle();
        assertEquals(0, transport.take().size());
        harness.passMs(500);
        assertSent(1, 32, 40);
        assertEquals(32, harness.keys.signatureCount - signaturesBefore, "those to be signed anew are 16 again");
        harness.passMs(1_000);
        assertSent(1, 40, 40);
        assertEquals(40, harness.keys.signatureCount - signaturesBefore);
        assertEquals(16 + 32 + 40, harness.engine.resendCount());
    }

    /** Numbers up to the first limit to all, signed; then those up to the last to the primary, unsigned. */
    private void assertSent(final long firstNumber, final long lastToAll, final long last)
    {
        final List<String> expected = new ArrayList<>();
        for (long number = firstNumber; number <= last; number++)
        {
            for (int id = 0; id < (number <= lastToAll ? 4 : 1); id++)
            {
                expected.add(number + " to " + id + (number <= lastToAll ? " signed" : ""));
            }
        }
        assertEquals(expected, transport.take().stream()
            .map(sent -> sent.firstNumber() + " to " + sent.replicaId() + (sent.isSigned() ? " signed" : ""))
            .toList());
    }

    @Test
    @DisplayName("B01 the primary asks: what is unanswered goes signed to all, each bundle once however often it asks")
    void signsOnceForBeingAsked()
    {
        harness.offer("a");
        harness.cycle();
        assertEquals(List.of(false), signed(transport.take()));

        for (int i = 0; i < 5; i++)
        {
            harness.reject(1, WANTED, PRIMARY);
            harness.cycle();
        }
        final List<RecordingTransport.Sent> sent = transport.take();
        assertEquals(4, sent.size());
        assertTrue(sent.stream().allMatch(bundle -> bundle.isSigned() && 1 == bundle.firstNumber()));
        assertEquals(List.of(), harness.takeOutcomes(), "to be asked is no outcome");
        harness.answer(1, 50, "A", 1, 2);
        assertEquals(List.of("1 COMMITTED 50 A"), harness.takeOutcomes());
    }

    @Test
    @DisplayName("B01 what comes soon after is signed at once, to the primary alone; after a while nothing is")
    void signsForAWhile()
    {
        harness.offer("a");
        harness.cycle();
        harness.reject(1, WANTED, PRIMARY);
        harness.cycle();
        transport.take();
        harness.offer("b");
        harness.cycle();
        assertEquals(List.of(true), signed(transport.take()));

        harness.answer(1, 50, "A", 1, 2);
        harness.answer(2, 51, "B", 1, 2);
        harness.passMs(harness.parameters.resendTimeoutMaxNs / 1_000_000 + 1);
        transport.take();
        harness.offer("c");
        harness.cycle();
        assertEquals(List.of(false), signed(transport.take()));
    }

    @Test
    @DisplayName("B01 others than the primary are not heard, nor what is asked under a wrong key")
    void hearsThePrimaryAlone()
    {
        harness.offer("a");
        harness.cycle();
        transport.take();
        final long before = harness.engine.rejectionCount(ReplyRejection.NOT_OUTSTANDING);
        harness.reject(1, WANTED, 1, 2, 3);
        harness.cycle();
        assertEquals(List.of(), transport.take());
        assertEquals(before + 3, harness.engine.rejectionCount(ReplyRejection.NOT_OUTSTANDING));

        harness.reply.begin(PRIMARY, 41, 0, 1).rejected(1, WANTED);
        final int length = harness.reply.end();
        harness.reply.buffer.putByte(length - 1, (byte)(harness.reply.buffer.getByte(length - 1) ^ 1));
        harness.engine.onFrame(harness.reply.buffer, 0, length);
        harness.cycle();
        assertEquals(List.of(), transport.take());
        assertFalse(harness.engine.outstandingCount() == 0);
    }

    private static List<Boolean> signed(final List<RecordingTransport.Sent> sent)
    {
        return sent.stream().map(RecordingTransport.Sent::isSigned).toList();
    }
}
