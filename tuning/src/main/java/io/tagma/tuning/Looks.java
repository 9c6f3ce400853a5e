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

import java.util.Map;

/**
 * The ways of looking at a host, by the first word of what a profile's line looks at.
 */
final class Looks
{
    private static final Map<String, Look> BY_NAME = Map.ofEntries(
        Map.entry("file", Host::text),
        Map.entry("sysctl", KernelLooks::sysctl),
        Map.entry("choice", KernelLooks::choice),
        Map.entry("limit", KernelLooks::limit),
        Map.entry("swap", KernelLooks::swap),
        Map.entry("slices", KernelLooks::slices),
        Map.entry("preload", KernelLooks::preload),
        Map.entry("processors", ProcessorLooks::processors),
        Map.entry("boot", ProcessorLooks::boot),
        Map.entry("interrupts", ProcessorLooks::interrupts),
        Map.entry("cpuidle", ProcessorLooks::idleLatency),
        Map.entry("governor", ProcessorLooks::governor),
        Map.entry("filesystem", StorageLooks::fileSystem),
        Map.entry("space", StorageLooks::space),
        Map.entry("jvm-version", JvmLooks::version),
        Map.entry("jvm-flags", JvmLooks::flags),
        Map.entry("jvm-collector", JvmLooks::collector),
        Map.entry("jvm-young", JvmLooks::young));

    private Looks()
    {
    }

    /**
     * The look of a name.
     *
     * @param name first word of what a line looks at.
     * @return the look.
     * @throws IllegalArgumentException if there is none.
     */
    static Look named(final String name)
    {
        final Look look = BY_NAME.get(name);
        if (null == look)
        {
            throw new IllegalArgumentException("there is no way of looking at " + name);
        }
        return look;
    }
}
