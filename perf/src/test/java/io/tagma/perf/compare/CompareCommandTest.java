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
package io.tagma.perf.compare;

import io.tagma.perf.Tagma;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CompareCommandTest
{
    @TempDir
    private Path directory;

    @Test
    @Tag("process")
    void everySystemAnswersEveryRequest() throws IOException
    {
        final Path json = directory.resolve("compare.json");
        final Path page = directory.resolve("report");
        assertEquals(0, Tagma.run("compare", "--in-flight", "8", "--duration", "1", "--warmup", "1", "--rounds", "1",
            "--tuning", "BEST,DEFAULT,BEST", "--json", json.toString(), "--report", page.toString()));
        final String report = Files.readString(json);
        assertTrue(report.contains("\"tagma\": "), report);
        assertTrue(report.contains("\"raw-aeron\": "), report);
        assertTrue(report.contains("\"tagma-unreplicated\": "), report);
        assertTrue(report.contains("\"conditions\": \"1 replica, durability process\""), report);
        assertTrue(report.contains("\"aeron-cluster-best\": "), report);
        assertTrue(report.contains("\"aeron-cluster-default\": "), report);
        assertTrue(report.contains("\"perSecond\": "), report);
        assertEquals(report, Files.readString(page.resolve("figures.json")));
        final String html = Files.readString(page.resolve("index.html"));
        for (final String system : List.of("tagma", "raw-aeron", "tagma-unreplicated", "aeron-cluster-best",
            "aeron-cluster-default"))
        {
            final String distribution = "1-in-flight-8-" + system + ".hgrm";
            assertTrue(html.contains("<strong>" + system + "</strong>"), html);
            assertTrue(html.contains("href=\"" + distribution + "\""), html);
            assertTrue(Files.readString(page.resolve(distribution)).contains("TotalCount"), distribution);
        }
        assertTrue(html.contains("tagma / this"), html);
    }

    @Test
    void aDirectoryThatIsNotEmptyIsRefusedBeforeAnythingIsMeasured() throws IOException
    {
        Files.writeString(directory.resolve("mine"), "x");
        assertEquals(Tagma.EXIT_USAGE, Tagma.run("compare", "--report", directory.toString()));
    }

    @Test
    @Tag("process")
    @EnabledIfSystemProperty(named = "tagma.test.tier", matches = "2", disabledReason = "takes half a minute")
    void theForkOfBftSmartAnswersEveryRequest() throws IOException
    {
        final Path json = directory.resolve("compare.json");
        assertEquals(0, Tagma.run("compare", "--in-flight", "1,64", "--duration", "2", "--warmup", "1", "--rounds", "1",
            "--replicas", "1", "--peer", "bft-smart", "--json", json.toString()));
        final String report = Files.readString(json);
        assertTrue(report.contains("\"bft-smart-fork\": "), report);
        assertTrue(report.contains("com.jd.blockchain:bft-smart:0.0.8.RELEASE, a fork of BFT-SMaRt"), report);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--rate 0",
        "--rate 10000001",
        "--in-flight 0",
        "--in-flight 1,1025",
        "--duration 0",
        "--warmup -1",
        "--rounds 0",
        "--rounds 100",
        "--payload 7",
        "--payload 16385",
        "--tuning WORST",
        "--peer zookeeper",
    })
    void wrongUsageHasAStatusOfItsOwn(final String options)
    {
        assertEquals(Tagma.EXIT_USAGE, Tagma.run(("compare " + options).split(" ")));
    }
}
