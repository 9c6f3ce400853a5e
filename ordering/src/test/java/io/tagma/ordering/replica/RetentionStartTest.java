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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.journal.JournalException;
import io.tagma.journal.SnapshotStore;
import io.tagma.ordering.audit.LogComparison;
import io.tagma.ordering.audit.LogVerification;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.client.TagmaClient;
import io.tagma.ordering.configuration.ClusterLimits;
import io.tagma.ordering.configuration.Limit;
import io.tagma.ordering.protocol.SnapshotDigest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real replicas whose journals are cut while they run: files go, and what is left is enough.
 */
class RetentionStartTest
{
    private static final int ARCHIVE = 1;
    private static final int VICTIM = 2;
    private static final int PAYLOAD_LENGTH = 1000;

    @TempDir
    private Path directory;
    private LocalCluster cluster;
    private int answered;
    private boolean isAnyArchive = true;

    @BeforeEach
    void start()
    {
        cluster = new LocalCluster(
            directory,
            new ClusterLimits().with(Limit.CHECKPOINT_INTERVAL, 32).with(Limit.SNAPSHOT_INTERVAL, 1));
        cluster.tickIntervalNs = "2000000";
        cluster.settings = (id, context) -> context
            .set(ReplicaSetting.JOURNAL_SEGMENT_LENGTH, "1048576")
            .set(ReplicaSetting.JOURNAL_BLOCK_LENGTH, "2097152")
            .set(ReplicaSetting.JOURNAL_ARCHIVE, Boolean.toString(isAnyArchive && ARCHIVE == id));
        cluster.startAll();
    }

    @AfterEach
    void stop()
    {
        cluster.close();
    }

    /** Has requests ordered until a replica's journal begins behind a segment. */
    private void orderUntilCut(final int id, final int segment)
    {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);
        try (TagmaClient client = TagmaClient.connect(cluster.client(
            1, (number, outcome, reason, position, result, offset, length) -> answered++)))
        {
            awaitTrue("a session", () ->
            {
                client.poll(10);
                return client.isConnected();
            });
            awaitTrue("segments go", () ->
            {
                client.offer(payload, 0, PAYLOAD_LENGTH);
                client.poll(10);
                return segments(id).get(0) > segment;
            });
        }
        assertTrue(answered > 0);
    }

    private Path journal(final int id)
    {
        return cluster.replicaDirectory(id).resolve("journal");
    }

    /** Numbers of the segments that there are. */
    private List<Integer> segments(final int id)
    {
        try (Stream<Path> runs = Files.list(journal(id)))
        {
            return runs.map(path -> path.getFileName().toString())
                .filter(name -> name.startsWith("run-"))
                .map(name -> Integer.parseInt(name.substring(4)))
                .sorted()
                .toList();
        }
        catch (final IOException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private long stable(final int id)
    {
        return cluster.report(id).get(ReplicaCounter.STABLE_SEQUENCE);
    }

    private void assertTakesPart(final int id)
    {
        final long before = Math.max(stable(0), stable(id));
        awaitTrue("it takes part", () -> stable(id) >= before + 64);
    }

    @Test
    @DisplayName("G12 H02: a replica starts from its snapshot and what is left of its journal; an archive keeps all")
    void restarts()
    {
        orderUntilCut(VICTIM, 3);
        final List<Integer> archive = segments(ARCHIVE);
        assertEquals(IntStream.rangeClosed(0, archive.get(archive.size() - 1)).boxed().toList(), archive);

        cluster.stop(VICTIM);
        final int first = segments(VICTIM).get(0);
        cluster.start(VICTIM);
        assertTrue(cluster.report(VICTIM).get(ReplicaCounter.SNAPSHOT_RESTORED) > 0);
        assertTakesPart(VICTIM);
        orderUntilCut(VICTIM, first + 2);
        cluster.stop(ARCHIVE);
        cluster.start(ARCHIVE);
        assertTakesPart(ARCHIVE);
        assertEquals(0, segments(ARCHIVE).get(0));

        for (int id = 0; id < REPLICAS; id++)
        {
            cluster.stop(id);
        }
        for (int id = 0; id < REPLICAS; id++)
        {
            final LogVerification verification = LogVerification.of(journal(id), cluster.cluster.configuration());
            assertTrue(verification.isFine(), () -> verification.checks().toString());
            assertEquals(
                ARCHIVE != id, verification.checks().toString().contains("; the journal begins with record "),
                () -> verification.checks().toString());
        }
        final LogComparison comparison = LogComparison.of(
            IntStream.range(0, REPLICAS).mapToObj(this::journal).toList());
        assertTrue(comparison.isEqual(), () -> comparison.report().toString());
        assertTrue(
            comparison.report().stream().anyMatch(line -> line.contains("are the same byte for byte in all 4")),
            () -> comparison.report().toString());
    }

    @Test
    @DisplayName("G12: with a cut journal and no snapshot that it leads on from, one is fetched before all else")
    void withoutSnapshots() throws IOException
    {
        // An archive could tell of everything from the first batch on.
        isAnyArchive = false;
        cluster.stop(ARCHIVE);
        cluster.start(ARCHIVE);
        orderUntilCut(VICTIM, 1);
        orderUntilCut(ARCHIVE, 1);
        cluster.stop(VICTIM);
        for (final long sequence : new SnapshotStore(journal(VICTIM), FileChannel::force).sequences())
        {
            Files.delete(journal(VICTIM).resolve(String.format("snapshot-%019d", sequence)));
        }
        cluster.start(VICTIM);
        assertTrue(cluster.node(VICTIM).readyLine().contains("executed=0 "), cluster.node(VICTIM)::readyLine);
        awaitTrue("it fetches one", () -> cluster.report(VICTIM).get(ReplicaCounter.SNAPSHOTS_FETCHED) > 0);
        assertTakesPart(VICTIM);
        assertEquals(null, cluster.node(VICTIM).failure());
    }

    @Test
    @DisplayName("A journal that begins late and has no restart point is refused")
    void noRestartPoint()
    {
        final CertifiedSnapshots certified = new CertifiedSnapshots();
        certified.onRecord(50, new UnsafeBuffer(new byte[64]), 0);
        assertTrue(certified.isCut());
        final JournalException ex = assertThrows(
            JournalException.class,
            () -> certified.restore(sequence -> null, new SnapshotDigest(1, 0, 1 << 16, new Sha256()), null));
        assertEquals(JournalException.Reason.REFUSED, ex.reason());
        assertTrue(ex.getMessage().contains("begins with record 50"), ex.getMessage());
    }
}
