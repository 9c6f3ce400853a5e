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
package io.tagma.perf.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.cli.InitCommand;
import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.replica.ReplicaNode;
import io.tagma.perf.cluster.FreePorts;
import io.tagma.perf.echo.EchoService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The README's examples: what it shows is what is compiled here, and it works.
 */
class ExamplesTest
{
    private static final Path SOURCES = Path.of("src/test/java/io/tagma/perf/examples");

    @Test
    void shouldBeWhatTheReadmeShows() throws IOException
    {
        final String readme = Files.readString(Path.of("../README.md"));
        assertTrue(readme.contains(shown("EmbeddedReplica.java", "// README replica {")));
        assertTrue(readme.contains(shown("EmbeddedClient.java", "// README client {")));
    }

    @Test
    void shouldOrderARequest(@TempDir final Path home)
    {
        final Path cluster = home.resolve("cluster");
        final int status = new CommandLine(new InitCommand()).execute(
            "--dir", cluster.toString(), "--replicas", "4", "--clients", "1",
            "--base-port", Integer.toString(FreePorts.run(8)));
        assertEquals(0, status);

        final List<ReplicaNode> replicas = new ArrayList<>();
        try
        {
            for (int id = 0; id < 4; id++)
            {
                replicas.add(EmbeddedReplica.launch(cluster, id, new EchoService()));
            }
            final List<String> heard = new ArrayList<>();
            EmbeddedClient.sendOne(cluster, (number, outcome, reason, position, result, offset, length) ->
                heard.add(number + " " + outcome + " " + result.getStringWithoutLengthAscii(offset, length)));
            assertEquals(List.of("1 " + Outcome.COMMITTED + " an order"), heard);
        }
        finally
        {
            CloseHelper.closeAll(replicas);
        }
    }

    /** The lines between a mark and the closing one, without the indentation of the method. */
    private static String shown(final String file, final String mark) throws IOException
    {
        final String source = Files.readString(SOURCES.resolve(file));
        final int start = source.indexOf('\n', source.indexOf(mark)) + 1;
        final int end = source.lastIndexOf('\n', source.indexOf("// }", start)) + 1;
        return source.substring(start, end).replaceAll("(?m)^ {8}", "");
    }
}
