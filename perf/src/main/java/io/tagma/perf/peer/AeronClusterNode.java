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

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveMarkFile;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusterMarkFile;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.tagma.perf.cluster.SupervisedMain;

import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpLock;
import org.agrona.concurrent.ShutdownSignalBarrier;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A node of Aeron Cluster with an echo service: media driver, archive, consensus module and service in one process.
 */
public final class AeronClusterNode implements AutoCloseable
{
    private static final String ARCHIVE_DIRECTORY = "archive";
    private static final String CLUSTER_DIRECTORY = "cluster";
    private static final String LOCAL_CONTROL_CHANNEL = "aeron:ipc?term-length=64k";
    private static final String REPLICATION_CHANNEL = "aeron:udp?endpoint=localhost:0";
    private static final int SOCKET_BUFFER_LENGTH = 2 << 20;

    private final MediaDriver driver;
    private final Archive archive;
    private final InvokedAgents invoked;
    private final ConsensusModule consensusModule;
    private final ClusteredServiceContainer container;

    private AeronClusterNode(
        final int id,
        final AeronClusterLayout layout,
        final AeronClusterTuning tuning,
        final int syncLevel,
        final Path directory,
        final Path aeronDirectory)
    {
        final boolean isBest = AeronClusterTuning.BEST == tuning;
        final Supplier<IdleStrategy> idling =
            isBest ? () -> YieldingIdleStrategy.INSTANCE : BackoffIdleStrategy::new;
        final ThreadFactory threads = isBest ? new SlicedThreads() : Thread::new;
        final String aeronName = aeronDirectory(aeronDirectory, id).toString();
        driver = MediaDriver.launch(driverContext(isBest, aeronName));
        archive = Archive.launch(new Archive.Context()
            .aeronDirectoryName(aeronName)
            .archiveDir(directory.resolve(ARCHIVE_DIRECTORY).toFile())
            .controlChannel("aeron:udp?endpoint=" + layout.archiveEndpoint(id))
            .localControlChannel(LOCAL_CONTROL_CHANNEL)
            .replicationChannel(REPLICATION_CHANNEL)
            .recordingEventsEnabled(false)
            .fileSyncLevel(syncLevel)
            .catalogFileSyncLevel(syncLevel)
            .mediaDriverAgentInvoker(driver.sharedAgentInvoker())
            .idleStrategySupplier(idling)
            .threadingMode(isBest ? ArchiveThreadingMode.INVOKER : ArchiveThreadingMode.SHARED));
        invoked = isBest ? new InvokedAgents(driver.sharedAgentInvoker(), archive.invoker()) : null;
        final AeronArchive.Context archiveClient = new AeronArchive.Context()
            .lock(NoOpLock.INSTANCE)
            .aeronDirectoryName(aeronName)
            .controlRequestChannel(LOCAL_CONTROL_CHANNEL)
            .controlResponseChannel(LOCAL_CONTROL_CHANNEL);
        consensusModule = ConsensusModule.launch(new ConsensusModule.Context()
            .aeronDirectoryName(aeronName)
            .clusterMemberId(id)
            .clusterMembers(layout.members())
            .clusterDir(directory.resolve(CLUSTER_DIRECTORY).toFile())
            .ingressChannel("aeron:udp?" + tuning.channelParameters())
            .logChannel("aeron:udp?control-mode=manual|" + tuning.channelParameters() +
                "|control=" + layout.logControlEndpoint(id))
            .replicationChannel(REPLICATION_CHANNEL)
            .archiveContext(archiveClient.clone())
            .fileSyncLevel(syncLevel)
            .threadFactory(threads)
            .idleStrategySupplier(idling));
        container = ClusteredServiceContainer.launch(new ClusteredServiceContainer.Context()
            .aeronDirectoryName(aeronName)
            .archiveContext(archiveClient.clone())
            .clusterDir(directory.resolve(CLUSTER_DIRECTORY).toFile())
            .clusteredService(new EchoClusteredService())
            .threadFactory(threads)
            .idleStrategySupplier(idling));
    }

    /** Of a node, in the directory for the media drivers of all. */
    static Path aeronDirectory(final Path ofAll, final int id)
    {
        return ofAll.resolve("node-" + id);
    }

    /** Deletes the marks of life of a node that is known to be dead; nothing that it has voted for or logged. */
    static void deleteMarks(final Path directory)
    {
        final Path cluster = directory.resolve(CLUSTER_DIRECTORY);
        IoUtil.delete(directory.resolve(ARCHIVE_DIRECTORY).resolve(ArchiveMarkFile.FILENAME).toFile(), true);
        IoUtil.delete(cluster.resolve(ClusterMarkFile.FILENAME).toFile(), true);
        IoUtil.delete(cluster.resolve(ClusterMarkFile.markFilenameForService(0)).toFile(), true);
    }

    private static MediaDriver.Context driverContext(final boolean isBest, final String aeronName)
    {
        final MediaDriver.Context context = new MediaDriver.Context()
            .aeronDirectoryName(aeronName)
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .spiesSimulateConnection(true)
            .termBufferSparseFile(true)
            .threadingMode(isBest ? ThreadingMode.INVOKER : ThreadingMode.SHARED);
        if (isBest)
        {
            context
                .socketSndbufLength(SOCKET_BUFFER_LENGTH)
                .socketRcvbufLength(SOCKET_BUFFER_LENGTH)
                .initialWindowLength(AeronClusterTuning.WINDOW_LENGTH);
        }
        return context;
    }

    /**
     * Runs a node until it is told to stop, or until its parent is gone. Says {@code ready} when it has started.
     *
     * @param arguments id, number of nodes, first port, tuning, sync level of the archive, directory, and
     *                  directory for media drivers.
     */
    public static void main(final String[] arguments)
    {
        SupervisedMain.watchParent();
        final AeronClusterLayout layout =
            new AeronClusterLayout(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier();
            AeronClusterNode node = new AeronClusterNode(
                Integer.parseInt(arguments[0]),
                layout,
                AeronClusterTuning.valueOf(arguments[3]),
                Integer.parseInt(arguments[4]),
                Path.of(arguments[5]),
                Path.of(arguments[6])))
        {
            node.say();
            barrier.await();
        }
    }

    private void say()
    {
        System.out.println("ready node=" + consensusModule.context().clusterMemberId());
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(container, consensusModule, invoked, archive, driver);
    }
}
