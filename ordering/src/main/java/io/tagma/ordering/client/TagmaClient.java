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

import io.aeron.Image;
import io.aeron.Subscription;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

import io.tagma.codecs.FrameLimits;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.transport.EmbeddedDriver;
import io.tagma.ordering.transport.FrameAssembler;
import io.tagma.ordering.transport.StreamIds;

/**
 * A client of a cluster: offers requests, and hears what became of each.
 * <p>
 * For one thread, which does everything: {@link #poll(int)} is its duty cycle, to be called often. It sends what was
 * offered since the last one as one bundle, runs sockets and timers, believes what a weak quorum of replicas says, and
 * calls the {@link ResponseHandler}. Nothing blocks but {@link #close()}; nothing allocates in steady state.
 * <p>
 * Offers answer the number of the request, above 0, or one of the negative constants of this class: the request was not
 * taken, and has no outcome.
 */
public final class TagmaClient implements AutoCloseable
{
    /** A session's window or the send buffer is full: poll, then offer again. */
    public static final long BACK_PRESSURED = -1;
    /** No session is open, not yet or not at the moment: poll, then offer again. */
    public static final long NOT_CONNECTED = -2;
    /** The client is closed or closing: nothing will be taken again. */
    public static final long CLOSED = -3;
    /** The payload is longer than the cluster's limit, or its length is negative. */
    public static final long MAX_LENGTH_EXCEEDED = -4;

    private static final int CLOSE_FRAGMENT_LIMIT = 64;

    private final NanoClock nanoClock;
    private final EpochNanoClock epochClock;
    private final long closeTimeoutNs;
    private final EmbeddedDriver driver;
    private final ReplicaLinks links;
    private final FrameAssembler assembler;
    private final Subscription subscription;
    private final ClientEngine engine;

    private boolean isPolling;
    private boolean isReleased;

    private TagmaClient(final ClientContext context)
    {
        nanoClock = context.nanoClock;
        epochClock = context.epochClock;
        closeTimeoutNs = context.closeTimeoutNs;
        final ClusterConfiguration cluster = context.cluster;
        final ConfiguredKeys keys = new ConfiguredKeys(cluster, context.clientId, context.keys);
        final int replicaCount = cluster.replicaCount();
        final String[] channels = new String[replicaCount];
        for (int i = 0; i < replicaCount; i++)
        {
            channels[i] = cluster.replica(i).ingressEndpoint().channel();
        }
        // Each replica has one stream, and a restarted one its old one for a while.
        final int streamLimit = 2 * replicaCount + 2;
        driver = new EmbeddedDriver(
            context.aeronDirectory, context.mtuLength, streamLimit, context.errorHandler);
        try
        {
            links = new ReplicaLinks(driver.aeron(), context.errorHandler, channels, nanoClock.nanoTime());
            engine = new ClientEngine(
                context.parameters, keys, new Sha256(), links, context.responseHandler, context.errorHandler);
            assembler = new FrameAssembler(engine::onFrame, FrameLimits.GREATEST_FRAME_LENGTH, streamLimit);
            subscription = driver.aeron().addSubscription(
                "aeron:udp?endpoint=" + context.responseEndpoint, StreamIds.EGRESS, null, this::onUnavailable);
        }
        catch (final RuntimeException exception)
        {
            CloseHelper.quietClose(driver);
            throw exception;
        }
    }

    /**
     * Begins to connect; a session opens during {@link #poll(int)}.
     *
     * @param context with its settings, which this call concludes.
     * @return the client.
     * @throws io.tagma.ordering.configuration.ConfigurationException if a setting is missing or wrong: one sentence.
     * @throws io.tagma.ordering.authentication.KeyException          if the keys cannot be used: one sentence.
     * @throws io.aeron.exceptions.AeronException                     if the response endpoint cannot be listened at.
     */
    public static TagmaClient connect(final ClientContext context)
    {
        context.conclude();
        return new TagmaClient(context);
    }

    private void onUnavailable(final Image image)
    {
        assembler.forget(image.sessionId());
    }

    /**
     * Offers a request: it goes with the bundle of the next {@link #poll(int)}.
     *
     * @param buffer that holds the payload, copied.
     * @param offset of its first byte.
     * @param length in bytes: 0 to {@link #maxPayloadLength()}.
     * @return the request's number in its session, above 0; or a negative constant of this class.
     * @throws IllegalStateException if a claim is open.
     */
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        return engine.offer(buffer, offset, length);
    }

    /**
     * Claims room for a request, to encode it straight into its bundle. Commit or abort the claim before anything else
     * is asked of this client.
     *
     * @param length of the payload in bytes: 0 to {@link #maxPayloadLength()}.
     * @param claim  to be filled, reusable.
     * @return the request's number in its session, above 0; or a negative constant of this class: nothing is claimed.
     * @throws IllegalStateException if another claim is open.
     */
    public long tryClaim(final int length, final RequestClaim claim)
    {
        return engine.tryClaim(length, claim);
    }

    /**
     * Asks what became of a request of an earlier session of this client id, in this process or one before: one whose
     * outcome was {@link Outcome#UNKNOWN}, or was never heard. Ordered like a request, and closes that session, so that
     * the answer is final; it comes as {@link ResponseHandler#onResolved}. Ask of nothing that is still to be executed
     * there.
     *
     * @param sessionId of the session, as {@link #sessionId()} was then; not the present one.
     * @param number    of the request, as its offer returned it.
     * @return the number of the question in the present session, above 0; or a negative constant of this class.
     * @throws IllegalArgumentException if the session is the present one, or one of both is not above 0.
     * @throws IllegalStateException    if a claim is open.
     */
    public long resolve(final long sessionId, final long number)
    {
        return engine.resolve(sessionId, number);
    }

    /**
     * One duty cycle.
     *
     * @param limit of fragments to receive, from 1: one carries what one duty cycle of one replica replied, or a part.
     * @return amount of work done: 0 suggests to idle.
     * @throws IllegalStateException if called from inside a handler, or while a claim is open.
     */
    public int poll(final int limit)
    {
        if (isReleased)
        {
            return 0;
        }
        if (isPolling || engine.hasClaim())
        {
            throw new IllegalStateException(
                isPolling ? "poll is not for handlers" : "a claim is open: commit or abort it first");
        }
        isPolling = true;
        try
        {
            return dutyCycle(limit);
        }
        finally
        {
            isPolling = false;
        }
    }

    private int dutyCycle(final int limit)
    {
        final long nowNs = nanoClock.nanoTime();
        engine.onTime(nowNs, epochClock.nanoTime());
        if (SessionState.CONNECTING == engine.state())
        {
            connect();
        }
        links.doWork(nowNs);
        int workCount = engine.doWork();
        workCount += driver.doWork();
        final int fragments = subscription.poll(assembler, limit);
        if (fragments > 0)
        {
            workCount += fragments;
            // What the handler offered goes at once.
            if (engine.doWork() > 0)
            {
                driver.doWork();
            }
        }
        if (driver.aeron().isClosed() && SessionState.CLOSED != engine.state())
        {
            engine.abandon();
        }
        return workCount;
    }

    private void connect()
    {
        final String channel = subscription.tryResolveChannelEndpointPort();
        if (null != channel)
        {
            engine.connect(channel);
        }
    }

    /**
     * Sends what was offered, waits for outcomes and for the session's end no longer than the close time-out, and lets
     * go of everything. What is still outstanding then becomes {@link Outcome#UNKNOWN}. Calls the response handler.
     * Idempotent.
     *
     * @throws IllegalStateException if called from inside a handler.
     */
    @Override
    public void close()
    {
        if (isReleased)
        {
            return;
        }
        if (isPolling)
        {
            throw new IllegalStateException("close is not for handlers");
        }
        engine.abortClaim();
        engine.close();
        final IdleStrategy idleStrategy = new BackoffIdleStrategy();
        final long startNs = nanoClock.nanoTime();
        while (SessionState.CLOSED != engine.state() && nanoClock.nanoTime() - startNs < closeTimeoutNs)
        {
            idleStrategy.idle(poll(CLOSE_FRAGMENT_LIMIT));
        }
        engine.abandon();
        isReleased = true;
        CloseHelper.closeAll(links, subscription, driver);
    }

    /**
     * @return whether a session is open: offers are taken, but for back pressure.
     */
    public boolean isConnected()
    {
        return SessionState.OPEN == engine.state();
    }

    /**
     * @return whether nothing will be taken again: it was closed, or its media driver died.
     */
    public boolean isClosed()
    {
        return SessionState.CLOSED == engine.state();
    }

    /**
     * @return where it stands with its session.
     */
    public SessionState state()
    {
        return engine.state();
    }

    /**
     * @return id of the session: the global position of its opening; 0 if there is none.
     */
    public long sessionId()
    {
        return engine.sessionId();
    }

    /**
     * @return greatest length of a payload in bytes, a limit of the cluster.
     */
    public int maxPayloadLength()
    {
        return engine.maxPayloadLength();
    }

    /**
     * @return requests without an outcome yet, keep-alives included. Counts them: not for every message.
     */
    public int outstandingCount()
    {
        return engine.outstandingCount();
    }

    /**
     * @return bundles that were sent again, to all replicas and signed, since the start.
     */
    public long resendCount()
    {
        return engine.resendCount();
    }

    /**
     * @return replicas whose ingress is connected at the moment.
     */
    public int connectedReplicaCount()
    {
        return links.connectedCount();
    }

    /**
     * @return id of the replica that it takes for the primary.
     */
    public int believedPrimary()
    {
        return engine.believedPrimary();
    }

    /**
     * @param rejection a reason.
     * @return how much of what came in was dropped for it, since the start.
     */
    public long rejectionCount(final ReplyRejection rejection)
    {
        return engine.rejectionCount(rejection);
    }
}
