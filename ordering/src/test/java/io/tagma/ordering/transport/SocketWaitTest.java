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
package io.tagma.ordering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.Header;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Waits that only a datagram or a wake-up can end, for none of them ends by itself while a test is patient.
 */
@Timeout(60)
class SocketWaitTest
{
    private static final long FOR_EVER_MS = TimeUnit.HOURS.toMillis(1);
    private static final int MESSAGE_LENGTH = 64;
    private static final String CHANNEL = "aeron:udp?endpoint=localhost:0";

    @TempDir
    Path directory;

    private final SocketWait receiving = new SocketWait(0, FOR_EVER_MS);
    private Node receiver;
    private Node sender;

    /** A driver that runs when it is told to, and its client. */
    private record Node(MediaDriver driver, Aeron aeron)
    {
        static Node launch(final MediaDriver.Context context, final Path directory)
        {
            final MediaDriver driver = MediaDriver.launch(context
                .aeronDirectoryName(directory.toString())
                .threadingMode(ThreadingMode.INVOKER)
                .asyncExecutorEnabled(false)
                .dirDeleteOnShutdown(true));
            return new Node(driver, Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.toString())
                .useConductorAgentInvoker(true)
                .driverAgentInvoker(driver.sharedAgentInvoker())));
        }

        void invoke()
        {
            final AgentInvoker conductor = aeron.conductorAgentInvoker();
            driver.sharedAgentInvoker().invoke();
            conductor.invoke();
        }

        void close()
        {
            aeron.close();
            driver.close();
        }
    }

    @BeforeEach
    void launch()
    {
        receiver = Node.launch(receiving.attachTo(new MediaDriver.Context()), directory.resolve("receiver"));
        sender = Node.launch(new MediaDriver.Context(), directory.resolve("sender"));
    }

    @AfterEach
    void close()
    {
        sender.close();
        receiver.close();
        receiving.close();
    }

    @Test
    void a_datagram_ends_the_wait()
    {
        try (Subscription subscription = receiver.aeron.addSubscription(CHANNEL, 1))
        {
            while (null == subscription.resolvedEndpoint())
            {
                receiver.invoke();
            }
            final String channel = "aeron:udp?endpoint=" + subscription.resolvedEndpoint();
            try (Publication publication = sender.aeron.addPublication(channel, 1))
            {
                final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_LENGTH]);
                int count = 0;
                while (0 == count)
                {
                    if (publication.offer(message) < 0)
                    {
                        // They do not know each other yet: nothing is under way.
                        receiving.wake();
                    }
                    sender.invoke();
                    receiving.idle(0);
                    receiver.invoke();
                    count = subscription.poll(this::onFragment, 10);
                }
            }
            assertEquals(1, receiving.socketCount());
        }
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        assertEquals(MESSAGE_LENGTH, length);
    }

    @Test
    void another_thread_ends_the_wait_also_before_it_begins() throws InterruptedException
    {
        receiving.wake();
        receiving.idle(0);
        final CountDownLatch ended = new CountDownLatch(1);
        final Thread waiting = new Thread(() ->
        {
            receiving.idle(0);
            ended.countDown();
        });
        waiting.start();
        assertFalse(ended.await(100, TimeUnit.MILLISECONDS));
        receiving.wake();
        ended.await();
        waiting.join();
    }

    @Test
    void sockets_come_and_go()
    {
        for (int i = 0; i < 3; i++)
        {
            final Subscription subscription = receiver.aeron.addSubscription(CHANNEL, 1);
            while (null == subscription.resolvedEndpoint())
            {
                receiver.invoke();
            }
            receiving.wake();
            receiving.idle(0);
            assertEquals(1, receiving.socketCount());
            subscription.close();
            while (receiving.socketCount() > 0)
            {
                receiver.invoke();
                receiving.wake();
                receiving.idle(0);
            }
        }
    }

    @Test
    void a_few_yields_come_before_the_first_wait_and_after_work_again()
    {
        try (SocketWait wait = new SocketWait(3, FOR_EVER_MS))
        {
            for (int i = 0; i < 10; i++)
            {
                wait.idle(0);
                wait.idle(0);
                wait.idle(0);
                wait.idle(1);
            }
            wait.reset();
            wait.idle();
            assertTrue(0 == wait.socketCount());
        }
    }
}
