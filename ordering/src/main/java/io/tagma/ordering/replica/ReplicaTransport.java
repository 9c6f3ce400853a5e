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

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.RegistrationException;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.EndPoint;
import io.tagma.ordering.transport.InvokedSockets;
import io.tagma.ordering.transport.SocketWait;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A replica's media driver and what it sends and receives by it. Everything is made before the ordering thread starts,
 * and belongs to that thread afterwards.
 */
final class ReplicaTransport implements AutoCloseable
{
    /** A process that was stopped for minutes goes on as one that fell behind, not as one whose driver gave it up. */
    private static final long LIVENESS_NS = TimeUnit.MINUTES.toNanos(30);
    private static final long UNBLOCK_NS = LIVENESS_NS + TimeUnit.MINUTES.toNanos(1);
    private static final long IMAGE_LIVENESS_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int COUNTER_VALUES_LENGTH = 1 << 20;

    /** Null unless the ordering thread is to wait for datagrams. */
    private final SocketWait socketWait;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final AgentInvoker driverInvoker;
    private final AgentInvoker clientInvoker;
    private final AeronPeerPublisher publisher;
    private final PeerAdapter peers;
    private final IngressAdapter ingress;
    private final OutboxDrainer drainer;
    private final ReplicaCounters counters;
    private final UnknownSessionResponder unknownSessions;

    ReplicaTransport(final ReplicaCore core, final String aeronDirectory, final ErrorHandler errorHandler)
    {
        final ReplicaContext context = core.context();
        boolean isStarted = false;
        socketWait =
            Idle.WAIT == context.idle() && ThreadingMode.SINGLE == context.threadingMode() ? new SocketWait() : null;
        driver = launch(driverContext(context, aeronDirectory, errorHandler));
        Aeron client = null;
        try
        {
            driverInvoker = driver.sharedAgentInvoker();
            client = Aeron.connect(clientContext(aeronDirectory, errorHandler));
            aeron = client;
            clientInvoker = aeron.conductorAgentInvoker();
            publisher = new AeronPeerPublisher(aeron, context.cluster(), context.replicaId());
            core.egress().start(aeron);
            unknownSessions = new UnknownSessionResponder(core.origin(), core.macKeys(), core.egress());
            peers = listen(context.cluster().replica(context.replicaId()).peerEndpoint(), "other replicas", context,
                () -> peerAdapter(core));
            ingress = listen(context.cluster().replica(context.replicaId()).ingressEndpoint(), "clients", context,
                () -> ingressAdapter(core));
            drainer = drainer(core);
            counters = new ReplicaCounters(aeron, core, publisher, drainer);
            isStarted = true;
        }
        finally
        {
            if (!isStarted)
            {
                CloseHelper.quietCloseAll(client, driver, socketWait);
            }
        }
    }

    private static MediaDriver launch(final MediaDriver.Context driverContext)
    {
        try
        {
            return MediaDriver.launch(driverContext);
        }
        catch (final AeronException | IllegalArgumentException ex)
        {
            throw new ConfigurationException("Aeron cannot run with these settings: " + ex.getMessage() + ".", ex);
        }
    }

    private MediaDriver.Context driverContext(
        final ReplicaContext context, final String aeronDirectory, final ErrorHandler errorHandler)
    {
        final MediaDriver.Context driverContext = new MediaDriver.Context();
        if (ThreadingMode.SINGLE == context.threadingMode())
        {
            InvokedSockets.attachTo(driverContext);
        }
        return (null == socketWait ? driverContext : socketWait.attachTo(driverContext))
            .aeronDirectoryName(aeronDirectory)
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .threadingMode(driverThreading(context.threadingMode()))
            .sharedIdleStrategy(driverIdle())
            .conductorIdleStrategy(driverIdle())
            .senderIdleStrategy(driverIdle())
            .receiverIdleStrategy(driverIdle())
            .asyncExecutorEnabled(false)
            .counterValuesBufferLength(COUNTER_VALUES_LENGTH)
            .publicationTermBufferLength(context.integer(ReplicaSetting.TERM_LENGTH))
            .mtuLength(context.mtuLength())
            .socketRcvbufLength(context.integer(ReplicaSetting.SOCKET_BUFFER_LENGTH))
            .socketSndbufLength(context.integer(ReplicaSetting.SOCKET_BUFFER_LENGTH))
            .initialWindowLength(context.integer(ReplicaSetting.RECEIVER_WINDOW_LENGTH))
            .streamSessionLimit(context.integer(ReplicaSetting.STREAM_SESSION_LIMIT))
            .imageLivenessTimeoutNs(IMAGE_LIVENESS_NS)
            .clientLivenessTimeoutNs(LIVENESS_NS)
            .publicationUnblockTimeoutNs(UNBLOCK_NS)
            .publicationLingerTimeoutNs(0)
            .termBufferSparseFile(true)
            .errorHandler(errorHandler);
    }

    private static io.aeron.driver.ThreadingMode driverThreading(final ThreadingMode mode)
    {
        switch (mode)
        {
            case SHARED:
                return io.aeron.driver.ThreadingMode.SHARED;

            case DEDICATED:
                return io.aeron.driver.ThreadingMode.DEDICATED;

            default:
                return io.aeron.driver.ThreadingMode.INVOKER;
        }
    }

    private static BackoffIdleStrategy driverIdle()
    {
        return new BackoffIdleStrategy(10, 20, 1_000, 100_000);
    }

    private Aeron.Context clientContext(final String aeronDirectory, final ErrorHandler errorHandler)
    {
        return new Aeron.Context()
            .aeronDirectoryName(aeronDirectory)
            .driverAgentInvoker(driverInvoker)
            .useConductorAgentInvoker(true)
            .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(LIVENESS_NS))
            .errorHandler(errorHandler);
    }

    private static <T> T listen(
        final EndPoint endpoint, final String whom, final ReplicaContext context, final Supplier<T> adapter)
    {
        try
        {
            return adapter.get();
        }
        catch (final RegistrationException ex)
        {
            throw new ConfigurationException("Replica " + context.replicaId() + " cannot listen to " + whom + " at " +
                endpoint + ": the address is taken or not this host's (" + ex.getMessage() + ").", ex);
        }
    }

    private PeerAdapter peerAdapter(final ReplicaCore core)
    {
        final ReplicaContext context = core.context();
        final PeerFrameVerifier verifier = new PeerFrameVerifier(
            core.origin(), context.frameLimits(), context.quorums(),
            new Sha256(), core.registry(), core.rejections());
        return new PeerAdapter(
            aeron, context.cluster(), context.replicaId(), verifier, core.replica(), core.outbox(),
            context.integer(ReplicaSetting.STREAM_SESSION_LIMIT));
    }

    private IngressAdapter ingressAdapter(final ReplicaCore core)
    {
        final ReplicaContext context = core.context();
        final ClusterConfiguration cluster = context.cluster();
        final ClientFrameVerifier verifier = new ClientFrameVerifier(
            core.origin(), context.frameLimits(), core.registry()::isKnownClient, core.registry(), core.rejections(),
            core.replica()::onBundle, new ShellListener(core.egress(), unknownSessions));
        return new IngressAdapter(
            aeron, cluster.replica(context.replicaId()).ingressEndpoint().channel(), verifier,
            context.integer(ReplicaSetting.STREAM_SESSION_LIMIT));
    }

    private OutboxDrainer drainer(final ReplicaCore core)
    {
        final ReplicaContext context = core.context();
        final OutboxDrainer made = new OutboxDrainer(
            core.origin(), context.cluster().replicaCount(), context.outboxLimits(), core.outbox(), core.gate(),
            new OutboxDrainer.Peers(publisher, core.egress(), core.registry()));
        made.connect(core.replica()::onMessage, core.replica()::onDurable);
        return made;
    }

    /** Runs the driver, if it has no thread of its own, and Aeron's client. */
    int invoke()
    {
        return (null == driverInvoker ? 0 : driverInvoker.invoke()) + clientInvoker.invoke();
    }

    /** What the thread that runs this does without work. */
    IdleStrategy idleStrategy(final ReplicaContext context)
    {
        return null == socketWait ? context.idle().newStrategy() : socketWait;
    }

    /** Ends a pause of the thread that runs this. Any thread. */
    void wake()
    {
        if (null != socketWait)
        {
            socketWait.wake();
        }
    }

    PeerAdapter peers()
    {
        return peers;
    }

    IngressAdapter ingress()
    {
        return ingress;
    }

    OutboxDrainer drainer()
    {
        return drainer;
    }

    ReplicaCounters counters()
    {
        return counters;
    }

    UnknownSessionResponder unknownSessions()
    {
        return unknownSessions;
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(ingress, peers, publisher, aeron, driver, socketWait);
    }

    private record ShellListener(EgressPublisher egress, UnknownSessionResponder unknownSessions)
        implements IngressListener
    {
        @Override
        public void onOpenHeard(
            final int clientId, final DirectBuffer channel, final int offset, final int length)
        {
            egress.onOpenHeard(clientId, channel, offset, length);
        }

        @Override
        public void onUnknownSession(
            final int clientId, final long sessionId, final DirectBuffer frame, final int messageLength)
        {
            unknownSessions.onUnknownSession(clientId, sessionId, frame, messageLength);
        }
    }
}
