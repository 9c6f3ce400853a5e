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

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.JournalContext;
import io.tagma.journal.JournalIdentity;
import io.tagma.ordering.client.ClientContext;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ClusterLimits;
import io.tagma.ordering.configuration.GeneratedCluster;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

import org.agrona.CloseHelper;

/**
 * Four replicas in this JVM as if they were four processes: real keys, real journals, Aeron over loopback.
 */
final class LocalCluster implements AutoCloseable
{
    static final int REPLICAS = 4;

    final GeneratedCluster cluster;
    final EchoForTests[] services = new EchoForTests[REPLICAS];
    /** Between the empty batches of an idle primary. */
    String tickIntervalNs = ReplicaSetting.TICK_INTERVAL_NS.defaultValue();
    /** More settings of a replica, by its id. */
    BiConsumer<Integer, ReplicaContext> settings = (id, context) -> {};
    private final Path directory;
    private final ReplicaNode[] nodes = new ReplicaNode[REPLICAS];

    LocalCluster(final Path directory)
    {
        this(directory, new ClusterLimits());
    }

    LocalCluster(final Path directory, final ClusterLimits limits)
    {
        cluster = GeneratedCluster.builder()
            .clients(2).administrators(3).limits(limits).basePort(freeBasePort()).generate();
        this.directory = directory;
        cluster.store(directory);
        for (int id = 0; id < REPLICAS; id++)
        {
            final ClusterConfiguration configuration = cluster.configuration();
            ChronicleJournal.create(new JournalContext()
                .directory(replicaDirectory(id).resolve("journal"))
                .minimumFreeSpace(0)
                .identity(new JournalIdentity(
                    configuration.clusterId(), configuration.epoch(), id,
                    configuration.replica(id).signingKey().encoded())));
        }
    }

    Path replicaDirectory(final int id)
    {
        return GeneratedCluster.replicaDirectory(directory, id);
    }

    ReplicaContext context(final int id)
    {
        services[id] = new EchoForTests();
        final ReplicaContext context = new ReplicaContext()
            .set(ReplicaSetting.CLUSTER_FILE, directory.resolve(GeneratedCluster.CLUSTER_FILE).toString())
            .set(ReplicaSetting.REPLICA_ID, Integer.toString(id))
            .set(ReplicaSetting.DIRECTORY, replicaDirectory(id).toString())
            .set(ReplicaSetting.AERON_PARENT, directory.toString())
            .set(ReplicaSetting.JOURNAL_FREE_MIN, "0")
            .set(ReplicaSetting.IDLE, "yield")
            .set(ReplicaSetting.TICK_INTERVAL_NS, tickIntervalNs)
            .service(services[id]);
        settings.accept(id, context);
        return context;
    }

    LocalCluster start(final int id)
    {
        nodes[id] = ReplicaNode.launch(context(id));
        return this;
    }

    LocalCluster startAll()
    {
        for (int id = 0; id < REPLICAS; id++)
        {
            start(id);
        }
        return this;
    }

    /** @return what the replica said last. */
    String stop(final int id)
    {
        nodes[id].close();
        assertNull(nodes[id].failure());
        return nodes[id].stoppedLine();
    }

    ReplicaNode node(final int id)
    {
        return nodes[id];
    }

    ReplicaReport report(final int id)
    {
        try
        {
            return ReplicaReport.find(replicaDirectory(id)).get(0);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    ClientContext client(final int id, final ResponseHandler handler)
    {
        return new ClientContext()
            .cluster(cluster.configuration())
            .clientId(id)
            .keys(cluster.clientKeys(id))
            .aeronDirectory(directory.resolve("aeron-client-" + id).toString())
            .responseHandler(handler);
    }

    private static int freeBasePort()
    {
        final Random random = new Random();
        for (int i = 0; i < 100; i++)
        {
            final int base = 20_000 + 8 * random.nextInt(1_500);
            if (isFree(base))
            {
                return base;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(final int base)
    {
        final List<DatagramSocket> sockets = new ArrayList<>();
        try
        {
            for (int i = 0; i < 2 * REPLICAS; i++)
            {
                sockets.add(new DatagramSocket(new InetSocketAddress("localhost", base + i)));
            }
            return true;
        }
        catch (final SocketException ex)
        {
            return false;
        }
        finally
        {
            sockets.forEach(DatagramSocket::close);
        }
    }

    static void awaitTrue(final String what, final java.util.function.BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < 60_000_000_000L, () -> "waited in vain: " + what);
            Thread.yield();
        }
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(nodes);
    }
}
