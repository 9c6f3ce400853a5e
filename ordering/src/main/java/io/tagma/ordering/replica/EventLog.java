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

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import org.agrona.ErrorHandler;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.errors.ErrorLogReader;

/**
 * Errors of this process, each distinct one once with a count, in a file of fixed length: an error that comes a million
 * times costs as much room as one. The first of its kind is also said on the standard error stream.
 */
final class EventLog implements ErrorHandler, AutoCloseable
{
    /** Name of the file in a replica's directory. */
    static final String FILE_NAME = "errors.log";
    private static final int SAID_MAX = 100;

    private final MappedByteBuffer mapped;
    private final DistinctErrorLog log;
    private final PrintStream err;
    /** Before the replica runs, whatever goes wrong is said by whoever starts it. */
    private boolean isSaying;
    private int said;
    private boolean isClosed;

    EventLog(final Path directory, final int length, final PrintStream err)
    {
        this.err = err;
        final File file = directory.resolve(FILE_NAME).toFile();
        try
        {
            Files.deleteIfExists(file.toPath());
            mapped = IoUtil.mapNewFile(file, length);
        }
        catch (final IOException | UncheckedIOException ex)
        {
            throw new ConfigurationException("The error log " + file + " cannot be written: " + ex + ".", ex);
        }
        log = new DistinctErrorLog(new UnsafeBuffer(mapped), SystemEpochClock.INSTANCE);
    }

    @Override
    public synchronized void onError(final Throwable error)
    {
        if (isClosed)
        {
            return;
        }
        final int before = ErrorLogReader.hasErrors(new UnsafeBuffer(mapped)) ? distinct() : 0;
        final boolean isLogged = log.record(error);
        if (isSaying && said < SAID_MAX && (!isLogged || distinct() > before))
        {
            said++;
            err.println(error);
        }
    }

    synchronized void onStarted()
    {
        isSaying = true;
    }

    private int distinct()
    {
        return ErrorLogReader.read(new UnsafeBuffer(mapped), (count, first, last, text) -> {});
    }

    /**
     * Reads a log, of a replica that runs or one that ran.
     *
     * @return number of distinct errors.
     */
    static int read(final Path directory, final ErrorConsumer consumer)
    {
        final File file = directory.resolve(FILE_NAME).toFile();
        if (!file.isFile() || 0 == file.length())
        {
            return 0;
        }
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(file, "error log");
        try
        {
            return ErrorLogReader.read(new UnsafeBuffer(mapped), consumer);
        }
        finally
        {
            IoUtil.unmap(mapped);
        }
    }

    @Override
    public synchronized void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            IoUtil.unmap(mapped);
        }
    }
}
