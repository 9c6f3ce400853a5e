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
package io.tagma.ordering.simulation;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Compiles one mutated source file, and loads it with everything else of this module in a class loader of its own. A
 * file of the journal's module is mutated and loaded like one of this module.
 */
public final class MutatedClasses implements AutoCloseable
{
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final Path SOURCES = BASE.resolve(Path.of("src", "main", "java", "io", "tagma", "ordering"));
    private static final Path CLASSES = BASE.resolve(Path.of("target", "classes"));
    private static final Path TEST_CLASSES = BASE.resolve(Path.of("target", "test-classes"));
    private static final Path JOURNAL = BASE.resolve(Path.of("..", "journal"));
    private static final Path JOURNAL_SOURCES = JOURNAL.resolve(Path.of("src", "main", "java", "io", "tagma"));
    private static final Path JOURNAL_CLASSES = JOURNAL.resolve(Path.of("target", "classes"));
    private static final String JOURNAL_FILE = "journal/";

    private final ChildFirst loader;

    /**
     * The module with one snippet replaced.
     *
     * @param name        of the mutant, for the messages of failures.
     * @param file        below {@code io/tagma/ordering}; or of the journal, below {@code io/tagma}.
     * @param original    snippet; it must occur exactly once.
     * @param replacement of it.
     * @param classesDir  to compile into, empty.
     */
    public MutatedClasses(
        final String name, final String file, final String original, final String replacement, final Path classesDir)
    {
        this(name, file, List.of(original, replacement), classesDir);
    }

    /**
     * The module with some snippets of one file replaced.
     *
     * @param name       of the mutant, for the messages of failures.
     * @param file       below {@code io/tagma/ordering}; or of the journal, below {@code io/tagma}.
     * @param snippets   each, which must occur exactly once, before what replaces it.
     * @param classesDir to compile into, empty.
     */
    public MutatedClasses(final String name, final String file, final List<String> snippets, final Path classesDir)
    {
        try
        {
            final boolean isJournal = file.startsWith(JOURNAL_FILE);
            compile(name, (isJournal ? JOURNAL_SOURCES : SOURCES).resolve(file), snippets, classesDir);
            loader = new ChildFirst(
                new URL[]{
                    classesDir.toUri().toURL(), CLASSES.toUri().toURL(), TEST_CLASSES.toUri().toURL(),
                    JOURNAL_CLASSES.toUri().toURL() },
                isJournal);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static void compile(
        final String name, final Path source, final List<String> snippets, final Path classesDir) throws IOException
    {
        String text = Files.readString(source);
        for (int i = 0; i < snippets.size(); i += 2)
        {
            final String original = snippets.get(i);
            final int first = text.indexOf(original);
            if (first < 0 || text.indexOf(original, first + 1) >= 0)
            {
                throw new IllegalStateException(
                    "mutant " + name + ": its snippet occurs " + (first < 0 ? "not at all" : "more than once") +
                    " in " + source + "; the code has moved on, the mutant must follow");
            }
            text = text.replace(original, snippets.get(i + 1));
        }
        final Path mutated = classesDir.resolve(source.getFileName().toString());
        Files.writeString(mutated, text);
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter messages = new StringWriter();
        final String classPath = CLASSES + File.pathSeparator +
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        final boolean isCompiled = compiler.getTask(
            messages, null, null,
            List.of("-nowarn", "-proc:none", "-classpath", classPath, "-d", classesDir.toString()), null,
            compiler.getStandardFileManager(null, null, null).getJavaFileObjects(mutated)).call();
        if (!isCompiled)
        {
            throw new IllegalStateException("mutant " + name + " does not compile: " + messages);
        }
    }

    /**
     * A class of this module, mutated or in touch with mutated ones.
     *
     * @param name of the class.
     * @return the class; it shares only the JDK and other modules with the caller's.
     * @throws ClassNotFoundException if there is none.
     */
    public Class<?> load(final String name) throws ClassNotFoundException
    {
        return loader.loadClass(name);
    }

    @Override
    public void close()
    {
        try
        {
            loader.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Classes of this module come from the given places, everything else from where it always does. */
    private static final class ChildFirst extends URLClassLoader
    {
        private final boolean isJournal;

        ChildFirst(final URL[] urls, final boolean isJournal)
        {
            super(urls, MutatedClasses.class.getClassLoader());
            this.isJournal = isJournal;
        }

        @Override
        protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException
        {
            synchronized (getClassLoadingLock(name))
            {
                if (!name.startsWith("io.tagma.ordering.") && !(isJournal && name.startsWith("io.tagma.journal.")))
                {
                    return super.loadClass(name, resolve);
                }
                final Class<?> loaded = findLoadedClass(name);
                return null == loaded ? findClass(name) : loaded;
            }
        }
    }
}
