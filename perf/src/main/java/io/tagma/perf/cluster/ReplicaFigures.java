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

import io.aeron.CncFileDescriptor;
import io.tagma.ordering.replica.ReplicaCounter;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/**
 * What a running replica says of itself, read from its Aeron counters: costs it nothing.
 */
public final class ReplicaFigures
{
    private static final String RUN_FILE = "run.properties";
    private static final long NOT_KNOWN = -1;

    private final Map<ReplicaCounter, Long> values = new EnumMap<>(ReplicaCounter.class);

    private ReplicaFigures()
    {
    }

    /**
     * Looks at a replica.
     *
     * @param replica that may be running.
     * @return its figures; empty if it is not running, or not yet.
     */
    public static ReplicaFigures of(final ReplicaProcess replica)
    {
        final ReplicaFigures figures = new ReplicaFigures();
        final Path file = replica.directory().resolve(RUN_FILE);
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file))
        {
            properties.load(reader);
        }
        catch (final IOException ex)
        {
            // Not running: it deletes the file when it stops.
            return figures;
        }
        final Path countersFile = Path.of(properties.getProperty("aeron.directory", ""), CncFileDescriptor.CNC_FILE);
        if (replica.isAlive() && Files.exists(countersFile))
        {
            figures.read(countersFile);
        }
        return figures;
    }

    /**
     * One figure.
     *
     * @param counter which, of those that there is one of.
     * @return its value, or -1 if it is not known.
     */
    public long get(final ReplicaCounter counter)
    {
        return values.getOrDefault(counter, NOT_KNOWN);
    }

    private void read(final Path countersFile)
    {
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(countersFile.toFile(), "counters");
        try
        {
            final DirectBuffer meta = CncFileDescriptor.createMetaDataBuffer(mapped);
            if (CncFileDescriptor.CNC_VERSION == meta.getInt(CncFileDescriptor.cncVersionOffset(0)))
            {
                read(mapped, meta);
            }
        }
        finally
        {
            IoUtil.unmap(mapped);
        }
    }

    private void read(final ByteBuffer mapped, final DirectBuffer meta)
    {
        final ReplicaCounter[] kinds = ReplicaCounter.values();
        final CountersReader reader = new CountersReader(
            CncFileDescriptor.createCountersMetaDataBuffer(mapped, meta),
            CncFileDescriptor.createCountersValuesBuffer(mapped, meta));
        reader.forEach((counterId, typeId, keyBuffer, label) ->
        {
            final int ordinal = typeId - ReplicaCounter.TYPE_ID_BASE;
            if (ordinal >= 0 && ordinal < kinds.length)
            {
                values.put(kinds[ordinal], reader.getCounterValue(counterId));
            }
        });
    }
}
