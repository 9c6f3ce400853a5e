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
package io.tagma.ordering.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import io.tagma.ordering.authentication.AgreementPublicKey;
import io.tagma.ordering.authentication.IdentityKeys;
import io.tagma.ordering.authentication.KeyDirectory;
import io.tagma.ordering.authentication.KeyException;
import io.tagma.ordering.authentication.MacAlgorithm;
import io.tagma.ordering.authentication.MacKeys;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.protocol.Epochs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Who is in the cluster and what all of them agreed on: only public things. Immutable.
 */
public final class ClusterConfiguration
{
    /** Greatest number of clients. */
    public static final int MAX_CLIENTS = 4096;
    /** Sum of weights that keeps every count well inside an int. */
    static final int MAX_WEIGHT = 1_000_000;

    /** What a configuration is called that does not come from a file. */
    static final String SOURCE = "cluster configuration";

    private static final String DIGEST_DOMAIN = "tagma/config/1";

    private final String source;
    private final long clusterId;
    private final int epoch;
    private final EpochChain epochChain;
    private final Administrators administrators;
    private final MacAlgorithm macAlgorithm;
    private final int faultyWeight;
    private final ReplicaMember[] replicas;
    private final ClientMember[] clients;
    private final ClusterLimits limits;
    private final FrameLimits frameLimits;

    private ClusterConfiguration(final Builder builder)
    {
        source = builder.source;
        clusterId = builder.clusterId;
        epoch = builder.epoch;
        epochChain = builder.epochChain;
        administrators = builder.administrators;
        macAlgorithm = builder.macAlgorithm;
        replicas = builder.replicas.toArray(new ReplicaMember[0]);
        clients = builder.clients.toArray(new ClientMember[0]);
        limits = builder.limits;
        faultyWeight = Builder.GREATEST_FAULTY_WEIGHT == builder.faultyWeight ?
            MembershipCheck.greatestFaultyWeight(replicas) : builder.faultyWeight;
        MembershipCheck.check(source, this);
        limits.check(source, replicas.length);
        frameLimits = ClusterFrames.limits(source, replicas.length, clients.length, limits);
    }

    /**
     * Reads a cluster file.
     *
     * @param file to read.
     * @return the configuration in it.
     * @throws ConfigurationException if it cannot be read, or something in it is missing, unknown, doubled or out of
     *                                range.
     */
    public static ClusterConfiguration load(final Path file)
    {
        return ClusterFile.load(file);
    }

    /**
     * Writes a new cluster file.
     *
     * @param file that must not exist.
     * @throws ConfigurationException if it exists or cannot be written.
     */
    public void store(final Path file)
    {
        ClusterFile.store(file, this);
    }

    /** @return of the cluster, never 0. */
    public long clusterId()
    {
        return clusterId;
    }

    /** @return number of this configuration, from 0. */
    public int epoch()
    {
        return epoch;
    }

    /** @return how the cluster came to this epoch. */
    public EpochChain epochChain()
    {
        return epochChain;
    }

    /** @return which epoch a sequence belongs to. */
    public Epochs epochs()
    {
        return epochChain.epochs(epoch);
    }

    /** @return who may sign a recovery. */
    public Administrators administrators()
    {
        return administrators;
    }

    /** @return of the whole cluster. */
    public MacAlgorithm macAlgorithm()
    {
        return macAlgorithm;
    }

    /** @return F: greatest total weight of replicas that may be faulty. */
    public int faultyWeight()
    {
        return faultyWeight;
    }

    /** @return n: ids are 0 to n - 1. */
    public int replicaCount()
    {
        return replicas.length;
    }

    /** @return whether all replicas reach each other over loopback: they share one host's processors. */
    public boolean isOnOneHost()
    {
        return Arrays.stream(replicas).allMatch(replica -> replica.peerEndpoint().isLoopback());
    }

    /** @return m: ids are 1 to m. */
    public int clientCount()
    {
        return clients.length;
    }

    /** @return limits that are the same everywhere. */
    public ClusterLimits limits()
    {
        return limits;
    }

    /** @return what these limits mean for frames: the same everywhere. */
    public FrameLimits frameLimits()
    {
        return frameLimits;
    }

    /** @return a new array, by replica id. */
    public int[] weights()
    {
        final int[] weights = new int[replicas.length];
        for (int id = 0; id < weights.length; id++)
        {
            weights[id] = replicas[id].weight();
        }
        return weights;
    }

    /**
     * One replica.
     *
     * @param replicaId from 0.
     * @return what is known of it.
     * @throws ConfigurationException if there is none with this id.
     */
    public ReplicaMember replica(final int replicaId)
    {
        if (replicaId < 0 || replicaId >= replicas.length)
        {
            throw new ConfigurationException(
                source + " has no replica " + replicaId + ": its replicas are 0 to " + (replicas.length - 1));
        }
        return replicas[replicaId];
    }

    /**
     * One client.
     *
     * @param clientId from 1.
     * @return what is known of it.
     * @throws ConfigurationException if there is none with this id.
     */
    public ClientMember client(final int clientId)
    {
        if (clientId < 1 || clientId > clients.length)
        {
            throw new ConfigurationException(
                source + " has no client " + clientId + ": its clients are 1 to " + clients.length);
        }
        return clients[clientId - 1];
    }

    /**
     * Reads the private keys of one of the members and makes sure that they are its own.
     *
     * @param kind      of the member.
     * @param id        of the member.
     * @param directory that holds its key files.
     * @return its keys.
     * @throws KeyException           if a file is refused, or holds a key that is not this member's.
     * @throws ConfigurationException if there is no such member.
     */
    public IdentityKeys loadKeys(final PartyKind kind, final int id, final Path directory)
    {
        final IdentityKeys keys = KeyDirectory.load(directory);
        KeyOwners.check(this, kind, id, keys, directory + "/");
        return keys;
    }

    /**
     * The message authentication keys of one of the members.
     *
     * @param kind of the member.
     * @param id   of the member.
     * @param keys its private keys.
     * @return authenticators for all that it sends and receives.
     * @throws KeyException           if the keys are not this member's.
     * @throws ConfigurationException if there is no such member.
     */
    public MacKeys macKeys(final PartyKind kind, final int id, final IdentityKeys keys)
    {
        KeyOwners.check(this, kind, id, keys, "");
        final AgreementPublicKey[] replicaKeys =
            Arrays.stream(replicas).map(ReplicaMember::agreementKey).toArray(AgreementPublicKey[]::new);
        final AgreementPublicKey[] clientKeys =
            Arrays.stream(clients).map(ClientMember::agreementKey).toArray(AgreementPublicKey[]::new);
        return new MacKeys(clusterId, epoch, macAlgorithm, kind, id, keys.agreement(), replicaKeys, clientKeys)
            .boundTo(epochChain.binding());
    }

    /**
     * What two members compare to know that they have the same configuration: SHA-256 over a domain prefix and the text
     * that {@link #store(Path)} writes.
     *
     * @return 32 bytes.
     */
    public byte[] digest()
    {
        final byte[] text = ClusterFile.text(this).getBytes(UTF_8);
        final UnsafeBuffer prefix = new UnsafeBuffer(new byte[FrameLayout.DOMAIN_PREFIX_LENGTH]);
        FrameLayout.putDomainPrefix(prefix, 0, DIGEST_DOMAIN, clusterId, epoch);
        final byte[] digest = new byte[FrameLayout.DIGEST_LENGTH];
        new Sha256().sha256(
            prefix, 0, prefix.capacity(), new UnsafeBuffer(text), 0, text.length, new UnsafeBuffer(digest), 0);
        return digest;
    }

    String source()
    {
        return source;
    }

    /**
     * Starts an empty configuration.
     *
     * @return a new builder.
     */
    public static Builder builder()
    {
        return new Builder();
    }

    /**
     * Collects a configuration; everything is checked when it is concluded.
     */
    public static final class Builder
    {
        static final int GREATEST_FAULTY_WEIGHT = Integer.MIN_VALUE;

        private final List<ReplicaMember> replicas = new ArrayList<>();
        private final List<ClientMember> clients = new ArrayList<>();
        private String source = SOURCE;
        private long clusterId;
        private int epoch;
        private EpochChain epochChain = EpochChain.NONE;
        private Administrators administrators = Administrators.NONE;
        private MacAlgorithm macAlgorithm = MacAlgorithm.AES_CMAC;
        private int faultyWeight = GREATEST_FAULTY_WEIGHT;
        private ClusterLimits limits = new ClusterLimits();

        private Builder()
        {
        }

        Builder source(final String value)
        {
            source = value;
            return this;
        }

        /** @param value of the cluster, not 0. @return this. */
        public Builder clusterId(final long value)
        {
            clusterId = value;
            return this;
        }

        /** @param value from 0; unless set 0. @return this. */
        public Builder epoch(final int value)
        {
            epoch = value;
            return this;
        }

        Builder epochChain(final EpochChain value)
        {
            epochChain = value;
            return this;
        }

        /** @param value who may sign a recovery; unless set nobody. @return this. */
        public Builder administrators(final Administrators value)
        {
            administrators = value;
            return this;
        }

        /** @param value unless set AES-CMAC. @return this. */
        public Builder macAlgorithm(final MacAlgorithm value)
        {
            macAlgorithm = value;
            return this;
        }

        /** @param value F; unless set the greatest that the weights allow. @return this. */
        public Builder faultyWeight(final int value)
        {
            faultyWeight = value;
            return this;
        }

        /** @param value unless set all at their defaults. @return this. */
        public Builder limits(final ClusterLimits value)
        {
            limits = value;
            return this;
        }

        /** @param value the replica with the next id, from 0. @return this. */
        public Builder addReplica(final ReplicaMember value)
        {
            replicas.add(value);
            return this;
        }

        /** @param value the client with the next id, from 1. @return this. */
        public Builder addClient(final ClientMember value)
        {
            clients.add(value);
            return this;
        }

        /**
         * Checks everything.
         *
         * @return the configuration.
         * @throws ConfigurationException if something is out of range or does not go together.
         */
        public ClusterConfiguration conclude()
        {
            return new ClusterConfiguration(this);
        }
    }
}
