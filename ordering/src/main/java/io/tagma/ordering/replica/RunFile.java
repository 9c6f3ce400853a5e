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
package io.tagma.ordering.replica;

import io.tagma.ordering.configuration.ConfigurationException;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a running replica says about itself in its directory: who it is, which process runs it, and where its counters
 * are. Gone when it stopped in order.
 *
 * @param replicaId      of the replica.
 * @param pid            of the process.
 * @param aeronDirectory that holds its counters.
 */
record RunFile(int replicaId, long pid, String aeronDirectory)
{
    static final String FILE_NAME = "run.properties";

    private static final String ID = "id";
    private static final String PID = "pid";
    private static final String AERON_DIRECTORY = "aeron.directory";

    void store(final Path directory)
    {
        final Properties properties = new Properties();
        properties.setProperty(ID, Integer.toString(replicaId));
        properties.setProperty(PID, Long.toString(pid));
        properties.setProperty(AERON_DIRECTORY, aeronDirectory);
        try (Writer writer = Files.newBufferedWriter(directory.resolve(FILE_NAME)))
        {
            properties.store(writer, null);
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException(
                "The directory " + directory + " of the replica cannot be written: " + ex + ".", ex);
        }
    }

    static void delete(final Path directory)
    {
        try
        {
            Files.deleteIfExists(directory.resolve(FILE_NAME));
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException(
                "The directory " + directory + " of the replica cannot be written: " + ex + ".", ex);
        }
    }

    /** @return what the file says, or null if there is none that can be read. */
    static RunFile load(final Path directory)
    {
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(FILE_NAME)))
        {
            properties.load(reader);
            return new RunFile(
                Integer.parseInt(properties.getProperty(ID)),
                Long.parseLong(properties.getProperty(PID)),
                properties.getProperty(AERON_DIRECTORY, ""));
        }
        catch (final IOException | NumberFormatException ex)
        {
            return null;
        }
    }
}
