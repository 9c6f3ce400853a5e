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
package io.tagma.perf.cluster;

import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.ChronicleSilence;
import io.tagma.journal.JournalContext;
import io.tagma.journal.JournalIdentity;
import io.tagma.ordering.client.ClientContext;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.protocol.Quorums;
import io.tagma.ordering.replica.ReplicaCounter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * A cluster of replica processes on this host, with keys and journals of its own and one client configured. Closing it
 * ends the processes and, unless it is to be kept, deletes everything; so does the end of this JVM, however it comes,
 * short of {@code kill -9}: then the replicas end by themselves, and files stay.
 */
public final class LocalCluster implements AutoCloseable
{
    /** Id of the client that is always configured. */
    public static final int CLIENT_ID = 1;

    /** Id of the one after it, if two are. */
    public static final int OTHER_CLIENT_ID = 2;

    private static final long START_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(60);
    private static final long STOP_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(30);
    private static final long CATCH_UP_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(120);
    private static final long LOOK_MS = 50;
    private static final String READY = "ready";

    private final Path directory;
    private final Path aeronParent;
    private final boolean isKept;
    private final ClusterConfiguration configuration;
    private final List<ReplicaProcess> replicas = new ArrayList<>();
    private final Thread hook = new Thread(this::clear, "local-cluster-clear");
    private boolean isClosed;

    /**
     * Makes keys, cluster file and journals; starts nothing.
     *
     * @param settings of the cluster.
     */
    public LocalCluster(final LocalClusterSettings settings)
    {
        ChronicleSilence.apply();
        directory = settings.makeDirectory();
        isKept = settings.isKept();
        aeronParent = SharedMemory.makeDirectory(directory);
        Runtime.getRuntime().addShutdownHook(hook);
        final GeneratedCluster cluster = GeneratedCluster.builder()
            .replicas(settings.replicas())
            .clients(settings.clients())
            .basePort(FreePorts.run(2 * settings.replicas()))
            .limits(settings.limits())
            .generate();
        configuration = cluster.configuration();
        cluster.store(directory);
        for (int id = 0; id < configuration.replicaCount(); id++)
        {
            final Path home = GeneratedCluster.replicaDirectory(directory, id);
            makeJournal(id, home);
            replicas.add(new ReplicaProcess(id, settings.command(id, clusterFile(), home, aeronParent), home));
        }
    }

    /**
     * Starts all replicas and waits until each is ready.
     */
    public void start()
    {
        replicas.forEach(ReplicaProcess::start);
        replicas.forEach(this::awaitReady);
    }

    /**
     * Waits until a replica has replayed its journal and takes part.
     *
     * @param replica that was started.
     */
    public void awaitReady(final ReplicaProcess replica)
    {
        replica.awaitLine(READY, START_TIMEOUT_MS);
    }

    /**
     * Waits until a replica is as good as the others: it votes, has entered the greatest view, and has executed what
     * the foremost had executed one look ({@value #LOOK_MS} ms) ago.
     *
     * @param replica that runs.
     * @throws IllegalStateException if it isn't within two minutes.
     */
    public void awaitCaughtUp(final ReplicaProcess replica)
    {
        final long[] goal = {Long.MAX_VALUE, Long.MAX_VALUE};
        final boolean isCaughtUp = Patience.await(() ->
        {
            final ToLongFunction<ReplicaCounter> counters = replica.counters();
            final boolean isThere = counters.applyAsLong(ReplicaCounter.EXECUTED_SEQUENCE) >= goal[0] &&
                counters.applyAsLong(ReplicaCounter.VIEW) >= goal[1] &&
                1 == counters.applyAsLong(ReplicaCounter.IS_ACTIVE) &&
                0 == counters.applyAsLong(ReplicaCounter.AWAITED_SEQUENCE);
            goal[0] = greatest(ReplicaCounter.EXECUTED_SEQUENCE);
            goal[1] = greatest(ReplicaCounter.VIEW);
            return isThere;
        }, LOOK_MS, CATCH_UP_TIMEOUT_MS);
        if (!isCaughtUp)
        {
            throw new IllegalStateException("replica " + replica.id() + " did not catch up within " +
                CATCH_UP_TIMEOUT_MS + " ms: executed " + replica.counter(ReplicaCounter.EXECUTED_SEQUENCE) +
                " in view " + replica.counter(ReplicaCounter.VIEW) + ", the foremost " + goal[0] + " in view " +
                goal[1]);
        }
    }

    /**
     * The primary of the greatest view that a replica is in.
     *
     * @return whoever is to lead it, running or not.
     */
    public ReplicaProcess primary()
    {
        return replicas.get(new Quorums(configuration.weights(), configuration.faultyWeight())
            .primary(Math.max(0, greatest(ReplicaCounter.VIEW)), configuration.epoch()));
    }

    /**
     * The greatest value that any running replica publishes.
     *
     * @param counter of those that there is one of.
     * @return its value; negative if none runs.
     */
    public long greatest(final ReplicaCounter counter)
    {
        long greatest = Long.MIN_VALUE;
        for (final ReplicaProcess replica : replicas)
        {
            greatest = Math.max(greatest, replica.counter(counter));
        }
        return greatest;
    }

    /**
     * Kills all replicas at once, as {@code kill -9} of all of them does.
     */
    public void killAll()
    {
        replicas.forEach(ReplicaProcess::destroy);
        replicas.forEach(ReplicaProcess::kill);
    }

    /**
     * Stops all replicas in order and waits for their ends.
     *
     * @return the greatest of their exit statuses: 0 if all ended well.
     */
    public int stop()
    {
        replicas.forEach(ReplicaProcess::terminate);
        int status = 0;
        for (final ReplicaProcess replica : replicas)
        {
            status = Math.max(status, replica.awaitEnd(STOP_TIMEOUT_MS));
        }
        return status;
    }

    /**
     * The replicas, by id.
     *
     * @return as many as there are.
     */
    public List<ReplicaProcess> replicas()
    {
        return List.copyOf(replicas);
    }

    /**
     * One replica.
     *
     * @param id from 0.
     * @return the replica.
     */
    public ReplicaProcess replica(final int id)
    {
        return replicas.get(id);
    }

    /**
     * What is public of the cluster.
     *
     * @return its configuration.
     */
    public ClusterConfiguration configuration()
    {
        return configuration;
    }

    /**
     * Where everything of it lies.
     *
     * @return the directory.
     */
    public Path directory()
    {
        return directory;
    }

    /**
     * The cluster file.
     *
     * @return in the directory.
     */
    public Path clusterFile()
    {
        return directory.resolve(GeneratedCluster.CLUSTER_FILE);
    }

    /**
     * What its client is to be made with.
     *
     * @return all but the response handler.
     */
    public ClientContext clientContext()
    {
        return clientContext(CLIENT_ID);
    }

    /**
     * What a client is to be made with.
     *
     * @param clientId of a client that is configured.
     * @return all but the response handler.
     */
    public ClientContext clientContext(final int clientId)
    {
        return new ClientContext()
            .clusterFile(clusterFile())
            .clientId(clientId)
            .keysDirectory(GeneratedCluster.clientDirectory(directory, clientId)
                .resolve(GeneratedCluster.KEYS_DIRECTORY))
            .aeronDirectory(aeronParent.resolve("client-" + clientId).toString());
    }

    /**
     * What a replica's journal is to be opened with, while the replica does not run.
     *
     * @param id of the replica, from 0.
     * @return directory and identity.
     */
    public JournalContext journalContext(final int id)
    {
        return journalContext(id, replicas.get(id).directory());
    }

    /**
     * A replica's journal.
     *
     * @param id of the replica, from 0.
     * @return its directory.
     */
    public Path journal(final int id)
    {
        return replicas.get(id).directory().resolve(GeneratedCluster.JOURNAL_DIRECTORY);
    }

    @Override
    public void close()
    {
        clear();
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ex)
        {
            // The JVM is ending: the hook has run, or is about to and finds nothing to do.
            return;
        }
    }

    private synchronized void clear()
    {
        if (isClosed)
        {
            return;
        }
        isClosed = true;
        replicas.forEach(ReplicaProcess::kill);
        try
        {
            DirectoryTree.delete(aeronParent);
        }
        finally
        {
            if (!isKept)
            {
                DirectoryTree.delete(directory);
            }
        }
    }

    private void makeJournal(final int id, final Path home)
    {
        try
        {
            Files.createDirectories(home);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        ChronicleJournal.create(journalContext(id, home));
    }

    private JournalContext journalContext(final int id, final Path home)
    {
        return new JournalContext()
            .directory(home.resolve(GeneratedCluster.JOURNAL_DIRECTORY))
            .identity(new JournalIdentity(
                configuration.clusterId(),
                configuration.epoch(),
                id,
                configuration.replica(id).signingKey().encoded()));
    }
}
