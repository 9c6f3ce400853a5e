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
package io.tagma.perf.verdict;

import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.perf.echo.EchoService;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteOrder;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A verdict is worth what it notices: each part of it is shown something wrong.
 */
class VerdictPartsTest
{
    private static final int CLIENT_ID = 1;

    private final UnsafeBuffer bodies = new UnsafeBuffer(new byte[4096]);
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[8]);
    private int length;
    private int clientId = CLIENT_ID;

    @Test
    void aResultLogIsCompleteWhenEveryRequestHasARisingPosition()
    {
        final ResultLog log = new ResultLog();
        log.onCommitted(1, 2, payload, 0, 8);
        assertFalse(log.isComplete(2), "one is lacking");
        log.onCommitted(2, 3, payload, 0, 8);
        assertTrue(log.isComplete(2));
        log.onCommitted(2, 3, payload, 0, 8);
        assertFalse(log.isComplete(2), "one came twice");

        final ResultLog swapped = new ResultLog();
        swapped.onCommitted(1, 3, payload, 0, 8);
        swapped.onCommitted(2, 2, payload, 0, 8);
        assertFalse(swapped.isComplete(2), "positions fall");

        final ResultLog strange = new ResultLog();
        strange.onCommitted(1, 2, payload, 0, 8);
        strange.onCommitted(2, 3, payload, 0, 8);
        assertFalse(strange.isComplete(1), "one was never sent");
    }

    @Test
    void aResultLogGrows()
    {
        final int requests = 200_000;
        final ResultLog log = new ResultLog();
        for (int i = requests; i > 0; i--)
        {
            assertFalse(log.isComplete(requests));
            log.onCommitted(i, 3L * i, payload, 0, 8);
        }
        assertTrue(log.isComplete(requests));
        assertTrue(log.agreesWith(requests, 3L * requests, payload, 0, 8));
        assertFalse(log.agreesWith(requests, 3L * requests + 1, payload, 0, 8));
        assertFalse(log.agreesWith(requests + 1, 0, payload, 0, 8));
    }

    @Test
    void aReplayAgreesWithWhatTheClientWasTold()
    {
        final ResultLog told = told(2, 3, 4);
        final OrderReplay replay = replayOf(told, () ->
        {
            bundle(BundleKind.OPEN, 0, 17, 0);
            bundle(BundleKind.REQUESTS, 1, 1, 1, 2);
            // Ordered a second time, with one more.
            bundle(BundleKind.REQUESTS, 1, 2, 2, 3);
            bundle(BundleKind.CLOSE, 1, 4, 0);
            bundle(BundleKind.REQUESTS, 1, 5, 5);
        });
        assertEquals(3, replay.requests());
        assertEquals(0, replay.disagreements());
    }

    @Test
    void aReplayExecutesWhatOtherClientsOrderedAndHoldsItAgainstNothing()
    {
        clientId = 2;
        final OrderReplay replay = replayOf(told(4), () ->
        {
            bundle(BundleKind.OPEN, 0, 17, 0);
            bundle(BundleKind.REQUESTS, 1, 1, 5);
            clientId = CLIENT_ID;
            bundle(BundleKind.OPEN, 0, 18, 0);
            bundle(BundleKind.REQUESTS, 3, 1, 1);
        });
        assertEquals(1, replay.requests());
        assertEquals(0, replay.disagreements());
    }

    @Test
    void aReplayNoticesAnotherPositionAndAnotherResult()
    {
        final Runnable order = () ->
        {
            bundle(BundleKind.OPEN, 0, 17, 0);
            bundle(BundleKind.REQUESTS, 1, 1, 1, 2);
        };
        assertEquals(1, replayOf(told(2, 9), order).disagreements(), "position");
        assertEquals(1, replayOf(told(2, 3), () ->
        {
            bundle(BundleKind.OPEN, 0, 17, 0);
            bundle(BundleKind.REQUESTS, 1, 1, 1, 7);
        }).disagreements(), "result");
    }

    @Test
    void aResentOpenOpensNothingAndAnEarlyNumberIsSkipped()
    {
        final OrderReplay replay = replayOf(told(2), () ->
        {
            bundle(BundleKind.OPEN, 0, 17, 0);
            bundle(BundleKind.OPEN, 0, 17, 0);
            bundle(BundleKind.REQUESTS, 1, 2, 2);
            bundle(BundleKind.REQUESTS, 1, 1, 1);
            bundle(BundleKind.REQUESTS, 99, 1, 1);
        });
        assertEquals(1, replay.requests());
        assertEquals(0, replay.disagreements());
    }

    @Test
    void aReplayClosesTheSessionThatItsClientAsksAbout()
    {
        final OrderReplay replay = replayOf(told(2, 5), () ->
        {
            bundle(BundleKind.OPEN, 0, 17, 0);
            bundle(BundleKind.REQUESTS, 1, 1, 1);
            bundle(BundleKind.OPEN, 0, 18, 0);
            resolve(3, 1, 1);
            bundle(BundleKind.REQUESTS, 1, 2, 7);
            bundle(BundleKind.REQUESTS, 3, 2, 2);
        });
        assertEquals(2, replay.requests());
        assertEquals(0, replay.disagreements());
    }

    @Test
    void theStateOfAReplayDependsOnTheOrder()
    {
        final byte[] one = replayOf(told(2), () ->
        {
            bundle(BundleKind.OPEN, 0, 17, 0);
            bundle(BundleKind.REQUESTS, 1, 1, 1);
        }).stateDigest();
        final byte[] other = replayOf(told(2), () ->
        {
            bundle(BundleKind.OPEN, 0, 17, 0);
            bundle(BundleKind.REQUESTS, 1, 1, 2);
        }).stateDigest();
        assertNotEquals(Arrays.toString(one), Arrays.toString(other));
    }

    @Test
    void lastWordsAreTakenApart()
    {
        final StoppedLine line = StoppedLine.parse(
            "stopped replica=2 executed=35 position=2002 stable=0 treeHead=aa stateDigest=bb");
        assertEquals(new StoppedLine(35, 2002, "aa", "bb"), line);
    }

    @Test
    void oneFailedCheckSpoilsTheVerdict()
    {
        final StringWriter said = new StringWriter();
        final Checks checks = new Checks(new PrintWriter(said));
        checks.check("one", true, "one holds");
        assertTrue(checks.areAllGood());
        checks.check("two", false, "two does not");
        checks.check("three", true, "three holds");
        assertFalse(checks.areAllGood());
        assertTrue(said.toString().contains("  FAILED  two does not"), said.toString());
        assertEquals("{one=true, two=false, three=true}", checks.results().toString());
    }

    private ResultLog told(final long... positions)
    {
        final ResultLog told = new ResultLog();
        for (int i = 0; i < positions.length; i++)
        {
            payload.putLong(0, i + 1, ByteOrder.LITTLE_ENDIAN);
            told.onCommitted(i + 1, positions[i], payload, 0, 8);
        }
        return told;
    }

    private OrderReplay replayOf(final ResultLog told, final Runnable order)
    {
        length = 0;
        order.run();
        final OrderReplay replay = new OrderReplay(new EchoService(), 1024, CLIENT_ID, told);
        replay.onBatch(1, 1000, bodies, 0, length);
        return replay;
    }

    /** Appends a question about the first request of a session. */
    private void resolve(final long sessionId, final long firstNumber, final long ofSessionId)
    {
        final int payload = length + BundleBodyEncoder.BLOCK_LENGTH;
        begin(BundleKind.RESOLVE, 1, BundleBodyEncoder.BLOCK_LENGTH + 4 + 16, sessionId, firstNumber);
        bodies.putInt(payload, 16, ByteOrder.LITTLE_ENDIAN);
        bodies.putLong(payload + 4, ofSessionId, ByteOrder.LITTLE_ENDIAN);
        bodies.putLong(payload + 12, 1, ByteOrder.LITTLE_ENDIAN);
        length = payload + 20;
    }

    private void begin(
        final BundleKind kind, final int count, final int bodyLength, final long sessionId, final long firstNumber)
    {
        new BundleBodyEncoder().wrap(bodies, length)
            .kind(kind)
            .count(count)
            .bodyLength(bodyLength)
            .clientId(clientId)
            .reserved(0)
            .sessionId(sessionId)
            .firstNumber(firstNumber);
    }

    /** Appends a bundle whose payloads are these numbers, eight bytes each. */
    private void bundle(final BundleKind kind, final long sessionId, final long firstNumber, final long... payloads)
    {
        final int bodyLength = BundleBodyEncoder.BLOCK_LENGTH + payloads.length * 12;
        begin(kind, payloads.length, bodyLength, sessionId, firstNumber);
        int offset = length + BundleBodyEncoder.BLOCK_LENGTH;
        for (final long number : payloads)
        {
            bodies.putInt(offset, 8, ByteOrder.LITTLE_ENDIAN);
            bodies.putLong(offset + 4, number, ByteOrder.LITTLE_ENDIAN);
            offset += 12;
        }
        length += bodyLength;
    }
}
