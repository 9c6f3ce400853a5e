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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.audit.JournalFixture;
import io.tagma.ordering.audit.LogException;
import io.tagma.ordering.audit.OrderedLog;
import io.tagma.ordering.configuration.GeneratedCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LogCommandTest
{
    private static final long SEGMENT_LENGTH = 128 * 1024;

    @TempDir
    private Path temporary;

    private GeneratedCluster cluster;
    private Path root;
    private String clusterFile;
    private String out;
    private String err;

    @BeforeEach
    void makeCluster()
    {
        root = temporary.resolve("cluster");
        cluster = GeneratedCluster.builder().replicas(4).clients(1).generate();
        cluster.store(root);
        clusterFile = root.resolve(GeneratedCluster.CLUSTER_FILE).toString();
    }

    private JournalFixture replica(final int id)
    {
        return new JournalFixture(cluster, root, id);
    }

    private int log(final String... arguments)
    {
        final StringWriter outText = new StringWriter();
        final StringWriter errText = new StringWriter();
        final CommandLine commandLine = new CommandLine(new LogCommand());
        commandLine.setCommandName("tagma log");
        commandLine.setOut(new PrintWriter(outText));
        commandLine.setErr(new PrintWriter(errText));
        final int status = commandLine.execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    private String good(final int id)
    {
        try (JournalFixture replica = replica(id))
        {
            replica.commit(1, 20);
            replica.certify(20, 3, false, false);
            replica.accept(24, (byte)1);
            replica.commit(21, 40);
            replica.certify(40, 4, false, false);
            replica.accept(41, (byte)1);
            return replica.directory().toString();
        }
    }

    @Test
    void printsTheOrderAsTextAndAsJson()
    {
        final String directory = good(0);
        assertEquals(0, log("print", directory, "--from", "3", "--to", "5"), err);
        final List<String> lines = out.lines().toList();
        assertEquals(5, lines.size(), out);
        assertTrue(lines.get(0).startsWith("sequence 3  2027-01-15T08:00:00.003Z  "), out);
        assertEquals("    client 1  session 5  requests 3  136 bytes", lines.get(1));
        assertTrue(lines.get(4).endsWith("  0 bundles, 0 bytes"), out);

        assertEquals(0, log("print", directory + "/journal", "--json"), err);
        assertEquals(40, out.lines().count());
        assertTrue(out.lines().toList().get(6).matches("\\{\"sequence\":7,\"timestampNs\":1800000000007000000," +
            "\"digest\":\"[0-9a-f]{64}\",\"bundles\":\\[\\{\"clientId\":1,\"sessionId\":5,\"kind\":\"requests\"," +
            "\"firstNumber\":7,\"count\":1,\"bodyLength\":136}]}"), out);
    }

    @Test
    void printsEveryRecord()
    {
        final String directory = good(0);
        assertEquals(64, log("print", directory, "--records"));
        assertEquals(0, log("print", directory, "--records", "--cluster", clusterFile, "--to", "6"), err);
        assertTrue(out.startsWith("record 1  "), out);
        assertTrue(out.contains("record 6  "), out);
    }

    @Test
    void verifiesAJournalThatHolds()
    {
        final String directory = good(0);
        assertEquals(0, log("verify", directory, "--cluster", clusterFile), out + err);
        assertTrue(out.lines().allMatch(line -> line.contains(" ok ")), out);
        assertTrue(out.contains("sequences 1 to 40, each committed once and in turn"), out);
        assertTrue(out.contains("2 of them, 7 signatures, each of a quorum"), out);
        assertTrue(out.contains("2 certified heads recomputed"), out);
        assertEquals(0, log("verify", directory), out);
        assertTrue(out.contains("not checked"), out);
    }

    @Test
    void verifiesAJournalThatIsBeingWritten()
    {
        try (JournalFixture replica = replica(0))
        {
            replica.commit(1, 30);
            assertEquals(0, log("verify", replica.directory().toString(), "--cluster", clusterFile), out + err);
            assertTrue(out.contains("sequences 1 to 30"), out);
            replica.commit(31, 32);
            assertEquals(0, log("verify", replica.directory().toString()), out + err);
            assertTrue(out.contains("sequences 1 to 32"), out);
        }
    }

    @Test
    void batchesInWhosePlaceASnapshotWasFetchedAreNoContradiction()
    {
        final String whole = good(0);
        final String gap;
        try (JournalFixture replica = replica(1))
        {
            replica.commit(1, 10);
            replica.restore(20);
            replica.commit(21, 30);
            // Executed once more, because the file of the snapshot rotted and it was fetched once more.
            replica.restore(20);
            replica.commit(21, 40);
            gap = replica.directory().toString();
        }
        assertEquals(0, log("verify", gap), out + err);
        assertTrue(out.contains("but for some up to 20, in whose place a snapshot was fetched"), out);
        assertTrue(out.contains("a snapshot of sequence 20 was fetched in place of batches"), out);
        assertEquals(0, log("compare", whole, gap), out + err);
        assertTrue(out.contains("equal: sequences 1 to 40"), out);
        assertEquals(0, log("compare", gap, whole, "--require-equal-length"), out + err);
        try (JournalFixture replica = replica(2))
        {
            replica.commit(1, 10);
            replica.restore(20);
            replica.commit(22, 30);
            assertEquals(1, log("verify", replica.directory().toString()), out + err);
        }
    }

    private JournalFixture cuttable(final int id)
    {
        return new JournalFixture(cluster, root, id, SEGMENT_LENGTH);
    }

    @Test
    void whatRetentionHasCutIsSaidAndNoContradiction()
    {
        final String whole;
        try (JournalFixture replica = replica(1))
        {
            replica.commit(1, 500);
            whole = replica.directory().toString();
        }
        try (JournalFixture replica = cuttable(0))
        {
            replica.commit(1, 300);
            final long record = replica.certify(300, 3, false, false);
            replica.restartPoint(316, record);
            replica.commit(301, 400);
            replica.certify(400, 4, false, false);
            replica.cut(record);
            replica.commit(401, 500);
            final String cut = replica.directory().toString();

            assertEquals(0, log("verify", cut, "--cluster", clusterFile), out + err);
            assertTrue(out.contains("sequences 317 to 500, each committed once and in turn; the journal begins with " +
                "record "), out);
            assertTrue(out.contains("the journal begins with sequence 317, the tree with 1"), out);
            assertEquals(0, log("compare", whole, cut, "--require-equal-length"), out + err);
            assertTrue(out.contains("equal: sequences 317 to 500 are the same byte for byte in all 2"), out);

            assertEquals(0, log("print", cut, "--json"), err);
            assertTrue(out.startsWith("{\"sequence\":317,"), out);
            assertEquals(184, out.lines().count());
            assertTrue(err.matches("the journal begins with record \\d+, the order in it with sequence 317: " +
                "retention has taken what was before\\s+"), err);
            assertEquals(0, log("print", cut, "--records", "--cluster", clusterFile, "--to", "1000"), err);
            assertTrue(out.contains("  RestartPoint sequence=316 firstRecordNumber=" + record), out);
            assertEquals(0, log("print", whole, "--to", "2"), err);
            assertEquals("", err);
        }
    }

    @Test
    void whatRetentionTakesBeneathAReaderIsSaidInOneSentence()
    {
        try (JournalFixture replica = cuttable(0); OrderedLog log = new OrderedLog(replica.directory()))
        {
            replica.commit(1, 900);
            final long record = replica.certify(900, 3, false, false);
            assertTrue(log.next());
            assertTrue(log.next());
            replica.cut(record);
            final LogException ex = assertThrows(LogException.class, () -> readAll(log));
            assertTrue(ex.getMessage().contains("retention took"), ex.getMessage());
            assertTrue(ex.getMessage().endsWith("; begin again"), ex.getMessage());
        }
    }

    private static void readAll(final OrderedLog log)
    {
        while (log.next())
        {
            assertTrue(log.sequence() > 2);
        }
    }

    @Test
    void findsAFlippedBit() throws IOException
    {
        final String directory = good(0);
        final Path segment = lastSegment(Path.of(directory));
        final long middle = Files.size(segment) - 3000;
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw"))
        {
            file.seek(middle);
            final int old = file.read();
            file.seek(middle);
            file.write(old ^ 4);
        }
        assertEquals(1, log("verify", directory, "--cluster", clusterFile));
        assertTrue(out.contains("records       FAILED       record "), out);
        assertTrue(out.contains(" is damaged ("), out);
    }

    private static Path lastSegment(final Path directory) throws IOException
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            return files.filter(path -> path.toString().endsWith(".cq4")).max(Path::compareTo).orElseThrow();
        }
    }

    @Test
    void findsAForgedSignatureAWeakCertificateAndAnotherTree()
    {
        final List<String> directories = new ArrayList<>();
        for (int id = 0; id < 3; id++)
        {
            try (JournalFixture replica = replica(id))
            {
                replica.commit(1, 7);
                replica.certify(7, 1 == id ? 2 : 3, 0 == id, 2 == id);
                directories.add(replica.directory().toString());
            }
        }
        assertEquals(1, log("verify", directories.get(0), "--cluster", clusterFile));
        assertTrue(out.contains("FAILED       the certificate for sequence 7 has a wrong signature of replica 2"), out);
        assertEquals(1, log("verify", directories.get(1), "--cluster", clusterFile));
        assertTrue(out.contains("FAILED       the certificate for sequence 7 has signatures that weigh 2, not the " +
            "quorum of 3"), out);
        assertEquals(1, log("verify", directories.get(2), "--cluster", clusterFile));
        assertTrue(out.contains("FAILED       the tree head after sequence 7 is not the certified one"), out);
    }

    @Test
    void findsTwoBatchesAcceptedInOneViewAndAGapInTheOrder()
    {
        try (JournalFixture replica = replica(0))
        {
            replica.commit(1, 2);
            replica.accept(4, (byte)1);
            replica.accept(4, (byte)2);
            replica.commit(4, (byte)2);
            assertEquals(1, log("verify", replica.directory().toString(), "--cluster", clusterFile));
            assertTrue(out.contains("two batches were accepted for sequence 4 in view 0"), out);
            assertTrue(out.contains("the commit mark of sequence 4 follows that of sequence 2"), out);
            assertEquals(1, log("print", replica.directory().toString()));
            assertEquals("tagma log print: the commit mark of sequence 4 follows that of sequence 2", err.trim());
        }
    }

    @Test
    void comparesEqualLogsAndLogsOfDifferentLength()
    {
        final String zero = good(0);
        final String one = good(1);
        assertEquals(0, log("compare", zero, one, "--require-equal-length"), out + err);
        assertTrue(out.contains("equal: sequences 1 to 40 are the same byte for byte in all 2"), out);
        final List<String> lines = out.lines().toList();
        assertEquals(
            lines.get(0).substring(lines.get(0).indexOf("tree head")),
            lines.get(1).substring(lines.get(1).indexOf("tree head")));
        try (JournalFixture two = replica(2))
        {
            two.commit(1, 11);
            assertEquals(0, log("compare", zero, one, two.directory().toString()), out + err);
            assertTrue(out.contains("equal: sequences 1 to 11"), out);
            assertEquals(1, log("compare", zero, two.directory().toString(), "--require-equal-length"));
            assertTrue(out.contains("lengths differ: the longest ends with sequence 40, the shortest with 11"), out);
        }
    }

    @Test
    void findsTheFirstDifference()
    {
        final String zero = good(0);
        try (JournalFixture one = replica(1))
        {
            one.commit(1, 12);
            one.commit(13, (byte)99);
            one.commit(14, 20);
            assertEquals(1, log("compare", zero, one.directory().toString()));
            assertTrue(out.contains("FIRST DIFFERENCE at sequence 13: byte 36 of the bundle bodies"), out);
        }
    }

    @Test
    void refusesWhatIsNoJournal()
    {
        assertEquals(78, log("verify", temporary.resolve("nothing").toString()));
        assertTrue(err.startsWith("tagma log verify: There is no journal in "), err);
        assertEquals(1, err.lines().count(), err);
        assertTrue(Files.notExists(temporary.resolve("nothing")));
        assertEquals(64, log());
        assertEquals(64, log("compare", root.toString()));
    }
}
