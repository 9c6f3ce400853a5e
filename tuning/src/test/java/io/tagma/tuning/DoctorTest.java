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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every line of every profile: met, not met, and not readable.
 */
class DoctorTest
{
    static final List<String> NAMES = Profile.NAMES;

    @TempDir
    private Path directory;

    static Stream<Arguments> lines()
    {
        final List<Arguments> lines = new ArrayList<>();
        for (final String name : Profile.NAMES)
        {
            Profile.named(name).lines().forEach((line) ->
                lines.add(Arguments.of(name, line.at(Specimens.JOURNAL).what())));
        }
        return lines.stream();
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void findsNothingWrongWithAHostThatMeetsTheProfile(final String name) throws IOException
    {
        for (final Finding finding : examine(healthy(name), name))
        {
            assertEquals(Finding.Verdict.MET, finding.verdict(), finding.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void findsWhatDiffersAndNothingElse(final String name, final String what) throws IOException
    {
        final MadeUpHost host = Specimens.of(what).wrong().apply(healthy(name));
        for (final Finding finding : examine(host, name))
        {
            assertEquals(
                what.equals(finding.line().what()) ? Finding.Verdict.DIFFERS : Finding.Verdict.MET,
                finding.verdict(),
                finding.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void callsUnknownWhatCannotBeRead(final String name, final String what) throws IOException
    {
        final MadeUpHost host = Specimens.of(what).unreadable().apply(healthy(name));
        final Finding finding = finding(examine(host, name), what);
        assertEquals(Finding.Verdict.UNKNOWN, finding.verdict(), finding.toString());
        assertTrue(finding.found().startsWith("cannot be "), finding.found());
        assertFalse(finding.isMatterOf(Finding.Verdict.DIFFERS));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void callsUnknownEverythingOfAHostThatSaysNothing(final String name)
    {
        for (final Finding finding : examine(new MadeUpHost(directory), name))
        {
            assertEquals(Finding.Verdict.UNKNOWN, finding.verdict(), finding.toString());
        }
        assertEquals(0, new Doctor(new MadeUpHost(directory), Specimens.JOURNAL).processors());
    }

    @Test
    void callsUnknownWhatReadsLikeNothingKnown() throws IOException
    {
        final MadeUpHost host = healthy("bypass")
            .file("/proc/sys/net/core/rmem_max", "plenty")
            .file("/proc/cmdline", "isolcpus=2-N nohz_full=7-2")
            .file("/sys/kernel/mm/transparent_hugepage/enabled", "always")
            .file("/proc/swaps", "nothing of the kind")
            .file("/proc/self/limits", "Max processes 1 1 processes")
            .file("/proc/mounts", "rootfs /")
            .file("/sys/devices/system/cpu/isolated", "some");
        final Set<String> unknown = new TreeSet<>();
        for (final Finding finding : examine(host, "bypass"))
        {
            if (Finding.Verdict.UNKNOWN == finding.verdict())
            {
                assertTrue(finding.found().startsWith("cannot be understood ("), finding.found());
                unknown.add(finding.line().what());
            }
        }
        assertEquals(
            new TreeSet<>(Set.of(
                "sysctl net.core.rmem_max", "boot isolcpus", "boot nohz_full", "swap", "interrupts",
                "choice /sys/kernel/mm/transparent_hugepage/enabled", "limit Max locked memory",
                "filesystem " + Specimens.JOURNAL)),
            unknown);
    }

    @Test
    void knowsHowManyProcessorsThereAre() throws IOException
    {
        assertEquals(8, new Doctor(healthy("small"), Specimens.JOURNAL).processors());
    }

    @Test
    void namesTheJournalInWhatMendsIt() throws IOException
    {
        final MadeUpHost host = healthy("small").space("/data", 1);
        final Finding finding = finding(examine(host, "small"), "space " + Specimens.JOURNAL);
        assertEquals("df -h " + Specimens.JOURNAL + "; make room there", finding.line().mend());
        assertTrue(finding.isMatterOf(Finding.Verdict.DIFFERS));
    }

    @Test
    void hasASpecimenOfEverythingThatIsLookedAt()
    {
        final Set<String> looked = new TreeSet<>();
        lines().forEach((arguments) -> looked.add((String)arguments.get()[1]));
        assertEquals(looked, new TreeSet<>(Specimens.all()));
    }

    private MadeUpHost healthy(final String profile) throws IOException
    {
        return Specimens.healthy(new MadeUpHost(directory), Profile.named(profile));
    }

    private static List<Finding> examine(final Host host, final String profile)
    {
        return new Doctor(host, Specimens.JOURNAL).examine(Profile.named(profile));
    }

    private static Finding finding(final List<Finding> findings, final String what)
    {
        return findings.stream().filter((finding) -> what.equals(finding.line().what())).findFirst().orElseThrow();
    }
}
