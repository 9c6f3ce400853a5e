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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The host that this runs on.
 */
class LocalHostTest
{
    @TempDir
    private Path directory;

    @Test
    void readsFilesBelowARoot() throws IOException
    {
        Files.writeString(directory.resolve("b"), " two \n");
        Files.writeString(directory.resolve("a"), "one");
        final Host host = LocalHost.below(directory);
        assertEquals("two", host.text("/b"));
        assertEquals(List.of("a", "b"), host.names("/"));
        assertTrue(host.exists("/a"));
        assertFalse(host.exists("/c"));
        assertEquals("/", host.realPath("/c/d"));
        assertTrue(host.usableBytes("/") > 0);
        assertThrows(IOException.class, () -> host.text("/c"));
        assertThrows(IOException.class, () -> host.names("/c"));
        assertThrows(IOException.class, () -> host.usableBytes("/c"));
    }

    @Test
    void readsAllOfANumberOfTheKernels() throws IOException
    {
        final Host host = LocalHost.system();
        final String number = "/proc/sys/kernel/pid_max";
        if (host.exists(number))
        {
            assertEquals(host.output("cat", number), host.text(number));
        }
    }

    @Test
    void runsPrograms() throws IOException
    {
        final Host host = LocalHost.system();
        final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertTrue(host.output(java, "--version").contains(System.getProperty("java.version")));
        assertThrows(IOException.class, () -> host.output(java, "--no-such-option"));
        assertThrows(IOException.class, () -> host.output(directory.resolve("nothing").toString()));
        assertThrows(IOException.class, () -> host.environment("NO SUCH VARIABLE"));
        assertEquals(Runtime.version().feature(), host.jvm().feature());
    }
}
