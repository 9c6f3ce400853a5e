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
package io.tagma.perf.load;

import io.tagma.perf.Tagma;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LoadCommandTest
{
    @TempDir
    private Path directory;

    @Test
    @Tag("process")
    void aClosedLoopLosesNothingAndSaysWhatItCost() throws IOException
    {
        final Path json = directory.resolve("load.json");
        final Path hgrm = directory.resolve("load.hgrm");
        final Path page = directory.resolve("report");
        assertEquals(0, Tagma.run("load", "--in-flight", "16", "--duration", "1", "--warmup", "0", "--workload",
            "exchange", "--json", json.toString(), "--hgrm", hgrm.toString(), "--report", page.toString()));
        final String report = Files.readString(json);
        assertTrue(report.contains("\"failures\": []"), report);
        assertTrue(report.contains("\"residentBytes\": "), report);
        assertTrue(report.contains("\"p99.9\": "), report);
        assertTrue(report.contains("\"clientMean\": "), report);
        assertTrue(report.contains("\"busyCycles\": "), report);
        assertTrue(Files.readString(hgrm).contains("TotalCount"));
        assertEquals(report, Files.readString(page.resolve("figures.json")));
        assertEquals(Files.readString(hgrm), Files.readString(page.resolve("1-in-flight-16-tagma.hgrm")));
        final String html = Files.readString(page.resolve("index.html"));
        for (final String word : List.of("OK: ", "arrived to proposed", "replica 3", "durability process",
            "tagma load --in-flight 16 ", "it was measured once"))
        {
            assertTrue(html.contains(word), () -> word + " is not in: " + html);
        }
    }

    @Test
    void aDirectoryThatIsNotEmptyIsRefusedBeforeAnythingIsMeasured() throws IOException
    {
        Files.writeString(directory.resolve("mine"), "x");
        assertEquals(Tagma.EXIT_USAGE, Tagma.run("load", "--report", directory.toString()));
    }

    @Test
    @Tag("process")
    void aRateThatNobodyReachesIsMissed() throws IOException
    {
        final Path json = directory.resolve("load.json");
        assertEquals(1, Tagma.run("load", "--rate", "10000000", "--duration", "1", "--warmup", "0", "--replicas", "1",
            "--json", json.toString()));
        assertTrue(Files.readString(json).contains("missed the rate"), Files.readString(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--rate 0",
        "--rate 10000001",
        "--in-flight 0",
        "--in-flight 1025",
        "--rate 5 --in-flight 5",
        "--duration 0",
        "--warmup -1",
        "--payload 7",
        "--payload 65537",
        "--workload nothing",
        "--cluster cluster.properties",
    })
    void wrongUsageHasAStatusOfItsOwn(final String options)
    {
        assertEquals(Tagma.EXIT_USAGE, Tagma.run(("load " + options).split(" ")));
    }
}
