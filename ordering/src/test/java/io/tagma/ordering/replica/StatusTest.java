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

import io.tagma.ordering.cli.ExitStatus;
import io.tagma.ordering.cli.StatusCommand;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What is printed of replicas that run, and of those that don't.
 */
class StatusTest
{
    @TempDir
    private Path directory;
    private String out = "";

    @Test
    void saysHowEachReplicaIsAndWhatIsLeft()
    {
        try (LocalCluster cluster = new LocalCluster(directory))
        {
            assertEquals(ExitStatus.FAILED, status(directory));
            assertTrue(out.startsWith("No replica runs below "), out);

            cluster.start(0).start(1).start(2);
            assertEquals(ExitStatus.OK, status(directory));
            final List<String> lines = out.lines().toList();
            assertEquals(6, lines.size(), out);
            assertTrue(lines.get(0).startsWith("id  pid      role       view") && lines.get(0).endsWith("  state"));
            assertTrue(lines.get(1).startsWith("0 ") && lines.get(1).contains(" primary "), out);
            assertTrue(lines.get(1).endsWith("  ordering"), out);
            assertTrue(lines.get(2).contains(" backup ") && lines.get(2).contains(" process "), out);
            assertTrue(lines.get(2).endsWith("  following"), out);
            assertTrue(lines.get(4).startsWith("3   -  ") && lines.get(4).endsWith("  stopped"), out);
            assertEquals(lines.get(0).indexOf("state"), lines.get(4).indexOf("stopped"), out);
            assertTrue(lines.get(5).startsWith("One more replica away, and nothing is committed: "), out);
        }
    }

    @Test
    void saysItOfOneReplicaAndAsJson() throws IOException
    {
        try (LocalCluster cluster = new LocalCluster(directory))
        {
            cluster.start(2);
            assertEquals(ExitStatus.OK, status(cluster.replicaDirectory(2), "--json"));
            assertTrue(out.contains("\"state\": \"following\""), out);
            assertTrue(out.contains("\"is active in view\": 1") && out.contains("\"is power durable\": 0"), out);
            assertEquals(ExitStatus.OK, status(cluster.replicaDirectory(2)));
            assertEquals(2, out.lines().count(), out);
            Files.createDirectories(directory.resolve("none"));
            assertEquals(ExitStatus.FAILED, status(directory.resolve("none")));
            assertEquals(ExitStatus.USAGE, status(directory.resolve("nowhere")));
        }
    }

    private int status(final Path below, final String... options)
    {
        final StringWriter text = new StringWriter();
        final CommandLine commandLine = new CommandLine(new StatusCommand());
        commandLine.setOut(new PrintWriter(text));
        commandLine.setErr(new PrintWriter(text));
        final String[] arguments = new String[options.length + 2];
        arguments[0] = "--dir";
        arguments[1] = below.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        final int exitStatus = commandLine.execute(arguments);
        out = text.toString();
        return exitStatus;
    }
}
