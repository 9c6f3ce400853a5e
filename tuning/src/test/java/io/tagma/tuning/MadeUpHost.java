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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A host whose files lie in a temporary directory, and the rest in fields. Nothing that was not made is there.
 */
final class MadeUpHost implements Host
{
    private final Path root;
    private final Host files;
    private final Map<String, Long> usableBytes = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> outputs = new HashMap<>();
    private Jvm jvm;

    MadeUpHost(final Path root)
    {
        this.root = root;
        files = LocalHost.below(root);
    }

    MadeUpHost file(final String path, final String text) throws IOException
    {
        final Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
        return this;
    }

    MadeUpHost directory(final String path) throws IOException
    {
        Files.createDirectories(root.resolve(path.substring(1)));
        return this;
    }

    MadeUpHost without(final String path) throws IOException
    {
        Files.delete(root.resolve(path.substring(1)));
        return this;
    }

    MadeUpHost space(final String path, final long bytes)
    {
        usableBytes.put(path, bytes);
        return this;
    }

    MadeUpHost withoutSpace(final String path)
    {
        usableBytes.remove(path);
        return this;
    }

    MadeUpHost variable(final String name, final String value)
    {
        environment.put(name, value);
        return this;
    }

    MadeUpHost program(final String command, final String output)
    {
        outputs.put(command, output);
        return this;
    }

    MadeUpHost jvm(final Jvm value)
    {
        jvm = value;
        return this;
    }

    @Override
    public String text(final String path) throws IOException
    {
        return files.text(path);
    }

    @Override
    public List<String> names(final String path) throws IOException
    {
        return files.names(path);
    }

    @Override
    public boolean exists(final String path)
    {
        return files.exists(path);
    }

    @Override
    public String realPath(final String path) throws IOException
    {
        return files.realPath(path);
    }

    @Override
    public long usableBytes(final String path) throws IOException
    {
        return told(usableBytes.get(path), path);
    }

    @Override
    public String output(final String... command) throws IOException
    {
        return told(outputs.get(String.join(" ", command)), command[0]);
    }

    @Override
    public String environment(final String name) throws IOException
    {
        return told(environment.get(name), name);
    }

    @Override
    public Jvm jvm() throws IOException
    {
        return told(jvm, "the virtual machine");
    }

    private static <T> T told(final T value, final String what) throws IOException
    {
        if (null == value)
        {
            throw new IOException(what + " says nothing");
        }
        return value;
    }
}
