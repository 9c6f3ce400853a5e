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
package io.tagma.perf.peer;

import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.client.TagmaClient;
import io.tagma.perf.load.RequestClient;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LossyClientTest
{
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[8]);
    private final List<String> heard = new ArrayList<>();
    private long nowNs = Long.MAX_VALUE - 1;
    private boolean isBackPressured;
    private final LossyClient client = new LossyClient(
        FakeClient::new,
        (number, outcome, reason, position, result, offset, length) -> heard.add(number + " " + outcome),
        () -> nowNs);

    @Test
    void whatIsAnsweredInTimeIsNotGivenUp()
    {
        send(3);
        answer(1);
        answer(2);
        answer(3);
        nowNs += 2 * LossyClient.PATIENCE_NS;
        client.poll();
        assertEquals(List.of("1 COMMITTED", "2 COMMITTED", "3 COMMITTED"), heard);
        assertEquals(0, client.givenUpCount());
    }

    @Test
    void whatIsNotAnsweredInTimeIsGivenUpOnce()
    {
        send(2);
        nowNs += LossyClient.PATIENCE_NS - 1;
        send(1);
        client.poll();
        assertEquals(List.of(), heard, "none is old enough");
        answer(2);
        nowNs++;
        client.poll();
        client.poll();
        assertEquals(List.of("2 COMMITTED", "1 UNKNOWN"), heard);
        nowNs += LossyClient.PATIENCE_NS;
        client.poll();
        assertEquals(List.of("2 COMMITTED", "1 UNKNOWN", "3 UNKNOWN"), heard);
        assertEquals(2, client.givenUpCount());
    }

    @Test
    void aLateAnswerIsCountedAndNotHandedOn()
    {
        send(1);
        nowNs += LossyClient.PATIENCE_NS;
        client.poll();
        answer(1);
        assertEquals(List.of("1 UNKNOWN"), heard);
        assertEquals(1, client.lateCount());
        assertEquals(1, client.givenUpCount(), "it stays given up");
        answer(1);
        assertEquals(List.of("1 UNKNOWN", "1 COMMITTED"), heard, "a second answer is for the driver to complain of");
        assertEquals(1, client.lateCount());
    }

    @Test
    void aSecondAnswerAndOneToNothingAreHandedOn()
    {
        send(1);
        answer(1);
        answer(1);
        answer(2);
        assertEquals(List.of("1 COMMITTED", "1 COMMITTED", "2 COMMITTED"), heard);
        send(1);
        nowNs += LossyClient.PATIENCE_NS;
        client.poll();
        assertEquals("2 UNKNOWN", heard.get(3), "an answer before the request is none to it");
    }

    @Test
    void aRequestIsGivenUpBeforeADriverWouldForgetIt()
    {
        send(LossyClient.UNANSWERED_MAX);
        assertEquals(List.of(), heard);
        send(2);
        assertEquals(List.of("1 UNKNOWN", "2 UNKNOWN"), heard);
        for (long number = 3; number <= LossyClient.UNANSWERED_MAX + 2; number++)
        {
            answer(number);
        }
        answer(1);
        assertEquals(1, client.lateCount());
        send(1);
        nowNs += LossyClient.PATIENCE_NS;
        client.poll();
        assertEquals(3, client.givenUpCount());
    }

    @Test
    void whatWasNotTakenIsNotWaitedFor()
    {
        isBackPressured = true;
        assertEquals(TagmaClient.BACK_PRESSURED, client.offer(payload, 0, 8));
        nowNs += LossyClient.PATIENCE_NS;
        client.poll();
        assertEquals(List.of(), heard);
        isBackPressured = false;
        send(1);
        assertTrue(client.isConnected());
    }

    private void send(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            assertTrue(client.offer(payload, 0, 8) > 0);
        }
    }

    private void answer(final long number)
    {
        client.onResponse(number, Outcome.COMMITTED, ResponseHandler.NO_REASON, 0, payload, 0, 8);
    }

    /** Numbers requests, and answers none. */
    private final class FakeClient implements RequestClient
    {
        private long number;

        private FakeClient(final ResponseHandler handler)
        {
            assertTrue(handler instanceof LossyClient);
        }

        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length)
        {
            return isBackPressured ? TagmaClient.BACK_PRESSURED : ++number;
        }

        @Override
        public int poll()
        {
            return 0;
        }

        @Override
        public boolean isConnected()
        {
            return true;
        }

        @Override
        public String connectionState()
        {
            return "connected";
        }

        @Override
        public long resendCount()
        {
            return 0;
        }

        @Override
        public void close()
        {
            number = 0;
        }
    }
}
