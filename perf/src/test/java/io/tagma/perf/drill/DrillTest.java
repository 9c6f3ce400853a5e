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
package io.tagma.perf.drill;

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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DrillTest
{
    @TempDir
    private Path directory;

    @Test
    @Tag("process")
    void aFrozenPrimaryIsReplacedAndComesBack() throws IOException
    {
        final String report = play("freeze", "--for", "1");
        assertTrue(report.contains("\"freezeToCommitNs\": "), report);
        assertTrue(report.contains("\"viewChanged\": true"), report);
    }

    @Test
    @Tag("process")
    @EnabledIfSystemProperty(named = "tagma.test.tier", matches = "2", disabledReason = "takes minutes")
    void aPrimaryIsKilledAgainAndAgain() throws IOException
    {
        final String report = play("silent-primary", "--times", "3", "--for", "1");
        assertTrue(report.contains("\"kills\": 3"), report);
        assertTrue(report.contains("\"viewChangedEachTime\": true"), report);
    }

    @Test
    @Tag("process")
    @EnabledIfSystemProperty(named = "tagma.test.tier", matches = "2", disabledReason = "takes minutes")
    void aLeaderOfAeronClusterIsKilledAgainAndAgain() throws IOException
    {
        final Path json = directory.resolve("peer.json");
        assertEquals(0, Tagma.run("drill", "silent-primary", "--peer", "aeron-cluster", "--times", "3",
            "--rate", "200", "--warmup", "1", "--around", "1", "--for", "1",
            "-D", "aeron.cluster.election.timeout=80ms", "--json", json.toString()));
        final String report = Files.readString(json);
        assertTrue(report.contains("\"kills\": 3"), report);
        assertTrue(report.contains("\"killToCommitNs\": {"), report);
        assertTrue(report.contains("\"leaderChangedEachTime\": true"), report);
        assertTrue(report.contains("\"aeron.cluster.election.timeout\": \"80ms\""), report);
        assertTrue(report.contains("\"lost\": "), report);
        assertTrue(report.contains("\"good\": true"), report);
    }

    @Test
    @Tag("process")
    void aBackupFetchesTheLogThatItMissed() throws IOException
    {
        final String report = play("catch-up-log", "--mb", "8");
        assertTrue(report.contains("\"fetchedTheLog\": true"), report);
        assertTrue(report.contains("\"megabytesPerS\": "), report);
    }

    @Test
    @Tag("process")
    @EnabledIfSystemProperty(named = "tagma.test.tier", matches = "2", disabledReason = "takes minutes")
    void aFetcherAndASourceAreKilledAndItGoesOn() throws IOException
    {
        final String report = play("catch-up-log-killed", "--mb", "256");
        assertTrue(report.contains("\"fetcherWentOn\": true"), report);
        assertTrue(report.contains("\"othersWentOn\": true"), report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slow-primary", "bad-client-mac", "disk-full", "amnesia"})
    @Tag("process")
    @EnabledIfSystemProperty(named = "tagma.test.tier", matches = "2", disabledReason = "takes minutes")
    void nothingIsLostInAnyOther(final String scenario) throws IOException
    {
        play(scenario, "--for", "2");
    }

    @Test
    void eachScenarioHasANameOfItsOwnAndIsListed()
    {
        for (final Scenario scenario : Scenario.values())
        {
            assertEquals(scenario, Scenario.of(scenario.label()));
        }
        assertEquals(0, Tagma.run("drill", "--list"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--rate 100",
        "nothing",
        "equivocating-primary",
        "freeze --rate 0",
        "freeze --rate 10000001",
        "freeze --rate many",
        "freeze --times 2",
        "silent-primary --times 0",
        "silent-primary --times 1001",
        "freeze --for 0",
        "freeze --mb 1",
        "catch-up-log --mb 0",
        "catch-up-log --mb 16385",
        "freeze --for 3601",
        "freeze --warmup -1",
        "freeze --around 0",
        "freeze amnesia",
        "freeze --unheard-of",
        "silent-primary --peer",
        "silent-primary --peer raft",
        "freeze --peer aeron-cluster",
        "silent-primary --peer aeron-cluster --keep nowhere",
        "silent-primary --peer aeron-cluster -D pipeline.depth=4",
        "silent-primary -D aeron.cluster.election.timeout=50ms",
    })
    void wrongUsageHasAStatusOfItsOwn(final String options)
    {
        assertEquals(Tagma.EXIT_USAGE, Tagma.run(("drill " + options).split(" ")));
    }

    @Test
    void aDirectoryThatHoldsSomethingIsNotKeptIn() throws IOException
    {
        Files.writeString(directory.resolve("mine.txt"), "mine");
        assertEquals(Tagma.EXIT_USAGE, Tagma.run("drill", "freeze", "--keep", directory.toString()));
    }

    private String play(final String scenario, final String... options) throws IOException
    {
        final Path json = directory.resolve("drill.json");
        final String[] common = {
            "drill", scenario, "--rate", "200", "--warmup", "0", "--around", "1", "--json", json.toString()};
        final String[] all = new String[common.length + options.length];
        System.arraycopy(common, 0, all, 0, common.length);
        System.arraycopy(options, 0, all, common.length, options.length);
        assertEquals(0, Tagma.run(all));
        final String report = Files.readString(json);
        assertTrue(report.contains("\"good\": true"), report);
        assertTrue(report.contains("\"logsEqual\": true"), report);
        assertTrue(report.contains("\"during\": {"), report);
        return report;
    }
}
