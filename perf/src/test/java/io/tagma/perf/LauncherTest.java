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
package io.tagma.perf;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The launcher in a source tree of its own, with a java and an mvn that only say what they were asked.
 */
class LauncherTest
{
    private static final Path LAUNCHER = Path.of("..", "tagma");

    @TempDir
    private Path directory;
    private Path tree;
    private Path tools;
    private Path jar;

    @BeforeEach
    void makeTree() throws IOException
    {
        tree = Files.createDirectories(directory.resolve("a tree"));
        tools = Files.createDirectories(directory.resolve("tools"));
        jar = tree.resolve("perf").resolve("target").resolve("tagma-all.jar");
        Files.createDirectories(tree.resolve("perf").resolve("src"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        Files.writeString(tree.resolve("perf").resolve("pom.xml"), "<project/>");
        Files.writeString(tree.resolve("perf").resolve("src").resolve("A.java"), "class A {}");
        Files.copy(LAUNCHER, tree.resolve("tagma"));
        Files.setPosixFilePermissions(tree.resolve("tagma"), PosixFilePermissions.fromString("rwxr-xr-x"));
        java("17");
        tool("mvn", "mkdir -p perf/target && echo built > perf/target/tagma-all.jar");
    }

    @Test
    void buildsWhatIsMissingAndRunsItFromAnywhere() throws IOException, InterruptedException
    {
        final String said = run(0, "demo", "--orders", "my file.csv");
        assertTrue(said.contains("tagma: building tagma-all.jar"), said);
        assertTrue(said.contains("-jar " + jar.toRealPath() + " demo --orders my file.csv|"), said);
        assertTrue(said.contains("-Dtagma.terminal=false"), said);
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws IOException, InterruptedException
    {
        run(0, "demo");
        assertFalse(run(0, "demo").contains("building"));
        touch(tree.resolve("perf").resolve("src").resolve("A.java"));
        assertTrue(run(0, "demo").contains("building"));
        touch(tree.resolve("perf").resolve("pom.xml"));
        assertTrue(run(0, "demo").contains("building"));
    }

    @Test
    void showsWhyABuildFailed() throws IOException, InterruptedException
    {
        tool("mvn", "echo 'A.java:1 is wrong'; exit 1");
        final String said = run(1, "demo");
        assertTrue(said.contains("A.java:1 is wrong"), said);
        assertTrue(said.endsWith("tagma: the build failed\n"), said);
        assertFalse(Files.exists(jar));
    }

    @Test
    void refusesAnOldJava() throws IOException, InterruptedException
    {
        java("11");
        assertTrue(run(78, "demo").contains("tagma: needs Java 17 or newer, but java is 11"));
        java("1.8");
        assertTrue(run(78, "demo").contains("tagma: needs Java 17 or newer, but java is 1.8"));
        java("25");
        run(0, "demo");
    }

    @Test
    void onlyAComparisonWithItHasAPeersJarsOnItsClassPath() throws IOException, InterruptedException
    {
        final String path = jar.toString();
        assertTrue(run(0, "compare", "--peer", "raw-aeron,bft-smart").contains(
            " -cp " + path + ":" + tree.resolve("perf/target/peers/*") +
            " io.tagma.perf.Tagma compare --peer raw-aeron,bft-smart|"));
        assertTrue(run(0, "compare", "--peer", "raw-aeron").contains(" -jar " + path + " compare "));
        assertTrue(run(0, "replica", "--dir", "bft-smart").contains(" -jar " + path + " replica "));
    }

    @Test
    void passesOptionsOnAndTheExitStatusBack() throws IOException, InterruptedException
    {
        tool("java", "case \"$*\" in *-XshowSettings*) echo '    java.specification.version = 17' >&2;; " +
            "*) echo \"$*\"; exit 75;; esac");
        assertTrue(run(75, "replica").contains(" -Xmx7m -Dx=y -jar "));
    }

    private void java(final String version) throws IOException
    {
        tool("java", "case \"$*\" in *-XshowSettings*) echo '    java.specification.version = " + version +
            "' >&2;; *) echo \"$*|\";; esac");
    }

    private void tool(final String name, final String script) throws IOException
    {
        final Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void touch(final Path file) throws IOException
    {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private String run(final int status, final String... arguments) throws IOException, InterruptedException
    {
        final ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(tree.resolve("tagma").toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("TAGMA_JAVA_OPTS", "-Xmx7m -Dx=y");
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        final Process process = builder.start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(status, process.exitValue(), said);
        return said;
    }
}
