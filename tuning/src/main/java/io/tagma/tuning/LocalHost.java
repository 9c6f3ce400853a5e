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

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The host that this runs on, or what pretends to be its file system.
 */
public final class LocalHost implements Host
{
    private static final long TIMEOUT_S = 10;
    private static final int PIECE_LENGTH = 1 << 16;

    private final Path root;

    private LocalHost(final Path root)
    {
        this.root = root;
    }

    /**
     * The host that this runs on.
     *
     * @return the host.
     */
    public static LocalHost system()
    {
        return new LocalHost(Path.of("/"));
    }

    /**
     * The host that this runs on, but for its files: those are below a directory.
     *
     * @param root the directory.
     * @return the host.
     */
    public static LocalHost below(final Path root)
    {
        return new LocalHost(root);
    }

    @Override
    public String text(final String path) throws IOException
    {
        // In large pieces: of a number below /proc/sys the kernel gives nothing more to who did not take it at once.
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final byte[] piece = new byte[PIECE_LENGTH];
        try (InputStream in = Files.newInputStream(at(path)))
        {
            for (int length = in.read(piece); length >= 0; length = in.read(piece))
            {
                bytes.write(piece, 0, length);
            }
        }
        return bytes.toString(UTF_8).strip();
    }

    @Override
    public List<String> names(final String path) throws IOException
    {
        final TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(at(path)))
        {
            children.forEach((child) -> names.add(child.getFileName().toString()));
        }
        catch (final DirectoryIteratorException ex)
        {
            throw ex.getCause();
        }
        return List.copyOf(names);
    }

    @Override
    public boolean exists(final String path)
    {
        return Files.exists(at(path));
    }

    @Override
    public String realPath(final String path) throws IOException
    {
        Path existing = at(path).normalize();
        while (!Files.exists(existing))
        {
            existing = existing.getParent();
            if (null == existing)
            {
                throw new IOException(path + " is nowhere");
            }
        }
        return "/" + root.toRealPath().relativize(existing.toRealPath());
    }

    @Override
    public long usableBytes(final String path) throws IOException
    {
        return Files.getFileStore(at(path)).getUsableSpace();
    }

    @Override
    public String output(final String... command) throws IOException
    {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try
        {
            process.getOutputStream().close();
            final String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS) || 0 != process.exitValue())
            {
                throw new IOException(String.join(" ", command) + " failed: " + said);
            }
            return said;
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ex);
        }
        finally
        {
            process.destroy();
        }
    }

    @Override
    public String environment(final String name) throws IOException
    {
        final String value = System.getenv(name);
        if (null == value)
        {
            throw new IOException(name + " is not set");
        }
        return value;
    }

    @Override
    public Jvm jvm()
    {
        return Jvm.current();
    }

    private Path at(final String path)
    {
        return root.resolve(path.substring(1));
    }
}
