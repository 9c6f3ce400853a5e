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

import io.tagma.codecs.journal.Durability;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.JournalContext;
import io.tagma.journal.JournalException;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.OpenedJournal;
import io.tagma.ordering.audit.LeftJournal;
import io.tagma.ordering.cli.LogCommand;
import io.tagma.ordering.cli.RecoverCommand;
import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.client.TagmaClient;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ClusterLimits;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.configuration.Limit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Real replicas with real journals, whose hosts all lost power, and the commands that bring them back.
 */
class RecoveredClusterTest
{
    private static final int BEHIND = 3;
    private static final int CUT = 1;
    private static final int BOOT_ID_LENGTH = 16;

    @TempDir
    private Path directory;
    private LocalCluster cluster;
    private String said;
    private Path oldFile;
    private Path newFile;
    private Path recoveryFile;

    @AfterEach
    void stopCluster()
    {
        cluster.close();
    }

    @Test
    @DisplayName("H03: all hosts lose power, nobody votes again; RECOVER brings those back that are given it")
    void broughtBack()
    {
        make();
        cluster.startAll();
        call(cluster.cluster.configuration(), 150, () -> cluster.stop(BEHIND), 150);
        final long behind = LeftJournal.of(cluster.replicaDirectory(BEHIND)).executedSequence();
        awaitTrue("more is certified", () -> cluster.report(0).get(ReplicaCounter.STABLE_SEQUENCE) > behind);
        for (int id = 0; id < BEHIND; id++)
        {
            cluster.stop(id);
            bootedAgain(id);
        }
        bootedAgain(BEHIND);
        stands();
        propose();
        signed();
        applied();
        goesOnWithout(BEHIND);
        cluster.stop(BEHIND);
        assertEquals(0, apply(BEHIND), () -> said);
        assertTrue(said.contains("and gets the rest from the others"), said);
        useFile(newFile);
        cluster.start(BEHIND);
        awaitTrue("all executed the same", () -> cluster.services[0].count() == cluster.services[BEHIND].count());
        assertEqualLogs();
    }

    private void make()
    {
        cluster = new LocalCluster(
            directory, new ClusterLimits().with(Limit.CHECKPOINT_INTERVAL, 32).with(Limit.SNAPSHOT_INTERVAL, 2));
        cluster.tickIntervalNs = "2000000";
        oldFile = directory.resolve(GeneratedCluster.CLUSTER_FILE);
        newFile = directory.resolve("cluster-1.properties");
        recoveryFile = directory.resolve("recovery-1.properties");
        useFile(oldFile);
    }

    private void useFile(final Path file)
    {
        cluster.settings = (id, context) -> context
            .set(ReplicaSetting.CLUSTER_FILE, file.toString())
            .set(ReplicaSetting.JOURNAL_SEGMENT_LENGTH, "1048576")
            .set(ReplicaSetting.JOURNAL_ARCHIVE, Boolean.toString(CUT != id));
    }

    private void call(
        final ClusterConfiguration configuration, final int first, final Runnable between, final int second)
    {
        final int[] answered = new int[1];
        final ResponseHandler handler = (number, outcome, reason, position, result, offset, length) ->
        {
            assertEquals(Outcome.COMMITTED, outcome);
            answered[0]++;
        };
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[64]);
        try (TagmaClient client = TagmaClient.connect(cluster.client(1, handler).cluster(configuration)))
        {
            awaitTrue("a session", () -> client.poll(10) >= 0 && client.isConnected());
            final int[] offered = new int[1];
            for (final int target : new int[]{first, first + second})
            {
                awaitTrue("answers", () ->
                {
                    offered[0] += offered[0] < target && client.offer(payload, 0, payload.capacity()) > 0 ? 1 : 0;
                    client.poll(10);
                    return answered[0] == target;
                });
                if (first == target)
                {
                    between.run();
                }
            }
        }
    }

    /** The host of a replica that is stopped is booted, and its process starts and dies: it may have forgotten. */
    private void bootedAgain(final int id)
    {
        final ClusterConfiguration configuration = cluster.cluster.configuration();
        final byte[] bootId = new byte[BOOT_ID_LENGTH];
        bootId[0] = 1;
        try (OpenedJournal opened = ChronicleJournal.open(new JournalContext()
            .directory(cluster.replicaDirectory(id).resolve(GeneratedCluster.JOURNAL_DIRECTORY))
            .minimumFreeSpace(0)
            .bootId(bootId)
            .identity(new JournalIdentity(
                configuration.clusterId(), configuration.epoch(), id,
                configuration.replica(id).signingKey().encoded()))))
        {
            opened.start(Durability.PROCESS, false, 0).abandon();
        }
    }

    /** Everybody says what it waits for, and nobody gets it. */
    private void stands()
    {
        long executed = 0;
        for (int id = 0; id < BEHIND; id++)
        {
            executed = Math.max(executed, LeftJournal.of(cluster.replicaDirectory(id)).executedSequence());
        }
        final long highest = executed;
        for (int id = 0; id < BEHIND; id++)
        {
            cluster.start(id);
        }
        for (int id = 0; id < BEHIND; id++)
        {
            final int replicaId = id;
            awaitTrue("it says so", () -> cluster.report(replicaId).get(ReplicaCounter.AWAITED_SEQUENCE) > 0);
        }
        final long cycles = cluster.report(0).get(ReplicaCounter.BUSY_CYCLES);
        awaitTrue("it works", () -> cluster.report(0).get(ReplicaCounter.BUSY_CYCLES) > cycles + 500);
        for (int id = 0; id < BEHIND; id++)
        {
            // What others state as committed may still be executed; there is nothing new.
            assertTrue(cluster.report(id).get(ReplicaCounter.EXECUTED_SEQUENCE) <= highest);
            assertTrue(cluster.report(id).get(ReplicaCounter.AWAITED_SEQUENCE) > highest);
            cluster.stop(id);
        }
    }

    private void propose()
    {
        final String[] arguments = {
            "propose", "--cluster", oldFile.toString(), "--out", recoveryFile.toString(), "", "", "", ""};
        for (int id = 0; id < REPLICAS; id++)
        {
            arguments[5 + id] = cluster.replicaDirectory(id).toString();
        }
        assertEquals(0, recover(arguments), () -> said);
        assertTrue(said.contains("Epoch 1 would begin behind sequence"), said);
        assertTrue(said.contains("replica 0: sequences "), said);
        assertTrue(said.contains("replica 3: nothing; it is behind"), said);
    }

    private void signed()
    {
        assertEquals(78, apply(0));
        assertTrue(said.contains("0 of its administrators have signed it, and 2 must"), said);
        for (final int number : new int[]{3, 1})
        {
            assertEquals(0, recover(
                "sign", "--cluster", oldFile.toString(), "--recovery", recoveryFile.toString(), "--administrator",
                "administrator-" + number, "--keys",
                GeneratedCluster.administratorDirectory(directory, number).resolve("keys").toString()), () -> said);
        }
        assertTrue(said.contains("Enough have signed"), said);
        assertEquals(0, recover("configuration", "--cluster", oldFile.toString(), "--recovery",
            recoveryFile.toString(), "--out", newFile.toString()), () -> said);
    }

    private void applied()
    {
        for (int id = 0; id < BEHIND; id++)
        {
            assertEquals(0, apply(id), () -> said);
            assertTrue(said.contains("is in epoch 1 from now on"), said);
            assertEquals(0, apply(id), () -> said);
            assertTrue(said.contains("was given this recovery before"), said);
        }
        assertRefused(0, oldFile, "in epoch 1, and the cluster file in epoch 0");
        assertRefused(BEHIND, newFile, "in epoch 0, and the cluster file in epoch 1: give the replica the recovery");
    }

    private void assertRefused(final int id, final Path file, final String sentence)
    {
        useFile(file);
        final JournalException refusal =
            assertThrows(JournalException.class, () -> ReplicaNode.launch(cluster.context(id)));
        assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
    }

    /** It runs in the old epoch: nobody hears it, and it hears nobody. */
    private void goesOnWithout(final int stuck)
    {
        useFile(newFile);
        for (int id = 0; id < stuck; id++)
        {
            cluster.start(id);
        }
        useFile(oldFile);
        cluster.start(stuck);
        final long count = cluster.services[stuck].count();
        call(ClusterConfiguration.load(newFile), 200, () -> assertEquals(78, apply(stuck)), 100);
        assertTrue(said.contains("is in use by"), said);
        awaitTrue("it is refused", () -> cluster.report(stuck).get(ReplicaCounter.PEER_REJECTIONS) > 0);
        assertEquals(count, cluster.services[stuck].count());
        assertEquals(0, cluster.report(0).get(ReplicaCounter.AWAITED_SEQUENCE));
    }

    private void assertEqualLogs()
    {
        final String[] compare = new String[1 + REPLICAS];
        compare[0] = "compare";
        for (int id = 0; id < REPLICAS; id++)
        {
            cluster.stop(id);
            compare[1 + id] = cluster.replicaDirectory(id).toString();
            assertEquals(0, command(
                new LogCommand(), "verify", compare[1 + id], "--cluster", newFile.toString()), () -> said);
            // Where retention has taken the RECOVER from a journal, what is left is of the new epoch.
            assertTrue(CUT == id || said.contains("epoch 1 began behind sequence"), said);
        }
        assertEquals(0, command(new LogCommand(), compare), () -> said);
        assertEquals(0, command(
            new LogCommand(), "print", compare[1], "--records", "--cluster", newFile.toString()), () -> said);
        assertTrue(said.contains("Recover epoch=1 behind="), "the record is printed");
        assertEquals(1, command(new LogCommand(), "verify", compare[1], "--cluster", oldFile.toString()));
        assertTrue(said.contains("epoch 1, not 0"), said);
    }

    private int apply(final int id)
    {
        return recover("apply", "--cluster", oldFile.toString(), "--recovery", recoveryFile.toString(), "--replica",
            Integer.toString(id), "--dir", cluster.replicaDirectory(id).toString());
    }

    private int recover(final String... arguments)
    {
        return command(new RecoverCommand(), arguments);
    }

    private int command(final Object command, final String... arguments)
    {
        final StringWriter text = new StringWriter();
        final CommandLine commandLine = new CommandLine(command);
        commandLine.setOut(new PrintWriter(text));
        commandLine.setErr(new PrintWriter(text));
        final int status = commandLine.execute(arguments);
        said = text.toString();
        return status;
    }
}
