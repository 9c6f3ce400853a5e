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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.protocol.Epochs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Administrators, and the configurations of epochs that begin with a RECOVER.
 */
class SuccessionTest
{
    private static final EpochChain.HandOver AT_64 = EpochChain.HandOver.of(64, new byte[]{1});

    @TempDir
    private Path directory;
    private final GeneratedCluster cluster = GeneratedCluster.builder().administrators(3).seed(7).generate();
    private final ClusterConfiguration first = cluster.configuration();

    @Test
    @DisplayName("administrators and epochs are what they were when they come back from the file")
    void comesBackFromTheFile()
    {
        final ClusterConfiguration third =
            Succession.next(Succession.next(first, AT_64), EpochChain.HandOver.of(64, new byte[]{1}));
        final Path file = directory.resolve("cluster.properties");
        third.store(file);
        final ClusterConfiguration loaded = ClusterConfiguration.load(file);
        assertArrayEquals(third.digest(), loaded.digest());
        assertEquals(2, loaded.epoch());
        assertEquals(2, loaded.epochChain().length());
        assertEquals(2, loaded.administrators().threshold());
        assertEquals("administrator-3", loaded.administrators().members().get(2).name());
        assertArrayEquals(first.digest(), Succession.genesis(loaded).digest());
        assertArrayEquals(
            Succession.next(first, AT_64).digest(), Succession.before(loaded).digest());
        assertNull(Succession.before(first));
    }

    @Test
    @DisplayName("a file without administrators stays what it was, and is a cluster that nobody can recover")
    void withoutAdministrators() throws IOException
    {
        final ClusterConfiguration none = GeneratedCluster.builder().seed(7).generate().configuration();
        final Path file = directory.resolve("cluster.properties");
        none.store(file);
        assertFalse(Files.readString(file).contains("admin"));
        assertTrue(ClusterConfiguration.load(file).administrators().isEmpty());
        assertEquals(0, ClusterConfiguration.load(file).administrators().threshold());
    }

    @Test
    @DisplayName("two different RECOVERs of one epoch: neither has keys that are worth anything under the other")
    void keysAreBoundToTheRecovery()
    {
        final byte[] before = tag(first);
        final byte[] one = tag(Succession.next(first, AT_64));
        final byte[] other = tag(Succession.next(first, EpochChain.HandOver.of(64, new byte[]{2})));
        final byte[] lower = tag(Succession.next(first, EpochChain.HandOver.of(32, new byte[]{1})));
        assertFalse(java.util.Arrays.equals(before, one));
        assertFalse(java.util.Arrays.equals(one, other));
        assertFalse(java.util.Arrays.equals(one, lower));
        assertArrayEquals(one, tag(Succession.next(first, AT_64)));
    }

    private byte[] tag(final ClusterConfiguration configuration)
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[64 + FrameLayout.TAG_LENGTH]);
        configuration.macKeys(PartyKind.REPLICA, 0, cluster.replicaKeys(0)).toReplica(1).tag(frame, 0, 64, frame, 64);
        final byte[] tag = new byte[FrameLayout.TAG_LENGTH];
        frame.getBytes(64, tag);
        return tag;
    }

    @Test
    @DisplayName("what a sequence names is of the epoch that it belongs to")
    void epochOfASequence()
    {
        final Epochs epochs = new Epochs(7, 10, 10, 30);
        assertEquals(4, epochs.of(0));
        assertEquals(4, epochs.of(10));
        assertEquals(6, epochs.of(11));
        assertEquals(6, epochs.of(30));
        assertEquals(7, epochs.of(31));
        assertEquals(10, epochs.endOf(4));
        assertEquals(10, epochs.endOf(5));
        assertEquals(30, epochs.endOf(6));
        assertEquals(Long.MAX_VALUE, epochs.endOf(7));
        assertEquals(30, epochs.handOver());
        assertEquals(3, new Epochs(3).of(1));
        assertThrows(IllegalArgumentException.class, () -> new Epochs(2, 5, 4));
        assertThrows(IllegalArgumentException.class, () -> new Epochs(1, 5, 6));
    }

    @Test
    void refusesWhatDoesNotGoTogether()
    {
        final Administrator one = cluster.configuration().administrators().members().get(0);
        final Administrator nameless = new Administrator("", one.signingKey());
        final Administrator namesake =
            new Administrator(one.name(), cluster.configuration().administrators().members().get(1).signingKey());
        final Administrator replica = new Administrator("x", first.replica(0).signingKey());
        assertRefused("admin.threshold = 0 must be from 1 to 1", new Administrators(List.of(one), 0));
        assertRefused("admin.threshold = 2 must be from 1 to 1", new Administrators(List.of(one), 2));
        assertRefused("administrator.1.name =  must be of", new Administrators(List.of(nameless), 1));
        assertRefused("administrator.2.name = administrator-1 is the same as administrator.1.name",
            new Administrators(List.of(one, namesake), 1));
        assertRefused("administrator.1.signing.key is the same as replica.0.signing.key",
            new Administrators(List.of(replica), 1));
        final ConfigurationException refusal = assertThrows(ConfigurationException.class, () ->
            Succession.next(Succession.next(first, AT_64), EpochChain.HandOver.of(63, new byte[]{3})));
        assertTrue(refusal.getMessage().contains(
            "an epoch that begins behind sequence 63 cannot follow one that begins behind 64"), refusal.getMessage());
        assertNotEquals(2, Administrators.majority(4));
    }

    private void assertRefused(final String sentence, final Administrators administrators)
    {
        final ClusterConfiguration.Builder builder = ClusterConfiguration.builder()
            .clusterId(1)
            .administrators(administrators)
            .addReplica(first.replica(0))
            .addClient(first.client(1));
        final ConfigurationException refusal = assertThrows(ConfigurationException.class, builder::conclude);
        assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
    }
}
