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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.agrona.IoUtil;
import org.agrona.SystemUtil;

/**
 * One {@link RawEchoServer} in a process of its own on this host. Its files are gone when it is closed.
 */
public final class RawEchoProcess implements AutoCloseable
{
    private static final long START_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(60);
    private static final int PORTS = 2;

    private final int requestPort = FreePorts.run(PORTS);
    private final Path directory;
    private final Path aeronDirectory;
    private final ReplicaProcess server;

    /**
     * Prepares it; starts nothing.
     */
    public RawEchoProcess()
    {
        try
        {
            directory = Files.createTempDirectory("raw-echo-");
            final Path shared = Path.of("/dev/shm");
            aeronDirectory = Files.createTempDirectory(
                SystemUtil.isLinux() && Files.isWritable(shared) ? shared : directory, "raw-echo-");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        server = new ReplicaProcess(0, PeerJvm.command(RawEchoServer.class, PeerJvm.HEAP, Map.of(), List.of(
            Integer.toString(requestPort), Integer.toString(requestPort + 1),
            aeronDirectory.resolve("server").toString())), directory);
    }

    /** Starts it, and waits until it listens. */
    public void start()
    {
        server.start();
        server.awaitLine("ready", START_TIMEOUT_MS);
    }

    /**
     * Its client; one at a time.
     *
     * @param handler that hears of answers.
     * @return a client that connects while it is polled.
     */
    public RequestClient connect(final ResponseHandler handler)
    {
        return new RawEchoClient(requestPort, requestPort + 1, handler);
    }

    @Override
    public void close()
    {
        server.kill();
        IoUtil.delete(directory.toFile(), true);
        IoUtil.delete(aeronDirectory.toFile(), true);
    }
}
