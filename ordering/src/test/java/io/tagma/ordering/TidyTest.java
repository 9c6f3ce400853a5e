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
package io.tagma.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The repository is in order, and would be seen not to be. The house rules that need Java's grammar are checkstyle's.
 */
class TidyTest
{
    private static final Path ROOT = root();
    private static final Set<String> TEXT_ENDINGS =
        Set.of("java", "xml", "md", "properties", "config", "txt", "sh", "yml");
    private static final Set<String> TEXT_NAMES = Set.of("run", "tagma", ".gitignore");
    private static final Set<String> NOT_LOOKED_INTO = Set.of("target", ".git", ".idea", ".vscode");
    private static final String HEADER = "/*\n * Copyright 2026 The Tagma Authors\n *\n" +
        " * Licensed under the Apache License, Version 2.0 (the \"License\");\n";

    @Test
    void everyFileIsTidy() throws IOException
    {
        final List<String> found = new ArrayList<>();
        for (final Path file : files())
        {
            found.addAll(TidyRules.violations(ROOT.relativize(file), Files.readString(file, UTF_8).lines().toList()));
        }

        assertEquals("", String.join("\n", found));
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException
    {
        assertEquals(Set.of(), packagesWithoutWord(files()));
    }

    @Test
    void theWholeRepositoryIsSeen() throws IOException
    {
        final List<Path> files = files();

        assertTrue(files.contains(ROOT.resolve("pom.xml")));
        assertTrue(files.contains(ROOT.resolve("README.md")));
        assertTrue(files.contains(ROOT.resolve("codecs/src/main/resources/tagma-peer.xml")));
        assertTrue(files.contains(ROOT.resolve("codecs/src/main/java/io/tagma/codecs/FrameLayout.java")));
        assertTrue(files.contains(ROOT.resolve("ordering/src/test/java/io/tagma/ordering/TidyTest.java")));
    }

    @Test
    void aTidyFileIsFoundTidy()
    {
        assertEquals(List.of(), violations(HEADER + "class Tidy\n{\n}\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"// TO" + "DO later", "// FIX" + "ME", "@Dis" + "abled", "@Ign" + "ore", "a\tb", "blank ",
        "throw new Unsupported" + "OperationException();", "Path.of(\"/wo" + "rk/x\")", "// see ../sha" + "red/x",
        "carriage return\r ", "see https://repo.mav" + "en.example"})
    void aLineThatIsNotTidyIsFound(final String line)
    {
        assertEquals(1, violations(HEADER + line + "\n").size());
    }

    @Test
    void aFileWithoutLicenceIsFound()
    {
        assertEquals(List.of("Made.java does not begin with the licence"), violations("class Bare\n{\n}\n"));
        assertEquals(1, violations("").size());
        assertEquals(1, violations(HEADER.replace("2026", "2025")).size());
    }

    @Test
    void whatIsTooLongIsFound()
    {
        assertEquals(List.of(), violations(HEADER + "\n".repeat(396)));
        assertEquals(List.of("Made.java has 401 lines, more than 400"), violations(HEADER + "\n".repeat(397)));
        assertEquals(List.of(), violations(HEADER + "x".repeat(120)));
        assertEquals(List.of("Made.java:5 is 121 columns wide"), violations(HEADER + "x".repeat(121)));
    }

    @Test
    void aPackageWithoutAWordIsFound()
    {
        final Path directory = Path.of("ordering", "src", "main", "java", "io", "tagma", "dumb");

        assertEquals(
            Set.of(directory), packagesWithoutWord(List.of(directory.resolve("A.java"), directory.resolve("B.java"))));
        assertEquals(
            Set.of(),
            packagesWithoutWord(List.of(directory.resolve("A.java"), directory.resolve("package-info.java"))));
    }

    private static List<String> violations(final String content)
    {
        return TidyRules.violations(Path.of("Made.java"), content.lines().toList());
    }

    /**
     * Packages outside of tests that have classes, but no package-info.java.
     */
    private static Set<Path> packagesWithoutWord(final List<Path> files)
    {
        final Set<Path> packages = new TreeSet<>();
        for (final Path file : files)
        {
            if (file.toString().endsWith(".java") && !file.toString().contains("src/test/"))
            {
                packages.add(file.getParent());
            }
        }
        packages.removeIf((directory) -> files.contains(directory.resolve("package-info.java")));
        return packages;
    }

    private static List<Path> files() throws IOException
    {
        final List<Path> files = new ArrayList<>();
        collect(ROOT, files);
        return files;
    }

    private static void collect(final Path directory, final List<Path> files) throws IOException
    {
        try (Stream<Path> children = Files.list(directory))
        {
            for (final Path child : children.sorted().toList())
            {
                final String name = child.getFileName().toString();
                if (Files.isSymbolicLink(child) || NOT_LOOKED_INTO.contains(name))
                {
                    continue;
                }
                if (Files.isDirectory(child))
                {
                    collect(child, files);
                }
                else if (TEXT_NAMES.contains(name) || TEXT_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)))
                {
                    files.add(child);
                }
            }
        }
    }

    private static Path root()
    {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn")))
        {
            directory = directory.getParent();
        }
        return directory;
    }
}
