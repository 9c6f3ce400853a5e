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
package io.tagma.perf.peer;

import io.tagma.tuning.JvmFlags;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the process of a peer is started: the same Java, flags and collector as a replica of Tagma has.
 */
final class PeerJvm
{
    /** The same as a replica of Tagma has. */
    static final String HEAP = "256m";

    private PeerJvm()
    {
    }

    /**
     * A command line on this JVM's class path.
     *
     * @param main       to run.
     * @param heap       the greatest, as after -Xmx.
     * @param properties system properties; may be empty.
     * @param arguments  of main.
     * @return what to give a process builder.
     */
    static List<String> command(
        final Class<?> main, final String heap, final Map<String, String> properties, final List<String> arguments)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.arguments());
        command.addAll(List.of("-Xms64m", "-Xmx" + heap, "-XX:+UseSerialGC"));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
