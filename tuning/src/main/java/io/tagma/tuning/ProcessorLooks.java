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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Processors: how many, for whom, how deep they sleep, and who interrupts them.
 */
final class ProcessorLooks
{
    private static final String PROCESSORS = "/sys/devices/system/cpu";
    private static final String INTERRUPTS = "/proc/irq";

    private ProcessorLooks()
    {
    }

    /** How many are online. */
    static String processors(final Host host, final String nothing) throws IOException
    {
        return Integer.toString(online(host).cardinality());
    }

    /** How many the kernel's command line gives to a parameter, such as isolcpus. */
    static String boot(final Host host, final String parameter) throws IOException
    {
        String list = "";
        for (final String word : host.text("/proc/cmdline").split("\\s+"))
        {
            if (word.startsWith(parameter + "="))
            {
                list = word.substring(parameter.length() + 1);
            }
        }
        final List<String> ranges = new ArrayList<>();
        for (final String part : list.split(","))
        {
            if ("all".equals(part))
            {
                return processors(host, "");
            }
            // Of isolcpus: nohz, domain, managed_irq come before the processors.
            if (!part.isEmpty() && !Character.isLetter(part.charAt(0)))
            {
                ranges.add(part);
            }
        }
        return Integer.toString(ProcessorList.of(String.join(",", ranges)).cardinality());
    }

    /** How many interrupts go to isolated processors. */
    static String interrupts(final Host host, final String nothing) throws IOException
    {
        final BitSet isolated = ProcessorList.of(host.text(PROCESSORS + "/isolated"));
        if (isolated.isEmpty())
        {
            return "any, no processor is isolated";
        }
        int count = 0;
        for (final String name : numbered(host, INTERRUPTS, ""))
        {
            count += affinity(host, INTERRUPTS + "/" + name).intersects(isolated) ? 1 : 0;
        }
        return Integer.toString(count);
    }

    /** The longest that a processor takes to wake from a sleep that it may fall into, in microseconds. */
    static String idleLatency(final Host host, final String nothing) throws IOException
    {
        long longestUs = -1;
        for (final String processor : numbered(host, PROCESSORS, "cpu"))
        {
            final String states = PROCESSORS + "/" + processor + "/cpuidle";
            for (final String state : host.exists(states) ? numbered(host, states, "state") : List.<String>of())
            {
                final String directory = states + "/" + state;
                final long latencyUs = Long.parseLong(host.text(directory + "/latency"));
                final boolean isEnabled = "0".equals(host.text(directory + "/disable"));
                longestUs = Math.max(longestUs, isEnabled ? latencyUs : 0);
            }
        }
        if (longestUs < 0)
        {
            throw new IOException("the kernel does not say how processors sleep, as in many virtual machines");
        }
        return Long.toString(longestUs);
    }

    /** What decides on the processors' frequencies, each once. */
    static String governor(final Host host, final String nothing) throws IOException
    {
        final TreeSet<String> governors = new TreeSet<>();
        for (final String processor : numbered(host, PROCESSORS, "cpu"))
        {
            final String file = PROCESSORS + "/" + processor + "/cpufreq/scaling_governor";
            if (host.exists(file))
            {
                governors.add(host.text(file));
            }
        }
        if (governors.isEmpty())
        {
            throw new IOException("the kernel does not say who decides on frequencies, as in many virtual machines");
        }
        return String.join(" ", governors);
    }

    static BitSet online(final Host host) throws IOException
    {
        return ProcessorList.of(host.text(PROCESSORS + "/online"));
    }

    private static BitSet affinity(final Host host, final String directory) throws IOException
    {
        final String effective = directory + "/effective_affinity_list";
        return ProcessorList.of(host.text(host.exists(effective) ? effective : directory + "/smp_affinity_list"));
    }

    private static List<String> numbered(final Host host, final String directory, final String prefix)
        throws IOException
    {
        return host.names(directory).stream().filter((name) -> name.matches(prefix + "[0-9]+")).toList();
    }
}
