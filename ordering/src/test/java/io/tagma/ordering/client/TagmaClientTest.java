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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.GeneratedCluster;

class TagmaClientTest implements ResponseHandler
{
    private static final int REQUESTS = 1_000;

    private final GeneratedCluster cluster = GeneratedCluster.builder().basePort(freeBasePort()).generate();
    private final List<String> outcomes = new ArrayList<>();
    private TagmaClient client;
    private boolean pollsInside;

    private static int freeBasePort()
    {
        final Random random = new Random();
        int base = 24_000 + random.nextInt(8_000);
        while (!isFree(base))
        {
            base = 24_000 + random.nextInt(8_000);
        }
        return base;
    }

    private static boolean isFree(final int base)
    {
        final List<DatagramSocket> sockets = new ArrayList<>();
        try
        {
            for (int i = 0; i < 8; i++)
            {
                sockets.add(new DatagramSocket(new InetSocketAddress("localhost", base + i)));
            }
            return true;
        }
        catch (final SocketException exception)
        {
            return false;
        }
        finally
        {
            sockets.forEach(DatagramSocket::close);
        }
    }

    @Override
    public void onResponse(
        final long number,
        final Outcome outcome,
        final short reason,
        final long position,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        outcomes.add(number + " " + outcome + " " + result.getStringWithoutLengthAscii(offset, Math.min(length, 12)));
        if (pollsInside)
        {
            client.poll(1);
        }
    }

    private ClientContext context()
    {
        return new ClientContext().cluster(cluster.configuration()).keys(cluster.clientKeys(1)).responseHandler(this)
            .errorHandler(error -> outcomes.add("error " + error.getMessage()));
    }

    private void await(final AnsweringReplicas replicas, final BooleanSupplier condition)
    {
        final IdleStrategy idleStrategy = new YieldingIdleStrategy();
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < 20_000_000_000L, () -> "waited in vain: " + client.state() +
                ", connected " + client.connectedReplicaCount() + ", outcomes " + outcomes);
            idleStrategy.idle(client.poll(10) + replicas.poll());
        }
    }

    private long offer(final String payload)
    {
        return client.offer(new UnsafeBuffer(payload.getBytes(US_ASCII)), 0, payload.length());
    }

    @Test
    void opensASessionAndHasRequestsOfAllLengthsAnsweredOverRealSockets()
    {
        try (AnsweringReplicas replicas = new AnsweringReplicas(cluster))
        {
            client = TagmaClient.connect(context().closeTimeoutNs(0));
            assertEquals(TagmaClient.NOT_CONNECTED, offer("early"));
            await(replicas, client::isConnected);
            assertEquals(1, client.sessionId());
            assertEquals(TagmaClient.MAX_LENGTH_EXCEEDED, offer("x".repeat(client.maxPayloadLength() + 1)));
            int sent = 0;
            final long startNs = System.nanoTime();
            while (outcomes.size() < REQUESTS)
            {
                assertTrue(System.nanoTime() - startNs < 60_000_000_000L, () -> "waited in vain: " + outcomes.size());
                final String payload = "p" + (sent + 1) + "x".repeat(sent * 37 % (client.maxPayloadLength() - 8));
                if (sent < REQUESTS && offer(payload) > 0)
                {
                    sent++;
                }
                client.poll(10);
                replicas.poll();
            }
            outcomes.sort(Comparator.comparingInt(outcome -> Integer.parseInt(outcome.split(" ")[0])));
            for (int i = 1; i <= REQUESTS; i++)
            {
                assertTrue(outcomes.get(i - 1).startsWith(i + " COMMITTED p" + i), outcomes.get(i - 1));
            }
            assertEquals(4, client.connectedReplicaCount());
            assertEquals(0, replicas.wrongTags);
            assertEquals(0, client.outstandingCount());
            assertEquals(0, client.believedPrimary());
            for (final ReplyRejection rejection : ReplyRejection.values())
            {
                assertTrue(ReplyRejection.NOT_OUTSTANDING == rejection || 0 == client.rejectionCount(rejection));
            }
            client.close();
            assertEquals(1, replicas.openCount);
        }
    }

    @Test
    void whatIsOutstandingAtCloseBecomesUnknownInBoundedTime()
    {
        try (AnsweringReplicas replicas = new AnsweringReplicas(cluster))
        {
            client = TagmaClient.connect(context().closeTimeoutNs(20_000_000));
            await(replicas, client::isConnected);
            replicas.isMute = true;
            offer("a");
            client.poll(1);
            final RequestClaim claim = new RequestClaim();
            assertEquals(2, client.tryClaim(10, claim));
            assertThrows(IllegalStateException.class, () -> client.poll(1));
            client.close();
            assertEquals(List.of("1 UNKNOWN "), outcomes);
            assertTrue(client.isClosed());
            assertEquals(TagmaClient.CLOSED, offer("b"));
            assertEquals(0, client.poll(1));
            client.close();
        }
    }

    @Test
    void aMuteClusterIsSentToAgainAndAnswersLater()
    {
        try (AnsweringReplicas replicas = new AnsweringReplicas(cluster))
        {
            client = TagmaClient.connect(context().resendTimeoutNs(10_000_000, 20_000_000).closeTimeoutNs(0));
            await(replicas, client::isConnected);
            replicas.isMute = true;
            offer("a");
            await(replicas, () -> client.resendCount() >= 3);
            replicas.isMute = false;
            await(replicas, () -> !outcomes.isEmpty());
            assertEquals(List.of("1 COMMITTED a"), outcomes);
            client.close();
        }
    }

    @Test
    void pollingAndClosingAreNotForHandlers()
    {
        try (AnsweringReplicas replicas = new AnsweringReplicas(cluster))
        {
            client = TagmaClient.connect(context().closeTimeoutNs(0));
            await(replicas, client::isConnected);
            pollsInside = true;
            offer("a");
            await(replicas, () -> 2 == outcomes.size());
            assertEquals(List.of("1 COMMITTED a", "error poll is not for handlers"), outcomes);
            pollsInside = false;
            client.close();
        }
    }

    @Test
    void aClusterThatIsNotThereIsNoErrorAndCloseDoesNotHang()
    {
        client = TagmaClient.connect(context());
        for (int i = 0; i < 1_000; i++)
        {
            client.poll(10);
        }
        assertFalse(client.isConnected());
        assertEquals(SessionState.OPENING, client.state());
        assertEquals(0, client.connectedReplicaCount());
        client.close();
        assertEquals(List.of(), outcomes);
    }

    @Test
    void wrongSettingsAreRefusedInOneSentence(@TempDir final Path directory)
    {
        refused("no response handler is set", new ClientContext());
        refused("no cluster is set", new ClientContext().responseHandler(this));
        refused("no keys are set", context().keys(null));
        refused("has no client 2", context().clientId(2));
        refused("response endpoint nowhere", context().responseEndpoint("nowhere"));
        refused("response endpoint", context().responseEndpoint("localhost:0|mtu=8192"));
        refused("MTU of 1500 bytes", context().mtuLength(1_500));
        refused("close time-out", context().closeTimeoutNs(-1));
        refused("resend time-out in ns is 0", context().resendTimeoutNs(0, 1));
        refused("greatest resend time-out in ns is 1", context().resendTimeoutNs(2, 1));
        refused("signatures in one duty cycle is 0", context().signaturesPerCycle(0));
        refused("cluster.properties", context().cluster(null).clusterFile(directory.resolve("cluster.properties")));
    }

    private static void refused(final String sentence, final ClientContext context)
    {
        final ConfigurationException exception =
            assertThrows(ConfigurationException.class, () -> TagmaClient.connect(context));
        assertTrue(exception.getMessage().contains(sentence), exception.getMessage());
        assertFalse(exception.getMessage().contains("\n"), exception.getMessage());
    }

    @Test
    void readsWhatInitWrote(@TempDir final Path directory)
    {
        final GeneratedCluster stored = GeneratedCluster.builder().basePort(freeBasePort()).generate();
        stored.store(directory);
        client = TagmaClient.connect(new ClientContext()
            .clusterFile(directory.resolve(GeneratedCluster.CLUSTER_FILE))
            .keysDirectory(GeneratedCluster.clientDirectory(directory, 1).resolve(GeneratedCluster.KEYS_DIRECTORY))
            .responseHandler(this));
        client.poll(1);
        client.close();
        assertTrue(client.isClosed());
    }
}
