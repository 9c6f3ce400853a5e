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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.GeneratedCluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReplicaContextTest
{
    private final GeneratedCluster cluster = GeneratedCluster.builder().generate();

    @TempDir
    private Path directory;

    private ReplicaContext context()
    {
        return new ReplicaContext()
            .cluster(cluster.configuration())
            .set(ReplicaSetting.REPLICA_ID, "1")
            .set(ReplicaSetting.DIRECTORY, directory.toString())
            .service(new EchoForTests());
    }

    @Test
    void defaultsGoTogether()
    {
        final ReplicaContext context = context().conclude();
        assertEquals(1, context.replicaId());
        assertEquals(ThreadingMode.SINGLE, context.threadingMode());
        assertEquals(65_504, context.mtuLength());
        assertEquals(Idle.WAIT, context.idle());
        assertThrows(IllegalStateException.class, () -> context.set(ReplicaSetting.IDLE, "spin"));
    }

    @ParameterizedTest
    @CsvSource({
        "pipeline.depth, 0, pipeline.depth = 0",
        "pipeline.depth, many, pipeline.depth = many",
        "tick.interval.ns, 1, tick.interval.ns = 1",
        "durability, sometimes, 'process, power'",
        "threading, none, 'single, shared, dedicated'",
        "idle, never, 'wait, yield, backoff, spin, park'",
        "term.length, 1048577, power of two",
        "side.queue.length, 3000000, power of two",
        "message.arena.length, 3000000, messageArenaLength",
        "receiver.window.length, 524289, receiver.window.length",
        "batch.slots, 48, batchSlots",
        "journal.archive, perhaps, journal.archive = perhaps",
        "id, 4, no replica 4"})
    void wrongValuesAreRefusedInOneSentence(final String key, final String value, final String expected)
    {
        final ReplicaContext context = context().set(key, value, "a test");
        final ConfigurationException refusal = assertThrows(ConfigurationException.class, context::conclude);
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count());
    }

    @Test
    void unknownKeysAreRefusedWhereverTheyAre() throws IOException
    {
        final Path file = directory.resolve("settings.properties");
        Files.writeString(file, "pipeline.depth = 3\npipeline.dept = 4\n");
        final ConfigurationException inFile =
            assertThrows(ConfigurationException.class, () -> context().load(file));
        assertTrue(inFile.getMessage().contains("pipeline.dept ("), inFile.getMessage());
        assertTrue(inFile.getMessage().contains(file.toString()), inFile.getMessage());

        System.setProperty("tagma.replica.nothing", "1");
        try
        {
            assertThrows(ConfigurationException.class, ReplicaContext::new);
        }
        finally
        {
            System.clearProperty("tagma.replica.nothing");
        }
    }

    @Test
    void laterSourcesGoOverEarlierOnes() throws IOException
    {
        final Path file = directory.resolve("settings.properties");
        Files.writeString(file, "pipeline.depth = 3\nrelay.limit = 5\n");
        System.setProperty("tagma.replica.pipeline.depth", "7");
        System.setProperty("tagma.replica.batch.slots", "32");
        try
        {
            final ReplicaContext context = context().load(file).set(ReplicaSetting.RELAY_LIMIT, "6").conclude();
            assertEquals(3, context.integer(ReplicaSetting.PIPELINE_DEPTH));
            assertEquals(6, context.integer(ReplicaSetting.RELAY_LIMIT));
            assertEquals(32, context.integer(ReplicaSetting.BATCH_SLOTS));
        }
        finally
        {
            System.clearProperty("tagma.replica.pipeline.depth");
            System.clearProperty("tagma.replica.batch.slots");
        }
    }

    @Test
    void doesNotRunWithoutBoundsChecks()
    {
        System.setProperty("agrona.disable.bounds.checks", "true");
        try
        {
            final ConfigurationException refusal =
                assertThrows(ConfigurationException.class, () -> context().conclude());
            assertTrue(refusal.getMessage().contains("agrona.disable.bounds.checks"), refusal.getMessage());
        }
        finally
        {
            System.clearProperty("agrona.disable.bounds.checks");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theManualKnowsEverySetting(final ReplicaSetting setting) throws IOException
    {
        Path manual = Path.of("docs/operations.md");
        if (!Files.exists(manual))
        {
            manual = Path.of("../docs/operations.md");
        }
        final String row = Files.readAllLines(manual).stream()
            .filter(line -> line.startsWith("| `" + setting.key() + "` |")).findFirst().orElse("");
        assertTrue(row.length() > 0, setting.key() + " is missing");
        if (null != setting.defaultValue() && !setting.defaultValue().isEmpty())
        {
            assertTrue(row.contains("`" + setting.defaultValue() + "`"), row);
        }
        if (setting.isNumber())
        {
            assertTrue(row.contains(setting.least() + " to " + setting.greatest()), row);
        }
    }

    @Test
    void servicesAreFoundByClassNameAndOthersRefused()
    {
        final ReplicaContext context = context().service(null)
            .set(ReplicaSetting.SERVICE, EchoForTests.class.getName()).conclude();
        assertEquals(EchoForTests.class, context.service().getClass());
        final ConfigurationException refusal = assertThrows(ConfigurationException.class, () ->
            context().service(null).set(ReplicaSetting.SERVICE, "no.such.Service").conclude());
        assertTrue(refusal.getMessage().contains("no.such.Service"), refusal.getMessage());
    }
}
