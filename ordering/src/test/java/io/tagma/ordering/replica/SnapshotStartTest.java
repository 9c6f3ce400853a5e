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

import static io.tagma.ordering.replica.LocalCluster.REPLICAS;
import static io.tagma.ordering.replica.LocalCluster.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.journal.SnapshotStore;
import io.tagma.ordering.configuration.ClusterLimits;
import io.tagma.ordering.configuration.Limit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What real replicas start from: files beside real journals.
 */
class SnapshotStartTest
{
    private static final int VICTIM = 2;

    @TempDir
    private Path directory;
    private LocalCluster cluster;

    @BeforeEach
    void start()
    {
        cluster = new LocalCluster(
            directory,
            new ClusterLimits().with(Limit.CHECKPOINT_INTERVAL, 32).with(Limit.SNAPSHOT_INTERVAL, 1));
        cluster.tickIntervalNs = "2000000";
        cluster.startAll();
    }

    @AfterEach
    void stop()
    {
        cluster.close();
    }

    @Test
    @DisplayName("A start goes on from the newest certified snapshot that is whole, else an older, else the journal")
    void restarts() throws IOException
    {
        awaitTrue("three snapshots are certified", () -> stable(VICTIM) >= 4 * 32);
        final String before = cluster.stop(VICTIM);
        final Path files = cluster.replicaDirectory(VICTIM).resolve("journal");
        final List<Long> taken = new SnapshotStore(files, FileChannel::force).sequences();
        assertTrue(taken.size() >= 2, taken::toString);

        cluster.start(VICTIM);
        final long newest = cluster.report(VICTIM).get(ReplicaCounter.SNAPSHOT_RESTORED);
        assertTrue(taken.contains(newest), newest + " of " + taken);
        final String again = cluster.stop(VICTIM);
        assertTrue(executed(again) >= executed(before), again);

        final Path file = files.resolve(String.format("snapshot-%019d", newest));
        final byte[] torn = Files.readAllBytes(file);
        torn[torn.length / 2] ^= 1;
        Files.write(file, torn);
        cluster.start(VICTIM);
        final long older = cluster.report(VICTIM).get(ReplicaCounter.SNAPSHOT_RESTORED);
        // What is certified since then may be newer; the torn one it is not, until it is made again.
        assertTrue(older > 0 && older != newest, older + ", torn is " + newest);
        cluster.stop(VICTIM);

        for (final long sequence : new SnapshotStore(files, FileChannel::force).sequences())
        {
            Files.delete(files.resolve(String.format("snapshot-%019d", sequence)));
        }
        cluster.start(VICTIM);
        assertEquals(0, cluster.report(VICTIM).get(ReplicaCounter.SNAPSHOT_RESTORED));
        assertFalse(cluster.node(VICTIM).readyLine().contains("executed=0 "), cluster.node(VICTIM)::readyLine);
        awaitTrue("it takes part", () -> stable(VICTIM) >= executed(before) + 64);
        assertHeadsAgree();
    }

    private void assertHeadsAgree()
    {
        final String[] lines = new String[REPLICAS];
        for (int id = 0; id < REPLICAS; id++)
        {
            lines[id] = cluster.stop(id);
        }
        for (final String one : lines)
        {
            for (final String other : lines)
            {
                if (executed(one) == executed(other))
                {
                    assertEquals(
                        one.substring(one.indexOf("treeHead")), other.substring(other.indexOf("treeHead")));
                }
            }
        }
    }

    private long stable(final int id)
    {
        return cluster.report(id).get(ReplicaCounter.STABLE_SEQUENCE);
    }

    private static long executed(final String line)
    {
        final String rest = line.substring(line.indexOf("executed=") + 9);
        return Long.parseLong(rest.substring(0, rest.indexOf(' ')));
    }
}
