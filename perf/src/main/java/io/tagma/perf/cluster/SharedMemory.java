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
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where media drivers keep the buffers that they share with nobody but us: memory that has a file name, if the system
 * has enough of it. Small containers don't, and a full one would end the process with a bus error.
 */
final class SharedMemory
{
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH_BYTES = 512L * 1024 * 1024;

    private SharedMemory()
    {
    }

    /**
     * Makes a directory.
     *
     * @param otherwise where to make it if there is no, or too little, shared memory.
     * @return a new directory.
     */
    static Path makeDirectory(final Path otherwise)
    {
        try
        {
            final boolean isEnough = Files.isWritable(MEMORY) &&
                Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_BYTES;
            return Files.createTempDirectory(isEnough ? MEMORY : otherwise, "tagma-");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
