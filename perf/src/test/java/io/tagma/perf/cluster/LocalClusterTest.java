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
package io.tagma.perf.cluster;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LocalClusterTest
{
    @TempDir
    private Path directory;

    @Test
    @Tag("process")
    void aReplicaEndsWithItsParentAndWhatIsKeptIsKept()
    {
        final Path kept = directory.resolve("kept");
        try (LocalCluster cluster = new LocalCluster(new LocalClusterSettings().replicas(1).keepIn(kept)))
        {
            cluster.start();
            final ReplicaProcess replica = cluster.replica(0);
            assertTrue(replica.isAlive());
            assertThrows(IllegalStateException.class, replica::start, "it is running");
            replica.orphan();
            assertEquals(ReplicaProcess.EXIT_KILLED, replica.awaitEnd(30_000));
            replica.start();
            cluster.awaitReady(replica);
            assertEquals(0, cluster.stop());
            assertTrue(replica.lastLine("stopped ").contains("executed="));
        }
        assertTrue(Files.exists(kept.resolve("cluster.properties")));
        assertTrue(Files.exists(kept.resolve("replica-0").resolve("replica.log")));
    }

    @Test
    @Tag("process")
    void aFrozenReplicaRunsAgainWhenItIsLetGoAndCanBeKilledWhileFrozen()
    {
        try (LocalCluster cluster = new LocalCluster(new LocalClusterSettings().replicas(1)))
        {
            cluster.start();
            final ReplicaProcess replica = cluster.replica(0);
            replica.freeze();
            awaitStopped(replica, true);
            replica.thaw();
            awaitStopped(replica, false);
            replica.starve(5, 5);
            replica.thaw();
            awaitStopped(replica, false);
            replica.thaw();
            replica.freeze();
            replica.kill();
            assertEquals(ReplicaProcess.EXIT_KILLED, replica.awaitEnd(0));
            final String message = assertThrows(IllegalStateException.class, replica::freeze).getMessage();
            assertTrue(message.startsWith("process " + replica.handle().pid() + " cannot be stopped: "), message);
        }
    }

    @Test
    @Tag("process")
    void aReplicaThatCannotStartSaysWhy()
    {
        final LocalClusterSettings settings = new LocalClusterSettings().replicas(1).workload("unheard-of");
        try (LocalCluster cluster = new LocalCluster(settings))
        {
            final String message = assertThrows(IllegalStateException.class, cluster::start).getMessage();
            assertTrue(message.startsWith("replica 0 ended with status 78 before it said 'ready'"), message);
            assertTrue(message.contains("unheard-of"), message);
        }
    }

    @Test
    @Tag("process")
    void anOperationThatFailsSaysSoWhereRequestsAreSent()
    {
        try (LocalCluster cluster = new LocalCluster(new LocalClusterSettings().replicas(1));
            Operator operator = new Operator(cluster, (hand) ->
            {
                hand.awaitAnswers(7);
                hand.say("now");
                throw new IllegalStateException("as it was to be");
            }))
        {
            final List<String> said = new ArrayList<>();
            operator.start();
            assertFalse(operator.isDone());
            operator.onAnswers(7);
            operator.awaitEnd(30_000);
            operator.drain(said::add);
            assertEquals(List.of("now"), said);
            assertEquals("as it was to be", assertThrows(IllegalStateException.class, operator::isDone).getMessage());
        }
    }

    @Test
    void freePortsAreARun()
    {
        final int first = FreePorts.run(8);
        assertTrue(first >= 20_000 && first + 8 <= 32_000, "from " + first);
    }

    private static void awaitStopped(final ReplicaProcess replica, final boolean isStopped)
    {
        final Path stat = Path.of("/proc", Long.toString(replica.handle().pid()), "stat");
        assertTrue(Patience.await(() -> isStopped == state(stat).startsWith("T"), 1, 30_000), state(stat));
    }

    private static String state(final Path stat)
    {
        try
        {
            final String text = Files.readString(stat);
            return text.substring(text.lastIndexOf(')') + 2);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void aTreeIsDeletedWhole() throws IOException
    {
        final Path tree = Files.createDirectories(directory.resolve("a/b/c")).getParent().getParent();
        Files.writeString(tree.resolve("b/file"), "x");
        DirectoryTree.delete(tree);
        assertFalse(Files.exists(tree));
        DirectoryTree.delete(tree);
    }

    @Test
    void figuresAreReadFromWhatTheSystemPrints()
    {
        final List<String> status = List.of("Name:\tjava", "VmHWM:\t  300000 kB", "VmRSS:\t  250000 kB", "Threads:\t9");
        assertEquals(256_000_000, ProcessFigures.bytes(status, "VmRSS:"));
        assertEquals(4096, ProcessFigures.bytes(List.of("rchar: 5", "write_bytes: 4096"), "write_bytes:"));
        assertEquals(-1, ProcessFigures.bytes(status, "RssAnon:"));
        final ProcessFigures own = ProcessFigures.of(ProcessHandle.current());
        assertFalse(own.cpu().isNegative());
    }
}
