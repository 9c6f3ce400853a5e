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

import io.tagma.ordering.authentication.AgreementKeys;
import io.tagma.ordering.authentication.IdentityKeys;
import io.tagma.ordering.authentication.KeyDirectory;
import io.tagma.ordering.authentication.MacAlgorithm;
import io.tagma.ordering.authentication.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A whole cluster made at once, with all private keys: for trying things out on one host, for demonstrations,
 * simulation and tests. Where several organisations take part, each makes its own keys.
 */
public final class GeneratedCluster
{
    /** Name of the cluster file in the directory of a cluster. */
    public static final String CLUSTER_FILE = "cluster.properties";
    /** Name of the key directory in the directory of a member. */
    public static final String KEYS_DIRECTORY = "keys";
    /** Name of the journal in the directory of a replica. */
    public static final String JOURNAL_DIRECTORY = "journal";

    private final ClusterConfiguration configuration;
    private final IdentityKeys[] replicaKeys;
    private final IdentityKeys[] clientKeys;
    private final SigningKeys[] administratorKeys;
    private final boolean isSeeded;

    private GeneratedCluster(final Builder builder)
    {
        isSeeded = builder.isSeeded;
        final KeySource keySource = isSeeded ? new SeededKeys(builder.seed) : new RandomKeys();
        replicaKeys = new IdentityKeys[builder.replicaCount];
        clientKeys = new IdentityKeys[builder.clientCount];
        final ClusterConfiguration.Builder configurationBuilder = ClusterConfiguration.builder()
            .clusterId(keySource.clusterId())
            .macAlgorithm(builder.macAlgorithm)
            .limits(builder.limits);
        for (int id = 0; id < replicaKeys.length; id++)
        {
            replicaKeys[id] = keySource.next();
            configurationBuilder.addReplica(new ReplicaMember(
                builder.endPoint(2 * id),
                builder.endPoint(2 * id + 1),
                null == builder.weights ? 1 : builder.weights[id],
                replicaKeys[id].signing().publicKey(),
                replicaKeys[id].agreement().publicKey()));
        }
        for (int id = 1; id <= clientKeys.length; id++)
        {
            final IdentityKeys keys = keySource.next();
            clientKeys[id - 1] = keys;
            configurationBuilder.addClient(
                new ClientMember("", keys.signing().publicKey(), keys.agreement().publicKey()));
        }
        administratorKeys = new SigningKeys[builder.administratorCount];
        final List<Administrator> administrators = new ArrayList<>();
        for (int number = 1; number <= administratorKeys.length; number++)
        {
            administratorKeys[number - 1] = keySource.next().signing();
            administrators.add(
                new Administrator(administratorName(number), administratorKeys[number - 1].publicKey()));
        }
        configurationBuilder.administrators(
            new Administrators(administrators, Administrators.majority(administrators.size())));
        configuration = configurationBuilder.conclude();
    }

    /**
     * What is public.
     *
     * @return the configuration, of epoch 0.
     */
    public ClusterConfiguration configuration()
    {
        return configuration;
    }

    /**
     * Private keys of a replica.
     *
     * @param replicaId from 0.
     * @return its keys.
     */
    public IdentityKeys replicaKeys(final int replicaId)
    {
        return replicaKeys[replicaId];
    }

    /**
     * Private keys of a client.
     *
     * @param clientId from 1.
     * @return its keys.
     */
    public IdentityKeys clientKeys(final int clientId)
    {
        return clientKeys[clientId - 1];
    }

    /**
     * Private key of an administrator.
     *
     * @param number from 1.
     * @return its key.
     */
    public SigningKeys administratorKeys(final int number)
    {
        return administratorKeys[number - 1];
    }

    /**
     * Writes the cluster file, and a directory with key files for each member. Journals are not made here.
     *
     * @param directory to write to; made if there is none, else it must not hold a cluster file.
     * @throws ConfigurationException if something cannot be written, or a file would be written over.
     */
    public void store(final Path directory)
    {
        if (isSeeded)
        {
            throw new IllegalStateException("keys from a seed can be guessed: they are never written to files");
        }
        try
        {
            Files.createDirectories(directory);
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException("directory " + directory + " cannot be made: " + ex, ex);
        }
        configuration.store(directory.resolve(CLUSTER_FILE));
        for (int id = 0; id < replicaKeys.length; id++)
        {
            KeyDirectory.store(replicaDirectory(directory, id).resolve(KEYS_DIRECTORY), replicaKeys[id]);
        }
        for (int id = 1; id <= clientKeys.length; id++)
        {
            KeyDirectory.store(clientDirectory(directory, id).resolve(KEYS_DIRECTORY), clientKeys[id - 1]);
        }
        for (int number = 1; number <= administratorKeys.length; number++)
        {
            KeyDirectory.storeSigning(
                administratorDirectory(directory, number).resolve(KEYS_DIRECTORY), administratorKeys[number - 1]);
        }
    }

    /**
     * Where a replica's things are.
     *
     * @param directory of the cluster.
     * @param replicaId from 0.
     * @return its directory.
     */
    public static Path replicaDirectory(final Path directory, final int replicaId)
    {
        return directory.resolve("replica-" + replicaId);
    }

    /**
     * Where a client's things are.
     *
     * @param directory of the cluster.
     * @param clientId  from 1.
     * @return its directory.
     */
    public static Path clientDirectory(final Path directory, final int clientId)
    {
        return directory.resolve("client-" + clientId);
    }

    /**
     * Where an administrator's key is.
     *
     * @param directory of the cluster.
     * @param number    from 1.
     * @return its directory.
     */
    public static Path administratorDirectory(final Path directory, final int number)
    {
        return directory.resolve(administratorName(number));
    }

    private static String administratorName(final int number)
    {
        return "administrator-" + number;
    }

    /**
     * Starts with four replicas of weight 1 and one client on this host, with random keys.
     *
     * @return a new builder.
     */
    public static Builder builder()
    {
        return new Builder();
    }

    private interface KeySource
    {
        long clusterId();

        IdentityKeys next();
    }

    private static final class RandomKeys implements KeySource
    {
        private final SecureRandom random = new SecureRandom();

        @Override
        public long clusterId()
        {
            long clusterId = 0;
            while (0 == clusterId)
            {
                clusterId = random.nextLong();
            }
            return clusterId;
        }

        @Override
        public IdentityKeys next()
        {
            return IdentityKeys.generate(random);
        }
    }

    /** The same on every Java platform: {@link Random} is specified to the bit. */
    private static final class SeededKeys implements KeySource
    {
        private final Random random;

        SeededKeys(final long seed)
        {
            random = new Random(seed);
        }

        @Override
        public long clusterId()
        {
            return 1 + (random.nextLong() >>> 1);
        }

        @Override
        public IdentityKeys next()
        {
            final byte[] signing = new byte[SigningKeys.KEY_LENGTH];
            final byte[] agreement = new byte[AgreementKeys.KEY_LENGTH];
            random.nextBytes(signing);
            random.nextBytes(agreement);
            return new IdentityKeys(new SigningKeys(signing), new AgreementKeys(agreement));
        }
    }

    /**
     * Collects what the cluster should be like.
     */
    public static final class Builder
    {
        private int[] weights;
        private int replicaCount = 4;
        private int clientCount = 1;
        private int administratorCount;
        private String host = "localhost";
        private int basePort = 20_000;
        private MacAlgorithm macAlgorithm = MacAlgorithm.AES_CMAC;
        private ClusterLimits limits = new ClusterLimits();
        private boolean isSeeded;
        private long seed;

        private Builder()
        {
        }

        /** @param value number of replicas, each of weight 1. @return this. */
        public Builder replicas(final int value)
        {
            weights = null;
            replicaCount = value;
            return this;
        }

        /** @param value weights of the replicas, by id: as many replicas as there are weights. @return this. */
        public Builder weights(final int[] value)
        {
            weights = value.clone();
            replicaCount = value.length;
            return this;
        }

        /** @param value number of clients. @return this. */
        public Builder clients(final int value)
        {
            clientCount = value;
            return this;
        }

        /** @param value number of administrators, most of whom must sign a recovery; unless set none. @return this. */
        public Builder administrators(final int value)
        {
            administratorCount = value;
            return this;
        }

        /** @param value that all replicas listen on. @return this. */
        public Builder host(final String value)
        {
            host = value;
            return this;
        }

        /** @param value first of a run of ports, two for each replica. @return this. */
        public Builder basePort(final int value)
        {
            basePort = value;
            return this;
        }

        /** @param value of the cluster. @return this. */
        public Builder macAlgorithm(final MacAlgorithm value)
        {
            macAlgorithm = value;
            return this;
        }

        /** @param value that all agree on. @return this. */
        public Builder limits(final ClusterLimits value)
        {
            limits = value;
            return this;
        }

        /** @param value to make the same keys from each time: for simulation only. @return this. */
        public Builder seed(final long value)
        {
            isSeeded = true;
            seed = value;
            return this;
        }

        /**
         * Makes the keys.
         *
         * @return the cluster.
         * @throws ConfigurationException if what was asked for is out of range.
         */
        public GeneratedCluster generate()
        {
            MembershipCheck.checkCounts(ClusterConfiguration.SOURCE, replicaCount, clientCount);
            MembershipCheck.checkCount(ClusterConfiguration.SOURCE, administratorCount);
            return new GeneratedCluster(this);
        }

        private EndPoint endPoint(final int index)
        {
            final String text = host + ":" + (basePort + index);
            final EndPoint endPoint = EndPoint.parse(text);
            if (null == endPoint)
            {
                throw new ConfigurationException("endpoint " + text + " must be " + EndPoint.FORM);
            }
            return endPoint;
        }
    }
}
