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
package io.tagma.perf.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReportDirectoryTest
{
    private static final Verdict GOOD = new Verdict(List.of(), List.of());

    @TempDir
    private Path parent;

    @Test
    void writesThePageTheFiguresAndADistributionOfEachSystemAndLoad() throws IOException
    {
        final SystemResult tagma = Specimens.system("tagma", 1000, 1000, 100);
        final SystemResult peer = Specimens.system("../peer", 1000, 2000, 100);
        final Path directory = parent.resolve("a/b");
        ReportDirectory.make(directory).write(
            Specimens.report(
                GOOD,
                Specimens.load("in-flight-1", Phases.NONE, tagma, peer),
                Specimens.load("in-flight-1", Phases.NONE, tagma)),
            Map.of("rate", 5L));

        assertEquals(
            List.of(
                "1-in-flight-1-.._peer.hgrm", "1-in-flight-1-tagma.hgrm", "2-in-flight-1-tagma.hgrm", "figures.json",
                "index.html"),
            names(directory));
        assertTrue(Files.readString(directory.resolve("figures.json")).contains("\"rate\": 5"));
        assertTrue(Files.readString(directory.resolve("index.html")).startsWith("<!DOCTYPE html>"));
        final String distribution = Files.readString(directory.resolve("2-in-flight-1-tagma.hgrm"));
        // Half of 1 to 1,000 us, in microseconds.
        assertTrue(distribution.lines().anyMatch((line) -> line.strip().startsWith("500.") && line.contains("0.5000")),
            distribution);
        assertTrue(distribution.contains("1000]"), distribution);
    }

    @Test
    void aDirectoryWithNothingInItWillDo() throws IOException
    {
        assertEquals(parent.resolve("index.html"), ReportDirectory.make(parent).page());
    }

    @Test
    void whatHasSomethingInItIsRefusedAndLeftAlone() throws IOException
    {
        Files.writeString(parent.resolve("mine"), "x");
        final String refusal = refusal(parent);
        assertEquals(
            parent + " is not empty: a report needs a directory that is new, or has nothing in it", refusal);
        assertEquals(List.of("mine"), names(parent));
    }

    @Test
    void aFileIsRefused() throws IOException
    {
        final Path file = Files.writeString(parent.resolve("mine"), "x");
        assertEquals(file + " is a file, and a report needs a directory", refusal(file));
        assertTrue(refusal(file.resolve("below")).startsWith(file.resolve("below") + " cannot be used for a report: "));
    }

    private static String refusal(final Path path)
    {
        return assertThrows(IllegalArgumentException.class, () -> ReportDirectory.make(path)).getMessage();
    }

    private static List<String> names(final Path directory) throws IOException
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.map((file) -> file.getFileName().toString()).sorted().toList();
        }
    }
}
