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

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a virtual machine says of itself.
 *
 * @param feature      its Java version, such as 17.
 * @param architecture of the processor, such as amd64.
 * @param arguments    that it was started with.
 * @param collectors   names of its collectors.
 * @param reachable    those of the packages that {@link JvmFlags} wants opened or exported which are so.
 */
public record Jvm(
    int feature, String architecture, List<String> arguments, List<String> collectors, Set<String> reachable)
{
    /** Flags that open or export a package begin so. */
    private static final String OPENING = "--add-";
    private static final String OPENS = "--add-opens";
    private static final String MODULE = "java.base/";

    /**
     * The one that runs this.
     *
     * @return as it is now.
     */
    public static Jvm current()
    {
        final Module base = Object.class.getModule();
        final Module own = Jvm.class.getModule();
        final Set<String> reachable = new TreeSet<>();
        for (final JvmFlags.Flag flag : JvmFlags.flags())
        {
            if (isOpening(flag))
            {
                final String name = packageOf(flag);
                final String bare = name.substring(MODULE.length());
                if (flag.flag().startsWith(OPENS) ? base.isOpen(bare, own) : base.isExported(bare, own))
                {
                    reachable.add(name);
                }
            }
        }
        return new Jvm(
            Runtime.version().feature(),
            System.getProperty("os.arch"),
            List.copyOf(ManagementFactory.getRuntimeMXBean().getInputArguments()),
            ManagementFactory.getGarbageCollectorMXBeans().stream().map(MemoryManagerMXBean::getName).toList(),
            Set.copyOf(reachable));
    }

    static boolean isOpening(final JvmFlags.Flag flag)
    {
        return flag.flag().startsWith(OPENING);
    }

    /** @return such as {@code java.base/sun.nio.ch}, of a flag that opens or exports. */
    static String packageOf(final JvmFlags.Flag flag)
    {
        return flag.flag().substring(flag.flag().indexOf(MODULE), flag.flag().indexOf('='));
    }
}
