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

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.TimeoutException;
import io.aeron.logbuffer.Header;
import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.client.TagmaClient;
import io.tagma.perf.load.RequestClient;

import java.util.concurrent.TimeUnit;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client of an Aeron Cluster that echoes, with its media driver on the thread that polls it. The first eight bytes of
 * a request are its number; it is answered when they come back. It follows a new leader, and opens another session
 * where one was closed; requests that were under way then are not sent again, and never answered.
 */
public final class AeronClusterClient implements RequestClient, EgressListener
{
    private static final int POLL_LIMIT = 64;
    private static final int PAYLOAD_LENGTH_MAX = 1 << 16;
    private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SOCKET_BUFFER_LENGTH = 2 << 20;
    private static final long FIRST_CONNECT_NS = TimeUnit.SECONDS.toNanos(20);
    /** A node that dies while a session is opened answers nothing: the next attempt may find another. */
    private static final long CONNECT_AGAIN_NS = TimeUnit.SECONDS.toNanos(2);
    /** However short the time-outs of the nodes: the session is theirs to close. */
    private static final long NEW_LEADER_NS = TimeUnit.SECONDS.toNanos(20);

    private final AeronClusterLayout layout;
    private final AeronClusterTuning tuning;
    private final ResponseHandler handler;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final UnsafeBuffer request = new UnsafeBuffer(new byte[PAYLOAD_LENGTH_MAX]);
    private AeronCluster.AsyncConnect connecting;
    private AeronCluster cluster;
    private int sessions;
    private long lastNumber;
    private long keepAliveNs;

    /**
     * Begins to connect.
     *
     * @param layout  of the cluster.
     * @param tuning  that it is run with.
     * @param handler that hears of answers.
     */
    AeronClusterClient(
        final AeronClusterLayout layout, final AeronClusterTuning tuning, final ResponseHandler handler)
    {
        this.layout = layout;
        this.tuning = tuning;
        this.handler = handler;
        final boolean isBest = AeronClusterTuning.BEST == tuning;
        final MediaDriver.Context context = new MediaDriver.Context()
            .aeronDirectoryName(CommonContext.generateRandomDirName())
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .termBufferSparseFile(true)
            .threadingMode(ThreadingMode.INVOKER);
        if (isBest)
        {
            context
                .socketSndbufLength(SOCKET_BUFFER_LENGTH)
                .socketRcvbufLength(SOCKET_BUFFER_LENGTH)
                .initialWindowLength(AeronClusterTuning.WINDOW_LENGTH);
        }
        driver = MediaDriver.launch(context);
        aeron = Aeron.connect(new Aeron.Context()
            .aeronDirectoryName(driver.aeronDirectoryName())
            .useConductorAgentInvoker(true)
            .driverAgentInvoker(driver.sharedAgentInvoker()));
        connecting = connecting(FIRST_CONNECT_NS);
    }

    private AeronCluster.AsyncConnect connecting(final long timeoutNs)
    {
        return AeronCluster.asyncConnect(new AeronCluster.Context()
            .aeron(aeron)
            .ownsAeronClient(false)
            // While it waits for a publication to a new leader, nobody else runs the driver.
            .agentInvoker(driver.sharedAgentInvoker())
            .ingressChannel("aeron:udp?" + tuning.channelParameters())
            .ingressEndpoints(layout.ingressEndpoints())
            .egressChannel("aeron:udp?endpoint=localhost:0|" + tuning.channelParameters())
            .messageTimeoutNs(timeoutNs)
            .newLeaderTimeoutNs(NEW_LEADER_NS)
            .egressListener(this));
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (null == cluster)
        {
            return TagmaClient.NOT_CONNECTED;
        }
        request.putBytes(0, buffer, offset, length);
        request.putLong(0, lastNumber + 1);
        final long result = cluster.offer(request, 0, length);
        if (result > 0)
        {
            return ++lastNumber;
        }
        return Publication.BACK_PRESSURED == result || Publication.ADMIN_ACTION == result ?
            TagmaClient.BACK_PRESSURED : TagmaClient.NOT_CONNECTED;
    }

    @Override
    public int poll()
    {
        int workCount = driver.sharedAgentInvoker().invoke() + aeron.conductorAgentInvoker().invoke();
        if (null == cluster)
        {
            connect();
            return workCount;
        }
        int polled = cluster.pollEgress();
        for (int i = 0; polled > 0 && i < POLL_LIMIT; i++)
        {
            workCount += polled;
            polled = cluster.pollEgress();
        }
        if (cluster.isClosed())
        {
            cluster = null;
            connecting = connecting(CONNECT_AGAIN_NS);
            return workCount + 1;
        }
        final long nowNs = System.nanoTime();
        if (nowNs - keepAliveNs > KEEP_ALIVE_NS)
        {
            keepAliveNs = nowNs;
            cluster.sendKeepAlive();
        }
        return workCount;
    }

    private void connect()
    {
        final AeronCluster connected;
        try
        {
            connected = connecting.poll();
        }
        catch (final TimeoutException ex)
        {
            if (0 == sessions)
            {
                throw ex;
            }
            CloseHelper.close(connecting);
            connecting = connecting(CONNECT_AGAIN_NS);
            return;
        }
        if (null != connected)
        {
            cluster = connected;
            connecting = null;
            sessions++;
        }
    }

    @Override
    public void onMessage(
        final long clusterSessionId,
        final long timestamp,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final Header header)
    {
        handler.onResponse(
            buffer.getLong(offset), Outcome.COMMITTED, ResponseHandler.NO_REASON, 0, buffer, offset, length);
    }

    @Override
    public boolean isConnected()
    {
        return null != cluster;
    }

    @Override
    public String connectionState()
    {
        return null == connecting ? "connected" : "connecting, at step " + connecting.step();
    }

    @Override
    public long resendCount()
    {
        return 0;
    }

    @Override
    public int leaderId()
    {
        return null == cluster ? NO_LEADER : cluster.leaderMemberId();
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(connecting, cluster, aeron, driver);
    }
}
