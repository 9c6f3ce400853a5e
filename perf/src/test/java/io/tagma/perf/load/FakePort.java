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
package io.tagma.perf.load;

import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.TagmaClient;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;

/**
 * A port with a clock of its own: each request is answered after a fixed time, except as the test says.
 */
final class FakePort implements RequestPort, NanoClock
{
    private record Pending(long number, long dueNs)
    {
    }

    private final UnsafeBuffer result = new UnsafeBuffer(new byte[8]);
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final RequestDriver driver;
    private long nowNs = -5_000_000_000L;
    private long latencyNs = 1000;
    private int window = 1024;
    private long lostNumber;
    private long doubledNumber;
    private Outcome outcome = Outcome.COMMITTED;
    private long stalledUntilNs = Long.MIN_VALUE;
    private long number;

    FakePort(final RequestSource source, final Pace pace)
    {
        driver = new RequestDriver(this, source, pace, CommittedHandler.NONE);
        driver.port(this);
    }

    RequestDriver driver()
    {
        return driver;
    }

    void latencyNs(final long value)
    {
        latencyNs = value;
    }

    void window(final int value)
    {
        window = value;
    }

    void lose(final long value)
    {
        lostNumber = value;
    }

    void answerTwice(final long value)
    {
        doubledNumber = value;
    }

    void outcome(final Outcome value)
    {
        outcome = value;
    }

    /** Neither takes nor answers anything for a time. */
    void stallForNs(final long durationNs)
    {
        stalledUntilNs = nowNs + durationNs;
    }

    /** Runs duty cycles, each a microsecond apart. */
    void runForNs(final long durationNs)
    {
        final long endNs = nowNs + durationNs;
        while (nowNs < endNs)
        {
            nowNs += 1000;
            driver.doWork();
        }
    }

    @Override
    public long nanoTime()
    {
        return nowNs;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (nowNs < stalledUntilNs || pending.size() >= window)
        {
            return TagmaClient.BACK_PRESSURED;
        }
        number++;
        if (number != lostNumber)
        {
            pending.add(new Pending(number, nowNs + latencyNs));
        }
        return number;
    }

    @Override
    public int poll()
    {
        int work = 0;
        while (nowNs >= stalledUntilNs && !pending.isEmpty() && pending.peek().dueNs() <= nowNs)
        {
            final long answered = pending.remove().number();
            for (int i = answered == doubledNumber ? 2 : 1; i > 0; i--)
            {
                driver.onResponse(answered, outcome, (short)0, answered + 1, result, 0, 8);
            }
            work++;
        }
        return work;
    }
}
