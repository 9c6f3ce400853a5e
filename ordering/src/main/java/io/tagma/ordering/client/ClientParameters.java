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

import org.agrona.BitUtil;

import io.tagma.codecs.FrameLimits;
import io.tagma.ordering.protocol.Quorums;

/**
 * What the client's logic is told once: who it is, whom it talks to, its limits. Immutable; relations between values
 * are checked when it is built.
 */
public final class ClientParameters
{
    final long clusterId;
    final int epoch;
    final int clientId;
    final Quorums quorums;
    final FrameLimits limits;
    final int sendBufferLength;
    final long resendTimeoutFloorNs;
    final long resendTimeoutNs;
    final long resendTimeoutMaxNs;
    final long sessionTimeoutNs;
    final int signaturesPerCycle;

    private ClientParameters(final Builder builder)
    {
        clusterId = builder.clusterId;
        epoch = builder.epoch;
        clientId = builder.clientId;
        quorums = builder.quorums;
        limits = builder.limits;
        resendTimeoutFloorNs = builder.resendTimeoutFloorNs;
        resendTimeoutNs = builder.resendTimeoutNs;
        resendTimeoutMaxNs = builder.resendTimeoutMaxNs;
        sessionTimeoutNs = builder.sessionTimeoutNs;
        signaturesPerCycle = builder.signaturesPerCycle;

        require(null != quorums, "quorums", "absent", "given");
        require(null != limits, "limits", "absent", "given");
        require(quorums.size() == limits.replicaCount(), "number of replicas in the limits", limits.replicaCount(),
            "that of the weights, " + quorums.size());
        require(clientId >= 1 && clientId <= limits.clientIdMax(), "client id", clientId,
            "1 to " + limits.clientIdMax());
        final int regionLength = BundleWriter.regionLength(limits);
        require(regionLength <= limits.messageLengthMax(), "bundle length", limits.bundleLengthMax(),
            "small enough for a message of " + limits.messageLengthMax() + " bytes around it");
        sendBufferLength = BitUtil.align(Math.max(builder.sendBufferLength, 2 * regionLength), BundleRing.ALIGNMENT);
        require(resendTimeoutFloorNs > 0, "least resend time-out in ns", resendTimeoutFloorNs, "above 0");
        require(resendTimeoutNs > 0, "resend time-out in ns", resendTimeoutNs, "above 0");
        require(resendTimeoutMaxNs >= resendTimeoutNs, "greatest resend time-out in ns", resendTimeoutMaxNs,
            "at least the first one, " + resendTimeoutNs);
        require(sessionTimeoutNs >= 3, "session time-out in ns", sessionTimeoutNs, "at least 3");
        require(signaturesPerCycle >= 1, "signatures in one duty cycle", signaturesPerCycle, "at least 1");
    }

    private static void require(final boolean met, final String name, final Object value, final String limit)
    {
        if (!met)
        {
            throw new IllegalArgumentException(name + " is " + value + ": must be " + limit);
        }
    }

    /**
     * @return a builder that holds the defaults; cluster, client, quorums and limits have none.
     */
    public static Builder builder()
    {
        return new Builder();
    }

    /**
     * Plain setters, checked by {@link #build()}.
     */
    public static final class Builder
    {
        private long clusterId;
        private int epoch;
        private int clientId;
        private Quorums quorums;
        private FrameLimits limits;
        private int sendBufferLength = 4 * 1024 * 1024;
        private long resendTimeoutFloorNs = MILLISECONDS.toNanos(25);
        private long resendTimeoutNs = MILLISECONDS.toNanos(250);
        private long resendTimeoutMaxNs = SECONDS.toNanos(8);
        private long sessionTimeoutNs = SECONDS.toNanos(10);
        private int signaturesPerCycle = 16;

        private Builder()
        {
        }

        /**
         * @param id of the cluster.
         * @return this for a fluent API.
         */
        public Builder clusterId(final long id)
        {
            clusterId = id;
            return this;
        }

        /**
         * @param number of the configuration.
         * @return this for a fluent API.
         */
        public Builder epoch(final int number)
        {
            epoch = number;
            return this;
        }

        /**
         * @param id of this client, from 1.
         * @return this for a fluent API.
         */
        public Builder clientId(final int id)
        {
            clientId = id;
            return this;
        }

        /**
         * @param weights of the replicas and what they add up to.
         * @return this for a fluent API.
         */
        public Builder quorums(final Quorums weights)
        {
            quorums = weights;
            return this;
        }

        /**
         * @param agreed limits of frames, the same at every party.
         * @return this for a fluent API.
         */
        public Builder limits(final FrameLimits agreed)
        {
            limits = agreed;
            return this;
        }

        /**
         * @param bytes in which bundles are built and kept until they are answered; raised to two greatest bundles.
         * @return this for a fluent API.
         */
        public Builder sendBufferLength(final int bytes)
        {
            sendBufferLength = bytes;
            return this;
        }

        /**
         * @param timeoutNs the least time-out, where answers come fast; what is above the greatest first one is that.
         * @return this for a fluent API.
         */
        public Builder resendTimeoutFloorNs(final long timeoutNs)
        {
            resendTimeoutFloorNs = timeoutNs;
            return this;
        }

        /**
         * @param timeoutNs without an answer until everything unanswered goes to all replicas, at most and until it is
         *                  known how long answers take; and the greatest that doubling makes of it.
         * @param maxNs     see there.
         * @return this for a fluent API.
         */
        public Builder resendTimeoutNs(final long timeoutNs, final long maxNs)
        {
            resendTimeoutNs = timeoutNs;
            resendTimeoutMaxNs = maxNs;
            return this;
        }

        /**
         * @param timeoutNs after which the cluster closes a silent session: the same at every party. A keep-alive goes
         *                  out after a third of it without a request.
         * @return this for a fluent API.
         */
        public Builder sessionTimeoutNs(final long timeoutNs)
        {
            sessionTimeoutNs = timeoutNs;
            return this;
        }

        /**
         * @param count of Ed25519 signatures, about 30 us each, that one duty cycle may make when it sends again.
         * @return this for a fluent API.
         */
        public Builder signaturesPerCycle(final int count)
        {
            signaturesPerCycle = count;
            return this;
        }

        /**
         * @return the parameters.
         * @throws IllegalArgumentException that names the value and its limit.
         */
        public ClientParameters build()
        {
            return new ClientParameters(this);
        }
    }
}
