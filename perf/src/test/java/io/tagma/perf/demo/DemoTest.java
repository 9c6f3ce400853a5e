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
package io.tagma.perf.demo;

import io.tagma.perf.Tagma;
import io.tagma.perf.flow.OrderFlowFormat;
import io.tagma.perf.flow.OrderFlowGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DemoTest
{
    @TempDir
    private Path directory;

    @Test
    @Tag("process")
    void fourProcessesAgreeOnAFileAndLeaveNothingBehind() throws IOException
    {
        final Path orders = directory.resolve("orders.csv");
        try (OrderFlowGenerator flow = new OrderFlowGenerator(5, 3000); var out = Files.newBufferedWriter(orders))
        {
            OrderFlowFormat.write(flow, out);
        }
        final Path json = directory.resolve("report.json");
        final Set<Path> before = tagmaDirectories();
        assertEquals(0, Tagma.run("demo", "--orders", orders.toString(), "--json", json.toString()));
        final String report = Files.readString(json);
        assertTrue(report.contains("\"good\": true"), report);
        assertTrue(report.contains("\"committed\": 3000"), report);
        for (final String check : new String[]{"acknowledgedOnce", "caughtUp", "stoppedInOrder", "booksEqual",
            "treeHeadsEqual", "logsEqual", "logsVerified", "treeHeadRecomputed", "bookRecomputed",
            "resultsRecomputed"})
        {
            assertTrue(report.contains("\"" + check + "\": true"), check + " in " + report);
        }
        final Set<Path> left = tagmaDirectories();
        left.removeAll(before);
        assertEquals(Set.of(), left);
        assertEquals(0, ProcessHandle.current().children().filter(ProcessHandle::isAlive).count());
    }

    @Test
    @Tag("process")
    void theSameFlowTwiceGivesTheSameBook() throws IOException
    {
        final String first = stateDigest(directory.resolve("first.json"));
        assertEquals(first, stateDigest(directory.resolve("second.json")));
    }

    @Test
    @Tag("process")
    @EnabledIfSystemProperty(named = "tagma.test.tier", matches = "2", disabledReason = "takes minutes")
    void whoeverIsAwayComesBackWhileRequestsRun() throws IOException
    {
        for (final String trouble : new String[]{
            "--kill-backup", "--kill-primary", "--freeze-primary", "--rolling-restart"})
        {
            final Path json = directory.resolve(trouble + ".json");
            assertEquals(0, Tagma.run("demo", trouble, "--requests", "20000", "--json", json.toString()), trouble);
            final String report = Files.readString(json);
            assertTrue(report.contains("\"back\": true"), report);
            assertTrue(report.contains("\"logsEqual\": true"), report);
            assertTrue("--kill-backup".equals(trouble) || report.contains("\"viewChanged\": true"), report);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--workload nothing",
        "--requests 0",
        "--requests 10000001",
        "--requests many",
        "--in-flight 0",
        "--in-flight 1025",
        "--workload echo --orders x.csv",
        "--kill-backup --kill-primary",
        "--freeze-primary --rolling-restart",
        "--freeze-primary=2",
        "--unheard-of",
    })
    void wrongUsageHasAStatusOfItsOwn(final String options)
    {
        assertEquals(Tagma.EXIT_USAGE, Tagma.run(("demo " + options).split(" ")));
    }

    @Test
    void aFileThatIsNoFlowFailsBeforeAnythingIsStarted() throws IOException
    {
        final Path bad = Files.writeString(
            directory.resolve("bad.csv"), OrderFlowFormat.HEADER + "\n1,1,1,1.00,1,created,sideways\n");
        assertEquals(1, Tagma.run("demo", "--orders", bad.toString()));
        assertEquals(1, Tagma.run("demo", "--orders", directory.resolve("none.csv").toString()));
        final Path empty = Files.writeString(directory.resolve("empty.csv"), OrderFlowFormat.HEADER + "\n");
        assertEquals(1, Tagma.run("demo", "--orders", empty.toString()));
    }

    @Test
    void aDirectoryThatHoldsSomethingIsNotKeptIn() throws IOException
    {
        Files.writeString(directory.resolve("mine.txt"), "mine");
        assertEquals(Tagma.EXIT_USAGE, Tagma.run("demo", "--keep", directory.toString()));
    }

    private static String stateDigest(final Path json) throws IOException
    {
        assertEquals(0, Tagma.run("demo", "--requests", "1000", "--seed", "9", "--json", json.toString()));
        final Matcher matcher = Pattern.compile("\"stateDigest\": \"([0-9a-f]{64})\"").matcher(Files.readString(json));
        assertTrue(matcher.find());
        return matcher.group(1);
    }

    private static Set<Path> tagmaDirectories() throws IOException
    {
        final Set<Path> found = new TreeSet<>();
        for (final Path parent : new Path[]{Path.of(System.getProperty("java.io.tmpdir")), Path.of("/dev/shm")})
        {
            if (Files.isDirectory(parent))
            {
                try (Stream<Path> children = Files.list(parent))
                {
                    children.filter((child) -> child.getFileName().toString().startsWith("tagma-")).forEach(found::add);
                }
            }
        }
        return found;
    }
}
