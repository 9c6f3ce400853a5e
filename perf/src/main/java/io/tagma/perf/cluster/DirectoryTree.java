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
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;

/**
 * Whole directories.
 */
public final class DirectoryTree
{
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_NS = 50_000_000L;

    private DirectoryTree()
    {
    }

    /**
     * Deletes a directory and all in it. What is gone already is no error. Threads that are just being stopped may
     * still put files there: it tries again for a while.
     *
     * @param directory to delete.
     */
    public static void delete(final Path directory)
    {
        for (int i = 1; i < ATTEMPTS && Files.exists(directory); i++)
        {
            try
            {
                Files.walkFileTree(directory, new Deletion());
            }
            catch (final IOException ex)
            {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        try
        {
            Files.walkFileTree(directory, new Deletion());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(directory + " cannot be deleted", ex);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path>
    {
        @Override
        public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException
        {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(final Path file, final IOException ex)
        {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(final Path directory, final IOException ex) throws IOException
        {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
