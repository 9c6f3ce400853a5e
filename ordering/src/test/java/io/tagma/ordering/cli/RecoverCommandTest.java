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
package io.tagma.ordering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.audit.JournalFixture;
import io.tagma.ordering.configuration.GeneratedCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What {@code tagma recover} does with journals of replicas that are not there, and what it refuses.
 */
class RecoverCommandTest
{
    private static final int REFUSED = 78;
    /** In bytes: where the last batches of a journal lie. */
    private static final long FROM_THE_END = 2_000;

    @TempDir
    private Path root;
    private final GeneratedCluster cluster = GeneratedCluster.builder().administrators(3).generate();
    private Path clusterFile;
    private Path recoveryFile;
    private String said;

    @BeforeEach
    void make()
    {
        cluster.store(root);
        clusterFile = root.resolve(GeneratedCluster.CLUSTER_FILE);
        recoveryFile = root.resolve("recovery.properties");
    }

    private JournalFixture replica(final int id)
    {
        return new JournalFixture(cluster, root, id);
    }

    /** Executed so far, with a certificate each twenty up to the one given. */
    private void journal(final int id, final long executed, final long certified)
    {
        try (JournalFixture replica = replica(id))
        {
            for (long sequence = 20; sequence <= certified; sequence += 20)
            {
                replica.commit(sequence - 19, sequence);
                replica.certify(sequence, 3, false, false);
            }
            replica.commit(certified + 1, executed);
        }
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

    private String directory(final int id)
    {
        return GeneratedCluster.replicaDirectory(root, id).toString();
    }

    private int propose(final Path file, final String... sources)
    {
        return recover(Stream.concat(
            Stream.of("propose", "--cluster", clusterFile.toString(), "--out", file.toString()),
            Stream.of(sources)).toArray(String[]::new));
    }

    private int sign(final Path file, final int number, final int key)
    {
        return recover("sign", "--cluster", clusterFile.toString(), "--recovery", file.toString(), "--administrator",
            "administrator-" + number, "--keys",
            GeneratedCluster.administratorDirectory(root, key).resolve("keys").toString());
    }

    private int apply(final Path file, final int id, final String... more)
    {
        return recover(Stream.concat(
            Stream.of("apply", "--cluster", clusterFile.toString(), "--recovery", file.toString(), "--replica",
                Integer.toString(id), "--dir", directory(id)),
            Stream.of(more)).toArray(String[]::new));
    }

    private void assertRefused(final String sentence, final int status)
    {
        assertEquals(REFUSED, status, said);
        assertTrue(said.contains(sentence), said);
    }

    private void proposedAndSigned(final Path file, final String... sources)
    {
        assertEquals(0, propose(file, sources), () -> said);
        assertEquals(0, sign(file, 1, 1), () -> said);
        assertEquals(0, sign(file, 2, 2), () -> said);
    }

    @Test
    @DisplayName("the highest certificate of all is proposed, and what each executed behind it is said to be lost")
    void proposesTheHighestCertificate()
    {
        journal(0, 62, 40);
        journal(1, 61, 20);
        journal(2, 30, 20);
        assertEquals(0, propose(recoveryFile, directory(0), directory(1), directory(2)), () -> said);
        assertTrue(said.contains("executed up to 62, certificate for 40"), said);
        assertTrue(said.contains("Epoch 1 would begin behind sequence 40"), said);
        assertTrue(said.contains("replica 0: sequences 41 to 62, 18 executed requests"), said);
        assertTrue(said.contains("replica 2: nothing; it is behind, and gets up to 40"), said);
        assertTrue(said.contains("WARNING: the journals of replicas 3 were not read"), said);
        assertTrue(said.contains("WARNING: by these journals replicas of weight 0 forgot votes, and F = 1"), said);
        assertRefused("exists already", propose(recoveryFile, directory(1)));
        assertEquals(0, propose(root.resolve("other"), directory(1), recoveryFile.toString()), () -> said);
        assertTrue(said.contains("Epoch 1 would begin behind sequence 40"), said);
    }

    @Test
    void saysThatEverythingIsLostWhereNothingIsCertified()
    {
        journal(0, 15, 0);
        assertEquals(0, propose(recoveryFile, directory(0)), () -> said);
        assertTrue(said.contains("NO CERTIFICATE is left"), said);
        assertEquals(0, sign(recoveryFile, 3, 3), () -> said);
        assertTrue(said.contains("1 more must sign."), said);
        assertEquals(0, sign(recoveryFile, 2, 2), () -> said);
        assertEquals(0, apply(recoveryFile, 0), () -> said);
        assertTrue(said.contains("Given up: sequences 1 to 15"), said);
        assertEquals(0, command(new LogCommand(), "verify", directory(0)), () -> said);
        assertTrue(said.contains("no batch is committed"), said);
    }

    @Test
    void refusesCertificatesThatProveNothing()
    {
        try (JournalFixture replica = replica(0))
        {
            replica.commit(1, 20);
            replica.certify(20, 2, false, false);
        }
        try (JournalFixture replica = replica(1))
        {
            replica.commit(1, 20);
            replica.certify(20, 3, true, false);
        }
        assertRefused("signatures that weigh 2, not the quorum of 3", propose(recoveryFile, directory(0)));
        assertRefused("has a wrong signature of replica 2", propose(recoveryFile, directory(1)));
        assertFalse(Files.exists(recoveryFile));
    }

    @Test
    void refusesAClusterWithoutAdministrators()
    {
        final Path other = root.resolve("without");
        GeneratedCluster.builder().generate().store(other);
        clusterFile = other.resolve(GeneratedCluster.CLUSTER_FILE);
        journal(0, 5, 0);
        assertRefused("and not of epoch 0 of the cluster", propose(recoveryFile, directory(0)));
        assertRefused("names no administrators: nobody can bring this cluster back", propose(recoveryFile,
            writtenWithout().toString()));
    }

    private Path writtenWithout()
    {
        final Path file = root.resolve("unsigned");
        try
        {
            return Files.writeString(file, "cluster.id=0000000000000001\nepoch=1\nsequence=0\ncertificate=\n" +
                "configuration=" + "0".repeat(64) + "\n");
        }
        catch (final IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    @Test
    void refusesOtherKeysThanAnAdministratorsOwn() throws IOException
    {
        journal(0, 25, 20);
        assertEquals(0, propose(recoveryFile, directory(0)), () -> said);
        assertRefused("is not that of administrator administrator-1", sign(recoveryFile, 1, 2));
        assertRefused("names no administrator administrator-4", sign(recoveryFile, 4, 1));
        assertRefused("0 of its administrators have signed it, and 2 must", apply(recoveryFile, 0));
        assertEquals(0, sign(recoveryFile, 1, 1), () -> said);
        assertEquals(0, sign(recoveryFile, 1, 1), () -> said);
        assertRefused("1 of its administrators have signed it, and 2 must", apply(recoveryFile, 0));
        final String text = Files.readString(recoveryFile);
        final String signature = text.lines().filter(line -> line.startsWith("signature.administrator-1"))
            .findAny().orElseThrow().replace("administrator-1", "administrator-2");
        Files.writeString(recoveryFile, text + signature + "\n");
        assertRefused("the signature of administrator-2 is wrong", apply(recoveryFile, 0));
        Files.writeString(recoveryFile, text + signature.replace("administrator-2", "mallory") + "\n");
        assertRefused("signature.mallory is not a known key", apply(recoveryFile, 0));
    }

    @Test
    @DisplayName("it is applied once: again is nothing, another one of the epoch is refused, and the log is in order")
    void appliedOnce()
    {
        journal(0, 62, 40);
        journal(1, 61, 20);
        proposedAndSigned(recoveryFile, directory(0), directory(1));
        final Path lower = root.resolve("lower.properties");
        proposedAndSigned(lower, directory(1));
        assertEquals(0, apply(recoveryFile, 0), () -> said);
        assertTrue(said.contains("Given up: sequences 41 to 62"), said);
        assertEquals(0, apply(recoveryFile, 0), () -> said);
        assertTrue(said.contains("Nothing was changed"), said);
        assertRefused("which began there behind sequence 40: it is never given another recovery of epoch 1",
            apply(lower, 0));
        assertEquals(0, apply(lower, 1), () -> said);

        final Path next = root.resolve("cluster-1.properties");
        assertEquals(0, recover("configuration", "--cluster", clusterFile.toString(), "--recovery",
            recoveryFile.toString(), "--out", next.toString()), () -> said);
        assertEquals(0, command(new LogCommand(), "verify", directory(0), "--cluster", next.toString()), () -> said);
        assertTrue(said.contains("sequences 1 to 40, each committed once and in turn"), said);
        assertTrue(said.contains("by the word of 2 administrators; commit marks undone: 22"), said);
        assertEquals(1, command(new LogCommand(), "verify", directory(1), "--cluster", next.toString()), () -> said);
        assertTrue(said.contains("is not that of the cluster file"), said);
        assertEquals(0, command(new LogCommand(), "compare", directory(0), directory(1)), () -> said);
        assertTrue(said.contains("epoch 1 behind sequence 40"), said);
        assertEquals(0, command(new LogCommand(), "print", directory(0), "--from", "40"), () -> said);
        assertTrue(said.contains("epoch 1 began behind sequence 40, by a RECOVER in record "), said);
        assertFalse(said.contains("sequence 41 "), said);
    }

    @Test
    @DisplayName("what a quorum certified is not given up, unless that is said")
    void keepsWhatIsCertified()
    {
        journal(0, 62, 40);
        journal(1, 61, 20);
        proposedAndSigned(recoveryFile, directory(1));
        assertRefused("holds a certificate for sequence 40, and the recovery begins behind 20", apply(recoveryFile, 0));
        assertEquals(0, apply(recoveryFile, 0, "--drop-certified"), () -> said);
        assertEquals(0, command(new LogCommand(), "verify", directory(0)), () -> said);
        assertTrue(said.contains("sequences 1 to 20, each committed once and in turn"), said);
    }

    @Test
    void refusesReplicasThatRunAndJournalsThatAreBurntOrAnothers() throws IOException
    {
        journal(0, 62, 40);
        journal(1, 62, 40);
        proposedAndSigned(recoveryFile, directory(0));
        assertRefused("does not hold the key of replica 2", recover(
            "apply", "--cluster", clusterFile.toString(), "--recovery", recoveryFile.toString(), "--replica", "2",
            "--dir", directory(0)));
        try (JournalFixture running = replica(2))
        {
            running.commit(1, 5);
            assertRefused("is in use by", apply(recoveryFile, 2));
        }
        flipBit(1);
        assertRefused("new keys", apply(recoveryFile, 1));
        final Path other = root.resolve("other");
        GeneratedCluster.builder().administrators(3).generate().store(other);
        clusterFile = other.resolve(GeneratedCluster.CLUSTER_FILE);
        assertRefused("it is of cluster", apply(recoveryFile, 0));
    }

    private void flipBit(final int id) throws IOException
    {
        final Path segment;
        try (Stream<Path> files = Files.walk(Path.of(directory(id)).resolve("journal")))
        {
            segment = files.filter(file -> file.toString().endsWith(".cq4")).sorted()
                .reduce((first, second) -> second).orElseThrow();
        }
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw"))
        {
            long last = file.length() - 1;
            for (file.seek(last); 0 == file.read(); file.seek(last))
            {
                last--;
            }
            file.seek(last - FROM_THE_END);
            final int value = file.read();
            file.seek(last - FROM_THE_END);
            file.write(value ^ 1);
        }
    }
}
