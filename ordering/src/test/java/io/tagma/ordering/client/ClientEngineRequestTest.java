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

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.client.BundleKind;

class ClientEngineRequestTest
{
    private final EngineHarness harness = new EngineHarness();
    private final ClientEngine engine = harness.engine;
    private final RecordingTransport transport = harness.transport;

    @BeforeEach
    void open()
    {
        harness.opened(41);
    }

    @Test
    void whatOneDutyCycleProducesIsOneBundleToThePrimary()
    {
        assertEquals(1, harness.offer("a"));
        assertEquals(2, harness.offer(""));
        assertEquals(3, harness.offer("ccc"));
        assertEquals(List.of(), transport.take());
        assertEquals(1, harness.cycle());
        assertEquals(List.of(new RecordingTransport.Sent(
            0, 41, BundleKind.REQUESTS, 1, List.of("a", "", "ccc"), false)), transport.take());
        assertEquals(0, harness.cycle());
    }

    @Test
    void aBundleHasNoMoreBytesThanTheLimit()
    {
        final String payload = "x".repeat(8 * 1024);
        for (int i = 1; i <= 4; i++)
        {
            assertEquals(i, harness.offer(payload));
        }
        harness.cycle();
        final List<RecordingTransport.Sent> sent = transport.take();
        assertEquals(List.of(3, 1), sent.stream().map(bundle -> bundle.payloads().size()).toList());
        assertEquals(TagmaClient.MAX_LENGTH_EXCEEDED, harness.offer(payload + "x"));
    }

    @Test
    void claimsAreEncodedInPlaceAndAbortedOnesLeaveNoTrace()
    {
        final RequestClaim claim = new RequestClaim();
        assertEquals(1, engine.tryClaim(3, claim));
        claim.buffer().putBytes(0, "abc".getBytes(US_ASCII));
        claim.commit();
        assertEquals(2, engine.tryClaim(5, claim));
        assertEquals(5, claim.length());
        claim.buffer().setMemory(0, 5, (byte)'!');
        assertThrows(IllegalStateException.class, () -> harness.offer("between"));
        claim.abort();
        assertThrows(IllegalStateException.class, claim::commit);
        assertEquals(2, engine.tryClaim(0, claim));
        claim.commit();
        harness.cycle();
        assertEquals(List.of(new RecordingTransport.Sent(
            0, 41, BundleKind.REQUESTS, 1, List.of("abc", ""), false)), transport.take());
    }

    @Test
    void anAbortedClaimAloneSendsNothing()
    {
        final RequestClaim claim = new RequestClaim();
        engine.tryClaim(3, claim);
        claim.abort();
        assertEquals(0, harness.cycle());
        assertEquals(1, harness.offer("a"));
        assertEquals(1, harness.cycle());
    }

    @Test
    void aClaimOfALostSessionCannotSlipIntoTheNext()
    {
        final RequestClaim claim = new RequestClaim();
        engine.tryClaim(3, claim);
        harness.reject(1, io.tagma.codecs.client.Outcome.REJECTED_UNKNOWN_SESSION, 0, 1);
        assertThrows(IllegalStateException.class, claim::commit);
    }

    @Test
    @DisplayName("A12 the primary replies before commit: its word alone is not believed")
    void believesNoReplyOfThePrimaryAlone()
    {
        harness.offer("a");
        harness.cycle();
        for (int i = 0; i < 10; i++)
        {
            harness.answer(1, 50, "early", 0);
        }
        assertEquals(List.of(), harness.takeOutcomes());
        harness.answer(1, 51, "A", 2, 3);
        assertEquals(List.of("1 COMMITTED 51 A"), harness.takeOutcomes());
    }

    @Test
    @DisplayName("L02 replies again, of more replicas and to resends: one outcome")
    void eachRequestHasOneOutcome()
    {
        harness.offer("a");
        harness.cycle();
        harness.passMs(250);
        for (int i = 0; i < 5; i++)
        {
            harness.answer(1, 50, "A", 0, 1, 2, 3);
        }
        assertEquals(List.of("1 COMMITTED 50 A"), harness.takeOutcomes());
        assertEquals(18, engine.rejectionCount(ReplyRejection.NOT_OUTSTANDING));
    }

    @Test
    @DisplayName("L02 a late answer: everything unanswered goes to all, signed, in the same bundles, again and again")
    void sendsEverythingUnansweredToAllWhenAnAnswerIsLate()
    {
        harness.offer("a");
        harness.cycle();
        harness.offer("b");
        harness.offer("c");
        harness.cycle();
        harness.offer("d");
        harness.cycle();
        harness.answer(3, 52, "C", 1, 2);
        harness.answer(4, 53, "D", 1, 2);
        transport.take();
        harness.passMs(249);
        assertEquals(List.of(), transport.take());
        harness.passMs(1);
        final List<RecordingTransport.Sent> sent = transport.take();
        assertEquals(8, sent.size());
        for (int i = 0; i < 4; i++)
        {
            assertEquals(new RecordingTransport.Sent(
                i, 41, BundleKind.REQUESTS, 1, List.of("a"), true), sent.get(i));
            assertEquals(new RecordingTransport.Sent(
                i, 41, BundleKind.REQUESTS, 2, List.of("b", "c"), true), sent.get(4 + i));
        }
        harness.passMs(499);
        assertEquals(List.of(), transport.take());
        final int signatures = harness.keys.signatureCount;
        harness.passMs(1);
        assertEquals(8, transport.take().size());
        assertEquals(signatures, harness.keys.signatureCount, "a bundle is signed once");
        harness.answer(1, 50, "A", 1, 2);
        harness.answer(2, 51, "B", 1, 2);
        harness.passMs(100_000);
        assertEquals(List.of(BundleKind.KEEP_ALIVE), transport.take().stream()
            .map(RecordingTransport.Sent::kind).toList());
    }

    @Test
    void progressMakesTheNextTimeoutShortAgain()
    {
        harness.offer("a");
        harness.offer("b");
        harness.cycle();
        harness.passMs(250);
        harness.passMs(500);
        harness.answer(1, 50, "A", 1, 2);
        transport.take();
        harness.passMs(0);
        harness.passMs(249);
        assertEquals(0, transport.take().size());
        harness.passMs(1);
        assertEquals(4, transport.take().size());
    }

    @Test
    void aPrimaryThatIsNotConnectedIsNotWaitedFor()
    {
        transport.isConnected[0] = false;
        harness.offer("a");
        harness.cycle();
        harness.offer("b");
        harness.cycle();
        assertEquals(List.of(), transport.take());
        harness.passMs(250);
        assertEquals(List.of(1, 2, 3, 1, 2, 3), transport.take().stream()
            .map(RecordingTransport.Sent::replicaId).toList());
        harness.answer(1, 50, "A", 1, 2);
        transport.isConnected[0] = true;
        harness.cycle();
        assertEquals(List.of(2L), transport.take().stream().map(RecordingTransport.Sent::firstNumber).toList());
    }

    @Test
    @DisplayName("Once a weak quorum is in a later view, what has no answer goes to its primary, unsigned, at once")
    void followsThePrimary()
    {
        harness.offer("a");
        harness.cycle();
        harness.offer("b");
        harness.cycle();
        harness.offer("c");
        harness.cycle();
        transport.take();
        harness.view = 1;
        harness.answer(2, 50, "B", 2);
        harness.cycle();
        assertEquals(List.of(), transport.take(), "one replica is believed nothing");
        harness.answer(2, 50, "B", 3);
        harness.cycle();
        assertEquals(
            List.of(
                new RecordingTransport.Sent(1, 41, BundleKind.REQUESTS, 1, List.of("a"), false),
                new RecordingTransport.Sent(1, 41, BundleKind.REQUESTS, 3, List.of("c"), false)),
            transport.take());
        assertEquals(1, engine.believedPrimary());
        assertEquals(0, harness.cycle(), "once");
    }

    @Test
    void takesAWindowOfRequestsAndNoMore()
    {
        for (int i = 1; i <= 1024; i++)
        {
            assertEquals(i, harness.offer("r" + i));
            if (0 == i % 7)
            {
                harness.cycle();
            }
        }
        assertEquals(TagmaClient.BACK_PRESSURED, harness.offer("one more"));
        harness.cycle();
        assertEquals(1024, engine.outstandingCount());
        harness.answer(2, 51, "", 0, 1);
        assertEquals(TagmaClient.BACK_PRESSURED, harness.offer("one more"), "the oldest still holds the window");
        harness.answer(1, 50, "", 0, 1);
        assertEquals(1025, harness.offer("one more"));
        assertEquals(1026, harness.offer("and one"));
        assertEquals(TagmaClient.BACK_PRESSURED, harness.offer("too many"));
    }

    @Test
    void aFullSendBufferPressesBackAndIsReusedInAnyOrder()
    {
        final String payload = "y".repeat(8 * 1024);
        int taken = 0;
        while (harness.offer(payload) > 0)
        {
            taken++;
            harness.cycle();
        }
        assertTrue(taken > 400 && taken < 1024, "about 4 MiB of 8 KiB: " + taken);
        transport.take();
        long next = taken + 1L;
        for (long number = 1; number < 3_000; number++)
        {
            harness.answer(number, 50 + number, "", 0, 1);
            while (harness.offer(payload.substring((int)(next % 4_000))) > 0)
            {
                harness.cycle();
                assertEquals(next, transport.take().get(0).firstNumber());
                next++;
            }
        }
        assertTrue(next > 3_000);
        assertEquals(List.of(), harness.errors);
    }

    @Test
    void offersFromInsideTheHandlerTravelTogether()
    {
        harness.offer("a");
        harness.offer("b");
        harness.cycle();
        transport.take();
        harness.onOutcome = () -> harness.offer("next");
        harness.answer(1, 50, "A", 0, 1);
        harness.answer(2, 51, "B", 0, 1);
        harness.cycle();
        assertEquals(List.of(new RecordingTransport.Sent(
            0, 41, BundleKind.REQUESTS, 3, List.of("next", "next"), false)), transport.take());
    }

    @Test
    void whatTheHandlerThrowsReachesTheErrorHandlerAndNothingElse()
    {
        harness.offer("a");
        harness.offer("b");
        harness.cycle();
        harness.onOutcome = () ->
        {
            throw new IllegalArgumentException("mine");
        };
        harness.reply.begin(0, 41, 0, 2).full(1, 50, new byte[0]).full(2, 51, new byte[0]);
        harness.deliver();
        harness.reply.begin(1, 41, 0, 2).full(1, 50, new byte[0]).full(2, 51, new byte[0]);
        harness.deliver();
        assertEquals(2, harness.takeOutcomes().size());
        assertEquals(2, harness.errors.size());
        assertEquals(0, engine.outstandingCount());
    }

    @Test
    void aReplyToWhatWasNotSentYetIsNotCounted()
    {
        harness.offer("a");
        harness.answer(1, 50, "A", 0, 1);
        harness.answer(2, 50, "A", 0, 1);
        harness.cycle();
        assertEquals(List.of(), harness.takeOutcomes());
        assertEquals(4, engine.rejectionCount(ReplyRejection.NOT_OUTSTANDING));
        harness.answer(1, 50, "A", 0, 1);
        assertEquals(1, harness.takeOutcomes().size());
    }

    @Test
    void digestsAreCompletedByAFullResult()
    {
        harness.offer("a");
        harness.cycle();
        final byte[] result = "a result".getBytes(US_ASCII);
        harness.reply.begin(1, 41, 0, 1).digest(1, 50, result);
        harness.deliver();
        harness.reply.begin(2, 41, 0, 1).digest(1, 50, result);
        harness.deliver();
        assertEquals(List.of(), harness.takeOutcomes());
        harness.answer(1, 50, "a result", 0);
        assertEquals(List.of("1 COMMITTED 50 a result"), harness.takeOutcomes());
    }

    @Test
    void aConflictIsARejectionWithItsReason()
    {
        harness.offer("a");
        harness.cycle();
        harness.reject(1, io.tagma.codecs.client.Outcome.REJECTED_CONFLICT, 3, 2);
        assertEquals(List.of("1 REJECTED 2 "), harness.takeOutcomes());
        assertEquals(SessionState.OPEN, engine.state());
    }

    @Test
    void refusesANegativeLength()
    {
        assertEquals(TagmaClient.MAX_LENGTH_EXCEEDED, engine.offer(new UnsafeBuffer(new byte[1]), 0, -1));
    }
}
