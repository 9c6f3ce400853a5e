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
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel says of itself and of this process, and the programs that change what Java cannot.
 */
final class KernelLooks
{
    /** Of util-linux: the first one that can ask for time slices. */
    private static final String CHRT_VERSION = "2.41";
    /** For which the call is known that perl makes in its place. */
    private static final Set<String> PERL_ARCHITECTURES = Set.of("amd64", "aarch64");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+(\\.[0-9]+)*");
    private static final Pattern CHOSEN = Pattern.compile("\\[([^]]+)]");
    private static final Pattern PRELOADED =
        Pattern.compile("/lib(onload|vma|xlio)\\.so[^/\\s]*( \\(deleted\\))?$", Pattern.MULTILINE);

    private KernelLooks()
    {
    }

    /** A setting of the kernel's, by the name that sysctl knows. */
    static String sysctl(final Host host, final String name) throws IOException
    {
        return host.text("/proc/sys/" + name.replace('.', '/'));
    }

    /** The word in brackets, where the kernel lists all that may be chosen. */
    static String choice(final Host host, final String path) throws IOException
    {
        final Matcher matcher = CHOSEN.matcher(host.text(path));
        if (!matcher.find())
        {
            throw new IllegalArgumentException("nothing is chosen in " + path);
        }
        return matcher.group(1);
    }

    /** The soft limit of this name of this process. */
    static String limit(final Host host, final String name) throws IOException
    {
        for (final String line : host.text("/proc/self/limits").split("\n"))
        {
            if (line.startsWith(name + " "))
            {
                return line.substring(name.length()).strip().split("\\s+")[0];
            }
        }
        throw new IllegalArgumentException("no limit is called " + name);
    }

    /** What the kernel swaps to. */
    static String swap(final Host host, final String nothing) throws IOException
    {
        final String[] lines = host.text("/proc/swaps").split("\n");
        if (!lines[0].startsWith("Filename"))
        {
            throw new IllegalArgumentException("/proc/swaps does not list what is swapped to");
        }
        final StringJoiner names = new StringJoiner(" ");
        for (int i = 1; i < lines.length; i++)
        {
            names.add(lines[i].split("\\s+")[0]);
        }
        return 0 == names.length() ? Look.NONE : names.toString();
    }

    /** The program that can ask for time slices: chrt, else perl. */
    static String slices(final Host host, final String nothing) throws IOException
    {
        final String path = host.environment("PATH");
        if (PERL_ARCHITECTURES.contains(host.jvm().architecture()) && isOnPath(host, path, "perl"))
        {
            return "perl";
        }
        if (!isOnPath(host, path, "chrt"))
        {
            return Look.NONE;
        }
        final Matcher version = VERSION.matcher(host.output("chrt", "--version"));
        if (!version.find())
        {
            throw new IllegalArgumentException("chrt does not say its version");
        }
        return Wanted.compare(version.group(), CHRT_VERSION) >= 0 ? "chrt" : Look.NONE;
    }

    /** The library that takes the sockets of this process from the kernel. */
    static String preload(final Host host, final String nothing) throws IOException
    {
        final Matcher matcher = PRELOADED.matcher(host.text("/proc/self/maps"));
        return matcher.find() ? matcher.group(1) : Look.NONE;
    }

    private static boolean isOnPath(final Host host, final String path, final String program)
    {
        for (final String directory : path.split(":"))
        {
            if (directory.startsWith("/") && host.exists(directory + "/" + program))
            {
                return true;
            }
        }
        return false;
    }
}
