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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.Outcome;

class ClientEngineSessionTest
{
    private final EngineHarness harness = new EngineHarness();
    private final ClientEngine engine = harness.engine;
    private final RecordingTransport transport = harness.transport;

    private List<RecordingTransport.Sent> connect()
    {
        engine.onTime(harness.nowNs, EngineHarness.START_EPOCH_NS);
        engine.connect(EngineHarness.CHANNEL);
        harness.cycle();
        return transport.take();
    }

    @Test
    void saysNothingBeforeTheResponseChannelIsKnown()
    {
        harness.passMs(10_000);
        assertEquals(List.of(), transport.take());
        assertEquals(TagmaClient.NOT_CONNECTED, harness.offer("early"));
    }

    @Test
    void sendsASignedOpenWithTheChannelToEveryReplica()
    {
        final List<RecordingTransport.Sent> sent = connect();
        assertEquals(4, sent.size());
        for (int i = 0; i < 4; i++)
        {
            assertEquals(new RecordingTransport.Sent(i, 0, BundleKind.OPEN, sent.get(0).firstNumber(),
                List.of(EngineHarness.CHANNEL), true), sent.get(i));
        }
        assertTrue(sent.get(0).firstNumber() >= EngineHarness.START_EPOCH_NS - 5_000);
    }

    @Test
    void opensAtAWeakQuorumOfEqualAnswers()
    {
        final long number = connect().get(0).firstNumber();
        harness.answerOpen(3, number, 66);
        harness.answerOpen(3, number, 66);
        harness.answerOpen(2, number, 41);
        assertEquals(SessionState.OPENING, engine.state());
        harness.answerOpen(0, number - 1, 41);
        assertEquals(SessionState.OPENING, engine.state());
        harness.answerOpen(0, number, 41);
        assertEquals(SessionState.OPEN, engine.state());
        assertEquals(41, engine.sessionId());
        assertEquals(List.of("opened 41"), harness.takeOutcomes());
        harness.answerOpen(1, number, 41);
        assertEquals(1, engine.rejectionCount(ReplyRejection.NOT_OUTSTANDING) - 1, "the early one, and this late one");
    }

    @Test
    void reachesAReplicaThatConnectsLater()
    {
        transport.isConnected[2] = false;
        assertEquals(3, connect().size());
        harness.passMs(1);
        assertEquals(0, transport.take().size());
        transport.isConnected[2] = true;
        harness.passMs(10);
        final List<RecordingTransport.Sent> sent = transport.take();
        assertEquals(1, sent.size());
        assertEquals(2, sent.get(0).replicaId());
    }

    @Test
    void sendsTheSameOpenAgainWithDoublingIntervals()
    {
        final long number = connect().get(0).firstNumber();
        harness.passMs(249);
        assertEquals(0, transport.take().size());
        harness.passMs(1);
        final List<RecordingTransport.Sent> again = transport.take();
        assertEquals(4, again.size());
        assertEquals(number, again.get(3).firstNumber());
        harness.passMs(499);
        assertEquals(0, transport.take().size());
        harness.passMs(1);
        assertEquals(4, transport.take().size());
        assertEquals(1, harness.keys.signatureCount);
    }

    @Test
    void triesAHigherNumberWhenItsClockWentBack()
    {
        long number = connect().get(0).firstNumber();
        for (int i = 0; i < 5; i++)
        {
            harness.reply.begin(0, 0, 0, 1).rejected(number, Outcome.REJECTED_STALE_OPEN);
            harness.deliver();
            harness.reply.begin(1, 0, 0, 1).rejected(number, Outcome.REJECTED_STALE_OPEN);
            harness.deliver();
            harness.cycle();
            final long next = transport.take().get(0).firstNumber();
            assertTrue(next - number >= 1_000_000_000L << i, "strides grow");
            number = next;
        }
        assertEquals(5, harness.takeOutcomes().stream().filter("refused 5"::equals).count());
        harness.answerOpen(0, number, 9);
        harness.answerOpen(1, number, 9);
        assertEquals(SessionState.OPEN, engine.state());
    }

    @Test
    void triesAgainLaterWhenTheSessionTableIsFull()
    {
        final long number = connect().get(0).firstNumber();
        for (int i = 2; i < 4; i++)
        {
            harness.reply.begin(i, 0, 0, 1).rejected(number, Outcome.REJECTED_SESSION_LIMIT);
            harness.deliver();
        }
        assertEquals(List.of("refused 4"), harness.takeOutcomes());
        harness.passMs(7_999);
        assertEquals(0, transport.take().size());
        harness.passMs(1);
        final List<RecordingTransport.Sent> sent = transport.take();
        assertEquals(4, sent.size());
        assertTrue(sent.get(0).firstNumber() > number);
    }

    @Test
    void keepsAnIdleSessionAlive()
    {
        harness.opened(41);
        harness.passMs(3_333);
        assertEquals(0, transport.take().size());
        harness.passMs(1);
        assertEquals(List.of(new RecordingTransport.Sent(0, 41, BundleKind.KEEP_ALIVE, 1, List.of(""), false)),
            transport.take());
        harness.answer(1, 50, "", 0, 2);
        assertEquals(List.of(), harness.takeOutcomes(), "not the application's business");
        assertEquals(2, harness.offer("a"));
        harness.cycle();
        harness.answer(2, 51, "", 0, 2);
        transport.take();
        harness.passMs(3_333);
        assertEquals(0, transport.take().size());
        harness.passMs(1);
        assertEquals(3, transport.take().get(0).firstNumber());
    }

    @Test
    void outstandingRequestsBecomeUnknownWhenAWeakQuorumForgotTheSession()
    {
        harness.opened(41);
        harness.offer("a");
        harness.offer("b");
        harness.cycle();
        harness.offer("never sent");
        harness.answer(1, 50, "A", 1);
        harness.answer(2, 51, "B", 0, 3);
        assertEquals(List.of("2 COMMITTED 51 B"), harness.takeOutcomes());
        harness.reject(1, Outcome.REJECTED_UNKNOWN_SESSION, 2);
        harness.reject(2, Outcome.REJECTED_UNKNOWN_SESSION, 2);
        assertEquals(SessionState.OPEN, engine.state());
        harness.reject(9, Outcome.REJECTED_UNKNOWN_SESSION, 1);
        assertEquals(List.of("1 UNKNOWN 0 ", "3 UNKNOWN 0 ", "closed 41"), harness.takeOutcomes());
        assertEquals(TagmaClient.NOT_CONNECTED, harness.offer("c"));

        transport.take();
        harness.cycle();
        final long number = transport.take().get(0).firstNumber();
        harness.answerOpen(0, number, 77);
        harness.answerOpen(1, number, 77);
        assertEquals(1, harness.offer("c"), "numbers begin anew in a session");
        harness.cycle();
        assertEquals(77, transport.take().get(0).sessionId());
    }

    /** Lets time pass in steps, as duty cycles do, and returns the OPENs that went out. */
    private List<RecordingTransport.Sent> silence(final int seconds)
    {
        for (int i = 0; i < seconds * 10; i++)
        {
            harness.passMs(100);
        }
        return transport.take().stream().filter(sent -> BundleKind.OPEN == sent.kind()).toList();
    }

    @Test
    void aSilentSessionIsReplacedOnceTheClusterIsKnownToAnswer()
    {
        harness.opened(41);
        harness.offer("a");
        assertEquals(List.of(), silence(10));
        final List<RecordingTransport.Sent> opens = silence(60);
        assertTrue(opens.size() >= 4);
        assertEquals(1, opens.stream().map(RecordingTransport.Sent::firstNumber).distinct().count());
        assertEquals(41, engine.sessionId(), "a cluster that is down loses nobody's session");
        harness.answerOpen(0, opens.get(0).firstNumber(), 90);
        harness.answerOpen(1, opens.get(0).firstNumber(), 90);
        harness.cycle();
        assertEquals(4, transport.take().size(), "the old requests once more, at once");
        silence(1);
        assertEquals(List.of(), harness.takeOutcomes());
        silence(1);
        assertEquals(List.of("1 UNKNOWN 0 ", "closed 41", "opened 90"), harness.takeOutcomes());
        assertEquals(1, harness.offer("b"));
        harness.cycle();
        assertEquals(90, transport.take().get(0).sessionId());
    }

    @Test
    void aSilentSessionThatAnswersAfterAllIsKept()
    {
        harness.opened(41);
        harness.offer("a");
        final long number = silence(30).get(0).firstNumber();
        harness.answerOpen(0, number, 90);
        harness.answerOpen(1, number, 90);
        harness.cycle();
        harness.answer(1, 50, "A", 2, 3);
        assertEquals(List.of(), silence(3));
        assertEquals(List.of("1 COMMITTED 50 A"), harness.takeOutcomes());
        assertEquals(41, engine.sessionId());
        assertEquals(3, harness.offer("b"), "a keep-alive took 2");
    }

    @Test
    void aSessionThatTheClusterClosedIsAnsweredToItsEndAndReplaced()
    {
        harness.opened(41);
        harness.offer("a");
        harness.offer("b");
        harness.cycle();
        harness.reject(1, Outcome.REJECTED_CLOSED, 0, 1);
        assertEquals(List.of("1 REJECTED 1 "), harness.takeOutcomes());
        assertEquals(SessionState.ENDING, engine.state());
        assertEquals(TagmaClient.NOT_CONNECTED, harness.offer("c"));
        harness.cycle();
        assertEquals(List.of("2 REJECTED 1 "), harness.takeOutcomes(), "what follows was not executed either");
        harness.cycle();
        assertEquals(List.of("closed 41"), harness.takeOutcomes());
        harness.cycle();
        assertEquals(SessionState.OPENING, engine.state());
        assertEquals(4, transport.take().stream().filter(sent -> BundleKind.OPEN == sent.kind()).count());
    }

    @Test
    void whatCameBeforeTheFirstRefusedNumberIsStillAskedFor()
    {
        harness.opened(41);
        harness.offer("a");
        harness.cycle();
        harness.offer("b");
        harness.cycle();
        harness.offer("c");
        harness.reject(2, Outcome.REJECTED_CLOSED, 0, 1);
        harness.cycle();
        assertEquals(List.of("2 REJECTED 1 ", "3 REJECTED 1 "), harness.takeOutcomes());
        assertEquals(SessionState.ENDING, engine.state());
        harness.answer(1, 50, "A", 0, 1);
        harness.cycle();
        harness.cycle();
        assertEquals(List.of("1 COMMITTED 50 A", "closed 41"), harness.takeOutcomes());
        assertEquals(SessionState.OPENING, engine.state());
    }

    @Test
    void closesBehindWhatIsOutstanding()
    {
        harness.opened(41);
        harness.offer("a");
        engine.close();
        assertEquals(TagmaClient.CLOSED, harness.offer("b"));
        harness.cycle();
        final List<RecordingTransport.Sent> sent = transport.take();
        assertEquals(List.of(BundleKind.REQUESTS, BundleKind.CLOSE),
            sent.stream().map(RecordingTransport.Sent::kind).toList());
        assertEquals(2, sent.get(1).firstNumber());
        harness.answer(2, 51, "", 0, 1);
        harness.cycle();
        assertEquals(SessionState.CLOSING, engine.state());
        harness.answer(1, 50, "A", 0, 1);
        harness.cycle();
        assertEquals(SessionState.CLOSED, engine.state());
        assertEquals(List.of("1 COMMITTED 50 A", "closed 41"), harness.takeOutcomes());
        harness.passMs(60_000);
        assertEquals(List.of(), transport.take());
    }

    @Test
    void abandonedRequestsBecomeUnknown()
    {
        harness.opened(41);
        harness.offer("a");
        harness.cycle();
        engine.abandon();
        assertEquals(List.of("1 UNKNOWN 0 ", "closed 41"), harness.takeOutcomes());
        assertEquals(SessionState.CLOSED, engine.state());
        assertEquals(TagmaClient.CLOSED, harness.offer("b"));
        harness.answer(1, 50, "A", 0, 1);
        assertEquals(List.of(), harness.takeOutcomes());
    }

    @Test
    void refusesAResponseChannelThatReplicasWouldNotConnectTo()
    {
        assertThrows(IllegalArgumentException.class, () -> engine.connect("aeron:ipc"));
        assertThrows(IllegalArgumentException.class,
            () -> engine.connect("aeron:udp?endpoint=127.0.0.1:40000|mtu=9000"));
        assertEquals(SessionState.CONNECTING, engine.state());
    }
}
