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

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * A media driver without threads and an Aeron client of its own: whoever polls runs the sockets too.
 */
public final class EmbeddedDriver implements AutoCloseable
{
    /** The least term that can carry the longest frame. */
    public static final int TERM_LENGTH = 1024 * 1024;
    /** The greatest MTU that Aeron knows: fewest packets, where the path takes them, as loopback does. */
    public static final int LOOPBACK_MTU_LENGTH = 65_504;

    private static final int SOCKET_BUFFER_LENGTH = 2 * 1024 * 1024;
    private static final int COUNTERS_LENGTH = 1024 * 1024;
    /** A thread that stood still this long finds its own driver and client alive. */
    private static final long STANDSTILL_NS = MINUTES.toNanos(10);

    private final MediaDriver driver;
    private final Aeron aeron;

    /**
     * Launches both.
     *
     * @param directory          of the driver, its own, deleted at start and close; null for a random one.
     * @param mtuLength          of all streams in bytes, a multiple of 32.
     * @param streamSessionLimit streams that may come in on one channel and stream id at once.
     * @param errorHandler       that hears the errors of both.
     */
    public EmbeddedDriver(
        final String directory, final int mtuLength, final int streamSessionLimit, final ErrorHandler errorHandler)
    {
        final String ownDirectory = null == directory ? CommonContext.generateRandomDirName() : directory;
        final int socketBufferLength = grantedSocketBufferLength();
        driver = MediaDriver.launch(InvokedSockets.attachTo(new MediaDriver.Context())
            .aeronDirectoryName(ownDirectory)
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .errorHandler(errorHandler)
            .threadingMode(ThreadingMode.INVOKER)
            .asyncExecutorEnabled(false)
            .termBufferSparseFile(true)
            .counterValuesBufferLength(COUNTERS_LENGTH)
            .publicationTermBufferLength(TERM_LENGTH)
            .mtuLength(mtuLength)
            .ipcMtuLength(mtuLength)
            .socketSndbufLength(socketBufferLength)
            .socketRcvbufLength(socketBufferLength)
            .initialWindowLength(Math.min(TERM_LENGTH / 2, socketBufferLength))
            .streamSessionLimit(streamSessionLimit)
            .imageLivenessTimeoutNs(SECONDS.toNanos(5))
            .publicationLingerTimeoutNs(0)
            .clientLivenessTimeoutNs(STANDSTILL_NS)
            .publicationUnblockTimeoutNs(2 * STANDSTILL_NS));
        try
        {
            aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(ownDirectory)
                .errorHandler(errorHandler)
                .subscriberErrorHandler(errorHandler)
                .driverTimeoutMs(STANDSTILL_NS / MILLISECONDS.toNanos(1))
                .useConductorAgentInvoker(true)
                .driverAgentInvoker(driver.sharedAgentInvoker()));
        }
        catch (final RuntimeException exception)
        {
            CloseHelper.quietClose(driver);
            throw exception;
        }
    }

    /** As many bytes as the kernel grants a socket, up to what is of use: a fresh machine grants little. */
    private static int grantedSocketBufferLength()
    {
        try (DatagramChannel probe = DatagramChannel.open())
        {
            probe.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_LENGTH);
            probe.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_LENGTH);
            final int granted = Math.min(
                probe.getOption(StandardSocketOptions.SO_RCVBUF), probe.getOption(StandardSocketOptions.SO_SNDBUF));
            return Math.min(SOCKET_BUFFER_LENGTH, granted & -BitUtil.CACHE_LINE_LENGTH);
        }
        catch (final IOException exception)
        {
            throw new UncheckedIOException("no UDP socket can be opened", exception);
        }
    }

    /**
     * @return the client, whose conductor runs in {@link #doWork()}.
     */
    public Aeron aeron()
    {
        return aeron;
    }

    /**
     * Sends, receives, and does the upkeep of both.
     *
     * @return amount of work done.
     */
    public int doWork()
    {
        return driver.sharedAgentInvoker().invoke() + aeron.conductorAgentInvoker().invoke();
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(aeron, driver);
    }
}
