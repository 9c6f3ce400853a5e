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

/**
 * Four replicas of the BFT-SMaRt fork that Maven Central has, on this host, a process for each. Their files are in a
 * directory of its own, which goes with it. Its jars are no part of Tagma's own: see {@link #isPresent()}.
 */
public final class BftSmartProcesses implements AutoCloseable
{
    /** Whose fork it is, and of what: by no other name should a figure of it be known. */
    public static final String WHAT = "com.jd.blockchain:bft-smart:0.0.8.RELEASE, a fork of BFT-SMaRt 1.1-beta";

    /** Greatest heap of each: it keeps its log of a thousand batches there. */
    private static final String HEAP = "1g";

    /** Sessions that requests are spread over in turn, as those of many clients would be. */
    private static final int PROXIES = 16;

    private static final String MARK = "bftsmart.tom.ServiceProxy";
    private static final long START_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(60);

    private final int firstPort = FreePorts.run(BftSmartSettings.PORTS_PER_NODE * BftSmartSettings.NODES);
    private final Path directory;
    private final List<ReplicaProcess> nodes = new ArrayList<>();

    /**
     * Prepares replicas; starts nothing.
     */
    public BftSmartProcesses()
    {
        try
        {
            directory = Files.createTempDirectory("bft-smart-");
            for (int id = 0; id < BftSmartSettings.NODES; id++)
            {
                nodes.add(new ReplicaProcess(
                    id,
                    PeerJvm.command(BftSmartNode.class, HEAP, Map.of(), List.of(
                        Integer.toString(id), Integer.toString(firstPort))),
                    Files.createDirectories(directory.resolve("node-" + id))));
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Whether this JVM's class path has it.
     *
     * @return false where only Tagma's own jar is.
     */
    public static boolean isPresent()
    {
        try
        {
            return null != Class.forName(MARK, false, BftSmartProcesses.class.getClassLoader());
        }
        catch (final ClassNotFoundException ex)
        {
            return false;
        }
    }

    /**
     * With what it is run, in words.
     *
     * @return without a line end.
     */
    public static String conditions()
    {
        return WHAT + "; " + BftSmartSettings.NODES + " replicas, MACs and no signatures, log in memory, " +
            PROXIES + " asynchronous proxies, answered by " + BftSmartSettings.WEAK_QUORUM + " equal replies";
    }

    /** Starts all replicas, and waits until each takes part. */
    public void start()
    {
        for (final ReplicaProcess node : nodes)
        {
            node.start();
            // It listens. One that finds nobody at another's port tries again only after five seconds.
            node.awaitLine("-- ID = ", START_TIMEOUT_MS);
        }
        nodes.forEach((node) -> node.awaitLine("ready", START_TIMEOUT_MS));
    }

    /**
     * A client of it.
     *
     * @param handler that hears of answers.
     * @return a client that is connected.
     */
    public RequestClient connect(final ResponseHandler handler)
    {
        return new BftSmartClient(firstPort, PROXIES, handler);
    }

    @Override
    public void close()
    {
        nodes.forEach(ReplicaProcess::kill);
        IoUtil.delete(directory.toFile(), true);
    }
}
