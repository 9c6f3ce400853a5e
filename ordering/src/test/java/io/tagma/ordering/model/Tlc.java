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
package io.tagma.ordering.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs TLC over a module of the model, on one thread of a JVM of its own, and reads what it says.
 */
final class Tlc
{
    static final Path MODEL = Path.of(System.getProperty("basedir", "."), "..", "model");

    private static final Pattern STATES = Pattern.compile("([0-9]+) distinct states found, ([0-9]+) states left");
    private static final Pattern DEPTH = Pattern.compile("depth of the complete state graph search is ([0-9]+)");
    private static final Pattern VIOLATED = Pattern.compile("Invariant (\\w+) is violated");
    private static final String COMPLETE = "Model checking completed. No error has been found.";

    /**
     * What came of a run.
     *
     * @param violated   the invariant that is violated, null if none is.
     * @param isComplete whether every state was looked at.
     * @param states     distinct ones.
     * @param depth      of the search: where something is violated, the number of states that lead there.
     * @param output     all that TLC said.
     */
    record Outcome(String violated, boolean isComplete, long states, int depth, String output)
    {
        @Override
        public String toString()
        {
            return (null != violated ? violated + " is violated" : isComplete ? "holds" : "failed") + ", " + states +
                " distinct states, depth " + depth;
        }
    }

    private Tlc()
    {
    }

    /**
     * Runs a module.
     *
     * @param module    below {@code model/}, or a file of the directory.
     * @param cfg       text of its configuration.
     * @param directory for all that TLC reads and writes; what the module extends is copied there.
     * @return what came of it.
     */
    static Outcome run(final String module, final String cfg, final Path directory)
        throws IOException, InterruptedException
    {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(MODEL))
        {
            for (final Path file : files.filter(path -> path.toString().endsWith(".tla")).toList())
            {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        Files.writeString(directory.resolve("Run.cfg"), cfg);
        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2500m", "-XX:+UseSerialGC",
            "-cp", jar(), "tlc2.TLC", "-workers", "1", "-metadir", directory.resolve("states").toString(),
            "-config", "Run.cfg", module)
            .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try
        {
            process.waitFor();
        }
        finally
        {
            process.destroy();
        }
        return read(Files.readString(output));
    }

    private static String jar()
    {
        try
        {
            return Path.of(
                Class.forName("tlc2.TLC", false, Tlc.class.getClassLoader())
                    .getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        }
        catch (final ReflectiveOperationException | java.net.URISyntaxException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static Outcome read(final String output)
    {
        final Matcher violated = VIOLATED.matcher(output);
        long states = 0;
        for (final Matcher matcher = STATES.matcher(output); matcher.find();)
        {
            states = Long.parseLong(matcher.group(1));
        }
        final Matcher depth = DEPTH.matcher(output);
        return new Outcome(
            violated.find() ? violated.group(1) : null, output.contains(COMPLETE), states,
            depth.find() ? Integer.parseInt(depth.group(1)) : 0, output);
    }

    /**
     * A configuration of the model with some constants changed, and perhaps other invariants.
     *
     * @param name      of the file below {@code model/}, without its ending.
     * @param changes   each {@code Constant = value}; the constant must be there.
     * @param invariant to look for instead of those that are there, or null.
     * @return the text.
     */
    static String configuration(final String name, final List<String> changes, final String invariant)
    {
        try
        {
            String text = Files.readString(MODEL.resolve(name + ".cfg"), UTF_8);
            for (final String change : changes)
            {
                final String constant = change.substring(0, change.indexOf(' '));
                final String changed = text.replaceAll("(?m)^  " + constant + " = .*$", "  " + change);
                if (changed.equals(text))
                {
                    throw new IllegalArgumentException(change + " changes nothing in " + name);
                }
                text = changed;
            }
            return null == invariant ? text :
                text.replaceAll("(?m)^INVARIANT .*\\R", "") + "INVARIANT " + invariant + "\n";
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
