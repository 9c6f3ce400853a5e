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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Compiles one mutated source file, and runs the simulator over it in a class loader of its own.
 */
final class MutantRunner implements AutoCloseable
{
    private static final Path SOURCES =
        Path.of(System.getProperty("basedir", "."), "src", "main", "java", "io", "tagma", "ordering");
    private static final Path CLASSES = Path.of(System.getProperty("basedir", "."), "target", "classes");

    private final ChildFirst loader;
    private final Method firstViolation;

    /**
     * A mutated simulator.
     *
     * @param mutant     what to break.
     * @param classesDir to compile into, empty.
     */
    MutantRunner(final Mutant mutant, final Path classesDir)
    {
        try
        {
            compile(mutant, classesDir);
            loader = new ChildFirst(new URL[]{ classesDir.toUri().toURL(), CLASSES.toUri().toURL() });
            firstViolation = loader.loadClass("io.tagma.ordering.simulation.SimulationProbe")
                .getMethod("firstViolation", long.class, int.class);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static void compile(final Mutant mutant, final Path classesDir) throws IOException
    {
        final Path source = SOURCES.resolve(mutant.file());
        final String text = Files.readString(source);
        final int first = text.indexOf(mutant.original());
        if (first < 0 || text.indexOf(mutant.original(), first + 1) >= 0)
        {
            throw new IllegalStateException(
                "mutant " + mutant + ": its snippet occurs " + (first < 0 ? "not at all" : "more than once") + " in " +
                source + "; the code has moved on, the mutant must follow");
        }
        final Path mutated = classesDir.resolve(source.getFileName().toString());
        Files.writeString(mutated, text.replace(mutant.original(), mutant.replacement()));
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
            throw new IllegalStateException("mutant " + mutant + " does not compile: " + messages);
        }
    }

    /**
     * Runs one seed.
     *
     * @param seed to run.
     * @return the first violation, or null.
     */
    String run(final long seed)
    {
        try
        {
            return (String)firstViolation.invoke(null, seed, 0);
        }
        catch (final InvocationTargetException ex)
        {
            return "no exception violated: " + ex.getCause();
        }
        catch (final IllegalAccessException ex)
        {
            throw new IllegalStateException(ex);
        }
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
        ChildFirst(final URL[] urls)
        {
            super(urls, MutantRunner.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException
        {
            synchronized (getClassLoadingLock(name))
            {
                if (!name.startsWith("io.tagma.ordering."))
                {
                    return super.loadClass(name, resolve);
                }
                final Class<?> loaded = findLoadedClass(name);
                return null == loaded ? findClass(name) : loaded;
            }
        }
    }
}
