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

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * For each thing that a profile looks at, how a host is that has it right, one that has it wrong, and one that does not
 * say; and a host that has everything right, for whichever profile.
 */
final class Specimens
{
    static final String JOURNAL = "/data/replica-0";

    private static final String CPU = "/sys/devices/system/cpu/";
    private static final String CMDLINE = "/proc/cmdline";
    private static final String MOUNTS = "/proc/mounts";
    private static final String CLOCK = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    private static final String PAGES = "/sys/kernel/mm/transparent_hugepage/enabled";
    private static final String SLACK = "/proc/self/timerslack_ns";
    private static final String RELEASE = "/proc/sys/kernel/osrelease";
    private static final String BOOT = "quiet isolcpus=domain,managed_irq,2-7 nohz_full=2-7";
    private static final String MAPS =
        "7f00 r-xp 0 fe:00 9 /usr/lib64/libonload.so\n7f10 r-xp 0 fe:00 8 /lib/libc.so.6";
    private static final String LIMITS = "Limit                     Soft Limit           Hard Limit           Units\n" +
        "Max locked memory         %s            unlimited            bytes";
    private static final String SWAPS = "Filename\t\tType\t\tSize\tUsed\tPriority";
    private static final String IRQ = "/proc/irq/24/effective_affinity_list";
    private static final long GIB = 1L << 30;

    private static final Map<String, Specimen> SPECIMENS = new TreeMap<>();

    static
    {
        sysctl("net.core.rmem_max", "2097151");
        sysctl("net.core.wmem_max", "212992");
        sysctl("vm.swappiness", "60");
        sysctl("kernel.numa_balancing", "1");
        sysctl("vm.nr_hugepages", "0");
        file("file " + CLOCK, CLOCK, "hpet");
        file("file " + RELEASE, RELEASE, "6.8.0-45-generic");
        file("file " + SLACK, SLACK, "50000");
        file("choice " + PAGES, PAGES, "[always] madvise never");
        file("swap", "/proc/swaps", SWAPS + "\n/dev/vdb partition 1000 0 -2");
        file("processors", CPU + "online", "0");
        file("boot isolcpus", CMDLINE, "quiet nohz_full=2-7");
        file("boot nohz_full", CMDLINE, "quiet isolcpus=2-7");
        file("interrupts", IRQ, "0-2");
        file("cpuidle", CPU + "cpu0/cpuidle/state1/latency", "133");
        file("governor", CPU + "cpu1/cpufreq/scaling_governor", "powersave");
        file("filesystem " + JOURNAL, MOUNTS, "/dev/vda / ext4 rw 0 0\nnone /data tmpfs rw 0 0");
        file("preload", "/proc/self/maps", "7f10 r-xp 0 fe:00 8 /lib/libc.so.6");
        file("limit Max locked memory", "/proc/self/limits", String.format(LIMITS, "8388608"));
        put("sysctl net.core.busy_poll",
            (host) -> host.file("/proc/sys/net/core/busy_poll", "20"),
            (host) -> host.without("/proc/sys/net/core/busy_poll"));
        put("sysctl net.core.busy_read",
            (host) -> host.file("/proc/sys/net/core/busy_read", "20"),
            (host) -> host.without("/proc/sys/net/core/busy_read"));
        put("space /dev/shm",
            (host) -> host.space("/dev/shm", 64L << 20), (host) -> host.withoutSpace("/dev/shm"));
        put("space " + JOURNAL,
            (host) -> host.space("/data", GIB), (host) -> host.withoutSpace("/data"));
        put("slices",
            (host) -> host.without("/usr/bin/chrt"), (host) -> host.program("chrt --version", "chrt"));
        jvm("jvm-version", new Jvm(11, "s390x", List.of("-Xmn16m"), List.of("Copy"), reachable()));
        jvm("jvm-flags", new Jvm(17, "s390x", List.of("-Xmn16m"), List.of("Copy"), Set.of()));
        jvm("jvm-collector",
            new Jvm(17, "s390x", List.of("-Xmn16m"), List.of("G1 Young Generation", "G1 Old Generation"), reachable()));
        jvm("jvm-young", new Jvm(17, "s390x", List.of("-Xmx1g"), List.of("Copy"), reachable()));
    }

    /**
     * Makes a host of another one.
     */
    @FunctionalInterface
    interface Change
    {
        /**
         * Changes it.
         *
         * @param host to change.
         * @return the same host.
         * @throws IOException if its files cannot be written.
         */
        MadeUpHost apply(MadeUpHost host) throws IOException;
    }

    /**
     * Of one thing that is looked at.
     *
     * @param wrong      makes a host differ.
     * @param unreadable makes it say nothing.
     */
    record Specimen(Change wrong, Change unreadable)
    {
    }

    private Specimens()
    {
    }

    static Specimen of(final String what)
    {
        return SPECIMENS.get(what);
    }

    static Set<String> all()
    {
        return SPECIMENS.keySet();
    }

    /** A host with nothing wrong; where profiles want opposites, as this one does. */
    static MadeUpHost healthy(final MadeUpHost host, final Profile profile) throws IOException
    {
        final String busy = "small".equals(profile.name()) ? "0" : "50";
        return host
            .file("/proc/sys/net/core/rmem_max", "2097152")
            .file("/proc/sys/net/core/wmem_max", "4194304")
            .file("/proc/sys/net/core/busy_poll", busy)
            .file("/proc/sys/net/core/busy_read", busy)
            .file("/proc/sys/vm/swappiness", "10")
            .file("/proc/sys/vm/nr_hugepages", "1024")
            .file("/proc/sys/kernel/numa_balancing", "0")
            .file(RELEASE, "6.12.0-1-generic")
            .file(CMDLINE, BOOT)
            .file(MOUNTS, "/dev/vda / ext4 rw 0 0\n/dev/vdb /data xfs rw 0 0\nnone /data2 tmpfs rw 0 0")
            .file("/proc/swaps", SWAPS)
            .file("/proc/self/maps", MAPS)
            .file("/proc/self/limits", String.format(LIMITS, "unlimited"))
            .file(SLACK, "1000")
            .file(IRQ, "0-1")
            .file("/proc/irq/25/smp_affinity_list", "1")
            .file("/proc/irq/default_smp_affinity", "ff")
            .file(CPU + "online", "0-7")
            .file(CPU + "isolated", "2-7")
            .file(CPU + "cpu0/cpuidle/state1/latency", "2")
            .file(CPU + "cpu0/cpuidle/state1/disable", "0")
            .file(CPU + "cpu0/cpuidle/state2/latency", "133")
            .file(CPU + "cpu0/cpuidle/state2/disable", "1")
            .file(CPU + "cpu1/cpufreq/scaling_governor", "performance")
            .file(CLOCK, "tsc")
            .file(PAGES, "always [madvise] never")
            .file("/usr/bin/chrt", "a program")
            .directory("/data").directory("/dev/shm")
            .variable("PATH", "relative:/usr/sbin:/usr/bin")
            .program("chrt --version", "chrt from util-linux 2.41")
            .space("/data", 16 * GIB)
            .space("/dev/shm", GIB)
            .jvm(new Jvm(17, "s390x", List.of("-Xmn16m"), List.of("Copy", "MarkSweepCompact"), reachable()));
    }

    static Set<String> reachable()
    {
        final Set<String> reachable = new TreeSet<>();
        JvmFlags.flags().stream().filter(Jvm::isOpening).forEach((flag) -> reachable.add(Jvm.packageOf(flag)));
        return reachable;
    }

    private static void sysctl(final String name, final String wrong)
    {
        file("sysctl " + name, "/proc/sys/" + name.replace('.', '/'), wrong);
    }

    private static void file(final String what, final String path, final String wrong)
    {
        put(what, (host) -> host.file(path, wrong), (host) -> host.without(path));
    }

    private static void jvm(final String what, final Jvm wrong)
    {
        put(what, (host) -> host.jvm(wrong), (host) -> host.jvm(null));
    }

    private static void put(final String what, final Change wrong, final Change unreadable)
    {
        SPECIMENS.put(what, new Specimen(wrong, unreadable));
    }
}
