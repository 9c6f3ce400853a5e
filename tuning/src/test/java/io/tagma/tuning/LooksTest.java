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
package io.tagma.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is found on hosts of other kinds, and what counts as wanted.
 */
class LooksTest
{
    private static final String CPU = "/sys/devices/system/cpu/";

    @TempDir
    private Path directory;
    private MadeUpHost host;

    @BeforeEach
    void makeUp()
    {
        host = new MadeUpHost(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        ">= 2 MiB|2097152|true",
        ">= 2 MiB|2097151|false",
        "<= 16 MiB|16777216|true",
        "<= 16 MiB|16777217|false",
        ">= 1 GiB|1073741824|true",
        ">= 64 KiB|65535|false",
        ">= 6.12|6.12.0-rc1|true",
        ">= 6.12|6.9.12|false",
        ">= 6.12|7.0|true",
        ">= 6.12.1|6.12|false",
        ">= 4|none|false",
        "<= 4|none|false",
        "none|none|true",
        "0|0|true",
        "0|any, no processor is isolated|false",
        "one of chrt perl|perl|true",
        "one of chrt perl|none|false",
        "none of tmpfs nfs*|nfs4|false",
        "none of tmpfs nfs*|tmpfs2|true",
        "performance|performance powersave|false",
    })
    void judges(final String wanted, final String found, final boolean isMet)
    {
        assertEquals(isMet, Wanted.of(wanted).isMetBy(found));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plenty", "2 TiB", "2 MiB more", "99999999999999999999", "9007199254740993 GiB"})
    void doesNotJudgeWhatIsNoNumber(final String found)
    {
        final Wanted wanted = Wanted.of(">= 2 MiB");
        assertThrows(IllegalArgumentException.class, () -> wanted.isMetBy(found));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ">= plenty", "<= "})
    void wantsNothingWithoutMeaning(final String wanted)
    {
        assertThrows(IllegalArgumentException.class, () -> Wanted.of(wanted));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "quiet|0",
        "isolcpus=3|1",
        "isolcpus=nohz,domain,2-4,7|4",
        "isolcpus=1 isolcpus=2-3|2",
        "noisolcpus=1-3|0",
        "isolcpus=all|8",
    })
    void readsTheCommandLineOfTheKernel(final String commandLine, final String count) throws IOException
    {
        host.file("/proc/cmdline", commandLine).file(CPU + "online", "0-5,8-9");
        assertEquals(count, look("boot", "isolcpus"));
    }

    @Test
    void knowsThatWithoutIsolatedProcessorsAnyIsInterrupted() throws IOException
    {
        host.file(CPU + "isolated", "").file("/proc/irq/1/effective_affinity_list", "0");
        assertEquals("any, no processor is isolated", look("interrupts", ""));
    }

    @Test
    void countsInterruptsOfIsolatedProcessors() throws IOException
    {
        host.file(CPU + "isolated", "2-3")
            .file("/proc/irq/1/effective_affinity_list", "3")
            .file("/proc/irq/1/smp_affinity_list", "0")
            .file("/proc/irq/2/effective_affinity_list", "")
            .file("/proc/irq/3/smp_affinity_list", "0-3")
            .file("/proc/irq/4/smp_affinity_list", "0-1");
        assertEquals("2", look("interrupts", ""));
    }

    @Test
    void doesNotTakeAProcessorForAwakeOfWhichNothingIsSaid() throws IOException
    {
        host.file(CPU + "online", "0").directory(CPU + "cpu0");
        assertThrows(IOException.class, () -> look("cpuidle", ""));
        assertThrows(IOException.class, () -> look("governor", ""));
    }

    @Test
    void followsLinksAndMountsAboveMounts() throws IOException
    {
        host.file("/proc/mounts", "a / ext4 rw 0 0\nb /my\\040data btrfs rw 0 0\nc /my\\040data nfs4 rw 0 0")
            .directory("/my data/replicas");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("my data", "replicas"));
        assertEquals("nfs4", look("filesystem", "/link/replica-0"));
        assertEquals("ext4", look("filesystem", "/elsewhere/replica-0"));
        host.space("/my data/replicas", 7);
        assertEquals("7", look("space", "/link/replica-0"));
    }

    @Test
    void asksForTimeSlicesWithPerlOrANewChrt() throws IOException
    {
        final Jvm common = new Jvm(17, "amd64", List.of(), List.of("Copy"), Set.of());
        final Jvm rare = new Jvm(17, "riscv64", List.of(), List.of("Copy"), Set.of());
        host.variable("PATH", "/bin").jvm(common).directory("/bin");
        assertEquals("none", look("slices", ""));
        host.file("/bin/chrt", "").program("chrt --version", "chrt from util-linux 2.38.1");
        assertEquals("none", look("slices", ""));
        host.program("chrt --version", "chrt from util-linux 2.41-rc1");
        assertEquals("chrt", look("slices", ""));
        host.program("chrt --version", "chrt from util-linux 2.38.1").file("/bin/perl", "");
        assertEquals("perl", look("slices", ""));
        assertEquals("none", look(host.jvm(rare), "slices", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/lib/libvma.so.9.8.51, vma",
        "/opt/libxlio.so, xlio",
        "/usr/lib64/libonload.so (deleted), onload",
        "/usr/lib/libvmalloc.so, none",
        "/usr/lib/xlibvma.so, none",
    })
    void seesWhatIsMapped(final String library, final String name) throws IOException
    {
        host.file("/proc/self/maps", "7f00 r-xp 0 fe:00 9 " + library + "\n7f10 r-xp 0 fe:00 8 /lib/libc.so.6");
        assertEquals(name, look("preload", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "-Xmn16m, 16777216",
        "-XX:MaxNewSize=1g, 1073741824",
        "-Xmn8192K, 8388608",
        "-Xmn4096, 4096",
        "-Xmx1g, none",
    })
    void readsTheYoungGeneration(final String argument, final String bytes) throws IOException
    {
        host.jvm(new Jvm(17, "amd64", List.of(argument), List.of("Copy"), Set.of()));
        assertEquals(bytes, look("jvm-young", ""));
    }

    @Test
    void doesNotTakeAnythingForAYoungGeneration()
    {
        host.jvm(new Jvm(17, "amd64", List.of("-Xmn"), List.of(), Set.of()));
        assertThrows(IllegalArgumentException.class, () -> look("jvm-young", ""));
        assertThrows(IOException.class, () -> look("jvm-collector", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "Copy, Serial",
        "PS Scavenge, Parallel",
        "G1 Young Generation, G1",
        "ZGC Minor Cycles, ZGC",
        "Shenandoah Pauses, Shenandoah",
        "Epsilon Heap, Epsilon",
    })
    void namesTheCollector(final String bean, final String name) throws IOException
    {
        host.jvm(new Jvm(17, "amd64", List.of(), List.of(bean), Set.of()));
        assertEquals(name, look("jvm-collector", ""));
    }

    @Test
    void missesTheFlagsOfALaterJava() throws IOException
    {
        host.jvm(new Jvm(25, "amd64", List.of(), List.of("Copy"), Specimens.reachable()));
        final String found = look("jvm-flags", "");
        assertTrue(found.contains("--sun-misc-unsafe-memory-access=allow"), found);
        assertFalse(found.contains("--add-opens"), found);
        host.jvm(new Jvm(25, "amd64", JvmFlags.arguments(), List.of("Copy"), Specimens.reachable()));
        assertEquals("all", look("jvm-flags", ""));
    }

    @Test
    void seesTheVirtualMachineThatItRunsOn()
    {
        // The tests run with all the flags.
        assertEquals(Specimens.reachable(), Jvm.current().reachable());
        assertEquals(Runtime.version().feature(), Jvm.current().feature());
        assertFalse(Jvm.current().collectors().isEmpty());
    }

    @Test
    void knowsNoOtherLook()
    {
        assertThrows(IllegalArgumentException.class, () -> Looks.named("guess"));
    }

    private String look(final String name, final String argument) throws IOException
    {
        return look(host, name, argument);
    }

    private static String look(final Host host, final String name, final String argument) throws IOException
    {
        return Looks.named(name).at(host, argument);
    }
}
