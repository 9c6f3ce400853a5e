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

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What this process can say of the machine and of itself.
 */
public final class Environment
{
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Environment()
    {
    }

    /**
     * Looks.
     *
     * @param arguments that the command was given.
     * @param machine   what else is known of it, in words.
     * @return name and value of each line, in the order in which they are to be shown.
     */
    public static Map<String, String> look(final List<String> arguments, final String machine)
    {
        final Map<String, String> lines = new LinkedHashMap<>();
        lines.put("command", "tagma " + String.join(" ", arguments));
        lines.put("machine", machine);
        lines.put("written at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        lines.put("processors", String.format(
            Locale.ROOT, "%d (%s)", Runtime.getRuntime().availableProcessors(), model(processorLines())));
        lines.put("system", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        lines.put(
            "Java", property("java.vm.name") + " " + property("java.runtime.version") + ", " +
            property("java.vm.vendor"));
        lines.put(
            "options of the client's JVM", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        return lines;
    }

    /** The processor's name, as Linux has it. */
    static String model(final List<String> processorLines)
    {
        return processorLines.stream()
            .filter((line) -> line.startsWith(MODEL) && line.indexOf(':') > 0)
            .map((line) -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("of an unknown kind");
    }

    /** None where the system is not Linux; a report is not to fail for that. */
    private static List<String> processorLines()
    {
        try
        {
            return Files.isReadable(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.of();
        }
        catch (final IOException ex)
        {
            return List.of();
        }
    }

    private static String property(final String name)
    {
        return System.getProperty(name, "?");
    }
}
