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
package io.tagma.perf.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.cli.ExitStatus;
import io.tagma.perf.Tagma;
import io.tagma.tuning.LocalHost;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command on a host of which only the files are made up: what it says, and what it ends with.
 */
class DoctorCommandTest
{
    private static final String RECEIVE_BUFFERS = "/proc/sys/net/core/rmem_max";
    private static final String ONLINE = "/sys/devices/system/cpu/online";

    @TempDir
    private Path root;
    private String said;

    @BeforeEach
    void makeUp() throws IOException
    {
        file(RECEIVE_BUFFERS, "2097152");
        file("/proc/sys/net/core/wmem_max", "2097152");
        file("/proc/sys/kernel/osrelease", "6.12.1");
        file("/proc/mounts", "/dev/vda / ext4 rw 0 0");
        file("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");
        file("/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never");
        file(ONLINE, "0-4");
        Files.createDirectories(root.resolve("dev/shm"));
    }

    @Test
    void isContentWhereAllThatMattersIsMet() throws IOException
    {
        assertEquals(ExitStatus.OK, run());
        assertTrue(said.startsWith("Profile laptop: it fits a host with 5 processors"), said);
        assertTrue(said.contains("differs (helps): choice /sys/kernel/mm/transparent_hugepage/enabled"), said);
        assertTrue(said.contains("unknown (helps): sysctl vm.swappiness"), said);
        assertFalse(said.contains("(matters)"), said);
        assertTrue(said.contains("-D idle=wait"), said);
    }

    @Test
    void failsWhereSomethingThatMattersDiffers() throws IOException
    {
        file(RECEIVE_BUFFERS, "212992");
        assertEquals(ExitStatus.FAILED, run());
        assertTrue(said.contains("differs (matters): sysctl net.core.rmem_max"), said);
        assertTrue(said.contains("found:  212992"), said);
        assertTrue(said.contains("wanted: >= 2 MiB"), said);
        assertTrue(said.contains("mend:   sysctl -w net.core.rmem_max=2097152"), said);
    }

    @Test
    void cannotTellWhereSomethingThatMattersIsUnreadable() throws IOException
    {
        Files.delete(root.resolve(RECEIVE_BUFFERS.substring(1)));
        assertEquals(ExitStatus.UNAVAILABLE, run());
        assertTrue(said.contains("unknown (matters): sysctl net.core.rmem_max"), said);
    }

    @Test
    void wouldRatherSayThatSomethingDiffersThanThatItCannotTell() throws IOException
    {
        Files.delete(root.resolve(RECEIVE_BUFFERS.substring(1)));
        file("/proc/sys/net/core/wmem_max", "1");
        assertEquals(ExitStatus.FAILED, run());
    }

    @Test
    void takesTheProfileThatItIsGiven() throws IOException
    {
        file("/proc/self/maps", "7f10 r-xp 0 fe:00 8 /lib/libc.so.6");
        assertEquals(ExitStatus.FAILED, run("--profile", "bypass"));
        assertTrue(said.contains("differs (matters): preload"), said);
        assertTrue(said.startsWith("Profile bypass: as asked for."), said);
        assertEquals(ExitStatus.USAGE, run("--profile", "large"));
        assertTrue(said.contains("laptop, small, pinned, bypass"), said);
    }

    @Test
    void saysThatItDoesNotKnowHowManyProcessorsThereAre() throws IOException
    {
        file(ONLINE, "some");
        run();
        assertTrue(said.startsWith("Profile laptop: for nobody knows how many processors there are"), said);
    }

    @Test
    void printsJsonInPlaceOfTextOrWritesItBesideText() throws IOException
    {
        file(RECEIVE_BUFFERS, "212992");
        assertEquals(ExitStatus.FAILED, run("--json"));
        assertTrue(said.startsWith("{"), said);
        assertTrue(said.contains("\"profile\": \"laptop\""), said);
        assertTrue(said.contains("\"exitStatus\": 1"), said);
        assertTrue(said.contains("\"verdict\": \"differs\""), said);
        assertTrue(said.contains("\"verdict\": \"met\""), said);
        assertTrue(said.contains("\"time.slice.ns\": \"0\""), said);
        final String json = said;
        final Path file = root.resolve("report.json");
        run("--json", file.toString());
        assertTrue(said.startsWith("Profile laptop"), said);
        assertEquals(json.strip(), Files.readString(file).strip());
    }

    @Test
    void isACommandOfTagma()
    {
        assertEquals(ExitStatus.OK, Tagma.run("doctor", "--help"));
    }

    private int run(final String... arguments)
    {
        final StringWriter output = new StringWriter();
        final CommandLine commandLine = new CommandLine(new DoctorCommand(new RoomyHost(LocalHost.below(root))));
        commandLine.setOut(new PrintWriter(output, true));
        commandLine.setErr(new PrintWriter(output, true));
        final int status = commandLine.execute(arguments);
        said = output.toString();
        return status;
    }

    private void file(final String path, final String text) throws IOException
    {
        final Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
