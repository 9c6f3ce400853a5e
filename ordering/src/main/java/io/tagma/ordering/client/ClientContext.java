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

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.nio.file.Path;

import org.agrona.ErrorHandler;
import org.agrona.SystemUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

import io.tagma.ordering.authentication.IdentityKeys;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.protocol.Quorums;
import io.tagma.ordering.transport.EmbeddedDriver;

/**
 * Settings of a {@link TagmaClient}: set what differs from the defaults, hand it to {@link
 * TagmaClient#connect(ClientContext)}, which concludes it, and use it for no second client. Each setting begins with
 * its system property, where it has one, {@code tagma.client.} and the name given.
 */
public final class ClientContext
{
    private static final String PREFIX = "tagma.client.";

    Path clusterFile = path("cluster.file");
    ClusterConfiguration cluster;
    int clientId = Integer.getInteger(PREFIX + "id", 1);
    Path keysDirectory = path("keys.directory");
    IdentityKeys keys;
    ResponseHandler responseHandler;
    ErrorHandler errorHandler = ClientContext::print;
    String responseEndpoint = System.getProperty(PREFIX + "response.endpoint", "localhost:0");
    String aeronDirectory = System.getProperty(PREFIX + "aeron.directory");
    int mtuLength = SystemUtil.getSizeAsInt(PREFIX + "mtu.length", EmbeddedDriver.LOOPBACK_MTU_LENGTH);
    int sendBufferLength = SystemUtil.getSizeAsInt(PREFIX + "send.buffer.length", 4 * 1024 * 1024);
    long resendTimeoutFloorNs = duration("resend.timeout.floor", MILLISECONDS.toNanos(25));
    long resendTimeoutNs = duration("resend.timeout", MILLISECONDS.toNanos(250));
    long resendTimeoutMaxNs = duration("resend.timeout.max", SECONDS.toNanos(8));
    long closeTimeoutNs = duration("close.timeout", SECONDS.toNanos(2));
    int signaturesPerCycle = Integer.getInteger(PREFIX + "signatures.per.cycle", 16);
    NanoClock nanoClock = SystemNanoClock.INSTANCE;
    EpochNanoClock epochClock = new OffsetEpochNanoClock();
    ClientParameters parameters;
    private boolean isConcluded;

    private static Path path(final String name)
    {
        final String value = System.getProperty(PREFIX + name);
        return null == value ? null : Path.of(value);
    }

    private static long duration(final String name, final long defaultNs)
    {
        return SystemUtil.getDurationInNanos(PREFIX + name, defaultNs);
    }

    private static void print(final Throwable error)
    {
        System.err.println("tagma client: " + error);
    }

    /**
     * The public file of the cluster; {@code cluster.file}. Read when the context is concluded.
     *
     * @param file its path.
     * @return this for a fluent API.
     */
    public ClientContext clusterFile(final Path file)
    {
        clusterFile = file;
        return this;
    }

    /**
     * The configuration of the cluster, instead of its file.
     *
     * @param configuration of the cluster.
     * @return this for a fluent API.
     */
    public ClientContext cluster(final ClusterConfiguration configuration)
    {
        cluster = configuration;
        return this;
    }

    /**
     * Which configured client this is; {@code id}, 1 by default. One process at a time may be it.
     *
     * @param id from 1.
     * @return this for a fluent API.
     */
    public ClientContext clientId(final int id)
    {
        clientId = id;
        return this;
    }

    /**
     * Where this client's private keys lie, {@code signing.pem} and {@code agreement.pem}; {@code keys.directory}.
     *
     * @param directory that only its owner can read the files of.
     * @return this for a fluent API.
     */
    public ClientContext keysDirectory(final Path directory)
    {
        keysDirectory = directory;
        return this;
    }

    /**
     * This client's private keys, instead of their directory.
     *
     * @param identity the keys.
     * @return this for a fluent API.
     */
    public ClientContext keys(final IdentityKeys identity)
    {
        keys = identity;
        return this;
    }

    /**
     * Who hears the outcomes; there is no default.
     *
     * @param handler called on the thread that polls.
     * @return this for a fluent API.
     */
    public ClientContext responseHandler(final ResponseHandler handler)
    {
        responseHandler = handler;
        return this;
    }

    /**
     * Who hears what the response handler throws and what Aeron reports; by default it goes to the standard error
     * stream in one line.
     *
     * @param handler called on the thread that polls.
     * @return this for a fluent API.
     */
    public ClientContext errorHandler(final ErrorHandler handler)
    {
        errorHandler = handler;
        return this;
    }

    /**
     * Where the replicas answer, as host:port; {@code response.endpoint}, {@code localhost:0} by default, which only
     * replicas on the same host can reach. Port 0 stands for a free one.
     *
     * @param endpoint by which all replicas reach this host.
     * @return this for a fluent API.
     */
    public ClientContext responseEndpoint(final String endpoint)
    {
        responseEndpoint = endpoint;
        return this;
    }

    /**
     * Directory of the embedded media driver; {@code aeron.directory}. By default a random one in memory. It is deleted
     * at start and close.
     *
     * @param directory that nothing else uses.
     * @return this for a fluent API.
     */
    public ClientContext aeronDirectory(final String directory)
    {
        aeronDirectory = directory;
        return this;
    }

    /**
     * Greatest packet in bytes; {@code mtu.length}, 65,504 by default, which suits loopback. Set it to what the path
     * carries unfragmented: 1,408 on plain Ethernet, 8,192 with jumbo frames.
     *
     * @param bytes a multiple of 32.
     * @return this for a fluent API.
     */
    public ClientContext mtuLength(final int bytes)
    {
        mtuLength = bytes;
        return this;
    }

    /**
     * Memory for requests until they are answered; {@code send.buffer.length}, 4 MiB by default, raised to two of the
     * longest bundles. When it is full offers are pressed back.
     *
     * @param bytes to allocate.
     * @return this for a fluent API.
     */
    public ClientContext sendBufferLength(final int bytes)
    {
        sendBufferLength = bytes;
        return this;
    }

    /**
     * The least of what {@link #resendTimeoutNs(long, long)} comes down to where answers come fast;
     * {@code resend.timeout.floor}, 25 ms by default.
     *
     * @param timeoutNs in nanoseconds, above 0; if it is above the greatest first time-out, that one holds.
     * @return this for a fluent API.
     */
    public ClientContext resendTimeoutFloorNs(final long timeoutNs)
    {
        resendTimeoutFloorNs = timeoutNs;
        return this;
    }

    /**
     * How long the oldest request may go unanswered before everything unanswered is signed and sent to all replicas;
     * {@code resend.timeout}, 250 ms by default, until it is known how long answers take, then as long as they
     * took and four times their mean deviation (RFC 6298) if that is less. It doubles each time, up to a ceiling,
     * {@code resend.timeout.max}, 8 s by default, and is short again after an answer.
     *
     * @param timeoutNs the greatest first one, in nanoseconds, above 0.
     * @param maxNs     the ceiling, in nanoseconds, at least the first.
     * @return this for a fluent API.
     */
    public ClientContext resendTimeoutNs(final long timeoutNs, final long maxNs)
    {
        resendTimeoutNs = timeoutNs;
        resendTimeoutMaxNs = maxNs;
        return this;
    }

    /**
     * How long {@link TagmaClient#close()} waits for what is outstanding; {@code close.timeout}, 2 s by default.
     *
     * @param timeoutNs in nanoseconds, 0 or above.
     * @return this for a fluent API.
     */
    public ClientContext closeTimeoutNs(final long timeoutNs)
    {
        closeTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * How many bundles one poll may sign, at about 30 us each, when it sends again; {@code signatures.per.cycle}, 16 by
     * default.
     *
     * @param count from 1.
     * @return this for a fluent API.
     */
    public ClientContext signaturesPerCycle(final int count)
    {
        signaturesPerCycle = count;
        return this;
    }

    /**
     * The clocks, for tests; by default those of the system.
     *
     * @param monotonic for time-outs.
     * @param epoch     for the number of an OPEN.
     * @return this for a fluent API.
     */
    public ClientContext clocks(final NanoClock monotonic, final EpochNanoClock epoch)
    {
        nanoClock = monotonic;
        epochClock = epoch;
        return this;
    }

    /**
     * Reads the files and checks everything against everything.
     *
     * @throws ConfigurationException that names in one sentence what is wrong and what would be right.
     */
    void conclude()
    {
        require(!isConcluded, "this context was used for a client before: make a new one");
        isConcluded = true;
        require(null != responseHandler, "no response handler is set: outcomes would be lost");
        require(null != errorHandler, "the error handler is null: leave it out to have errors printed");
        require(null != cluster || null != clusterFile,
            "no cluster is set: set its file, with " + PREFIX + "cluster.file or clusterFile(), or its configuration");
        require(null != keys || null != keysDirectory,
            "no keys are set: set their directory, with " + PREFIX + "keys.directory or keysDirectory()");
        require(responseEndpoint.matches("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}"),
            "response endpoint " + responseEndpoint + ": must be host:port");
        require(mtuLength >= 1024 && mtuLength <= EmbeddedDriver.LOOPBACK_MTU_LENGTH && 0 == mtuLength % 32,
            "MTU of " + mtuLength + " bytes: must be a multiple of 32 from 1024 to " +
            EmbeddedDriver.LOOPBACK_MTU_LENGTH);
        require(closeTimeoutNs >= 0, "close time-out of " + closeTimeoutNs + " ns: must be 0 or above");
        if (null == cluster)
        {
            cluster = ClusterConfiguration.load(clusterFile);
        }
        cluster.client(clientId);
        if (null == keys)
        {
            keys = cluster.loadKeys(PartyKind.CLIENT, clientId, keysDirectory);
        }
        parameters = parameters();
    }

    private static void require(final boolean isMet, final String sentence)
    {
        if (!isMet)
        {
            throw new ConfigurationException(sentence);
        }
    }

    private ClientParameters parameters()
    {
        try
        {
            return ClientParameters.builder()
                .clusterId(cluster.clusterId())
                .epoch(cluster.epoch())
                .clientId(clientId)
                .quorums(new Quorums(cluster.weights(), cluster.faultyWeight()))
                .limits(cluster.frameLimits())
                .sendBufferLength(sendBufferLength)
                .resendTimeoutFloorNs(resendTimeoutFloorNs)
                .resendTimeoutNs(resendTimeoutNs, resendTimeoutMaxNs)
                .sessionTimeoutNs(cluster.limits().sessionTimeoutNs())
                .signaturesPerCycle(signaturesPerCycle)
                .build();
        }
        catch (final IllegalArgumentException exception)
        {
            throw new ConfigurationException(exception.getMessage());
        }
    }
}
