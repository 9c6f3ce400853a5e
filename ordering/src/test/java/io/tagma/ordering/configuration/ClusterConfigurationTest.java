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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.authentication.Authenticator;
import io.tagma.ordering.authentication.MacAlgorithm;
import io.tagma.ordering.authentication.MacKeys;
import io.tagma.ordering.authentication.PartyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterConfigurationTest
{
    @TempDir
    private Path directory;

    @Test
    void isTheSameAfterAStoreAndALoad()
    {
        final ClusterConfiguration stored = GeneratedCluster.builder()
            .weights(new int[]{2, 1, 3, 3, 1})
            .clients(3)
            .host("replica.example.org")
            .basePort(30_000)
            .macAlgorithm(MacAlgorithm.HMAC_SHA_256_128)
            .limits(new ClusterLimits().with(Limit.SESSION_WINDOW, 64).with(Limit.CLOCK_SKEW_MAX_NS, 5_000_000L))
            .generate()
            .configuration();
        stored.store(directory.resolve("cluster.properties"));
        final ClusterConfiguration loaded = ClusterConfiguration.load(directory.resolve("cluster.properties"));

        assertEquals(stored.clusterId(), loaded.clusterId());
        assertEquals(0, loaded.epoch());
        assertEquals(MacAlgorithm.HMAC_SHA_256_128, loaded.macAlgorithm());
        assertEquals(3, loaded.faultyWeight());
        assertArrayEquals(new int[]{2, 1, 3, 3, 1}, loaded.weights());
        for (int id = 0; id < 5; id++)
        {
            assertEquals(stored.replica(id), loaded.replica(id));
        }
        assertEquals("aeron:udp?endpoint=replica.example.org:30003", loaded.replica(1).ingressEndpoint().channel());
        for (int id = 1; id <= 3; id++)
        {
            assertEquals(stored.client(id), loaded.client(id));
        }
        assertFalse(loaded.isOnOneHost());
        assertTrue(GeneratedCluster.builder().host("localhost").generate().configuration().isOnOneHost());
        assertEquals(64, loaded.limits().sessionWindow());
        assertEquals(64, loaded.frameLimits().sessionWindow());
        assertEquals(5, loaded.frameLimits().replicaCount());
        assertEquals(3, loaded.frameLimits().clientIdMax());
        assertEquals(loaded.limits().payloadLengthMax(), loaded.frameLimits().payloadLengthMax());
        assertEquals(loaded.limits().bundleLengthMax(), loaded.frameLimits().bundleLengthMax());
        assertEquals(loaded.limits().batchLengthMax(), loaded.frameLimits().batchLengthMax());
        assertEquals(loaded.limits().resultLengthMax(), loaded.frameLimits().resultLengthMax());
        assertEquals(5_000_000L, loaded.limits().clockSkewMaxNs());
        assertArrayEquals(stored.digest(), loaded.digest());
    }

    @Test
    void hasTheSameDigestHoweverTheFileIsWritten() throws IOException
    {
        final ClusterConfiguration stored = GeneratedCluster.builder().generate().configuration();
        final Path file = directory.resolve("cluster.properties");
        stored.store(file);
        final String[] lines = Files.readString(file).split("\n");
        Arrays.sort(lines);
        Files.writeString(file, "! another comment\n\n" + String.join(" \n", lines).replace("=", " = "));

        // Base64 ends with '=', which the replacement above put blanks around: mend the values.
        Files.writeString(file, Files.readString(file).replace(" =  ", "=").replaceAll(" = *\n", "=\n"));
        assertArrayEquals(stored.digest(), ClusterConfiguration.load(file).digest());
    }

    @Test
    void hasAnotherDigestForEachThingThatDiffers()
    {
        final String base = digest(seeded());

        assertEquals(base, digest(seeded()));
        assertNotEquals(base, digest(seeded().seed(2)));
        assertNotEquals(base, digest(seeded().host("127.0.0.2")));
        assertNotEquals(base, digest(seeded().macAlgorithm(MacAlgorithm.HMAC_SHA_256_128)));
        assertNotEquals(base, digest(seeded().limits(new ClusterLimits().with(Limit.TIMER_MAX, 4097))));
    }

    @Test
    void makesTheSameClusterFromTheSameSeedAndNeverWritesItsKeys()
    {
        assertEquals(digest(seeded()), digest(seeded()));
        assertNotEquals(
            GeneratedCluster.builder().generate().configuration().clusterId(),
            GeneratedCluster.builder().generate().configuration().clusterId());
        assertThrows(IllegalStateException.class, () -> seeded().generate().store(directory.resolve("seeded")));
        assertFalse(Files.exists(directory.resolve("seeded")));
    }

    @Test
    void connectsMembersThatLoadedTheirKeysFromFiles()
    {
        GeneratedCluster.builder().clients(2).generate().store(directory);
        final ClusterConfiguration configuration =
            ClusterConfiguration.load(directory.resolve(GeneratedCluster.CLUSTER_FILE));
        final MacKeys replica = macKeys(configuration, PartyKind.REPLICA, 3, "replica-3");
        final MacKeys client = macKeys(configuration, PartyKind.CLIENT, 2, "client-2");
        final MacKeys other = macKeys(configuration, PartyKind.REPLICA, 0, "replica-0");

        assertTrue(connected(client.toReplica(3, 8), replica.fromClient(2, 8)));
        assertTrue(connected(replica.toReplica(0), other.fromReplica(3)));
        assertFalse(connected(replica.toReplica(0), other.fromReplica(2)));
    }

    @ParameterizedTest
    @EnumSource
    void hasFramesForWhateverALimitMayBeAlone(final Limit limit)
    {
        for (final int replicas : new int[]{1, 4, 64})
        {
            for (final long value : new long[]{limit.least(), limit.greatest()})
            {
                final GeneratedCluster.Builder builder = GeneratedCluster.builder().replicas(replicas)
                    .limits(new ClusterLimits().with(limit, value));
                try
                {
                    assertEquals(replicas, builder.generate().configuration().frameLimits().replicaCount());
                }
                catch (final ConfigurationException ex)
                {
                    // Against another limit, and named by its key: never first by the codecs.
                    assertTrue(ex.getMessage().contains(" must be at most "), ex.getMessage());
                    assertTrue(ex.getMessage().contains(": limit."), ex.getMessage());
                }
            }
        }
    }

    @Test
    void refusesToWriteOverAnything()
    {
        final GeneratedCluster cluster = GeneratedCluster.builder().generate();
        cluster.store(directory);
        final Path file = directory.resolve(GeneratedCluster.CLUSTER_FILE);

        assertEquals(
            "cluster file " + file + " exists already: it is never written over",
            assertThrows(ConfigurationException.class, () -> cluster.store(directory)).getMessage());
    }

    private static GeneratedCluster.Builder seeded()
    {
        return GeneratedCluster.builder().seed(1);
    }

    private static String digest(final GeneratedCluster.Builder builder)
    {
        return HexFormat.of().formatHex(builder.generate().configuration().digest());
    }

    private MacKeys macKeys(
        final ClusterConfiguration configuration, final PartyKind kind, final int id, final String name)
    {
        return configuration.macKeys(
            kind, id, configuration.loadKeys(kind, id, directory.resolve(name).resolve("keys")));
    }

    private static boolean connected(final Authenticator sender, final Authenticator receiver)
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[66]);
        sender.tag(frame, 0, 50, frame, 50);
        return receiver.verify(frame, 0, 50, frame, 50);
    }
}
