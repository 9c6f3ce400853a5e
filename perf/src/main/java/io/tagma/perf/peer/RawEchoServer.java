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

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.tagma.ordering.transport.EmbeddedDriver;
import io.tagma.ordering.transport.TimeSlice;
import io.tagma.perf.cluster.SupervisedMain;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Sends back what it gets, over Aeron and nothing else: the yardstick for what the transport alone costs. Its media
 * driver runs on its one thread, with the sockets and buffer lengths of Tagma's own drivers.
 */
public final class RawEchoServer implements ControlledFragmentHandler, AutoCloseable
{
    /** Of requests as well as answers: they go to different ports. */
    static final int STREAM_ID = 1;

    /** One stream comes in, and for a while that of a client before it. */
    static final int STREAM_LIMIT = 4;

    private static final int FRAGMENT_LIMIT = 64;

    private final EmbeddedDriver driver;
    private final Subscription requests;
    private final ExclusivePublication answers;
    private final BufferClaim claim = new BufferClaim();

    /**
     * Listens, and connects while it is polled.
     *
     * @param requestPort of this host, for requests.
     * @param answerPort  of this host, that the client listens at.
     * @param directory   of the media driver, its own; null for a random one.
     */
    RawEchoServer(final int requestPort, final int answerPort, final String directory)
    {
        driver = new EmbeddedDriver(
            directory, EmbeddedDriver.LOOPBACK_MTU_LENGTH, STREAM_LIMIT, LangUtil::rethrowUnchecked);
        requests = driver.aeron().addSubscription(channel(requestPort), STREAM_ID);
        answers = driver.aeron().addExclusivePublication(channel(answerPort), STREAM_ID);
    }

    static String channel(final int port)
    {
        return "aeron:udp?endpoint=localhost:" + port;
    }

    /**
     * One duty cycle.
     *
     * @return work done; 0 if there was none.
     */
    int doWork()
    {
        return driver.doWork() + requests.controlledPoll(this, FRAGMENT_LIMIT);
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        final long position = answers.tryClaim(length, claim);
        if (position > 0)
        {
            claim.putBytes(buffer, offset, length);
            claim.commit();
            return Action.CONTINUE;
        }
        // It comes again when there is room; not for a client that has gone.
        return Publication.BACK_PRESSURED == position || Publication.ADMIN_ACTION == position ?
            Action.ABORT : Action.CONTINUE;
    }

    /**
     * Runs a server until it is killed, or until its parent is gone. Says {@code ready} when it listens.
     *
     * @param arguments port for requests, port that the client listens at, directory of the media driver.
     */
    public static void main(final String[] arguments)
    {
        SupervisedMain.watchParent();
        TimeSlice.request(TimeSlice.MIN_NS, (refusal) -> System.err.println(refusal.getMessage()));
        final IdleStrategy idleStrategy = YieldingIdleStrategy.INSTANCE;
        try (RawEchoServer server = new RawEchoServer(
            Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]))
        {
            System.out.println("ready");
            while (true)
            {
                idleStrategy.idle(server.doWork());
            }
        }
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(answers, requests, driver);
    }
}
