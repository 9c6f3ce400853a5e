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
package io.tagma.perf.doctor;

import io.tagma.tuning.Host;
import io.tagma.tuning.Jvm;

import java.io.IOException;
import java.util.List;

/**
 * A host with room on each device, wherever the tests run.
 */
final class RoomyHost implements Host
{
    private final Host host;

    RoomyHost(final Host host)
    {
        this.host = host;
    }

    @Override
    public String text(final String path) throws IOException
    {
        return host.text(path);
    }

    @Override
    public List<String> names(final String path) throws IOException
    {
        return host.names(path);
    }

    @Override
    public boolean exists(final String path)
    {
        return host.exists(path);
    }

    @Override
    public String realPath(final String path) throws IOException
    {
        return host.realPath(path);
    }

    @Override
    public long usableBytes(final String path)
    {
        return 1L << 40;
    }

    @Override
    public String output(final String... command) throws IOException
    {
        return host.output(command);
    }

    @Override
    public String environment(final String name) throws IOException
    {
        return host.environment(name);
    }

    @Override
    public Jvm jvm() throws IOException
    {
        return host.jvm();
    }
}
