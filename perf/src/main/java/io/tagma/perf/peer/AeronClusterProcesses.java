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

import io.tagma.ordering.client.ResponseHandler;
import io.tagma.perf.cluster.FreePorts;
import io.tagma.perf.cluster.Patience;
import io.tagma.perf.cluster.ReplicaProcess;
import io.tagma.perf.load.RequestClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.agrona.IoUtil;
import org.agrona.SystemUtil;

/**
 * An Aeron Cluster on this host, a process for each node. Files are in a directory of its own, which goes with it.
 */
public final class AeronClusterProcesses implements AutoCloseable
{
    private static final long START_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(60);
    private static final long FULL_STRENGTH_TIMEOUT_MS = TimeUnit.MINUTES.toMillis(5);
    private static final long POLL_MS = 10;

    private final AeronClusterLayout layout;
    private final AeronClusterTuning tuning;
    private final Map<String, String> properties;
    private final Path directory;
    private final Path aeronDirectory;
    private final List<ReplicaProcess> nodes = new ArrayList<>();

    /**
     * Prepares nodes; starts nothing.
     *
     * @param count      of nodes.
     * @param tuning     of each.
     * @param syncLevel  of the archives: 0 leaves records in the page cache, 1 has them on the device first.
     * @param properties system properties of each node, by Aeron's names; may be empty.
     */
    public AeronClusterProcesses(
        final int count, final AeronClusterTuning tuning, final int syncLevel, final Map<String, String> properties)
    {
        this.tuning = tuning;
        this.properties = properties;
        layout = new AeronClusterLayout(count, FreePorts.run(AeronClusterLayout.portCount(count)));
        try
        {
            directory = Files.createTempDirectory("aeron-cluster-");
            final Path shared = Path.of("/dev/shm");
            aeronDirectory = Files.createTempDirectory(
                SystemUtil.isLinux() && Files.isWritable(shared) ? shared : directory, "aeron-cluster-");
            for (int id = 0; id < count; id++)
            {
                final Path home = Files.createDirectories(directory.resolve("node-" + id));
                nodes.add(new ReplicaProcess(id, command(id, syncLevel, home), home));
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private List<String> command(final int id, final int syncLevel, final Path home)
    {
        return PeerJvm.command(AeronClusterNode.class, PeerJvm.HEAP, properties, List.of(
            Integer.toString(id), Integer.toString(layout.nodes()), Integer.toString(layout.firstPort()),
            tuning.name(), Integer.toString(syncLevel), home.toString(),
            aeronDirectory.toString()));
    }

    /** Starts all nodes, and waits until each runs. */
    public void start()
    {
        nodes.forEach(ReplicaProcess::start);
        nodes.forEach(node -> node.awaitLine("ready", START_TIMEOUT_MS));
    }

    /**
     * Starts a node again that was killed; does not wait until it takes part. A mark of life that the killed one left
     * would keep it from starting for ten seconds, and counters that it left would pass for its own.
     *
     * @param node that does not run.
     */
    public void startAgain(final ReplicaProcess node)
    {
        IoUtil.delete(aeronDirectory(node).toFile(), true);
        AeronClusterNode.deleteMarks(node.directory());
        node.start();
    }

    /**
     * Waits until one node leads, all others follow it, and all have committed what any had at the beginning.
     *
     * @return the leader.
     * @throws IllegalStateException if a node has ended, or if it takes more than some minutes.
     */
    public ReplicaProcess awaitFullStrength()
    {
        final long position = states().stream().mapToLong(AeronClusterState::commitPosition).max().orElseThrow();
        final int[] leader = new int[1];
        final boolean isDone = Patience.await(() ->
        {
            verifyAlive();
            leader[0] = AeronClusterState.leaderAtFullStrength(states(), position);
            return AeronClusterState.NO_LEADER != leader[0];
        }, POLL_MS, FULL_STRENGTH_TIMEOUT_MS);
        if (!isDone)
        {
            throw new IllegalStateException("a node did not catch up within " + FULL_STRENGTH_TIMEOUT_MS + " ms: " +
                states());
        }
        return nodes.get(leader[0]);
    }

    private void verifyAlive()
    {
        for (final ReplicaProcess node : nodes)
        {
            if (!node.isAlive())
            {
                throw new IllegalStateException("node " + node.id() + " ended by itself:\n" + node.output());
            }
        }
    }

    /**
     * The term of leadership that the cluster is in.
     *
     * @return the greatest that a node has published.
     */
    public long term()
    {
        return states().stream().mapToLong(AeronClusterState::term).max().orElseThrow();
    }

    /** By id. */
    private List<AeronClusterState> states()
    {
        return nodes.stream().map((node) -> AeronClusterState.read(aeronDirectory(node))).toList();
    }

    private Path aeronDirectory(final ReplicaProcess node)
    {
        return AeronClusterNode.aeronDirectory(aeronDirectory, node.id());
    }

    /**
     * Its nodes.
     *
     * @return by id.
     */
    public List<ReplicaProcess> nodes()
    {
        return nodes;
    }

    /**
     * A client of it.
     *
     * @param handler that hears of answers.
     * @return a client that connects while it is polled.
     */
    public RequestClient connect(final ResponseHandler handler)
    {
        return new AeronClusterClient(layout, tuning, handler);
    }

    @Override
    public void close()
    {
        nodes.forEach(ReplicaProcess::kill);
        IoUtil.delete(directory.toFile(), true);
        IoUtil.delete(aeronDirectory.toFile(), true);
    }
}
