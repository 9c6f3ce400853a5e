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
package io.tagma.perf.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the operating system says of a process, where it is Linux.
 *
 * @param residentBytes memory of the process that is in RAM, with what it shares; -1 if not known.
 * @param privateBytes  of it, what is the process's own: heap, stacks, code cache, not mapped files; -1 if not known.
 * @param peakBytes     greatest resident memory so far; -1 if not known.
 * @param writtenBytes  what it has caused to be written to storage, in whole pages; -1 if not known.
 * @param cpu           processor time used so far.
 */
public record ProcessFigures(
    long residentBytes, long privateBytes, long peakBytes, long writtenBytes, Duration cpu)
{
    private static final long KILO = 1024;
    private static final String KILOBYTES = " kB";

    /**
     * Looks at a process.
     *
     * @param process to look at.
     * @return its figures.
     */
    public static ProcessFigures of(final ProcessHandle process)
    {
        final List<String> status = lines(process, "status");
        return new ProcessFigures(
            bytes(status, "VmRSS:"),
            bytes(status, "RssAnon:"),
            bytes(status, "VmHWM:"),
            bytes(lines(process, "io"), "write_bytes:"),
            process.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    private static List<String> lines(final ProcessHandle process, final String name)
    {
        final Path file = Path.of("/proc", Long.toString(process.pid()), name);
        if (!Files.isReadable(file))
        {
            return List.of();
        }
        try
        {
            return Files.readAllLines(file);
        }
        catch (final IOException ex)
        {
            // It ended meanwhile: nothing is known of it.
            return List.of();
        }
    }

    static long bytes(final List<String> lines, final String key)
    {
        for (final String line : lines)
        {
            if (line.startsWith(key))
            {
                final String value = line.substring(key.length()).trim();
                return value.endsWith(KILOBYTES) ?
                    Long.parseLong(value.substring(0, value.length() - KILOBYTES.length())) * KILO :
                    Long.parseLong(value);
            }
        }
        return -1;
    }
}
