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

import io.tagma.perf.Json;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a report is written: a directory that had nothing in it. The page is {@code index.html}, the figures are
 * {@code figures.json}, and each system has a percentile distribution for each load.
 */
public final class ReportDirectory
{
    /** Name of the page. */
    public static final String PAGE = "index.html";
    /** Name of the figures. */
    public static final String FIGURES = "figures.json";

    private static final double NS_PER_US = 1000.0;
    private static final int TICKS_PER_HALF = 5;

    private final Path directory;

    private ReportDirectory(final Path directory)
    {
        this.directory = directory;
    }

    /**
     * Makes it, before anything is measured that could then not be written.
     *
     * @param directory to make, or one that is empty.
     * @return to write to.
     * @throws IllegalArgumentException with one sentence, if there is something in it, or it cannot be made.
     */
    public static ReportDirectory make(final Path directory)
    {
        if (Files.exists(directory) && !Files.isDirectory(directory))
        {
            throw new IllegalArgumentException(directory + " is a file, and a report needs a directory");
        }
        try
        {
            Files.createDirectories(directory);
            try (Stream<Path> content = Files.list(directory))
            {
                if (content.findAny().isPresent())
                {
                    throw new IllegalArgumentException(
                        directory + " is not empty: a report needs a directory that is new, or has nothing in it");
                }
            }
        }
        catch (final IOException ex)
        {
            throw new IllegalArgumentException(directory + " cannot be used for a report: " + ex, ex);
        }
        return new ReportDirectory(directory);
    }

    /**
     * Writes everything.
     *
     * @param report  for the page.
     * @param figures for machines.
     * @throws IOException if that fails.
     */
    public void write(final Report report, final Map<String, ?> figures) throws IOException
    {
        Json.write(directory.resolve(FIGURES), figures);
        for (int number = 1; number <= report.loads().size(); number++)
        {
            final LoadResult load = report.loads().get(number - 1);
            for (final SystemResult system : load.systems())
            {
                writeDistribution(
                    directory.resolve(distributionName(number, load, system)), system.histogram());
            }
        }
        Files.writeString(page(), new Page(report).text());
    }

    /**
     * The page.
     *
     * @return its path.
     */
    public Path page()
    {
        return directory.resolve(PAGE);
    }

    /**
     * Writes a percentile distribution, in microseconds, in HdrHistogram's own format.
     *
     * @param file      to write, whatever it held.
     * @param histogram of nanoseconds.
     * @throws IOException if that fails.
     */
    public static void writeDistribution(final Path file, final Histogram histogram) throws IOException
    {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.US_ASCII))
        {
            histogram.outputPercentileDistribution(out, TICKS_PER_HALF, NS_PER_US);
            if (out.checkError())
            {
                throw new IOException("could not write " + file);
            }
        }
    }

    /** Name of a file; the number tells loads apart that are the same. */
    static String distributionName(final int number, final LoadResult load, final SystemResult system)
    {
        return (number + "-" + load.label() + "-" + system.name()).replaceAll("[^A-Za-z0-9.-]", "_") + ".hgrm";
    }
}
