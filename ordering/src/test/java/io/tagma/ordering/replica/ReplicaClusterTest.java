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
package io.tagma.ordering.replica;

import static io.tagma.ordering.replica.LocalCluster.REPLICAS;
import static io.tagma.ordering.replica.LocalCluster.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.ExclusivePublication;
import io.tagma.codecs.FrameLayout;
import io.tagma.journal.JournalException;
import io.tagma.ordering.authentication.KeyException;
import io.tagma.ordering.client.ClientContext;
import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.client.TagmaClient;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.transport.EmbeddedDriver;
import io.tagma.ordering.transport.StreamIds;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of it: four replicas and a client over real sockets and real journals.
 */
class ReplicaClusterTest
{
    private static final int MTU_LENGTH = 1408;

    @TempDir
    private Path directory;
    private LocalCluster cluster;

    @BeforeEach
    void makeCluster()
    {
        cluster = new LocalCluster(directory);
    }

    @AfterEach
    void stopCluster()
    {
        cluster.close();
    }

    @Test
    @DisplayName("orders requests, also while one replica is away, which catches up when it is back")
    void ordersRequestsThroughARestart()
    {
        cluster.startAll();
        try (Caller caller = new Caller(cluster.client(1, null)))
        {
            caller.call(1_000, 100);
            cluster.stop(3);
            caller.call(1_000, 100);
            cluster.start(3);
            caller.call(1_000, 100);
            awaitTrue("replica 3 has caught up", () -> 3_000 == cluster.services[3].count());
        }
        final String first = withoutId(cluster.stop(0));
        assertTrue(first.contains(" treeHead="), first);
        for (int id = 1; id < REPLICAS; id++)
        {
            final String line = withoutId(cluster.stop(id));
            assertEquals(field(first, "stateDigest"), field(line, "stateDigest"));
        }
        for (final EchoForTests service : cluster.services)
        {
            assertEquals(3_000, service.count());
        }
    }

    @Test
    @DisplayName("goes on without its primary, under the next one, and takes the first one back as a backup")
    void goesOnWithoutItsPrimary()
    {
        cluster.startAll();
        try (Caller caller = new Caller(cluster.client(1, null)))
        {
            caller.call(300, 50);
            cluster.stop(0);
            caller.call(300, 50);
            cluster.start(0);
            caller.call(300, 50);
            awaitTrue("replica 0 has caught up", () -> 900 == cluster.services[0].count());
        }
        assertTrue(cluster.report(1).get(ReplicaCounter.VIEW) > 0);
        for (int id = 0; id < REPLICAS; id++)
        {
            cluster.stop(id);
            assertEquals(900, cluster.services[id].count());
        }
    }

    @Test
    void restartOfAllKeepsWhatWasAcknowledged()
    {
        cluster.startAll();
        try (Caller caller = new Caller(cluster.client(1, null)))
        {
            caller.call(300, 50);
        }
        for (int id = 0; id < REPLICAS; id++)
        {
            cluster.stop(id);
        }
        cluster.startAll();
        try (Caller caller = new Caller(cluster.client(1, null)))
        {
            caller.call(300, 50);
        }
        for (int id = 0; id < REPLICAS; id++)
        {
            final int replicaId = id;
            awaitTrue("replica " + id + " executed all", () -> 600 == cluster.services[replicaId].count());
            assertEquals(2, cluster.report(id).get(ReplicaCounter.INCARNATION));
        }
    }

    @Test
    @DisplayName("K09 a client that never drains its replies: they are dropped and counted, others are unaffected")
    void clientThatNeverDrainsHarmsNobodyElse()
    {
        cluster.startAll();
        try (Caller slow = new Caller(cluster.client(2, null)); Caller caller = new Caller(cluster.client(1, null)))
        {
            slow.call(1, 10);
            slow.floodWithoutDraining(1_000);
            awaitTrue("replies are dropped", () ->
            {
                slow.client.poll(0);
                return cluster.report(0).get(ReplicaCounter.REPLY_DROPS) > 0;
            });
            caller.call(500, 100);
        }
    }

    @Test
    @DisplayName("B12 wrong tags without end on one replica's stream are counted; that replica is heard as before")
    void wrongTagsOnTheStreamOfAnother() throws InterruptedException
    {
        cluster.startAll();
        final AtomicBoolean isOver = new AtomicBoolean();
        final Thread flood = new Thread(() -> flood(isOver));
        try (Caller caller = new Caller(cluster.client(1, null)))
        {
            cluster.stop(2);
            flood.start();
            awaitTrue("they are counted", () -> cluster.report(0).get(ReplicaCounter.PEER_REJECTIONS) > 10_000);
            // With one away, nothing is agreed without the replica in whose name all this comes.
            caller.call(300, 100);
        }
        finally
        {
            isOver.set(true);
            flood.join();
        }
        awaitTrue("replica 0 executed all", () -> 300 == cluster.services[0].count());
        awaitTrue("replica 3 executed all", () -> 300 == cluster.services[3].count());
    }

    /** Frames of the right form in the name of replica 3, for replica 0, under no key that it has. */
    private void flood(final AtomicBoolean isOver)
    {
        final ClusterConfiguration configuration = cluster.cluster.configuration();
        final UnsafeBuffer frame =
            new UnsafeBuffer(new Frames().votes(3, 0, 7, TestKeys.ofDirection("nobody", "r0")));
        frame.putLong(FrameLayout.HEADER_LENGTH, configuration.clusterId(), ByteOrder.LITTLE_ENDIAN);
        frame.putInt(FrameLayout.HEADER_LENGTH + Long.BYTES, configuration.epoch(), ByteOrder.LITTLE_ENDIAN);
        try (EmbeddedDriver driver = new EmbeddedDriver(null, MTU_LENGTH, 1, error ->
        {
            throw new AssertionError(error);
        }))
        {
            final ExclusivePublication publication = driver.aeron().addExclusivePublication(
                configuration.replica(0).peerEndpoint().channel(), StreamIds.peer(3));
            while (!isOver.get())
            {
                driver.doWork();
                publication.offer(frame, 0, frame.capacity());
            }
        }
    }

    @Test
    @DisplayName("N06 a second process with the same id and directory is refused before it sends anything")
    void secondProcessOfOneReplicaIsRefused()
    {
        cluster.start(1);
        final ReplicaNode first = cluster.node(1);
        final JournalException refusal =
            assertThrows(JournalException.class, () -> ReplicaNode.launch(cluster.context(1)));
        assertEquals(78, refusal.reason().exitStatus());
        assertTrue(refusal.getMessage().contains("journal"), refusal.getMessage());
        assertEquals(null, first.failure());
    }

    @Test
    void takenPortsAreRefusedInOneSentence() throws IOException
    {
        final int port = cluster.cluster.configuration().replica(2).ingressEndpoint().port();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("localhost", port)))
        {
            assertTrue(socket.isBound());
            final ConfigurationException refusal =
                assertThrows(ConfigurationException.class, () -> ReplicaNode.launch(cluster.context(2)));
            assertTrue(refusal.getMessage().contains("localhost:" + port), refusal.getMessage());
        }
        // Nothing is damaged: with the port free it starts.
        cluster.start(2);
        awaitTrue("it reports", () -> 2 == cluster.report(2).get(ReplicaCounter.REPLICA_ID));
    }

    @Test
    @DisplayName("N07 world-readable keys and keys of another replica are refused before anything is written")
    void wrongKeysAreRefused() throws IOException
    {
        final Path keys = cluster.replicaDirectory(0).resolve("keys").resolve("signing.pem");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(KeyException.class, () -> ReplicaNode.launch(cluster.context(0)));
        Files.delete(keys);
        Files.copy(cluster.replicaDirectory(1).resolve("keys").resolve("signing.pem"), keys);
        assertThrows(KeyException.class, () -> ReplicaNode.launch(cluster.context(0)));
        assertFalse(Files.exists(cluster.replicaDirectory(0).resolve(RunFile.FILE_NAME)));
    }

    private static String withoutId(final String line)
    {
        return line.substring(line.indexOf(" executed="));
    }

    private static String field(final String line, final String name)
    {
        final int start = line.indexOf(name + "=");
        final int end = line.indexOf(' ', start);
        return line.substring(start, end < 0 ? line.length() : end);
    }

    /**
     * A client that calls so many times and checks each answer.
     */
    private static final class Caller implements ResponseHandler, AutoCloseable
    {
        private final UnsafeBuffer payload = new UnsafeBuffer(new byte[1024]);
        private final TagmaClient client;
        private int answered;
        private String unexpected;

        private Caller(final ClientContext context)
        {
            client = TagmaClient.connect(context.responseHandler(this));
            awaitTrue("a session", () ->
            {
                client.poll(10);
                return client.isConnected();
            });
        }

        private void call(final int count, final int length)
        {
            final int target = answered + count;
            int sent = 0;
            final long startNs = System.nanoTime();
            while (answered < target)
            {
                if (sent < count)
                {
                    payload.putInt(0, sent);
                    sent += client.offer(payload, 0, length) > 0 ? 1 : 0;
                }
                client.poll(10);
                assertEquals(null, unexpected);
                final int answeredSoFar = answered;
                assertTrue(System.nanoTime() - startNs < 60_000_000_000L,
                    () -> "answered " + answeredSoFar + " of " + target + ", resent " + client.resendCount());
            }
        }

        private void floodWithoutDraining(final int length)
        {
            while (client.offer(payload, 0, length) > 0)
            {
                client.poll(0);
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
            if (Outcome.COMMITTED != outcome)
            {
                unexpected = number + " " + outcome + " " + reason;
            }
            answered++;
        }

        @Override
        public void close()
        {
            client.close();
        }
    }
}
